"""Shifts, hours, income and roster of a month."""

from __future__ import annotations

import math

from model import calendar
from model.enums import Contract
from model.kernel.compile import step
from model.kernel.rows import World, adult_row, child_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.language import rules as language_rules
from model.submodels.work import rules, rules_income
from model.submodels.work.by_contract import LONGEST_SPELL, cv_of_hours


@step
def _work_hours(
    family: FamilyRow,
    adult: AdultRow,
    d: tuple[float, float, float, float],
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Draw this month's hours and keep the moving mean and variance of six months."""
    if adult.contract == Contract.NONE:
        adult.hours_worked = 0.0
        adult.hours_guaranteed = 0.0
        return
    if adult.contract == Contract.BANDWIDTH:
        family.touched |= lv.active & (
            BIT.zero_hours_abolished
            | BIT.bandwidth_extra_max
            | BIT.bandwidth_period_weeks
            | BIT.min_hours_cut
        )
        minimum = rules.bandwidth_minimum(
            hours_usual=adult.hours_contract,
            share_extra=lv.bandwidth_extra_max,
            share_cut=lv.min_hours_cut,
        )
        adult.hours_guaranteed = minimum
        hours = rules.hours_bandwidth(
            hours_minimum=minimum,
            share_extra=lv.bandwidth_extra_max,
            period_weeks=lv.bandwidth_period_weeks,
            cv_reset=p.cv_period_reset,
            hours_max=p.hours_week_max,
            draw=d[0],
            draw_reset=d[3],
        )
    else:
        cv = cv_of_hours(adult.contract, lv, p)
        flexible = adult.contract <= Contract.AGENCY_A or adult.contract == Contract.SELF_EMPLOYED
        adult.hours_guaranteed = 0.0 if flexible else adult.hours_contract
        hours = rules.hours_varying(
            hours_contract=adult.hours_contract, cv=cv, hours_max=p.hours_week_max, draw=d[0]
        )
    adult.hours_worked = hours
    away = hours - adult.hours_mean
    adult.hours_mean = rules.smoothed(
        value=adult.hours_mean, seen=hours, months=p.hours_smoothing_months
    )
    adult.hours_variance = rules.smoothed(
        value=adult.hours_variance, seen=away * away, months=p.hours_smoothing_months
    )


@step
def _income_and_roster(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Work out the net equivalised income, poverty, and how predictable the roster is."""
    family = family_row(w, i)
    pay, usual_pay, hours, weighted_cv = 0.0, 0.0, 0.0, 0.0
    months_without = LONGEST_SPELL
    for which in range(family.n_adults):
        adult = adult_row(w, 2 * i + which)
        if not adult.is_seeking:
            continue
        wage = wage_of(family, adult, lv, p)
        usual_pay += wage * adult.hours_contract
        if adult.contract == Contract.NONE:
            months_without = min(months_without, adult.months_without_work)
            continue
        pay += wage * adult.hours_worked
        hours += adult.hours_mean
        weighted_cv += math.sqrt(max(0.0, adult.hours_variance))
    n_young = _children_at_home(w, family, month)
    family.income_eur_month = income_of_month(
        family,
        pay,
        usual_pay,
        months_without,
        n_young,
        (month - family.arrival_month) / 12.0,
        _repay(family, month, p),
        p,
    )
    if month % calendar.MONTHS_PER_YEAR == calendar.SchoolMonth.AUGUST:
        family.income_last_year_eur = family.income_12m_eur
    family.income_12m_eur = rules_income.income_12m(
        income_12m_eur=family.income_12m_eur,
        income_eur_month=family.income_eur_month,
        income_last_year_eur=family.income_last_year_eur,
    )
    set_poverty(family, n_young, p)
    set_roster(family, hours, weighted_cv, p)


@step
def wage_of(family: FamilyRow, adult: AdultRow, lv: LeverRow, p: ParameterRow) -> float:
    """Return the gross hourly wage of an adult, EUR."""
    is_agency = adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B)
    if is_agency:
        family.touched |= lv.active & BIT.agency_equal_terms
    paid = rules_income.wage_paid(
        wage_eur_hour=adult.wage_eur_hour,
        is_agency=is_agency,
        agency_wage_gap=p.agency_wage_gap,
        equal_terms=lv.agency_equal_terms,
        is_malafide=adult.is_malafide != 0,
    )
    return rules_income.wage_with_dutch(
        wage_eur_hour=paid, premium=p.wage_dutch_premium, parent_dutch=family.parent_dutch
    )


@step
def _repay(family: FamilyRow, month: int, p: ParameterRow) -> float:
    """Repay a part of the civic-integration loan; return it, EUR."""
    if family.loan_debt_eur <= 0.0:
        return 0.0
    instalment = min(
        family.loan_debt_eur,
        language_rules.instalment_eur_month(
            loan_eur=family.loan_eur,
            months_since_loan=month - family.loan_month,
            delay_months=p.repay_delay_months,
            repay_months=p.repay_months,
        ),
    )
    family.loan_debt_eur -= instalment
    return instalment


@step
def income_of_month(
    family: FamilyRow,
    pay: float,
    usual_pay: float,
    months_without: int,
    n_young: int,
    years: float,
    instalment: float,
    p: ParameterRow,
) -> float:
    """Return the net equivalised income of a month, EUR.

    `pay` and `usual_pay` are gross, EUR per week, `years` are those in the country, `n_young` the
    children under eighteen.
    """
    if pay == 0.0:
        net = rules_income.income_without_work(
            pay_before_eur=rules_income.net_eur_month(usual_pay, p.share_net),
            months_without_work=months_without,
            is_registered=family.is_registered != 0,
            years_in_nl=years,
            n_adults=family.n_adults,
            benefit_share=p.benefit_share,
            benefit_months=p.benefit_months,
            assistance_eur=p.assistance_eur_month,
            assistance_years=p.assistance_years,
            no_work_eur=p.no_work_income_eur_month,
            second_adult=p.scale_second_adult,
        )
    else:
        net = rules_income.net_eur_month(pay, p.share_net)
    return rules_income.income_eur_month(
        net_eur=net,
        n_children=n_young,
        allowance_eur=p.child_allowance_eur_month,
        unpaid_eur=family.unpaid_eur,
        instalment_eur=instalment,
        scale=_scale(family, n_young, p),
    )


@step
def _scale(family: FamilyRow, n_young: int, p: ParameterRow) -> float:
    return rules_income.equivalence_scale(
        n_adults=family.n_adults,
        n_children=n_young,
        second_adult=p.scale_second_adult,
        per_child=p.scale_child,
    )


@step
def set_poverty(family: FamilyRow, n_young: int, p: ParameterRow) -> None:
    """Write whether the income of twelve months is under the line; `n_young` are under eighteen."""
    line = rules_income.poverty_line(
        measure=p.poverty_measure,
        low_income_eur=p.low_income_line_eur_month,
        budget_eur=p.budget_line_eur_month,
        scale_budget=rules_income.equivalence_scale(
            n_adults=family.n_adults,
            n_children=n_young,
            second_adult=p.budget_second_adult,
            per_child=p.budget_child,
        ),
        scale=_scale(family, n_young, p),
    )
    family.is_poor = rules_income.is_poor(family.income_12m_eur, line)


@step
def set_roster(family: FamilyRow, hours: float, weighted_cv: float, p: ParameterRow) -> None:
    """Write how predictable the roster is; without work there is none, and nothing to foresee."""
    family.hours_cv = weighted_cv / hours if hours > 0.0 else 0.0
    family.roster_predictability = rules.roster_predictability(family.hours_cv, p.cv_reference)


@step
def _children_at_home(w: World, family: FamilyRow, month: int) -> int:
    """Count the children under eighteen that are born."""
    n = 0
    for c in range(family.first_child, family.first_child + family.n_children):
        age = month - child_row(w, c).birth_month
        if 0 <= age < calendar.EIGHTEEN:
            n += 1
    return n
