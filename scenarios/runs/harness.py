"""The one way to run the model: levers and parameters in, sums out.

    from scenarios import evaluate
    sums = evaluate({"housing_decoupled": 1}, {"school.fade_rate": 0.2}, families=1000, seed=7)
    sums.table()

Ensembles, attribution, validation and pages run the model through `evaluate`; whoever looks at two
runs side by side, month by month, uses `scenarios.pairs.pair`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from model.errors import LONGEST, InputError, shortened
from model.outcomes.observers import Observer, Progress, Stop
from model.outcomes.sums import Sums, group_places
from model.policy.scenario import FROZEN_2023, Scenario
from model.run.build import Populations
from scenarios.authoring.compose import compose, python_numbers
from scenarios.files.load import load
from scenarios.runs.kept import lived

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
    weighted_as: Scenario | None = None,
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
        weighted_as: the base of a pair: the children of its first school year are what standardised
            numbers are weighted by (`Sums.standardised`); without it, those of this run.
        off: channels (`model.policy.channels`) that are switched off.
        threads: threads of the compiled loop; the numbers do not depend on it.
        population: keeps populations for the next run with the same people.
        cached: take the sums from the cache when the same was asked before, and keep them there;
            with observers, who want to see the run, it is always lived.

    Raises InputError for what cannot be used, with the nearest known name, and Cancelled when
    stopped.
    """
    group_places(groups)
    for name, given in (("levers", levers), ("parameters", parameters), ("sample", sample)):
        if not (given is None or isinstance(given, Mapping)):
            raise InputError(_no_settings(name, given))
    return lived(
        scenario_of(levers, parameters, base),
        families=families,
        years=years,
        seed=seed,
        groups=groups,
        observers=observers,
        progress=progress,
        stop=stop,
        sample=python_numbers(sample or {}),
        reference=reference,
        weighted_as=weighted_as,
        off=off,
        threads=threads,
        population=population,
        cached=cached,
    )


def _no_settings(name: str, given: object) -> str:
    example = '{"housing_decoupled": 1}' if name == "levers" else '{"school.fade_rate": 0.2}'
    return (
        f"{NAME}: {name} = {shortened(repr(given), LONGEST)} is a {type(given).__name__}; give"
        f" values by name, such as {name}={example}."
    )


def scenario_of(
    levers: Mapping[str, Any] | None,
    parameters: Mapping[str, Any] | None,
    base: Scenario | str | Path,
) -> Scenario:
    """Return the base with settings on top of it, composed as pages do. Raises InputError."""
    if not levers and not parameters:
        return base if isinstance(base, Scenario) else load(base)
    return compose(base, name=NAME, levers=levers, parameters=parameters)
