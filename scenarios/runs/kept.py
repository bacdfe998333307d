"""Where the model is run, and what it answered before: sums kept under the question asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from model.disk import shelf
from model.disk.packing import packed, unpacked
from model.outcomes.observers import Observer, Progress, Stop
from model.outcomes.sums import Sums
from model.policy.record import to_record
from model.policy.scenario import FROZEN_2023, Scenario
from model.run.build import Populations
from model.run.settings import checked_families, checked_months, checked_seed
from model.run.simulation import Simulation
from model.run.snapshot import made_by


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
    off: Iterable[str] = (),
    threads: int = 1,
    population: Populations | None = None,
    cached: bool = False,
) -> Sums:
    """Return the sums of one run of a scenario: `evaluate`, once it is known what is to be run.

    Arguments and errors are those of `evaluate`; workers call this, because they are handed whole
    scenarios and have no use for what composes and loads them.
    """
    seen_by, without = tuple(observers), tuple(off)
    key = ""
    if cached and not seen_by:
        months = checked_months(years)
        key = question(
            scenario,
            reference,
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
    run = Simulation(
        scenario,
        families=families,
        seed=seed,
        years=years,
        parameters=sample,
        threads=threads,
        reference=reference,
        population=population,
        off=without,
    )
    sums = run.run(progress, stop, seen_by).sums()
    if key:
        keep(key, sums)
    return sums.of_groups(groups)


def question(
    scenario: Scenario,
    reference: Scenario,
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
        held, weights = arrays["held"], arrays["weights"]
    except (KeyError, TypeError, ValueError):
        return None
    is_whole = about.get("question") == json.loads(key) and (
        len(numbers) == len(held) == len(school_years)
    )
    return Sums(numbers, school_years, held, weights) if is_whole else None


def keep(key: str, sums: Sums) -> None:
    """Keep the sums of all groups under a question."""
    about = {"question": json.loads(key), "school_years": list(sums.school_years)}
    arrays = {"numbers": sums.numbers, "held": sums.held, "weights": sums.weights}
    shelf.put("answers", key, packed(about, arrays))


def _changes(scenario: Scenario) -> dict[str, object]:
    record = to_record(scenario)
    return {name: record[name] for name in ("levers", "parameters")}
