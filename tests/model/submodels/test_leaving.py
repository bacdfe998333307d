"""Leaving school: who leaves, where it matters to live, and who comes back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from model import FamilyModel, calendar
from model.calendar import SchoolMonth
from model.enums import Municipality, Population, Stage, Status
from model.family_rows import family_of_child
from model.outcomes.registry import POPULATIONS
from model.outcomes.sums import Sums
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.registry import BY_PARAMETER
from model.run.build import build_population
from model.run.simulation import Simulation
from model.state import State

YEARS = 9
MONTHS = 12 * YEARS - 1
OCTOBERS = range(SchoolMonth.OCTOBER, MONTHS, 12)


@dataclass(frozen=True)
class Lives:
    """What was seen of each child at the end of each month (months, children)."""

    age: np.ndarray
    stage: np.ndarray
    is_enrolled: np.ndarray
    is_here: np.ndarray
    risk_stage: np.ndarray
    risk_year: np.ndarray
    hazard: np.ndarray

    def left(self) -> tuple[np.ndarray, np.ndarray]:
        """Month and child of everybody who left."""
        month, child = np.nonzero((self.stage[1:] == Stage.LEFT) & (self.stage[:-1] != Stage.LEFT))
        return month + 1, child

    def back_within(self, months: int, low: int, high: int) -> tuple[int, int]:
        """How many left at an age (from, until) and were here so much later; how many were back."""
        month, child = self.left()
        age = self.age[month, child]
        chosen = (age >= low) & (age < high) & (month + months < MONTHS)
        month, child = month[chosen], child[chosen]
        stays = self.is_here[month + months, child]
        month, child = month[stays], child[stays]
        back = [
            bool((self.is_enrolled[m + 1 : m + months + 1, c] == 1).any())
            for m, c in zip(month, child, strict=True)
        ]
        return len(back), sum(back)


@pytest.fixture(scope="module")
def lives() -> Lives:
    model = FamilyModel(families=4000, rng=1, years=YEARS, collect=False)
    state = model.state
    family = family_of_child(state)
    seen: list[list[np.ndarray]] = [[] for _ in range(7)]
    for month in range(MONTHS):
        model.step()
        children = state.children
        now = (
            month - children["birth_month"].astype(np.int64),
            children["stage"].copy(),
            children["is_enrolled"].copy(),
            state.families["status"][family] == Status.IN_NL,
            children["risk_stage"].copy(),
            children["risk_year"].copy(),
            children["vsv_hazard_year"].copy(),
        )
        for rows, row in zip(seen, now, strict=True):
            rows.append(row)
    return Lives(*(np.array(rows) for rows in seen))


def test_who_leaves_under_sixteen_is_counted_and_at_school_again_within_a_year(
    lives: Lives,
) -> None:
    left, back = lives.back_within(12, 0, calendar.SIXTEEN - calendar.ONE)

    assert left > 3
    assert back == left


def test_a_quarter_of_those_who_leave_from_sixteen_on_are_back_within_two_years(
    lives: Lives,
) -> None:
    left, back = lives.back_within(24, calendar.SIXTEEN, calendar.COUNT_UNTIL - 24)
    year = BY_PARAMETER["school.p_comes_back_year"].value
    expected = 1.0 - (1.0 - year) ** 2

    assert expected == pytest.approx(0.254, abs=0.002)
    assert left > 100
    assert abs(back / left - expected) < 4.0 * np.sqrt(expected * (1.0 - expected) / left)


def test_nobody_comes_back_later_than_two_school_years_after(lives: Lives) -> None:
    month, child = lives.left()
    for m, c in zip(month, child, strict=True):
        again = lives.stage[m:, c] != Stage.LEFT
        first = int(np.argmax(again)) if again.any() else 0
        returned = first > 0 and lives.is_enrolled[m + first, c] == 1
        assert not returned or first <= 24


def test_most_leaving_from_the_third_year_on_is_by_pupils_of_18_and_older(lives: Lives) -> None:
    in_vo = adult = 0.0
    for month in OCTOBERS[3:]:
        at_risk = (lives.risk_stage[month] >= Stage.PRO) & (lives.risk_stage[month] <= Stage.VWO)
        at_risk &= lives.risk_year[month] > 2
        hazard = lives.hazard[month][at_risk]
        in_vo += float(hazard.sum())
        adult += float(hazard[lives.age[month][at_risk] >= calendar.EIGHTEEN].sum())

    assert 0.5 < adult / in_vo < 0.75


@cache
def hazards(**numbers: float) -> tuple[np.ndarray, State]:
    """The probability of leaving at the first count, with some numbers of school changed.

    All have lived with the numbers of the ledger until then.
    """
    parameters = {f"school.{name}": value for name, value in numbers.items()}
    model = FamilyModel(
        families=6000,
        rng=1,
        years=1,
        collect=False,
        population=build_population(build(FROZEN_2023, 12, parameters=parameters), 1, 6000),
        parameters=parameters,
    )
    model.run_for(SchoolMonth.OCTOBER + 1)
    return model.state.children["vsv_hazard_year"].copy(), model.state


def test_where_one_lives_matters_in_mbo_only_and_as_much_for_both_populations() -> None:
    usual, state = hazards(leave_mbo_den_haag=0.0)
    there, _ = hazards(leave_mbo_den_haag=0.5)
    moved = there != usual
    family = family_of_child(state)
    odds = np.log(there[moved] / (1 - there[moved])) - np.log(usual[moved] / (1 - usual[moved]))

    assert (state.families["municipality"][family][moved] == Municipality.DEN_HAAG).all()
    assert (state.children["risk_stage"][moved] >= Stage.MBO1).all()
    np.testing.assert_allclose(odds, 0.5, atol=0.01)
    assert np.unique(state.families["population"][family][moved]).size == len(Population)


def test_a_parent_alone_counts_for_those_with_one_parent_only() -> None:
    usual, state = hazards(leave_one_parent=0.0)
    alone, _ = hazards(leave_one_parent=0.5)
    is_alone = state.families["n_adults"][family_of_child(state)] == 1

    assert (alone[is_alone & (usual > 0)] > usual[is_alone & (usual > 0)]).all()
    np.testing.assert_array_equal(alone[~is_alone], usual[~is_alone])


@pytest.mark.parametrize(("number", "is_mbo"), [("leave_18_vo", False), ("leave_18_mbo", True)])
def test_from_eighteen_on_more_leave_and_nobody_younger(number: str, is_mbo: bool) -> None:
    usual, state = hazards(**{number: 0.0})
    more, _ = hazards(**{number: 1.0})
    moved = more != usual
    stage = state.children["risk_stage"][moved]
    age = SchoolMonth.OCTOBER - state.children["birth_month"][moved].astype(np.int64)

    assert moved.any()
    assert (more[moved] > usual[moved]).all()
    assert (age >= calendar.EIGHTEEN).all()
    assert ((stage >= Stage.MBO1) == is_mbo).all()


def test_who_changed_field_leaves_mbo_more_often_and_nobody_else_does() -> None:
    usual, state = hazards(leave_switched=0.0)
    more, _ = hazards(leave_switched=1.0)
    has_switched = (state.children["has_switched"] != 0) & (usual > 0)

    assert has_switched.any()
    assert (more[has_switched] > usual[has_switched]).all()
    np.testing.assert_array_equal(more[~has_switched], usual[~has_switched])


@dataclass(frozen=True)
class Cohorts:
    """A run of five years, and its children who were here when the fifth one ended."""

    sums: Sums
    children: np.ndarray
    age: np.ndarray
    is_registered: np.ndarray

    def agrees(self, outcome: str, whom: np.ndarray, are_so: np.ndarray) -> None:
        """Check that an outcome is the share of some children (k,) who are so (k,)."""
        seen = [
            sum(float(part(outcome, who)[-1]) for who in POPULATIONS)
            for part in (self.sums.numerators, self.sums.denominators)
        ]

        assert 0 < seen[0] < seen[1]
        assert seen == [(whom & are_so).sum(), whom.sum()]


@pytest.fixture(scope="module")
def cohorts() -> Cohorts:
    run = Simulation(FROZEN_2023, families=4000, seed=1, years=6)
    for _ in range(60):
        run.step()
    state = run.state
    family = family_of_child(state)
    age = SchoolMonth.JULY + 48 - state.children["birth_month"].astype(np.int64)
    here = run.is_here()[family] & (age >= 0) & (age < calendar.COUNT_UNTIL)
    here &= state.children["stage"] > 0
    return Cohorts(
        sums=run.sums(),
        children=state.children[here].copy(),
        age=age[here],
        is_registered=state.families["is_registered"][family][here] != 0,
    )


def test_the_third_year_is_in_havo_or_vwo_or_lower(cohorts: Cohorts) -> None:
    stage = cohorts.children["stage"]
    third = (stage >= Stage.PRO) & (stage <= Stage.VWO) & (cohorts.children["stage_year"] == 3)

    cohorts.agrees("third_year_havo_vwo", third, stage >= Stage.HAVO)


def test_students_of_eighteen_are_at_a_level_of_mbo(cohorts: Cohorts) -> None:
    stage, years = cohorts.children["stage"], cohorts.age // 12
    students = (stage >= Stage.MBO1) & (stage <= Stage.MBO4) & (years == 18)

    cohorts.agrees("mbo_level_3_4_at_18", students, stage >= Stage.MBO3)


def test_who_is_22_has_a_startkwalificatie_or_not_whether_at_school_or_not(
    cohorts: Cohorts,
) -> None:
    has = cohorts.children["has_startkwalificatie"] != 0
    at_22 = cohorts.age // 12 == 22

    cohorts.agrees("startkwalificatie_at_22", at_22, has)
    assert (cohorts.children["is_enrolled"][at_22 & has] == 0).any()


def test_who_is_seen_under_five_is_registered_or_was_in_preschool_or_is_at_school(
    cohorts: Cohorts,
) -> None:
    was_there = (cohorts.children["ve_hours"] > 0) | (cohorts.children["is_enrolled"] != 0)

    cohorts.agrees("seen_0_4", cohorts.age < calendar.FIVE, cohorts.is_registered | was_there)
