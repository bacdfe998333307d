"""Where the model is run, and what it answered before: sums kept under the question asked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from model.calendar import MONTHS_PER_YEAR, SchoolMonth
from model.disk import shelf
from model.disk.packing import packed, unpacked
from model.errors import Cancelled
from model.outcomes.observers import Observer, Progress, Stop
from model.outcomes.sums import Sums
from model.policy.record import to_record
from model.policy.scenario import FROZEN_2023, Scenario
from model.policy.timetable import build, first_difference
from model.run.build import Populations
from model.run.settings import checked_families, checked_months, checked_seed
from model.run.shared import Pasts
from model.run.simulation import Simulation
from model.run.snapshot import made_by

FIRST_SEEN = MONTHS_PER_YEAR + SchoolMonth.OCTOBER + 1
"""Months after which all of the first school year has been observed."""


def lived(
    scenario: Scenario,
    *,
    families: int | str | None,
    years: int,
    seed: int,
    groups: Sequence[str] = ("all",),
    observers: Iterable[Observer] = (),
    progress: Progress | None = None,
    stop: Stop | None = None,
    sample: Mapping[str, float] | None = None,
    reference: Scenario = FROZEN_2023,
    weighted_as: Scenario | None = None,
    off: Iterable[str] = (),
    threads: int = 1,
    population: Populations | None = None,
    cached: bool = False,
    pasts: Pasts | None = None,
    part_in: Collection[int] = (),
) -> Sums:
    """Return the sums of one run of a scenario: `evaluate`, once it is known what is to be run.

    Arguments and errors are those of `evaluate`; workers call this, because they are handed whole
    scenarios and have no use for what composes and loads them. What is in `pasts` is not lived
    again, and what the run is before the months of `part_in` is kept there for those that part from
    it; with observers, who want to see all months, it is lived whole.
    """
    seen_by, without = tuple(observers), tuple(off)
    if weighted_as is not None and not _parts_early(
        scenario, weighted_as, months=checked_months(years), sample=sample, reference=reference
    ):
        weighted_as = None  # its first school year is that of the scenario itself
    key = ""
    if cached and not seen_by:
        months = checked_months(years)
        key = question(
            scenario,
            reference,
            weighted_as,
            families=checked_families(families),
            months=months,
            seed=checked_seed(seed),
            sample=sample or {},
            off=without,
        )
        found = recalled(key)
        if found is not None:
            if progress is not None:
                progress(months, months)
            return found.of_groups(groups)
    shared = None if seen_by else pasts
    laid_down = partial(
        Simulation,
        families=families,
        seed=seed,
        years=years,
        parameters=sample,
        threads=threads,
        reference=reference,
        population=population,
        off=without,
        pasts=shared,
    )
    weights = None if weighted_as is None else _first_weights(laid_down(weighted_as), stop)
    run = laid_down(scenario, weights=weights)

    def step() -> None:
        if shared is not None and run.month in part_in:
            shared.keep(run)
        run.step()

    sums = run.run(progress, stop, seen_by, step).sums()
    if key:
        keep(key, sums)
    return sums.of_groups(groups)


def _parts_early(
    scenario: Scenario,
    other: Scenario,
    *,
    months: int,
    sample: Mapping[str, float] | None,
    reference: Scenario,
) -> bool:
    """Whether two scenarios ask something else before the first school year has been observed."""
    ours, theirs = (build(one, months, reference, sample or {}) for one in (scenario, other))
    return first_difference(ours, theirs, FIRST_SEEN) is not None


def _first_weights(run: Simulation, stop: Stop | None) -> np.ndarray:
    """Live the first school year of a run; return what standardised numbers are weighted by."""
    while run.month < min(FIRST_SEEN, run.horizon):
        if stop is not None and stop():
            message = "stopped in the first school year of the base"
            raise Cancelled(message)
        run.step()
    return run.sums().weights


def question(
    scenario: Scenario,
    reference: Scenario,
    weighted_as: Scenario | None = None,
    *,
    families: int | None,
    months: int,
    seed: int,
    sample: Mapping[str, float],
    off: tuple[str, ...],
) -> str:
    """Return what a run was asked, and by which code it is answered: the same text, the same bits.

    Titles and texts of scenarios count for nothing.
    """
    asked = {
        "made by": made_by(),
        "scenario": _changes(scenario),
        "reference": _changes(reference),
        "weighted as": None if weighted_as is None else _changes(weighted_as),
        "sample": dict(sample),
        "off": sorted(off),
        "families": families,
        "months": months,
        "seed": seed,
    }
    return json.dumps(asked, sort_keys=True, default=repr)  # what cannot be used is refused later


def recalled(key: str) -> Sums | None:
    """Return the sums of all groups that were kept under a question; None when there are none."""
    content = shelf.get("answers", key)
    if content is None:
        return None
    try:
        about, arrays = unpacked(content)
        numbers, school_years = arrays["numbers"], tuple(about["school_years"])
        weights = arrays["weights"]
    except (KeyError, TypeError, ValueError):
        return None
    is_whole = about.get("question") == json.loads(key) and len(numbers) == len(school_years)
    return Sums(numbers, school_years, weights) if is_whole else None


def keep(key: str, sums: Sums) -> None:
    """Keep the sums of all groups under a question."""
    about = {"question": json.loads(key), "school_years": list(sums.school_years)}
    arrays = {"numbers": sums.numbers, "weights": sums.weights}
    shelf.put("answers", key, packed(about, arrays))


def _changes(scenario: Scenario) -> dict[str, object]:
    record = to_record(scenario)
    return {name: record[name] for name in ("levers", "parameters")}
