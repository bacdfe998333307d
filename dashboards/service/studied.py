"""What can be looked into beside the answers: groups, cohorts, and whom each plan reaches.

Each study is made of the functions of the terminal, so its numbers are those that it prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboards.figures.scales import OUTCOMES
from dashboards.service.prepared import TODAY
from dashboards.service.studies import Study, key_of
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario
from scenarios.pairs.cohorts import By, Cohorts, cohorts
from scenarios.pairs.contract_flows import ContractFlows, contract_flows
from scenarios.pairs.reach import Exposure, exposure
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.answer import Answer
from scenarios.statistics.answers import answers
from scenarios.store import lived_before

FAMILIES, REPLICATES = 4000, 5
"""Families in a sample, and samples, of a look at groups: a group needs more than a chunk has."""

FAMILIES_REACHED, FAMILIES_FOLLOWED, TIMES_FOLLOWED = 2000, 4000, 3

DIMENSIONS = ("letter_group", "family_type", "municipality", "years_in_nl", "origin")
"""By what children and families are told apart. Origin is reported; no rule reads it."""


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """An ensemble of plans, the base first, and the differences of every group in it."""

    run: Ensemble
    plans: tuple[Scenario, ...]
    answers: tuple[Answer, ...]


def grouped(base: Scenario, others: Sequence[Scenario]) -> Study[Grouped]:
    """Return the look at groups, which is also what is taken along."""
    plans = distinct((base, *others))

    def live(progress: Progress, stop: Stop) -> Grouped:
        run = _lived(plans, progress, stop)
        found = answers(run, outcome=OUTCOMES, dimension=("all", *DIMENSIONS))
        return Grouped(run=run, plans=plans, answers=tuple(found))

    return Study(key=key_of("grouped", *plans), live=live)


def prepared_groups(scenarios: Mapping[str, Scenario]) -> list[Study[int]]:
    """Return for each scenario what a look at groups takes of it, lived for who asks later.

    What is found is how many runs there are; they lie in the cache.
    """
    base = scenarios[TODAY]
    return [_runs_of(base, one) for name, one in scenarios.items() if name != TODAY]


def _runs_of(base: Scenario, plan: Scenario) -> Study[int]:
    def live(progress: Progress, stop: Stop) -> int:
        plans = (base, plan)
        there = [bool(lived_before.recalled(_key(base, one))) for one in plans]
        return len(plans) if all(there) else len(_lived(plans, progress, stop).scenarios)

    return Study(key=key_of("runs of groups", base, plan), live=live)


def _lived(plans: Sequence[Scenario], progress: Progress, stop: Stop) -> Ensemble:
    """Return the ensemble of a look at groups: lived where it is not kept, and kept then."""
    base = plans[0]
    kept = {one.id: lived_before.recalled(_key(base, one)) for one in plans}
    run = run_pairs(
        plans,
        families=FAMILIES,
        replicates=range(REPLICATES),
        workers=1,
        given=[run for runs in kept.values() for run in runs],
        progress=progress,
        stop=stop,
    )
    for one in plans:
        if not kept[one.id]:
            lived_before.keep(_key(base, one), lived_before.runs_of(run.parts, one.id))
    return run


def _key(base: Scenario, plan: Scenario) -> str:
    return key_of(f"runs of {REPLICATES} by {FAMILIES}", base, plan)


def reached(base: Scenario, others: Sequence[Scenario]) -> Study[tuple[Exposure, ...]]:
    """Return the look at whom each plan reaches, in their order."""

    def live(progress: Progress, stop: Stop) -> tuple[Exposure, ...]:
        return tuple(
            exposure(
                base,
                other,
                families=FAMILIES_REACHED,
                progress=_part(progress, k, len(others)),
                stop=stop,
            )
            for k, other in enumerate(others)
        )

    return Study(key=key_of("reached", base, *others), live=live)


def followed(base: Scenario, others: Sequence[Scenario], by: By) -> Study[tuple[Cohorts, ...]]:
    """Return the look at cohorts under each plan, in their order."""

    def live(progress: Progress, stop: Stop) -> tuple[Cohorts, ...]:
        return tuple(
            cohorts(
                base,
                other,
                by=by,
                families=FAMILIES_FOLLOWED,
                replicates=TIMES_FOLLOWED,
                progress=_part(progress, k, len(others)),
                stop=stop,
            )
            for k, other in enumerate(others)
        )

    return Study(key=key_of(f"followed by {by}", base, *others), live=live)


def flowed(base: Scenario, others: Sequence[Scenario]) -> Study[tuple[ContractFlows, ...]]:
    """Return the look at flows of contracts under each plan, in their order."""

    def live(progress: Progress, stop: Stop) -> tuple[ContractFlows, ...]:
        return tuple(
            contract_flows(
                base,
                other,
                families=FAMILIES_FOLLOWED,
                replicates=TIMES_FOLLOWED,
                progress=_part(progress, k, len(others)),
                stop=stop,
            )
            for k, other in enumerate(others)
        )

    return Study(key=key_of("flowed", base, *others), live=live)


def distinct(plans: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Return plans of which no two have the same id: a later one gets a number behind it."""
    found: list[Scenario] = []
    for one in plans:
        taken, name, k = {other.id for other in found}, one.id, 2
        while name in taken:
            name, k = f"{one.id}_{k}", k + 1
        found.append(one if name == one.id else replace(one, id=name))
    return tuple(found)


def _part(progress: Progress, done: int, whole: int) -> Progress:
    """Return what one of `whole` parts tells of itself when `done` of them are."""
    return lambda month, horizon: progress(done * horizon + month, whole * horizon)
