"""What the month's own rules say of a family that comes or begins: home, income, roster, care."""

from __future__ import annotations

import math

import numpy as np

from model import calendar
from model.enums import Contract
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.registry import LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.contact import rules as contact_rules
from model.submodels.contact.steps import care_target
from model.submodels.housing.steps import crowding
from model.submodels.work import rules_income
from model.submodels.work.hours_and_income import (
    benefit_due,
    benefit_paid,
    income_of_month,
    set_claim,
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
        n_young, n_at_home = 0, 0
        for c in range(family.first_child, family.first_child + family.n_children):
            age = month - children[c].birth_month
            if 0 <= age < calendar.EIGHTEEN:
                n_young += 1
            if 0 <= age < calendar.COUNT_UNTIL:
                n_at_home += 1
        _income_and_roster(seed, family, adults, i, n_young, month, lv, p)
        luck = draw4(seed, family.key, Block.POPULATION_HOME, 0)[0]
        family.crowding = crowding(family, family.n_adults + n_at_home, luck, p)
        family.notice_weeks = -1.0
        family.care_access = care_target(family, lv, p)
        family.is_informed = contact_rules.is_informed(family.knowledge, p.informed_from)


@step
def _income_and_roster(
    seed: np.uint64,
    family: FamilyRow,
    adults: np.ndarray,
    i: int,
    n_young: int,
    month: int,
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
        adult.last_pay_eur_week = rules_income.pay_eur_week(
            wage_of(family, adult, month, lv, p), adult.hours_contract
        )
        if adult.contract != Contract.NONE:
            hours += adult.hours_mean
            weighted_cv += math.sqrt(adult.hours_variance)
        elif adult.is_seeking != 0:
            spell = int(adult.months_without_work)
            due = benefit_due(_at_loss(adult), adult.months_worked, p)
            adult.benefit_months = max(0, due - spell - 1)
    set_roster(family, hours, weighted_cv, p)
    set_claim(seed, family, p)
    n_months = max(1, min(calendar.MONTHS_PER_YEAR, month - family.arrival_month))
    total = 0.0
    for ago in range(n_months):
        total += _income_ago(family, adults, i, ago, n_young, month, p)
    family.income_eur_month = _income_ago(family, adults, i, 0, n_young, month, p)
    family.income_12m_eur = total / n_months
    family.income_last_year_eur = family.income_12m_eur
    set_poverty(family, n_young, p)


@step
def _at_loss(adult: AdultRow) -> np.uint64:
    """Return the history of work as it was when the last job ended."""
    return adult.employed_months >> np.uint64(
        min(int(adult.months_without_work), rules_income.HISTORY_MONTHS)
    )


@step
def _income_ago(
    family: FamilyRow,
    adults: np.ndarray,
    i: int,
    ago: int,
    n_young: int,
    month: int,
    p: ParameterRow,
) -> float:
    """Return the net equivalised income of the month so many months ago, EUR."""
    pay, benefit = 0.0, 0.0
    is_worker = False
    for which in range(family.n_adults):
        adult: AdultRow = adults[2 * i + which]
        spell = int(adult.months_without_work) - ago
        if adult.contract != Contract.NONE or (adult.is_seeking != 0 and spell < 0):
            pay += adult.last_pay_eur_week
        elif adult.is_seeking != 0:
            if spell < benefit_due(_at_loss(adult), adult.months_worked, p):
                benefit += benefit_paid(adult, spell, p)
            is_worker = is_worker or rules_income.has_worker_status(
                months_without_work=spell,
                months_worked=adult.months_worked,
                status_months=p.worker_status_months,
            )
    years = (month - ago - family.arrival_month) / 12.0
    return income_of_month(family, pay, benefit, is_worker, n_young, years, 0.0, p)
