"""Does the model look like the world? Patterns and published figures, one by one.

In Python: `report = validate.run(families=5000)`, then `print(validate.text(report))`.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import Progress as RichProgress

import scenarios
from calibration.monitors.observed import Observed, observe_run, together
from calibration.patterns.check import SOME, Check
from calibration.patterns.order import check_patterns
from calibration.targets.links import Link, load_links
from calibration.targets.targets import Target, load
from model.errors import InputError
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import FROZEN_2023, Scenario

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("key", "statement", "published", "low", "high", "model", "holds", "grade", "note")
"""Columns of a report."""

YES, NO, NOT_SEEN = "holds", "does not hold", "not seen"
FED_IN, OTHER, NOT_MODELLED = "as fed in", "not comparable", "not modelled"
VERDICTS = (YES, NO, NOT_SEEN, FED_IN, OTHER, NOT_MODELLED)
"""What `holds` can say.

"not seen" means that the run was too short or too small. "as fed in" is a number that the model was
given: it agrees with its source, which proves nothing; one that does not agree does not hold.
"""

YEARS_MIN = 6
"""Shortest run in which every pattern can be seen."""

WIDTH = 96
"""Characters in a line of notes."""

EXACT = 1e-9
"""By how much a number may differ that is printed without a range and has no tolerance."""


def run(
    scenario: Scenario | str = FROZEN_2023,
    *,
    families: int | str | None = 5000,
    seed: int = 1,
    years: int = 15,
    replicates: int = 1,
    threads: int = 1,
    parameters: Mapping[str, float] | None = None,
    quiet: bool = True,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> pd.DataFrame:
    """Run a scenario (by itself or by its id) with one seed or more, and return the report.

    Seeds are `seed`, `seed + 1` and on; their runs count as one. Unless `quiet`, a bar in the
    terminal shows how far it is. Raises InputError for what cannot be used, Cancelled when stopped.
    """
    if years < YEARS_MIN:
        raise InputError(
            f"years = {years} is too short to validate: some patterns take {YEARS_MIN} years to be"
            f" seen. Give {YEARS_MIN} or more; 15 is usual."
        )
    if replicates < 1:
        raise InputError(f"replicates = {replicates}: at least one run is needed.")
    chosen = scenario if isinstance(scenario, Scenario) else scenarios.load(scenario)
    with _bar(quiet=quiet, progress=progress) as show:
        runs = [
            observe_run(
                chosen,
                families=families,
                seed=seed + k,
                years=years,
                threads=threads,
                parameters=parameters,
                progress=_shifted(show, k, replicates),
                stop=stop,
            )
            for k in range(replicates)
        ]
    return validate(runs)


def validate(runs: Sequence[Observed]) -> pd.DataFrame:
    """Return the report on observed runs, with columns COLUMNS: patterns, then figures."""
    import pandas as pd

    seen = together(runs)
    checks = check_patterns(seen)
    targets = load()
    links = load_links(targets)
    by_key = {check.key: check for check in checks}
    rows = [_pattern_row(check) for check in checks]
    rows += [_figure_row(targets[key], link, seen, by_key) for key, link in links.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def text(report: pd.DataFrame, *, full: bool = False) -> str:
    """Return a report as text; `full` also lists the figures that cannot be compared, and why."""
    is_pattern = report["key"].str.fullmatch(r"P\d+[a-z]")
    shown = report["holds"].isin((YES, NO, NOT_SEEN))
    parts = [
        _section("Patterns", report[is_pattern]),
        _section("Published figures of grade A and B", report[~is_pattern & shown]),
    ]
    if full:
        parts.append(_section("As fed in", report[report["holds"] == FED_IN]))
        parts.append(_section("Not comparable", report[report["holds"] == OTHER]))
        parts.append(_section("Not modelled", report[report["holds"] == NOT_MODELLED]))
    return "\n\n".join([*parts, _summary(report)])


@contextmanager
def _bar(*, quiet: bool, progress: Progress | None) -> Iterator[Progress | None]:
    """Give the progress callback itself or, unless quiet, one that moves a bar in the terminal."""
    if quiet or progress is not None:
        yield progress
        return
    with RichProgress(transient=True) as bar:
        task = bar.add_task("Living the months", total=None)
        yield lambda done, months: bar.update(task, completed=done, total=months)


def _shifted(progress: Progress | None, k: int, replicates: int) -> Progress | None:
    """Return a progress callback for run k of several, counting all their months."""
    if progress is None:
        return None
    return lambda done, months: progress(k * months + done, replicates * months)


def _pattern_row(check: Check) -> tuple[object, ...]:
    verdict = YES if check.holds else (NO if check.is_seen else NOT_SEEN)
    low, high = (math.nan if bound is None else bound for bound in check.bounds)
    return (
        check.key,
        check.statement,
        check.published,
        low,
        high,
        check.model,
        verdict,
        check.grade,
        check.note,
    )


def _figure_row(
    target: Target, link: Link, seen: Observed, patterns: dict[str, Check]
) -> tuple[object, ...]:
    low, high, model, verdict = math.nan, math.nan, math.nan, NOT_MODELLED
    note = link.reason
    if link.is_pattern:
        check = patterns[link.measure]
        model = check.model
        verdict = YES if check.holds else (NO if check.is_seen else NOT_SEEN)
        note = f"Decided by {check.key}"
    elif link.kind in ("produced", "fed in"):
        low, high = _bounds(target, link)
        model = link.model_value(seen)
        verdict = _verdict(low, high, model)
        if link.kind == "fed in":
            verdict = FED_IN if verdict == YES else verdict
            note = f"Fed in: {link.measure}. {note}".strip()
    elif link.kind == "other population":
        verdict = OTHER
        model = link.model_value(seen) if link.measure else math.nan
    published = "in words" if target.unit == "order" else f"{target.value:g} {target.unit}"
    return target.key, target.label, published, low, high, model, verdict, target.grade, note


def _bounds(target: Target, link: Link) -> tuple[float, float]:
    """Return the printed range, or the figure with the link's tolerance; NaN is an open end."""
    if target.low is None and target.high is None:
        slack = abs(target.value) * link.tolerance + EXACT
        return target.value - slack, target.value + slack
    return (
        math.nan if target.low is None else target.low,
        math.nan if target.high is None else target.high,
    )


def _verdict(low: float, high: float, model: float) -> str:
    if math.isnan(model):
        return NOT_SEEN
    return NO if model < low or model > high else YES


def _section(title: str, rows: pd.DataFrame) -> str:
    lines = [title, "-" * len(title)]
    for key, statement, published, low, high, model, verdict, grade, note in rows.itertuples(
        index=False
    ):
        lines.append(f"{key:<30} {verdict:<15} grade {grade}")
        lines.append(f"    {statement}")
        lines.append(f"    published {published}; {_wanted(low, high)}model {_number(model)}")
        lines += textwrap.wrap(note, WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)


def _wanted(low: float, high: float) -> str:
    """Return the bounds in words, with what comes before the model's number."""
    if math.isnan(low) and math.isnan(high):
        return ""
    if math.isnan(high):
        return "wanted above 0; " if low == SOME else f"wanted {_number(low)} or more; "
    if math.isnan(low):
        return "wanted below 0; " if high == -SOME else f"wanted {_number(high)} or less; "
    if abs(high - low) <= 2 * EXACT:
        return f"wanted {_number((low + high) / 2.0)}; "
    return f"wanted {_number(low)} to {_number(high)}; "


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"  # noqa: PLR2004


def _summary(report: pd.DataFrame) -> str:
    counted = report["holds"].value_counts()
    return ", ".join(f"{counted.get(verdict, 0)} {verdict}" for verdict in VERDICTS) + "."
