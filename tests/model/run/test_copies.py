"""Copies of a model, however made and whenever, are models of their own that live on the same."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import cache
from operator import methodcaller
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import FamilyModel
from model.calendar import START_NUMBER
from model.errors import InputError
from model.outcomes.observers import Observer, View
from model.policy.scenario import LeverChange, Scenario
from model.run.simulation import Simulation
from model.run.snapshot import Snapshot
from model.state import ARRAYS

FAMILIES, YEARS, MONTHS = 40, 3, 36
PLAN = Scenario(
    id="fewer_flexible_jobs",
    levers=(
        LeverChange(lever="agency_phase_a_weeks", value=26.0, start=START_NUMBER + 6),
        LeverChange(lever="web_places_per_100", value=8.0, start=START_NUMBER + 18),
    ),
)

Copy = Callable[[FamilyModel], FamilyModel]
WAYS: dict[str, Copy] = {
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
    "pickle": lambda model: pickle.loads(pickle.dumps(model)),  # noqa: S301 - our own
    "snapshot": lambda model: FamilyModel.from_snapshot(
        model.snapshot(), collect=model.datacollector is not None
    ),
}


def made(scenario: Scenario = PLAN, **more: Any) -> FamilyModel:  # noqa: ANN401
    """A small model of this page."""
    return FamilyModel(scenario, **({"families": FAMILIES, "rng": 1, "years": YEARS} | more))


@cache
def undisturbed() -> FamilyModel:
    """The run that nobody copied."""
    return made().run()


def check_same(model: FamilyModel) -> None:
    """Hold a model that has lived to its horizon against the undisturbed one, to the bit."""
    reference = undisturbed()
    assert model.month == model.time == model.steps == MONTHS
    assert not model.running
    assert model.state.equals(reference.state)
    assert model.sums().school_years == reference.sums().school_years
    assert model.sums().numbers.tobytes() == reference.sums().numbers.tobytes()
    if model.datacollector is not None:
        assert reference.datacollector is not None
        seen, wanted = (
            one.get_model_vars_dataframe() for one in (model.datacollector, reference.datacollector)
        )
        assert seen.equals(wanted)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("threads", [1, 3])
def test_copy_and_original_are_independent_and_equal_the_undisturbed_run(
    way: str, threads: int
) -> None:
    model = made(threads=threads)
    model.run_for(14)
    before = model.state.copy()

    twin = WAYS[way](model)
    twin.run()

    assert model.month == 14
    assert model.state.equals(before)
    check_same(twin)
    check_same(model.run())


@pytest.mark.parametrize("way", WAYS)
def test_a_model_is_copied_in_the_middle_of_a_month(way: str) -> None:
    model = made()
    model.run_for(3)
    for family in list(model.agents)[:11]:
        family.step()

    twin = WAYS[way](model)
    with pytest.raises(InputError, match="already lived 2023-11"):
        twin.live_family(next(iter(model.agents)).row)
    for family in list(twin.agents)[30:35]:
        family.step()

    check_same(twin.run())
    check_same(model.run())


@pytest.mark.parametrize("way", ["deepcopy", "copy", "pickle"])
def test_the_agents_of_a_copy_look_at_the_copy(way: str) -> None:
    model = made()
    model.run_for(5)
    incomes = {agent.row: agent.income for agent in model.agents}

    twin = WAYS[way](model)
    twin.run_for(7)

    assert all(agent.model is twin for agent in twin.agents)
    assert all(agent.model is model for agent in model.agents)
    assert {agent.row: agent.income for agent in model.agents} == incomes
    check_same(twin.run())


def test_a_copy_may_be_copied_after_the_original_is_gone() -> None:
    model = made()
    model.run_for(2)
    for _ in range(4):
        model = copy.deepcopy(model)
        model.run_for(3)

    check_same(model.run())


class Counting(FamilyModel):
    """A researcher's model with something of its own."""

    def __init__(self) -> None:
        super().__init__(PLAN, families=FAMILIES, rng=1, years=YEARS)
        self.seen: list[int] = []

    def step(self) -> None:
        """Live a month and count it."""
        super().step()
        self.seen.append(self.month)


def test_a_model_with_more_in_it_is_copied_with_it() -> None:
    model = Counting()
    model.run_for(4)

    twin = copy.deepcopy(model)
    twin.run_for(2)

    assert model.seen == [1, 2, 3, 4]
    assert twin.seen == [1, 2, 3, 4, 5, 6]
    check_same(twin.run())


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_copied_at_any_month_and_stepped_in_any_order_all_equal_the_reference(
    data: st.DataObject,
) -> None:
    collect = data.draw(st.booleans(), "collect")
    models = [made(collect=collect, threads=data.draw(st.sampled_from([1, 1, 2]), "threads"))]
    for _ in range(data.draw(st.integers(1, 5), "turns")):
        model = data.draw(st.sampled_from(models), "which")
        for _ in range(min(data.draw(st.integers(0, 12), "months"), MONTHS - model.month)):
            model.step()
        if model.month < MONTHS:
            here = np.flatnonzero(model.simulation.is_here())
            for row in data.draw(st.sets(st.sampled_from(here.tolist()), max_size=9), "rows"):
                with suppress(InputError):  # it may have lived this month in an earlier turn
                    model.live_family(row)
        way = data.draw(st.sampled_from(list(WAYS)), "way")
        models.append(WAYS[way](model))

    for model in data.draw(st.permutations(models), "order"):
        check_same(model.run())


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_pool_of_processes_takes_models_and_gives_them_back(method: str) -> None:
    model = made()
    model.run_for(8)
    _ = model.agents

    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        returned = list(pool.map(methodcaller("run"), [model, model]))

    assert model.month == 8
    for twin in returned:
        check_same(twin)
    check_same(model.run())


class Copier(Observer):
    """An observer that copies what it looks at."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act

    def start(self, view: View) -> None:
        """Look at nothing yet."""

    def month(self, view: View) -> None:
        """Copy in one month."""
        if view.month == 4:
            self.act()


def test_in_the_middle_of_a_step_a_model_is_not_copied_and_lives_on() -> None:
    model = made()

    def refused() -> None:
        with pytest.raises(InputError, match=r"in the middle of a step \(2023-12\)"):
            copy.deepcopy(model)
        with pytest.raises(InputError, match="in the middle of a step"):
            pickle.dumps(model)

    check_same(model.run(observers=[Copier(refused)]))


def test_a_snapshot_taken_by_an_observer_goes_on_from_there() -> None:
    model = made()
    taken: list[Snapshot] = []
    twins: list[Simulation] = []

    def take() -> None:
        taken.append(model.snapshot())
        twins.append(copy.deepcopy(model.simulation))

    check_same(model.run(observers=[Copier(take)]))
    check_same(FamilyModel.from_snapshot(taken[0]).run())
    assert twins[0].month == 4
    assert twins[0].run().state.equals(undisturbed().state)


@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_that_is_replaced_by_another_is_the_one_that_lives_on(name: str) -> None:
    model = made()
    model.run_for(9)
    old = getattr(model.state, name)

    setattr(model.state, name, old.copy())
    old.view(np.uint8)[...] = 0

    check_same(model.run())


def test_what_is_written_into_an_array_that_replaced_another_counts() -> None:
    written, replaced = made(), made()
    for model in (written, replaced):
        model.run_for(9)

    written.state.families["trust"] = 0.25
    families = replaced.state.families.copy()
    families["trust"] = 0.25
    replaced.state.families = families

    assert written.run().state.equals(replaced.run().state)
    assert not written.state.equals(undisturbed().state)
