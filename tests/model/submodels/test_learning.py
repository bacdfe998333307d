"""Belonging, learning and Dutch of children, in the language of the world."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy.special import ndtri

from calibration.peers import measured
from model import FamilyModel, calendar
from model.enums import BirthCountry, Contract, FamilyType, Population
from model.kernel.compile import plain
from model.kernel.keys import match_keys
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.policy.timetable import build
from model.population import rules as entry_rules
from model.registry import BY_PARAMETER
from model.run.build import build_population
from model.state import State
from model.submodels.school import rules_learning


def test_who_comes_at_twelve_or_later_does_not_feel_at_home_yet_whenever_it_comes() -> None:
    model = FamilyModel(families=3000, rng=1, years=6, collect=False)
    on_arrival = BY_PARAMETER["school.belonging_late"].value
    entered = []
    for _ in range(60):
        before = model.state.children["is_enrolled"].copy()
        first = model.state.children["first_school_month"] == calendar.NEVER
        model.step()
        children = model.state.children
        late = (children["late_arrival"] != 0) & (before == 0) & (children["is_enrolled"] != 0)
        entered.extend(children["belonging"][late & first])

    # They entered this month, so one month of growing, and at most a change of school, is in it.
    assert len(entered) > 20
    assert max(entered) < on_arrival + 0.05


def test_a_late_arrival_that_waits_for_a_school_at_the_start_does_not_feel_at_home_either() -> None:
    model = FamilyModel(families=8000, rng=1, years=2, collect=False)
    late = model.state.children["late_arrival"] != 0
    here = model.state.children["birth_month"] < -calendar.TWELVE
    waiting = late & here & (model.state.children["is_enrolled"] == 0)
    for _ in range(6):
        model.step()
    entered = waiting & (model.state.children["is_enrolled"] != 0)

    assert entered.sum() >= 10
    assert model.state.children["belonging"][entered].mean() < 0.5


@pytest.mark.parametrize("usual", [0.98, 0.4])
def test_belonging_stays_between_nothing_and_all(usual: float) -> None:
    levers = (LeverChange(lever="culture_sensitive_share", value=1.0),)
    model = FamilyModel(
        Scenario(id="warm", levers=levers),
        families=300,
        rng=1,
        years=4,
        collect=False,
        parameters={
            "school.belonging_usual": usual,
            "school.belonging_culture": 0.45,
            "school.belonging_months": 4,
            "school.belonging_change": 0.57,
        },
    )
    model.run_for(40)
    pupils = model.state.children["is_enrolled"] != 0
    belonging = model.state.children["belonging"][pupils]

    assert belonging.min() >= 0.0
    assert belonging.max() <= 1.0
    assert np.ptp(belonging) > 0.1


def family_of_children(state: State) -> np.ndarray:
    order = np.argsort(state.families["first_child"], kind="stable")
    return np.repeat(order, state.families["n_children"][order])


def value(name: str) -> float:
    return BY_PARAMETER[name].value


@cache
def met() -> dict[str, tuple[float, float]]:
    """Return what comparable pupils of 4 to 17 meet in runs of the world of today."""
    return measured(1500, 9, (1, 2))["4-17"]


COSTS = {
    "school.absent_normal_year": "school.learning_absent_day",
    "school.shift_usual_share": "school.learning_shift_year",
    "school.peers_school_changes": "school.change_level",
    "school.peers_crowded": "school.learning_crowding_year",
}
"""What comparable children meet, and what one more of it costs (SD a year)."""

WORTH = 0.04
"""SD of learning that a difference from the ledger may come to in the long run."""


@pytest.mark.parametrize("name", COSTS)
def test_what_comparable_children_meet_on_average_costs_nothing(name: str) -> None:
    """Red says that what families meet has changed: run `python -m calibration.peers`."""
    differs = met()[name][0] - value(name)

    assert abs(differs * value(COSTS[name]) / value("school.learning_own_year")) < WORTH


def test_the_usual_income_of_comparable_children_is_no_gain_and_no_loss() -> None:
    name = "school.income_reference_eur_month"
    differs = math.log(met()[name][0] / value(name))

    worth = differs * value("school.learning_income_year") / value("school.learning_own_year")
    assert abs(worth) < WORTH


def test_comparable_children_end_where_their_own_talent_is() -> None:
    learning, talent = met()["learning"][0], met()["talent"][0]

    assert learning == pytest.approx(talent, abs=0.06)


def test_what_was_lost_is_made_up_for_and_learning_sooner_than_vocabulary() -> None:
    learning = language = -0.4
    for _ in range(96):
        learning += rules_learning.learning_change_month(
            learning_z=learning,
            talent=0.0,
            reversion_year=value("school.learning_own_year"),
            language_z=0.0,
            dutch_of_peers=0.0,
            w_language=0.0,
            income_eur=1900.0,
            income_reference_eur=1900.0,
            income_floor_eur=300.0,
            w_income=0.0,
            absent_days=0.0,
            w_absent=0.0,
            absent_normal=0.0,
            outside_care=0.0,
            outside_care_usual=0.0,
            w_shift=0.0,
        )
        language += rules_learning.language_change_month(
            language_z=language,
            is_at_school=True,
            catch_up_year=value("school.catch_up_year"),
            newcomer_year=0.0,
            absent_days=0.0,
            w_absent=0.0,
            absent_normal=0.0,
        )

    # Half of the gap in vocabulary left at twelve (older Dutch studies) to a fifth (CPB).
    assert 0.2 * 0.4 < -language < 0.5 * 0.4
    assert -learning < -language


def test_a_home_with_room_gives_back_in_some_years_what_a_crowded_one_took() -> None:
    model = FamilyModel(families=300, rng=1, years=3, collect=False)
    pupils = (model.state.children["is_enrolled"] != 0) & (
        model.state.children["birth_month"] > -calendar.TWELVE
    )
    model.state.children["crowding_effect"] = -0.2
    for _ in range(24):
        model.state.families["crowding"] = 0.5
        model.step()

    effect = model.state.children["crowding_effect"][pupils]
    assert float(np.median(effect)) == pytest.approx(-0.1, abs=0.01)


def learning_after_a_long_spell(which: int, income: float) -> float:
    """Return what a month usually takes when an adult's spell without work becomes long."""
    model = FamilyModel(families=600, rng=1, years=2, collect=False)
    for _ in range(2):
        model.step()
    state = model.state
    seeking = state.adults["is_seeking"].reshape(-1, 2)
    chosen = (seeking[:, which] != 0) & (state.families["n_adults"] == 2)
    for name in ("income_eur_month", "income_12m_eur"):
        state.families[name] = income
    rows = 2 * np.flatnonzero(chosen) + which
    state.adults["contract"][rows] = Contract.NONE
    state.adults["recall_months"][rows] = -1
    state.adults["months_without_work"][rows] = int(value("work.long_spell_months")) - 1
    before = state.children["learning_z"].copy()
    model.step()
    pupils = (state.children["is_enrolled"] != 0) & chosen[family_of_children(state)]
    return float(np.median((before - state.children["learning_z"])[pupils]))


def test_only_a_long_spell_of_a_poor_familys_main_earner_costs_learning() -> None:
    loss = value("school.learning_job_loss")

    assert learning_after_a_long_spell(0, 300.0) > 0.8 * loss
    assert learning_after_a_long_spell(0, 4000.0) < 0.2 * loss
    assert learning_after_a_long_spell(1, 300.0) < 0.2 * loss


def test_children_of_the_start_had_the_home_that_their_parents_spoke_then() -> None:
    state = build_population(build(FROZEN_2023, 12), 1, 12_000)
    children, family = state.children, family_of_children(state)
    eu11 = state.families["population"][family] == Population.EU11
    at_start = family < state.entries[0]
    age = -children["birth_month"].astype(np.int64)
    here = eu11 & at_start & (children["birth_country"] == BirthCountry.NETHERLANDS)
    seen = here & ~np.isnan(children["language_at_4"])
    young = float(children["language_at_4"][seen & (age < 84)].mean())
    old = float(children["language_at_4"][seen & (age >= calendar.TWELVE)].mean())

    # Parents of both had been here for about as long when their child was one to four.
    assert old == pytest.approx(young, abs=0.12)
    dutch_now = state.families["parent_dutch"][family]
    of_old = dutch_now[seen & (age >= calendar.TWELVE)].mean()
    assert of_old > dutch_now[seen & (age < 84)].mean() + 0.05

    # Parents who had just come then and speak good Dutch now did not speak it at home yet; what a
    # child had of preschool comes on top.
    good = value("early_years.home_dutch_from")
    had_just_come = children["birth_month"] - state.families["arrival_month"][family] < 36
    learned = seen & (age >= calendar.TWELVE) & had_just_come & (dutch_now > good)
    learned &= children["ve_hours"] == 0
    share_now = (dutch_now[learned] - good) / (1.0 - good)
    as_now = -value("early_years.language_gap_at_4") * (1.0 - float(share_now.mean()))
    assert learned.sum() > 50
    assert children["language_at_4"][learned].mean() < as_now - 0.02


def test_talent_rises_with_parents_education_and_pay_as_advice_does() -> None:
    state = build_population(build(FROZEN_2023, 12), 1, 12_000)
    family = family_of_children(state)
    at_start = family < state.entries[0]
    talent = state.children["talent"][at_start].astype(float)
    income = state.families["income_eur_month"][family][at_start]
    rank = (np.argsort(np.argsort(income, kind="stable")) + 0.5) / income.size
    slope = float(np.polyfit(ndtri(rank), talent / talent.std(), 1)[0])

    # .41 (.37 to .45) of all children; here the incomes of one part of the country's families,
    # which lie closer together.
    assert 0.1 < slope < 0.5


def test_talents_of_a_pair_differ_by_what_their_parents_came_or_began_with_only() -> None:
    state = build_population(build(FROZEN_2023, 24), 1, 2000)
    families, family, children = state.families, family_of_children(state), state.children
    p = build(FROZEN_2023, 1).parameters_in(0)
    by_parents = plain(entry_rules.talent)(
        education_level=families["parent_education"][family] - 1.0,
        pay_eur_week=families["entry_pay_eur_week"][family].astype(float),
        deviation=0.0,
        w_education=p.talent_education,
        w_pay=p.talent_pay,
        usual_pay_eur_week=p.talent_usual_pay_eur_week,
    )
    is_eu11 = families["population"] == Population.EU11
    pair = np.where(is_eu11, match_keys(families["key"]), families["key"])[family]
    place = np.arange(family.size) - families["first_child"][family]
    own, other = (np.flatnonzero(one[family]) for one in (is_eu11, ~is_eu11))
    row_of = {(int(pair[k]), int(place[k])): k for k in other}
    both = [(k, row_of[one]) for k in own if (one := (int(pair[k]), int(place[k]))) in row_of]
    here, there = np.array(both).T
    talent = children["talent"].astype(float)

    np.testing.assert_allclose((talent - by_parents)[here], (talent - by_parents)[there], atol=2e-3)
    assert len(both) > 0.9 * other.size
    assert 0.6 < np.corrcoef(talent[here], talent[there])[0, 1] < 1.0


def test_who_stayed_came_with_more_pay_than_who_comes() -> None:
    """Who earns little leaves more often; the start has those who stayed."""
    families = build_population(build(FROZEN_2023, 120), 1, None).families
    eu11 = (families["population"] == Population.EU11) & (families["is_border"] == 0)
    recent = eu11 & (families["family_type"] == FamilyType.RECENT)
    pay = families["entry_pay_eur_week"]
    long_here = recent & (families["arrival_month"] < -120)
    comes = recent & (families["entry_month"] >= 0)

    assert pay[long_here].mean() > 1.01 * pay[comes].mean()
