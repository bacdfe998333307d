"""What the month's own rules say of a family before its first month: home, income, roster, care."""

from __future__ import annotations

import math

import numpy as np

from model import ages
from model.compiled import step
from model.draws import Block, draw4
from model.enums import Contract, Housing
from model.levers import BY_NAME, LEVER_DTYPE, LeverRow
from model.parameters import ParameterRow
from model.rules import contact as contact_rules
from model.rules import housing as housing_rules
from model.rules import stay as stay_rules
from model.rules import work as work_rules
from model.state import FamilyRow

SCHOOL_MONTHS = 11.0
"""Months of a year with school."""


def levers_2023() -> np.ndarray:
    """Return the levers (1,) of 2023, on which the start rests in every scenario."""
    levers = np.zeros(1, LEVER_DTYPE)
    for name, lever in BY_NAME.items():
        levers[name] = lever.base
    return levers


@step
def lay_first_values(
    seed: np.uint64,
    families: np.ndarray,
    adults: np.ndarray,
    children: np.ndarray,
    entry_month: np.ndarray,
    levers: np.ndarray,
    parameters: np.ndarray,
) -> None:
    """Write crowding, income, roster, intention and care into families (n,), adults (2 n,) given.

    `entry_month` (n,); `levers` and `parameters` (1,) are the records of the start.
    """
    lv: LeverRow = levers[0]
    p: ParameterRow = parameters[0]
    for i in range(families.size):
        family: FamilyRow = families[i]
        month = entry_month[i]
        n_young, is_at_school = 0, False
        for c in range(family.first_child, family.first_child + family.n_children):
            if 0 <= month - children[c].birth_month < ages.EIGHTEEN:
                n_young += 1
            if children[c].is_enrolled != 0:
                is_at_school = True
        years = (month - family.arrival_month) / 12.0
        _income_and_roster(families, adults, i, n_young, years, lv, p)
        _home(seed, family, n_young, p)
        _mind(families, adults, i, years, is_at_school, lv, p)
        _absence(family, children, p)


@step
def _income_and_roster(
    families: np.ndarray,
    adults: np.ndarray,
    i: int,
    n_young: int,
    years: float,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Write income, poverty and how predictable the roster is; benefits as in the month's step."""
    family = families[i]
    pay, usual_pay, hours, weighted_cv, months_without = 0.0, 0.0, 0.0, 0.0, 60000
    for which in range(family.n_adults):
        adult = adults[2 * i + which]
        if adult.is_seeking == 0:
            continue
        is_agency = adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B)
        wage = work_rules.wage_paid(
            wage_eur_hour=adult.wage_eur_hour,
            is_agency=is_agency,
            agency_wage_gap=p.agency_wage_gap,
            equal_terms=lv.agency_equal_terms,
            is_malafide=adult.is_malafide != 0,
        ) * (1.0 + p.wage_dutch_premium * family.parent_dutch)
        usual_pay += wage * adult.hours_contract
        if adult.contract == Contract.NONE:
            months_without = min(months_without, adult.months_without_work)
            continue
        pay += wage * adult.hours_worked
        hours += adult.hours_mean
        weighted_cv += math.sqrt(adult.hours_variance)
    net = pay * p.share_net * work_rules.WEEKS_PER_MONTH
    if pay == 0.0:
        net = work_rules.income_without_work(
            pay_before_eur=usual_pay * p.share_net * work_rules.WEEKS_PER_MONTH,
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
    family.income_eur_month = (
        net + p.child_allowance_eur_month * n_young
    ) / work_rules.equivalence_scale(
        n_adults=family.n_adults,
        n_children=n_young,
        second_adult=p.scale_second_adult,
        per_child=p.scale_child,
    )
    family.is_poor = work_rules.is_poor(family.income_eur_month, p.low_income_line_eur_month)
    family.hours_cv = weighted_cv / hours if hours > 0.0 else 0.0
    family.roster_predictability = work_rules.roster_predictability(family.hours_cv, p.cv_reference)


@step
def _home(seed: np.uint64, family: FamilyRow, n_young: int, p: ParameterRow) -> None:
    family.crowding = housing_rules.crowding_after_move(
        housing=family.housing,
        n_persons=family.n_adults + n_young,
        tied=p.crowding_tied,
        shared=p.crowding_shared,
        lease=p.crowding_lease,
        social=p.crowding_social,
        owner=p.crowding_owner,
        usual_persons=p.crowding_persons,
        spread=p.crowding_spread,
        draw=draw4(seed, family.key, Block.POPULATION_HOME, 0)[0],
    )
    family.notice_weeks = -1.0


@step
def _mind(
    families: np.ndarray,
    adults: np.ndarray,
    i: int,
    years: float,
    is_at_school: bool,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Write the intention to stay, unless it is given, the access to care, and who is informed."""
    family = families[i]
    is_permanent = (
        adults[2 * i].contract == Contract.PERMANENT
        or adults[2 * i + 1].contract == Contract.PERMANENT
    )
    if family.settlement_intention == 0.0:
        family.settlement_intention = stay_rules.intention_target(
            years_in_nl=years,
            is_permanent=is_permanent,
            has_own_home=family.housing >= Housing.PRIVATE_OWN_LEASE,
            has_child_at_school=is_at_school,
            signal=lv.permanence_signal,
            base=p.intention_base,
            per_year=p.intention_per_year,
            years_max=p.intention_years_max,
            for_permanent=p.intention_permanent,
            for_home=p.intention_lease,
            for_school=p.intention_school,
            for_signal=p.intention_signal,
        )
    family.care_access = contact_rules.care_target(
        level=lv.care_access_level,
        knowledge=family.knowledge,
        is_registered=family.is_registered != 0,
        pharos=lv.pharos_reach,
        is_border=family.is_border != 0,
        coordination=lv.cross_border_coordination,
        for_level=p.care_level,
        for_knowledge=p.care_knowledge,
        for_registered=p.care_registered,
        for_pharos=p.care_pharos,
        border_loss=p.care_border,
    )
    family.is_informed = family.knowledge >= p.informed_from


@step
def _absence(family: FamilyRow, children: np.ndarray, p: ParameterRow) -> None:
    """Write a year's days of absence of the children at school, as their parents' roster has it."""
    roster = p.absent_roster_days * (1.0 - family.roster_predictability)
    days = p.absent_base_days + roster
    for c in range(family.first_child, family.first_child + family.n_children):
        if children[c].is_enrolled != 0:
            children[c].absent_days_12m = days * SCHOOL_MONTHS
