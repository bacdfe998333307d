"""Preschool: who may go is settled once; few families have as many places as many; luck apart."""

from __future__ import annotations

import numpy as np
import pytest

from model import FamilyModel, calendar
from model.enums import Eligibility, Population, Stage, Status
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population
from model.state import State
from model.submodels.early_years import rules

MONTHS = 36


def scenario(**levers: float) -> Scenario:
    changes = tuple(LeverChange(lever=name, value=value) for name, value in levers.items())
    return Scenario(id="some", levers=changes)


def age(state: State, month: int) -> np.ndarray:
    return month - state.children["birth_month"].astype(np.int64)


def mean_places_taken(n_target_group: int, ratio: float, *, months: int = 6000) -> float:
    """Return how many children of a small target group are in preschool, all of whom want to be."""
    ends: list[int] = []
    carried, taken, used = 0.0, 0, 0
    for month in range(months):
        places = rules.places_of(n_target_group, ratio)
        if month > 0:
            carried = rules.places_carried(
                carried=carried, places=places, n_enrolled=used, months=18.0
            )
        ends = [end for end in ends if end > month]
        n_open = rules.places_open(places=places, n_staying=len(ends), carried=carried, months=18.0)
        ends += [month + 18] * max(0, int(n_open))
        used = len(ends)
        taken += used
    return taken / months


@pytest.mark.parametrize("n_target_group", [1, 2, 3, 5, 40])
def test_a_handful_of_toddlers_has_its_share_of_the_places(n_target_group: int) -> None:
    assert mean_places_taken(n_target_group, 0.85) == pytest.approx(0.85 * n_target_group, rel=0.02)


def test_a_child_keeps_its_place_in_the_target_group_whatever_its_parents_learn() -> None:
    model = FamilyModel(scenario(ve_eligibility_share=0.7), families=600, rng=1, years=4)
    before = model.state.children["ve_eligible"].copy()
    n_kept = 0
    for _ in range(MONTHS):
        model.step()
        model.state.families["parent_dutch"] = 0.95
        now = model.state.children["ve_eligible"].copy()
        settled = before != Eligibility.UNDECIDED
        assert (now[settled] == before[settled]).all()
        n_kept += int((now[settled] == Eligibility.YES).sum())
        before = now

    assert n_kept > 100


def test_every_toddler_of_two_and_a_half_is_in_the_target_group_or_is_not() -> None:
    model = FamilyModel(families=600, rng=1, years=4)
    for month in range(MONTHS):
        model.step()
        state = model.state
        family = np.repeat(np.arange(state.families.size), state.families["n_children"])
        family = family[np.argsort(state.families["first_child"][family], kind="stable")]
        here = state.families["status"][family] == Status.IN_NL
        old = age(state, month)
        toddlers = here & (old >= calendar.TWO_AND_A_HALF) & (old < calendar.FOUR)
        assert (state.children["ve_eligible"][toddlers] != Eligibility.UNDECIDED).all()
        in_preschool = state.children["stage"] == Stage.VE
        assert (state.children["ve_eligible"][in_preschool] == Eligibility.YES).all()


def test_the_three_programmes_of_the_first_years_do_not_choose_the_same_children() -> None:
    children = build_population(build(FROZEN_2023, 12), 1, 8000).children
    lucks = [
        children[name].astype(float)
        for name in ("preschool_luck", "booklet_luck", "vocabulary_luck")
    ]

    # The error of a correlation of as many pairs of numbers as there are children of one
    # population; a pair of matched children shares its luck.
    bound = 3.5 / np.sqrt(children.size / 2)
    off = np.corrcoef(lucks)[np.triu_indices(3, k=1)]
    assert (np.abs(off) < bound).all()


def test_who_is_there_at_the_start_was_in_preschool_only_if_in_its_target_group() -> None:
    state = build_population(build(FROZEN_2023, 12), 1, 8000)
    children = state.children
    old = age(state, 0)
    seen = (old >= calendar.FOUR) & (old < 60) & ~np.isnan(children["language_at_4"])
    family = np.repeat(np.arange(state.families.size), state.families["n_children"])
    family = family[np.argsort(state.families["first_child"][family], kind="stable")]
    comparable = state.families["population"][family] == Population.COMPARABLE
    went = children["ve_hours"] > 0
    target = children["ve_eligible"] == Eligibility.YES

    assert (target[went]).all()
    reach = went[seen & comparable & target].mean()
    assert 0.6 < reach < 0.9
    assert target[seen & comparable].mean() < 0.5
