"""Does the model look like the world? Every quantity once, judged over several seeds.

In Python: `report = validate.run(families=4000)`, then `print(report_text(report))`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import Progress as RichProgress

import scenarios
from calibration.monitors.observed import Observed, observe_run
from calibration.patterns.check import Check
from calibration.patterns.order import check_patterns
from calibration.patterns.young import NOT_HELD as UNSEEN
from calibration.targets.digest import digest_of
from calibration.targets.figures import Figure, load_figures
from calibration.targets.reader import load_targets
from calibration.targets.target import WITHIN, Target
from calibration.targets.without import Without, load_without
from calibration.targets.words import quantity_text, value_text
from calibration.verdicts import (
    FED_IN,
    NO,
    NO_TARGET,
    NOT_HELD,
    OPEN,
    TOLD,
    YES,
    Verdict,
    judged,
)
from calibration.why import UNKNOWN, load_why
from model.errors import InputError
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import DIMENSIONS, STANDARDISED
from model.policy.scenario import FROZEN_2023, Scenario

if TYPE_CHECKING:
    import pandas as pd

type Ran = tuple[str, str, int, str]
"""What was run: scenario, families, years, seeds."""

COLUMNS = (
    "key",
    "block",
    "statement",
    "published",
    "low",
    "high",
    "model",
    "error",
    "seeds_held",
    "seeds_seen",
    "holds",
    "why",
    "reading",
    "grade",
    "note",
    "use",
    "distance",
    "scenario",
    "families",
    "years",
    "seeds",
    "digest",
)
"""Columns of a report; every row carries what was run.

`model` is the mean over the seeds, `error` the standard error of that mean (of luck, not of what is
not known), `seeds_held` of `seeds_seen` lie within the bounds by themselves. `why` is the cause of
what does not hold. `reading` is the reason of a bound that is ours and not the source's. `use` says
of a target whether it may be fitted or is kept for checking, and `distance` how far the mean is
from it in total errors. `digest` is that of targets, their split and the priors.
"""

BLOCKS = ("fit", "check", "pattern", "stay", "still", "young", "fed in", "no target")
"""Targets to fit and to check, patterns by their own blocks, what the model was given, the rest."""

YEARS_MIN = 6
"""Shortest run in which every pattern can be seen."""

FAMILIES, YEARS, SEEDS = 4000, 15, 5
"""What is run when nobody says otherwise."""


def run(
    scenario: Scenario | str = FROZEN_2023,
    *,
    families: int | str | None = FAMILIES,
    seed: int = 1,
    years: int = YEARS,
    seeds: int = SEEDS,
    threads: int = 1,
    parameters: Mapping[str, float] | None = None,
    quiet: bool = True,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> pd.DataFrame:
    """Run a scenario (by itself or by its id) with several seeds, and return the report.

    Seeds are `seed`, `seed + 1` and on; one alone judges nothing. Unless `quiet`, a bar in the
    terminal shows how far it is. Raises InputError for what cannot be used, Cancelled when stopped.
    """
    if years < YEARS_MIN:
        raise InputError(
            f"years = {years} is too short to validate: some patterns take {YEARS_MIN} years to be"
            f" seen. Give {YEARS_MIN} or more; {YEARS} is usual."
        )
    if seeds < 1:
        raise InputError(f"seeds = {seeds}: at least one run is needed; {SEEDS} is usual.")
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
                groups=groups_needed(),
                progress=_shifted(show, k, seeds),
                stop=stop,
            )
            for k in range(seeds)
        ]
    size = "all" if families is None else str(families)
    numbers = f"{seed}-{seed + seeds - 1}" if seeds > 1 else str(seed)
    return validate(runs, (chosen.id, size, years, numbers))


def groups_needed() -> list[str]:
    """Return the dimensions of groups that patterns and targets look at, standardised too."""
    places = [target.quantity.place for target in load_targets().values()]
    others = [target.quantity.other for target in load_targets().values()]
    asked = (place.group for place in (*places, *others) if place is not None)
    found = {group.partition(":")[0] for group in asked}
    needed = {"all", "family_type", "letter_group", "years_in_nl"}
    return [*(one for one, _ in DIMENSIONS if one in needed | found), STANDARDISED]


def validate(runs: Sequence[Observed], ran: Ran = ("", "", 0, "")) -> pd.DataFrame:
    """Return the report on runs with one seed each, with columns COLUMNS.

    `ran` says what was run: scenario, families, years, seeds.
    """
    import pandas as pd

    targets = load_targets()
    figures = load_figures()
    without = load_without(figures, {key for one in targets.values() for key in one.figures})
    digest = digest_of(targets.values())["whole"]
    rows = [_target_row(target, runs) for target in targets.values()]
    rows += [_pattern_row(same) for same in zip(*map(check_patterns, runs), strict=True)]
    rows += [_unseen_row(key, statement) for key, statement in UNSEEN]
    rows += [_figure_row(figures[key], row) for key, row in without.items()]
    causes = load_why({str(row["key"]) for row in rows})
    for row in rows:
        why = causes.get(str(row["key"]), UNKNOWN)
        told = f"{why.cause}: {why.reason}" if why.reason else why.cause
        row["why"] = told if row["holds"] == NO else ""
        row.setdefault("reading", "")
        row.setdefault("use", "")
        row |= dict(zip(("scenario", "families", "years", "seeds"), ran, strict=True))
        row["digest"] = digest
    return pd.DataFrame(rows, columns=list(COLUMNS))


@contextmanager
def _bar(*, quiet: bool, progress: Progress | None) -> Iterator[Progress | None]:
    """Give the progress callback itself or, unless quiet, one that moves a bar in the terminal."""
    if quiet or progress is not None:
        yield progress
        return
    with RichProgress(transient=True) as bar:
        task = bar.add_task("Living the months", total=None)
        yield lambda done, months: bar.update(task, completed=done, total=months)


def _shifted(progress: Progress | None, k: int, seeds: int) -> Progress | None:
    """Return a progress callback for run k of several, counting all their months."""
    if progress is None:
        return None
    return lambda done, months: progress(k * months + done, seeds * months)


def _pattern_row(same: Sequence[Check]) -> dict[str, object]:
    """Return the row of one check, as each seed saw it."""
    first = same[0]
    low, high = first.bounds
    found = judged(
        [check.model for check in same],
        -math.inf if low is None else low,
        math.inf if high is None else high,
    )
    verdict = found.verdict
    if first.is_told and found.seen:
        verdict = TOLD
    return {
        "key": first.key,
        "block": first.block,
        "statement": first.statement,
        "published": first.published,
        "low": low,
        "high": high,
        **_counted(found),
        "holds": verdict,
        "reading": first.reading,
        "grade": first.grade,
        "note": first.note if len(same) == 1 else _first_seed(first.note),
    }


def _first_seed(note: str) -> str:
    """Return a note, which has the numbers of the first seed, saying so."""
    return f"{note} (first seed)" if any(letter.isdigit() for letter in note) else note


def _counted(found: Verdict) -> dict[str, object]:
    return {
        "model": found.mean,
        "error": found.error,
        "seeds_held": found.held,
        "seeds_seen": found.seen,
    }


def _target_row(target: Target, runs: Sequence[Observed]) -> dict[str, object]:
    low, high = target.within(WITHIN)
    found = judged([target.quantity.value(seen) for seen in runs], low, high)
    note, verdict = target.reason, found.verdict
    block: str = target.use
    if target.inputs:
        note = f"{note} Circular: {', '.join(target.inputs)} is from the same source."
        verdict = FED_IN if verdict in (YES, OPEN) else verdict
        block = "fed in"
    if target.quantity.place.standardised:
        crude = judged([target.quantity.crude.value(seen) for seen in runs], low, high).mean
        note = f"{note} With the children of each year (crude) it is {crude:.4g}."
    is_ours = target.kind in {"soft bound", "standing still"}
    return {
        "key": target.id,
        "block": "still" if target.kind == "standing still" else block,
        "statement": f"{target.kind.capitalize()}: {quantity_text(target)}",
        "published": value_text(target),
        "low": low,
        "high": high,
        **_counted(found),
        "holds": verdict,
        "reading": "a statement in words, or a demand; see the discrepancy" if is_ours else "",
        "grade": target.grade,
        "note": note,
        "use": target.use,
        "distance": target.distance(found.mean),
    }


def _unseen_row(key: str, statement: str) -> dict[str, object]:
    about = {"key": key, "block": "young", "statement": statement, "published": "no figure"}
    return {**about, "holds": NOT_HELD, "grade": "D", "note": "The model has no such contact"}


def _figure_row(figure: Figure, without: Without) -> dict[str, object]:
    row: dict[str, object] = {
        "key": figure.key,
        "block": "fed in" if without.given else "no target",
        "statement": figure.label,
        "published": "in words" if figure.unit == "order" else f"{figure.value:g} {figure.unit}",
        "holds": NO_TARGET,
        "grade": figure.grade,
        "note": f"{without.why}: {without.note}",
    }
    if without.given:
        low, high = without.allowed(figure)
        model = without.given_value()
        row |= {"low": low, "high": high, "model": model}
        row["holds"] = FED_IN if low <= model <= high else NO
        row["note"] = f"{row['note']} Fed in: {without.given}"
    return row
