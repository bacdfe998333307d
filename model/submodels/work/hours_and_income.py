"""Shifts, hours, income and roster of a month."""

from __future__ import annotations

import math

import numpy as np

from model import calendar
from model.enums import Contract
from model.kernel.compile import step
from model.kernel.keys import adult_key
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, adult_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ADULTS, AdultRow, FamilyRow
from model.submodels.language import rules as language_rules
from model.submodels.work import rules, rules_income
from model.submodels.work.by_contract import LONGEST_SPELL, cv_of_hours

_ZERO, _ONE, _YEAR = np.uint64(0), np.uint64(1), np.uint64(0xFFF)
"""Bits of a history of work: none, a month, a year."""


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
def _income_and_roster(
    w: World, i: int, month: int, n_young: int, lv: LeverRow, p: ParameterRow
) -> None:
    """Work out the net equivalised income, poverty, and how predictable the roster is."""
    family = family_row(w, i)
    pay, benefit, hours, weighted_cv = 0.0, 0.0, 0.0, 0.0
    is_worker = False
    for which in range(ADULTS):  # the row of an adult who is not there is empty
        adult = adult_row(w, ADULTS * i + which)
        if adult.contract == Contract.NONE:
            if adult.is_seeking:
                benefit += _benefit(adult, p)
                is_worker = is_worker or rules_income.has_worker_status(
                    months_without_work=adult.months_without_work,
                    months_worked=adult.months_worked,
                    status_months=p.worker_status_months,
                )
            _remember_month(adult)
            continue
        wage = wage_of(family, adult, month, lv, p)
        adult.last_pay_eur_week = rules_income.pay_eur_week(wage, adult.hours_contract)
        pay += rules_income.pay_eur_week(wage, adult.hours_worked)
        hours += adult.hours_mean
        weighted_cv += math.sqrt(max(0.0, adult.hours_variance))
        _gain_experience(adult, p)
        _remember_month(adult)
    if month % calendar.MONTHS_PER_YEAR == calendar.SchoolMonth.JANUARY:
        set_claim(w.seed, family, p)
    family.income_eur_month = income_of_month(
        family,
        pay,
        benefit,
        is_worker,
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
def _gain_experience(adult: AdultRow, p: ParameterRow) -> None:
    growth = rules.by_contract(
        contract=adult.contract,
        zero_hours=p.wage_growth_fixed,
        bandwidth=p.wage_growth_fixed,
        agency_a=p.wage_growth_agency,
        agency_b=p.wage_growth_agency,
        fixed=p.wage_growth_fixed,
        permanent=p.wage_growth_permanent,
        self_employed=p.wage_growth_fixed,
    )
    adult.wage_eur_hour = rules_income.wage_next_month(
        wage_eur_hour=adult.wage_eur_hour,
        growth_year=growth,
        months_worked=adult.months_worked,
        years_most=p.wage_growth_years,
    )


@step
def _remember_month(adult: AdultRow) -> None:
    """Write the month into the history of work; one's own firm is no insured work."""
    adult.employed_months <<= _ONE
    if adult.contract == Contract.NONE:
        return
    adult.months_worked = min(LONGEST_SPELL, adult.months_worked + 1)
    if adult.contract != Contract.SELF_EMPLOYED:
        adult.employed_months |= _ONE


@step
def benefit_due(employed_months: np.uint64, months_worked: int, p: ParameterRow) -> int:
    """Return the months of benefit due after a job; bit k: employed k months before its end.

    A year counts with 208 hours in it, so with two months.
    """
    months_recent, years_recent = 0, 0
    for k in range(rules_income.RECENT_MONTHS):
        if (employed_months >> np.uint64(k)) & _ONE != _ZERO:
            months_recent += 1
    for k in range(rules_income.RECENT_YEARS):
        of_year = (employed_months >> np.uint64(calendar.MONTHS_PER_YEAR * k)) & _YEAR
        if of_year != _ZERO and of_year & (of_year - _ONE) != _ZERO:
            years_recent += 1
    return rules_income.months_of_benefit(
        months_recent=months_recent,
        years_recent=years_recent,
        months_worked=months_worked,
        base=p.benefit_months,
        most=p.benefit_months_max,
    )


@step
def benefit_paid(adult: AdultRow, months_without_work: int, p: ParameterRow) -> float:
    """Return the benefit of a month so far into a spell without work, EUR net, if it is due."""
    return rules_income.benefit_eur_month(
        pay_before_eur=rules_income.net_eur_month(adult.last_pay_eur_week, p.share_net),
        months_without_work=months_without_work,
        share_first=p.benefit_share_first,
        share=p.benefit_share,
    )


@step
def _benefit(adult: AdultRow, p: ParameterRow) -> float:
    """Return this month's unemployment benefit, EUR net; what is left of an old right revives."""
    if adult.months_without_work == 0:
        due = benefit_due(adult.employed_months, adult.months_worked, p)
        adult.benefit_months = max(adult.benefit_months, due)
    if adult.benefit_months == 0:
        return 0.0
    adult.benefit_months -= 1
    return benefit_paid(adult, adult.months_without_work, p)


@step
def set_claim(seed: np.uint64, family: FamilyRow, p: ParameterRow) -> None:
    """Write whether the family claims its allowances this year; what inclines it to lasts."""
    luck = draw4(seed, adult_key(family.key, 0), Block.ALLOWANCES, 0)[0]
    family.claims_allowances = luck < rules_income.p_claims(
        usual=p.claims_usual,
        roster_predictability=family.roster_predictability,
        w_volatile=p.claims_volatile,
        parent_dutch=family.parent_dutch,
        w_dutch=p.claims_dutch,
    )


@step
def wage_of(family: FamilyRow, adult: AdultRow, month: int, lv: LeverRow, p: ParameterRow) -> float:
    """Return the gross hourly wage of an adult at work, EUR."""
    if adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B):
        family.touched |= lv.active & BIT.agency_equal_terms
    gap = rules_income.wage_gap(
        contract=adult.contract,
        months_in_job=month - adult.start_month,
        agency=p.agency_wage_gap,
        first_year=p.first_year_wage_gap,
        on_call=p.on_call_wage_gap,
        equal_terms=lv.agency_equal_terms,
        is_malafide=adult.is_malafide != 0,
    )
    return rules_income.wage_with_dutch(
        wage_eur_hour=rules_income.wage_paid(
            wage_eur_hour=adult.wage_eur_hour,
            gap=gap,
            minimum_eur_hour=p.wage_minimum_eur_hour,
        ),
        premium=p.wage_dutch_premium,
        parent_dutch=family.parent_dutch,
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
    benefit: float,
    is_worker: bool,
    n_young: int,
    years: float,
    instalment: float,
    p: ParameterRow,
) -> float:
    """Return the net equivalised income of a month, EUR.

    `pay` is gross, EUR per week, `benefit` net, EUR per month, of all adults; `years` are those in
    the country, `n_young` the children under eighteen. Withheld pay of which more was lost than
    there is now is missed in the months after.
    """
    if pay == 0.0:
        net = rules_income.income_without_pay(
            benefit_eur=benefit,
            has_assistance=rules_income.has_right_to_assistance(
                is_registered=family.is_registered != 0,
                years_in_nl=years,
                is_worker=is_worker,
                assistance_years=p.assistance_years,
            ),
            n_adults=family.n_adults,
            assistance_eur=p.assistance_eur_month,
            no_work_eur=p.no_work_income_eur_month,
            second_adult=p.scale_second_adult,
        )
    else:
        net = rules_income.net_eur_month(pay, p.share_net) + benefit
    supplement = rules_income.lone_supplement_eur(
        supplement_eur=p.lone_supplement_eur_month,
        n_adults=family.n_adults,
        n_children=n_young,
        is_claimed=family.claims_allowances != 0,
    )
    allowance = rules_income.allowance_eur_month(
        full_eur=p.child_allowance_eur_month,
        share_claimed=p.allowance_claimed_share,
        is_claimed=family.claims_allowances != 0,
    )
    missed = rules_income.missed_eur_month(
        unpaid_eur=family.unpaid_eur, got_eur=net + supplement + allowance * n_young
    )
    family.unpaid_eur -= missed
    return rules_income.income_eur_month(
        net_eur=net + supplement,
        n_children=n_young,
        allowance_eur=allowance,
        unpaid_eur=missed,
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
