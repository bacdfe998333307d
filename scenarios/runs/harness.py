"""The one way to run the model: levers and parameters in, sums out.

    from scenarios import evaluate
    sums = evaluate({"housing_decoupled": 1}, {"school.fade_rate": 0.2}, families=1000, seed=7)
    sums.table()

Ensembles, attribution, validation and pages run the model through `evaluate`; whoever looks at two
runs side by side, month by month, uses `scenarios.pairs.pair`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from model.calendar import month_text
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from model.outcomes.observers import Observer, Progress, Stop
from model.outcomes.sums import Sums, group_places
from model.policy.scenario import FROZEN_2023, Scenario
from model.registry import BY_NAME
from model.run.build import Populations
from model.run.settings import checked_families, checked_months, checked_seed
from model.run.simulation import Simulation
from scenarios.authoring.compose import compose
from scenarios.files.load import load
from scenarios.runs.kept import keep, question, recalled

NAME = "evaluate"
"""What messages call settings that were given to `evaluate`."""


def evaluate(
    levers: Mapping[str, Any] | None = None,
    parameters: Mapping[str, Any] | None = None,
    families: int | str | None = 2000,
    years: int = 15,
    seed: int = 1,
    *,
    base: Scenario | str | Path = FROZEN_2023,
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
    """Run the model once and return its sums, with named axes; nothing is written but the cache.

    Args:
        levers: by name, a value or a schedule, as a scenario file has them: `0.5`,
            `{"value": 0.5, "start": "2028-01"}` or a list of these; on top of the base.
        parameters: by dotted name, as in `{"school.fade_rate": 0.2}`; on top of the base.
        families: families at the start, both populations together; None or "all" is the full size.
        years: how long the run is, in years.
        seed: a whole number.
        base: a scenario, by itself, by its id or by the path of its file.
        groups: for whom sums are given: "all", a dimension ("municipality") or one group of it
            ("municipality:rotterdam").
        observers: see every month of the run (`model.outcomes.observers`).
        progress: hears of months done and all months.
        stop: is asked between two months whether to stop.
        sample: a parameter sample: values that hold where the scenario says nothing else.
        reference: the scenario against which levers count as moved.
        off: channels (`model.policy.channels`) that are switched off.
        threads: threads of the compiled loop; the numbers do not depend on it.
        population: keeps populations for the next run with the same people.
        cached: take the sums from the cache when the same was asked before, and keep them there;
            with observers, who want to see the run, it is always lived.

    Raises InputError for what cannot be used, with the nearest known name, and Cancelled when
    stopped.
    """
    group_places(groups)
    scenario, seen_by, without = scenario_of(levers, parameters, base), tuple(observers), tuple(off)
    key = ""
    if cached and not seen_by:
        months = checked_months(years)
        key = question(
            scenario,
            reference,
            families=checked_families(families),
            months=months,
            seed=checked_seed(seed),
            sample=_plain(sample or {}),
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


def scenario_of(
    levers: Mapping[str, Any] | None,
    parameters: Mapping[str, Any] | None,
    base: Scenario | str | Path,
) -> Scenario:
    """Return the base with settings on top of it, checked as those of a file.

    Where a file has a word, a program may give the model's number: 1 for true, the number of a
    month. Raises InputError.
    """
    if not levers and not parameters:
        return base if isinstance(base, Scenario) else load(base)
    as_in_file = {name: _entry(BY_NAME.get(name), raw) for name, raw in (levers or {}).items()}
    return compose(base, name=NAME, levers=as_in_file, parameters=_plain(parameters or {}))


def _entry(lever: Lever | None, raw: object) -> object:
    """Return what a file would have for one lever: a value, a table or a list of tables."""
    if isinstance(raw, list | tuple):
        return [_entry(lever, one) for one in raw]
    if isinstance(raw, Mapping):
        return {key: _value(lever, v) if key == "value" else v for key, v in raw.items()}
    return _value(lever, raw)


def _value(lever: Lever | None, raw: object) -> object:
    value = _plain(raw)
    if lever is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    match lever.kind:
        case "boolean":
            return bool(value) if value in {0, 1} else value
        case "choice":
            places = range(len(EXTRA_EDUCATION_TARGETS))
            return EXTRA_EDUCATION_TARGETS[int(value)] if value in places else value
        case "month":
            return month_text(value) if math.isfinite(value) else value
        case "integer":
            return int(value) if value == int(value) else value
        case _:
            return value


def _plain(raw: Any) -> Any:  # noqa: ANN401 - whatever a program gives
    """Return Python's own number for one of NumPy's."""
    if isinstance(raw, Mapping):
        return {key: _plain(value) for key, value in raw.items()}
    return raw.item() if isinstance(raw, np.generic) else raw
