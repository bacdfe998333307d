"""What parents know, trust, speak and plan lasts, is forgotten, and is not filled up by time."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.enums import Education, Population, Status
from model.state import State

ALONE = {
    "contact.knowledge_digital": 0.0,
    "contact.knowledge_pharos": 0.0,
    "contact.peer_speed": 0.0,
    "contact.trust_neighbours": 0.0,
}
"""A world in which nobody tells a family anything."""
YEARS = 14


@cache
def world(*, alone: bool = False, forgets: bool = True) -> FamilyModel:
    """A model of 800 families after fourteen years."""
    parameters = dict(ALONE) if alone else {}
    if not forgets:
        parameters["contact.knowledge_slow"] = 0.0
    model = FamilyModel(families=800, rng=1, years=YEARS, parameters=parameters, collect=False)
    model.run_for(12 * YEARS)
    return model


def migrants(state: State, month: int, least: float, most: float = 99.0) -> np.ndarray:
    """Return the EU-11 families that are here, and have been for so many years."""
    families = state.families
    years = (month - families["arrival_month"]) / 12.0
    is_here = (families["status"] == Status.IN_NL) & (families["population"] == Population.EU11)
    found: np.ndarray = families[is_here & (years >= least) & (years < most)]
    return found


def test_not_everybody_knows_everything_because_time_passes() -> None:
    settled = migrants(world().state, 12 * YEARS, least=16)

    assert settled.size > 50
    assert settled["knowledge"].mean() < 0.8
    assert (settled["knowledge"] > 0.95).mean() < 0.05
    assert settled["knowledge"].std() > 0.08


def test_who_forgets_nothing_ends_up_knowing_more() -> None:
    usual = migrants(world().state, 12 * YEARS, least=6)
    never = migrants(world(forgets=False).state, 12 * YEARS, least=6)

    assert never["knowledge"].mean() > usual["knowledge"].mean() + 0.1


@pytest.mark.parametrize("name", ["knowledge", "trust", "parent_dutch"])
def test_families_of_equal_stay_are_at_the_start_what_they_are_later(name: str) -> None:
    start = FamilyModel(families=800, rng=1, years=YEARS, collect=False).state

    for least, most in ((0, 3), (3, 6), (6, 11), (11, 16)):
        first = migrants(start, 0, least, most)[name].mean()
        later = migrants(world().state, 12 * YEARS, least, most)[name].mean()
        assert later == pytest.approx(first, abs=0.09), (least, most)


def told_once(months: int) -> tuple[float, float]:
    """Return how much more families know, now and after so many months, when all were told."""
    told, usual = (
        FamilyModel(families=300, rng=1, years=10, parameters=ALONE, collect=False)
        for _ in range(2)
    )
    told.state.families["knowledge"] = np.minimum(1.0, usual.state.families["knowledge"] + 0.2)
    here = usual.state.families["status"] == Status.IN_NL
    gaps = []
    for wait in (0, months):
        for model in (told, usual):
            for _ in range(wait):
                model.step()
        gaps.append(told.state.families["knowledge"] - usual.state.families["knowledge"])
    for model in (told, usual):
        here &= model.state.families["status"] == Status.IN_NL
    return float(gaps[0][here].mean()), float(gaps[1][here].mean())


def test_half_of_what_was_told_is_forgotten_in_four_years() -> None:
    first, left = told_once(48)

    assert first > 0.15
    assert left == pytest.approx(first * (1.0 - 0.015) ** 48, rel=0.05)


def test_a_bad_event_wears_off() -> None:
    hurt, usual = (
        FamilyModel(families=300, rng=1, years=10, parameters=ALONE, collect=False)
        for _ in range(2)
    )
    hurt.state.families["trust"] -= 0.05
    for model in (hurt, usual):
        model.run_for(60)
    here = usual.state.families["status"] == Status.IN_NL
    gap = (usual.state.families["trust"] - hurt.state.families["trust"])[here]

    assert 0.0 < gap.mean() < 0.03


def test_schooling_of_parents_still_shows_in_their_dutch_after_twenty_years() -> None:
    settled = migrants(world().state, 12 * YEARS, least=14)
    low, high = (
        settled["parent_dutch"][settled["parent_education"] == level].mean()
        for level in (Education.LOW, Education.HIGH)
    )

    assert high > low + 0.08


def test_families_differ_in_dutch_on_the_day_they_arrive_and_ever_after() -> None:
    state = FamilyModel(families=4000, rng=1, years=YEARS, collect=False).state
    arriving = state.families[state.families["status"] == Status.AWAITED]
    arriving = arriving[arriving["population"] == Population.EU11]
    settled = migrants(world().state, 12 * YEARS, least=14)

    assert arriving["parent_dutch"].std() > 0.1
    assert settled["parent_dutch"].std() > 0.125


def test_who_plans_to_stay_learns_dutch_faster() -> None:
    gains = []
    for plan in (0.0, 1.0):
        # With a lag this long, hardly anybody changes its plan.
        model = FamilyModel(
            families=600, rng=1, years=4, parameters={"stay.intention_lag_months": 300},
            collect=False,
        )  # fmt: skip
        model.state.families["settlement_intention"] = plan
        families = model.state.families
        young = (families["status"] == Status.IN_NL) & (families["arrival_month"] > -60)
        young &= families["population"] == Population.EU11
        before = families["parent_dutch"][young].copy()
        model.run_for(36)
        here = model.state.families["status"][young] == Status.IN_NL
        gains.append(float((model.state.families["parent_dutch"][young] - before)[here].mean()))

    assert gains[1] > 1.4 * gains[0] > 0.0


def test_a_plan_to_stay_is_made_and_given_up() -> None:
    model = FamilyModel(families=8000, rng=2, years=4, collect=False)
    made, given_up, temporary, planning = 0, 0, 0, 0
    for _ in range(36):
        before = model.state.families["settlement_intention"].copy()
        model.step()
        families = model.state.families
        here = (families["status"] == Status.IN_NL) & (families["population"] == Population.EU11)
        after = families["settlement_intention"]
        made += int((here & (before == 0.0) & (after == 1.0)).sum())
        given_up += int((here & (before == 1.0) & (after == 0.0)).sum())
        temporary += int((here & (before == 0.0)).sum())
        planning += int((here & (before == 1.0)).sum())

    assert set(np.unique(model.state.families["settlement_intention"])) == {0.0, 1.0}
    assert 0.005 < made / temporary < 0.015
    assert 0.001 < given_up / planning < 0.01
