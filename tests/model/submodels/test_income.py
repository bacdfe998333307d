"""Income as families live it: over a year, by person, with rights that end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import MONTHS_PER_YEAR, SchoolMonth
from model.enums import Contract, Education, Population, Status
from model.family_rows import family_of_child
from model.state import ADULTS

YEARS = 2


def at_hand(model: FamilyModel) -> np.ndarray:
    """Return which families (n,) live here now."""
    return np.asarray(model.state.families["status"] == Status.IN_NL)


def test_poverty_is_of_the_income_of_a_school_year_and_not_of_its_last_month(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0)
    line = model.timetable.parameters_in(0).low_income_line_eur_month
    for _ in range(YEARS):
        seen = []
        always = at_hand(model)
        for _ in range(MONTHS_PER_YEAR):
            model.step()
            always &= at_hand(model)
            seen.append(model.state.families["income_eur_month"].astype(float))
        families, mean = model.state.families, np.mean(seen, axis=0)
        np.testing.assert_allclose(families["income_12m_eur"][always], mean[always], rtol=1e-4)
        sure = always & (abs(mean - line) > 1.0)
        assert np.array_equal(families["is_poor"][sure] != 0, mean[sure] < line)
        poor_this_month = (seen[-1] < line) & always
        assert (poor_this_month & (families["is_poor"] == 0)).sum() > 5


def test_a_family_that_lost_its_work_before_the_start_has_months_of_pay_in_its_year(
    lived: Callable[..., FamilyModel],
) -> None:
    state = lived(months=0).state
    families = state.families[at_hand(lived(months=0))]
    adults = state.adults.reshape(-1, ADULTS)[: families.size]
    contract, spell = adults["contract"], adults["months_without_work"]
    is_idle = (adults["is_seeking"] == 0) | (contract == Contract.NONE)
    seeks = adults["is_seeking"][:, 0] != 0
    fresh = is_idle.all(axis=1) & seeks & (adults["is_seeking"][:, 1] == 0) & (spell[:, 0] < 6)
    settled = families["arrival_month"] < -24

    lost = fresh & settled
    assert lost.sum() > 3
    assert (families["income_12m_eur"][lost] > families["income_eur_month"][lost]).mean() > 0.8


@pytest.mark.parametrize(("measure", "line"), [(0, 2292), (1, 2733)])
def test_either_published_measure_of_poverty_can_be_asked_for(
    lived: Callable[..., FamilyModel], measure: int, line: float
) -> None:
    model = lived(months=1, families=3000, parameters={"work.poverty_measure": measure})
    families = model.state.families
    birth = model.state.children["birth_month"]
    is_young = (birth <= 0) & (birth > -18 * MONTHS_PER_YEAR)
    ends = np.cumsum(families["n_children"])
    n_young = np.diff(np.concatenate([[0], np.cumsum(is_young)[ends - 1]]))
    of_two = at_hand(model) & (families["n_adults"] == ADULTS) & (n_young == 2)

    net = families["income_12m_eur"][of_two] * (1.0 + 0.37 + 2 * 0.27)
    is_poor = families["is_poor"][of_two] != 0
    assert 5 < is_poor.sum() < 0.6 * is_poor.size
    assert np.array_equal(is_poor, net < line)


def test_learning_and_leaving_follow_the_income_of_a_year(
    lived: Callable[..., FamilyModel],
) -> None:
    usual, richer = lived(months=14), lived(months=14)
    for name in ("income_12m_eur", "income_last_year_eur"):
        richer.state.families[name] *= 4.0
    usual.step()
    richer.step()

    before, after = (model.state.children for model in (usual, richer))
    at_school = before["is_enrolled"] != 0
    assert np.array_equal(
        usual.state.families["income_eur_month"], richer.state.families["income_eur_month"]
    )
    assert (after["learning_z"][at_school] > before["learning_z"][at_school]).mean() > 0.9
    counted = before["risk_stage"] > 0
    assert (after["vsv_hazard_year"] <= before["vsv_hazard_year"])[counted].all()
    assert (after["vsv_hazard_year"] < before["vsv_hazard_year"])[counted].any()


def losing(model: FamilyModel, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Live months; return the adults who lost a job, as they were before and after (n,)."""
    before, after = [], []
    for _ in range(months):
        was, here = model.state.adults.copy(), np.repeat(at_hand(model), ADULTS)
        model.step()
        now = model.state.adults
        lost = here & (was["contract"] != Contract.NONE) & (now["contract"] == Contract.NONE)
        lost &= (now["months_without_work"] == 0) & (now["is_seeking"] != 0)
        before.append(was[lost])
        after.append(now[lost].copy())
    return np.concatenate(before), np.concatenate(after)


def test_benefit_takes_26_of_36_weeks_and_lasts_by_the_year_after_four_of_five_years(
    lived: Callable[..., FamilyModel],
) -> None:
    before, after = losing(lived(months=0, families=2000), 18)

    seen = set()
    for was, now in zip(before, after, strict=True):
        bits = [int(was["employed_months"]) >> k & 1 for k in range(60)]
        years = sum(sum(bits[k : k + 12]) > 1 for k in range(0, 60, 12))
        months = 0
        if sum(bits[:8]) >= 6:
            by_year = min(24, max(3, int(was["months_worked"]) // 12))
            months = by_year if years >= 4 else 3
        assert now["benefit_months"] == max(months, was["benefit_months"], 1) - 1
        seen.add(months)
    assert seen >= {0, 3}
    assert max(seen) > 12


def test_a_firm_of_ones_own_gives_no_benefit(lived: Callable[..., FamilyModel]) -> None:
    before, after = losing(lived(months=0, families=2000), 18)

    own = (before["contract"] == Contract.SELF_EMPLOYED) & (before["months_in_type"] > 8)
    own &= before["benefit_months"] == 0
    assert own.sum() > 5
    assert (after["benefit_months"][own] == 0).all()


def test_benefit_is_of_a_person_whatever_the_partner_earns(
    lived: Callable[..., FamilyModel],
) -> None:
    usual, without = lived(months=12), lived(months=12)
    without.state.adults["benefit_months"] = 0
    due = usual.state.adults["benefit_months"].reshape(-1, ADULTS)
    usual.step()
    without.step()

    contract = usual.state.adults["contract"].reshape(-1, ADULTS)
    works = contract != Contract.NONE
    paid = (due > 0) & ~works & (usual.state.adults["months_without_work"].reshape(-1, 2) > 0)
    paid &= usual.state.adults["is_seeking"].reshape(-1, ADULTS) != 0
    partner_works = at_hand(usual) & (paid & works[:, ::-1]).any(axis=1)
    assert partner_works.sum() > 5
    income, less = (m.state.families["income_eur_month"] for m in (usual, without))
    assert (income[partner_works] > less[partner_works] + 50.0).all()


def test_lone_parents_work_less_and_are_poor_more_often_than_couples(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0, families=3000, years=5)
    for years in (0, 4):
        if years:
            model.run_for(years * MONTHS_PER_YEAR)
        families, here = model.state.families, at_hand(model)
        adults = model.state.adults.reshape(-1, ADULTS)
        works = (adults["contract"] != Contract.NONE) & (adults["is_present"] != 0)
        lone, couple = here & (families["n_adults"] == 1), here & (families["n_adults"] == ADULTS)
        assert 0.15 < 1.0 - works[lone, 0].mean() < 0.40, years
        assert works[couple, 0].mean() > 0.85, years
        hours = adults["hours_contract"][:, 0]
        assert hours[lone & works[:, 0]].mean() < hours[couple & works[:, 0]].mean() - 5.0
        poor = families["is_poor"] != 0
        assert poor[lone].mean() > 1.5 * poor[couple].mean(), years


def test_a_lone_parent_gets_a_supplement_that_couples_do_not(
    lived: Callable[..., FamilyModel],
) -> None:
    usual = lived(months=1)
    without = lived(months=1, parameters={"work.lone_supplement_eur_month": 0.0})

    families, less = usual.state.families, without.state.families["income_eur_month"]
    here, claims = at_hand(usual), families["claims_allowances"] != 0
    lone, couple = here & (families["n_adults"] == 1), here & (families["n_adults"] == ADULTS)
    gains = families["income_eur_month"] - less
    birth = usual.state.children["birth_month"]
    is_young = (birth <= 0) & (birth > -18 * MONTHS_PER_YEAR)
    has_young = np.isin(np.arange(families.size), family_of_child(usual.state)[is_young])
    assert (gains[couple] == 0.0).all()
    assert (gains[lone & ~claims] == 0.0).all()
    assert (gains[lone & claims & has_young] > 100.0).mean() > 0.95


def test_schooling_pays_less_for_those_who_came(lived: Callable[..., FamilyModel]) -> None:
    families = lived(months=0, families=3000).state.families
    wages = lived(months=0, families=3000).state.adults["wage_eur_hour"][::ADULTS]
    here = families["status"] == Status.IN_NL

    def mean(population: Population, education: Education) -> float:
        those = here & (families["population"] == population)
        return float(wages[those & (families["parent_education"] == education)].mean())

    gain = {who: mean(who, Education.HIGH) / mean(who, Education.LOW) for who in Population}
    assert 1.05 < gain[Population.EU11] < gain[Population.COMPARABLE] - 0.1
    for who in Population:
        assert mean(who, Education.LOW) < mean(who, Education.MID) < mean(who, Education.HIGH)


def test_experience_pays_most_in_permanent_work_and_hardly_by_agency(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0)
    before = model.state.adults.copy()
    model.run_for(MONTHS_PER_YEAR)
    after = model.state.adults

    def growth(*contracts: Contract) -> float:
        stayed = np.isin(before["contract"], contracts) & np.isin(after["contract"], contracts)
        stayed &= (before["months_worked"] < 10 * MONTHS_PER_YEAR) & np.repeat(at_hand(model), 2)
        assert stayed.sum() > 5
        return float((after["wage_eur_hour"][stayed] / before["wage_eur_hour"][stayed]).mean() - 1)

    assert 0.014 < growth(Contract.PERMANENT) < 0.021
    assert growth(Contract.AGENCY_A, Contract.AGENCY_B) < 0.006


def test_nobody_is_paid_under_the_minimum_wage(lived: Callable[..., FamilyModel]) -> None:
    model = lived(months=6)
    adults, p = model.state.adults, model.timetable.parameters_in(0)
    works = (adults["contract"] != Contract.NONE) & np.repeat(at_hand(model), ADULTS)
    paid = adults["last_pay_eur_week"][works] / adults["hours_contract"][works]

    assert paid.min() > p.wage_minimum_eur_hour - 0.01
    dutch = np.repeat(model.state.families["parent_dutch"], ADULTS)[works]
    gap = 1.0 - paid / (adults["wage_eur_hour"][works] * (1.0 + p.wage_dutch_premium * dutch))
    by_agency = np.isin(adults["contract"][works], (Contract.AGENCY_A, Contract.AGENCY_B))
    assert gap[by_agency].mean() > 0.5 * p.agency_wage_gap
    assert abs(gap[adults["contract"][works] == Contract.PERMANENT]).max() < 0.01


def test_who_has_varying_pay_claims_fewer_allowances(
    lived: Callable[..., FamilyModel],
) -> None:
    claims = []
    for predictability in (1.0, 0.0):
        model = lived(months=SchoolMonth.JANUARY, families=3000)
        here = at_hand(model)
        model.state.families["roster_predictability"] = predictability
        model.step()
        claims.append(model.state.families["claims_allowances"][here] != 0)
    steady, varying = claims

    assert 0.8 < steady.mean() < 0.95
    assert not (varying & ~steady).any()
    assert steady.mean() - varying.mean() == pytest.approx(0.125, abs=0.025)


def test_of_withheld_pay_a_family_misses_no_more_than_it_got_and_the_rest_in_the_months_after(
    lived: Callable[..., FamilyModel],
) -> None:
    withheld = 3000.0
    model, usual = lived(months=1), lived(months=1)
    model.state.families["unpaid_eur"] += withheld
    for one in (model, usual):
        one.step()
    families, others = model.state.families, usual.state.families
    here = at_hand(model) & (families["loan_debt_eur"] == 0)
    still = families["unpaid_eur"] - others["unpaid_eur"]

    at_once, later = here & (still == 0), here & (still > 0)
    assert at_once.sum() > 20
    assert later.sum() > 20
    np.testing.assert_allclose(families["income_eur_month"][later], 0.0, atol=1e-3)
    assert (families["income_eur_month"][at_once] > 0).all()
    model.run_for(MONTHS_PER_YEAR)
    usual.run_for(MONTHS_PER_YEAR)
    assert (families["unpaid_eur"][later & at_hand(model)] < withheld / 2).all()
