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
from calibration.targets.digest import digest_of
from calibration.targets.figures import Figure, load_figures
from calibration.targets.reader import load_targets
from calibration.targets.target import WITHIN, Target
from calibration.targets.without import Without, load_without
from calibration.targets.words import quantity_text, value_text
from model.errors import InputError
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import FROZEN_2023, Scenario

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "key",
    "statement",
    "published",
    "low",
    "high",
    "model",
    "holds",
    "grade",
    "note",
    "use",
    "distance",
    "digest",
)
"""Columns of a report.

`use` says of a target whether it may be fitted or is kept for checking, and `distance` how far the
model is from it in total errors; both are empty for patterns and for figures without a target.
`digest` is that of the targets, their split and the priors (`calibration.targets.digest`).
"""

YES, NO, NOT_SEEN = "holds", "does not hold", "not seen"
FED_IN, NO_TARGET = "as fed in", "no target"
VERDICTS = (YES, NO, NOT_SEEN, FED_IN, NO_TARGET)
"""What `holds` can say.

"not seen" means that the run was too short or too small. "as fed in" is a number that the model was
given: it agrees with its source, which proves nothing; one that does not agree does not hold.
"""

YEARS_MIN = 6
"""Shortest run in which every pattern can be seen."""

WIDTH = 96
"""Characters in a line of notes."""


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
    """Return the report on observed runs, with columns COLUMNS.

    Patterns come first, then targets, then figures that no target is held to.
    """
    import pandas as pd

    seen = together(runs)
    targets = load_targets()
    figures = load_figures()
    without = load_without(figures, {key for one in targets.values() for key in one.figures})
    digest = digest_of(targets.values())["whole"]
    rows = [_pattern_row(check) for check in check_patterns(seen)]
    rows += [_target_row(target, seen) for target in targets.values()]
    rows += [_figure_row(figures[key], row) for key, row in without.items()]
    return pd.DataFrame([(*row, digest) for row in rows], columns=list(COLUMNS))


def text(report: pd.DataFrame, *, full: bool = False) -> str:
    """Return a report as text.

    `full` also lists what agrees because it was fed in, and figures without a target with the
    reason.
    """
    is_pattern = report["key"].str.fullmatch(r"P\d+[a-z]")
    parts = [_section("Patterns", report[is_pattern])]
    judged = report[~is_pattern & report["holds"].isin((YES, NO, NOT_SEEN))]
    for use, title in (("fit", "Targets to fit"), ("check", "Targets to check")):
        parts.append(_section(title, judged[judged["use"] == use]))
    rest = judged[judged["use"] == ""]
    if len(rest):
        parts.append(_section("Fed in, and not what the source says", rest))
    if full:
        parts.append(_section("As fed in", report[report["holds"] == FED_IN]))
        parts.append(_section("Figures without a target", report[report["holds"] == NO_TARGET]))
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
        "",
        math.nan,
    )


def _target_row(target: Target, seen: Observed) -> tuple[object, ...]:
    model = target.quantity.value(seen)
    distance = target.distance(model)
    low, high = (math.nan if math.isinf(end) else end for end in target.within(WITHIN))
    verdict = NOT_SEEN if math.isnan(distance) else (YES if abs(distance) <= WITHIN else NO)
    note = target.reason
    if target.inputs:
        note = f"{note} Circular: {', '.join(target.inputs)} is from the same source."
        verdict = FED_IN if verdict == YES else verdict
    if target.quantity.place.standardised:
        crude = target.quantity.crude.value(seen)
        note = f"{note} With the children of each year (crude) it is {_number(crude)}."
    return (
        target.id,
        f"{target.kind.capitalize()}: {quantity_text(target)}",
        value_text(target),
        low,
        high,
        model,
        verdict,
        target.grade,
        note,
        target.use,
        distance,
    )


def _figure_row(figure: Figure, without: Without) -> tuple[object, ...]:
    low, high, model, verdict = math.nan, math.nan, math.nan, NO_TARGET
    note = f"{without.why}: {without.note}"
    if without.given:
        low, high = without.allowed(figure)
        model = without.given_value()
        verdict = FED_IN if low <= model <= high else NO
        note = f"{note} Fed in: {without.given}"
    published = "in words" if figure.unit == "order" else f"{figure.value:g} {figure.unit}"
    about = (figure.key, figure.label, published, low, high, model)
    return (*about, verdict, figure.grade, note, "", math.nan)


def _section(title: str, rows: pd.DataFrame) -> str:
    lines = [title, "-" * len(title)]
    for key, statement, published, low, high, model, verdict, grade, note in rows[
        list(COLUMNS[:9])
    ].itertuples(index=False):
        lines.append(f"{key:<40} {verdict:<15} grade {grade}")
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
    if abs(high - low) <= SOME:
        return f"wanted {_number((low + high) / 2.0)}; "
    return f"wanted {_number(low)} to {_number(high)}; "


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"  # noqa: PLR2004


def _summary(report: pd.DataFrame) -> str:
    counted = report["holds"].value_counts()
    told = ", ".join(f"{counted.get(verdict, 0)} {verdict}" for verdict in VERDICTS)
    return f"{told}.\nDigest of targets, split and priors: {report['digest'].iloc[0]}."
