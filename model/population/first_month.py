"""What the month's own rules say of a family before its first month: home, income, roster, care."""

from __future__ import annotations

import math

import numpy as np

from model import calendar
from model.enums import Contract
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.population import rules
from model.registry import LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.contact import rules as contact_rules
from model.submodels.contact.steps import care_target
from model.submodels.housing import rules as home_rules
from model.submodels.housing.steps import crowding
from model.submodels.school import rules_attendance as school_rules
from model.submodels.work.by_contract import LONGEST_SPELL
from model.submodels.work.hours_and_income import (
    income_of_month,
    set_poverty,
    set_roster,
    wage_of,
)


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
    """Write crowding, income, roster and care into families (n,), adults (2 n,) given.

    `entry_month` (n,); `levers` and `parameters` (1,) are the records of the start.
    """
    lv: LeverRow = levers[0]
    p: ParameterRow = parameters[0]
    for i in range(families.size):
        family: FamilyRow = families[i]
        month = entry_month[i]
        years = (month - family.arrival_month) / 12.0
        in_home = _months_in_home(seed, family, years, p)
        n_young, n_at_home, n_when_moved = 0, 0, 0
        for c in range(family.first_child, family.first_child + family.n_children):
            age = month - children[c].birth_month
            if 0 <= age < calendar.EIGHTEEN:
                n_young += 1
            if 0 <= age < calendar.COUNT_UNTIL:
                n_at_home += 1
                if age >= in_home:
                    n_when_moved += 1
        _income_and_roster(family, adults, i, n_young, years, lv, p)
        luck = draw4(seed, family.key, Block.POPULATION_HOME, 0)[0]
        family.crowding = home_rules.crowding_with_persons(
            crowding=crowding(family, family.n_adults + n_when_moved, luck, p),
            n_before=family.n_adults + n_when_moved,
            n_now=family.n_adults + n_at_home,
        )
        family.notice_weeks = -1.0
        family.care_access = care_target(family, lv, p)
        family.is_informed = contact_rules.is_informed(family.knowledge, p.informed_from)
        _absence(family, children, p)


@step
def _months_in_home(seed: np.uint64, family: FamilyRow, years: float, p: ParameterRow) -> float:
    """Return the months since the family moved into its home, at the usual pace of moves."""
    ratio = home_rules.move_ratio(
        years_in_nl=years,
        ratio_new=p.move_ratio_new,
        ratio_settled=p.move_ratio_settled,
        new_years=p.move_new_years,
        settled_years=p.move_settled_years,
    )
    return rules.spell_so_far(
        luck=draw4(seed, family.key, Block.POPULATION_HOME, 1)[0],
        mean_months=home_rules.months_between_moves(p.p_move_4_11, ratio),
        months_in_nl=12.0 * years,
    )


@step
def _income_and_roster(
    family: FamilyRow,
    adults: np.ndarray,
    i: int,
    n_young: int,
    years: float,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Write income, poverty and how predictable the roster is, as the month's step does.

    The year before has the months since arrival, with the jobs and the spells without work that
    are laid down; before such a spell there was work.
    """
    hours, weighted_cv = 0.0, 0.0
    for which in range(family.n_adults):
        adult: AdultRow = adults[2 * i + which]
        if adult.is_seeking != 0 and adult.contract != Contract.NONE:
            hours += adult.hours_mean
            weighted_cv += math.sqrt(adult.hours_variance)
    n_months = max(1, min(calendar.MONTHS_PER_YEAR, int(12.0 * years + 0.5)))
    total = 0.0
    for ago in range(n_months):
        total += _income_ago(family, adults, i, ago, n_young, years, lv, p)
    family.income_eur_month = _income_ago(family, adults, i, 0, n_young, years, lv, p)
    family.income_12m_eur = total / n_months
    family.income_last_year_eur = family.income_12m_eur
    set_poverty(family, n_young, p)
    set_roster(family, hours, weighted_cv, p)


@step
def _income_ago(
    family: FamilyRow,
    adults: np.ndarray,
    i: int,
    ago: int,
    n_young: int,
    years: float,
    lv: LeverRow,
    p: ParameterRow,
) -> float:
    """Return the net equivalised income of the month so many months ago, EUR."""
    pay, usual_pay = 0.0, 0.0
    months_without = LONGEST_SPELL
    for which in range(family.n_adults):
        adult: AdultRow = adults[2 * i + which]
        if adult.is_seeking == 0:
            continue
        wage = wage_of(family, adult, lv, p)
        usual_pay += wage * adult.hours_contract
        if adult.contract != Contract.NONE:
            pay += wage * adult.hours_worked
        elif adult.months_without_work < ago:
            pay += wage * adult.hours_contract
        else:
            months_without = min(months_without, adult.months_without_work - ago)
    return income_of_month(
        family, pay, usual_pay, months_without, n_young, years - ago / 12.0, 0.0, p
    )


@step
def _absence(family: FamilyRow, children: np.ndarray, p: ParameterRow) -> None:
    """Write a year's days of absence of the children at school, as their parents' roster has it.

    Time alone, belonging and care are left at what they usually are.
    """
    days = school_rules.absent_days_month(
        base_days=p.absent_base_days,
        roster_predictability=family.roster_predictability,
        roster_days=p.absent_roster_days,
        alone_share=0.0,
        w_alone=p.absent_alone,
        belonging=p.belonging_usual,
        belonging_usual=p.belonging_usual,
        w_belonging=p.absent_belonging,
        care_access=school_rules.CARE_USUAL,
        w_care=p.absent_care,
        has_contact_person=False,
        w_contact=p.absent_contact,
    )
    for c in range(family.first_child, family.first_child + family.n_children):
        if children[c].is_enrolled != 0:
            children[c].absent_days_12m = days * school_rules.SCHOOL_MONTHS
