"""A pair lives common months once, and is to the bit what it would be with each lived apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.calendar import MONTHS_PER_YEAR, START_NUMBER
from model.enums import FamilyType, Municipality
from model.errors import InputError
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario, Target
from model.registry import LEVERS
from model.run.simulation import Simulation
from scenarios import load, names
from scenarios.pairs.cohorts import cohorts
from scenarios.pairs.contract_flows import contract_flows
from scenarios.pairs.find_twins import telling
from scenarios.pairs.pair import Pair
from scenarios.pairs.reach import exposure
from scenarios.pairs.twin_lives import Member, lives

FAMILIES, YEARS = 40, 8
HORIZON = YEARS * MONTHS_PER_YEAR
TARGETS = (
    None,
    None,
    Target(municipalities=(Municipality.ROTTERDAM,)),
    Target(family_types=(FamilyType.RECENT,)),
)


def seen(base: Scenario, alternative: Scenario, *, marked: bool, apart: bool) -> list[object]:
    """What a watcher sees of a pair in every month, and what is left of it."""
    pair = Pair.of(
        base, alternative, families=FAMILIES, years=YEARS, seed=5, marked=marked, apart=apart
    )
    found: list[object] = []

    def watch(pair: Pair) -> None:
        here = np.flatnonzero(pair.runs[1].is_here())
        found.append((pair.month, *(state.digest() for state in pair.states)))
        found.append((pair.before.digest(), pair.differing().tobytes()))
        found.append([run.variants(here).size for run in pair.runs])

    pair.run(watch)
    found.append([state.digest() for state in pair.states])
    return found


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_beside_the_reference_is_seen_as_if_each_lived_apart(
    name: str,
) -> None:
    base, other = load("s01_reference"), load(name)

    assert seen(base, other, marked=True, apart=False) == seen(base, other, marked=True, apart=True)


@pytest.mark.parametrize("number", range(10))
def test_scenarios_by_luck_are_seen_as_if_each_lived_apart(number: int) -> None:
    luck = np.random.default_rng(number)
    drawn = []
    for k in luck.choice(len(LEVERS), size=5, replace=False):
        lever, start = LEVERS[k], int(luck.integers(0, HORIZON - MONTHS_PER_YEAR))
        is_whole = lever.kind in {"boolean", "integer"} or lever.name == "reform_start"
        value = float(luck.uniform(lever.low, lever.high))
        drawn.append(
            LeverChange(
                lever=lever.name,
                value=float(round(value)) if is_whole else value,
                start=None if start < 6 else START_NUMBER + start,
                ramp_months=int(luck.choice([0, 9])),
                target=TARGETS[luck.integers(len(TARGETS))],
            )
        )
    base = Scenario(id="base", levers=tuple(drawn[:2]))
    other = Scenario(id="other", levers=tuple(drawn[number % 2 :]))

    shared = seen(base, other, marked=bool(number % 3), apart=False)

    assert shared == seen(base, other, marked=bool(number % 3), apart=True)


def test_months_in_common_are_lived_once(lived: list[str]) -> None:
    start = START_NUMBER + 30
    moved = LeverChange(lever="info_point_coverage", value=1.0, start=start)
    pair = Pair.of(
        load("s00_frozen_2023"), Scenario(id="moved", levers=(moved,)), families=20, years=YEARS
    )

    pair.run(lambda _: None)

    assert lived.count("moved") == HORIZON - 30
    assert len(lived) - lived.count("moved") == HORIZON


def told(value: Any) -> object:  # noqa: ANN401 - whatever is told of a pair
    """All that is in an answer, for comparing it."""
    if isinstance(value, pd.DataFrame):
        return value.to_csv()
    if is_dataclass(value):
        return {one.name: told(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {name: told(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [told(one) for one in value]
    return value.tobytes() if isinstance(value, np.ndarray) else repr(value)


@pytest.mark.parametrize(
    "ask",
    [
        telling,
        partial(lives, members=(Member(family=3), Member(child=5))),
        exposure,
        cohorts,
        contract_flows,
    ],
    ids=("telling twins", "twin lives", "reach", "cohorts", "contract flows"),
)
def test_who_looks_at_a_pair_is_told_the_same_of_fewer_months(
    ask: Callable[..., object], lived: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = load("s08_information")
    moved = tuple(replace(one, start=START_NUMBER + 20) for one in plan.levers)
    base, other = load("s00_frozen_2023"), replace(plan, levers=moved)

    shared = ask(base, other, families=200, years=3, rng=5)
    once = list(lived)
    monkeypatch.setattr(Pair, "of", partial(Pair.of, apart=True))
    each = ask(base, other, families=200, years=3, rng=5)

    assert (once.count(base.id), once.count(other.id)) == (36, 16)
    assert len(lived) - len(once) == 36 + 36
    assert told(shared) == told(each)


def test_before_is_how_the_base_stood_when_the_month_before_had_closed() -> None:
    moved = LeverChange(lever="info_point_coverage", value=1.0, start=START_NUMBER + 3)
    other = Scenario(id="moved", levers=(moved,))
    pair = Pair.of(load("s00_frozen_2023"), other, families=20, years=1, seed=5)
    closed, before, after = [pair.before.digest()], [], []

    def watch(pair: Pair) -> None:
        before.append(pair.before.digest())
        after.append(pair.states[0].digest())

    pair.run(watch, progress=lambda *_: closed.append(pair.states[0].digest()))

    assert before == closed[:-1]
    assert not set(before) & set(after)


def test_a_run_does_not_catch_up_with_one_that_was_asked_something_else() -> None:
    moved = LeverChange(lever="info_point_coverage", value=1.0, start=START_NUMBER + 3)
    ours, theirs = (
        Simulation(Scenario(id="one", levers=levers), families=20, seed=1, years=1)
        for levers in ((), (moved,))
    )
    for _ in range(3):
        ours.step()
    theirs.catch_up(ours)
    assert theirs.state.equals(ours.state)

    ours.step()
    with pytest.raises(InputError, match="have lived other months"):
        theirs.catch_up(ours)


def test_a_run_does_not_catch_up_with_one_that_weighs_otherwise() -> None:
    ours = Simulation(FROZEN_2023, families=20, seed=1, years=1).run()
    weights = ours.sums().weights
    same, other = (
        Simulation(FROZEN_2023, families=20, seed=1, years=1, weights=times * weights)
        for times in (1.0, 2.0)
    )
    same.catch_up(ours)
    assert same.sums().numbers.tobytes() == ours.sums().numbers.tobytes()

    with pytest.raises(InputError, match="are weighted otherwise"):
        other.catch_up(ours)
