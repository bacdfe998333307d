"""Hours and pay of an adult of the Mesa peer (`benchmarks/peer.py`): work, wage, benefit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from model.enums import Contract
from model.measuring.plain import Plain
from model.state import AdultRow
from model.submodels.work import rules as work
from model.submodels.work import rules_income as income
from model.submodels.work import rules_moves as moves

if TYPE_CHECKING:
    from benchmarks.peer import Family

PLAIN = Plain()
WORK, INCOME, MOVES = PLAIN(work), PLAIN(income), PLAIN(moves)

FLEXIBLE = (Contract.ZERO_HOURS, Contract.BANDWIDTH, Contract.AGENCY_A, Contract.SELF_EMPLOYED)

type Uniforms = tuple[float, float, float, float]


def named(row: np.void) -> dict[str, Any]:
    """Return the fields of a row as Python values by name."""
    return dict(zip(row.dtype.names or (), row.item(), strict=True))


class Earner(AdultRow):
    """Who works hours and is paid, with the fields of its row; `which` is 0 or 1 in the family."""

    def __init__(self, family: Family, which: int, row: np.void) -> None:
        vars(self).update(named(row))
        self.family, self.which = family, which

    def cv_of_hours(self) -> float:
        """Return the coefficient of variation of the hours of the contract."""
        p, lv = self.family.model.p, self.family.model.lv
        cv: float = WORK.by_contract(
            contract=self.contract,
            zero_hours=p.cv_zero_hours,
            bandwidth=MOVES.cv_bandwidth(lv.bandwidth_extra_max),
            agency_a=p.cv_agency_a,
            agency_b=p.cv_agency_b,
            fixed=p.cv_fixed,
            permanent=p.cv_permanent,
            self_employed=p.cv_self_employed,
        )
        return cv

    def work_hours(self, d: Uniforms) -> None:
        """Work this month's hours, and keep their moving mean and variance."""
        p, lv = self.family.model.p, self.family.model.lv
        if self.contract == Contract.NONE:
            self.hours_worked = self.hours_guaranteed = 0.0
            return
        if self.contract == Contract.BANDWIDTH:
            self.hours_guaranteed = WORK.bandwidth_minimum(
                hours_usual=self.hours_contract,
                share_extra=lv.bandwidth_extra_max,
                share_cut=lv.min_hours_cut,
            )
            self.hours_worked = WORK.hours_bandwidth(
                hours_minimum=self.hours_guaranteed,
                share_extra=lv.bandwidth_extra_max,
                period_weeks=lv.bandwidth_period_weeks,
                cv_reset=p.cv_period_reset,
                hours_max=p.hours_week_max,
                draw=d[0],
                draw_reset=d[3],
            )
        else:
            self.hours_guaranteed = 0.0 if self.contract in FLEXIBLE else self.hours_contract
            self.hours_worked = WORK.hours_varying(
                hours_contract=self.hours_contract,
                cv=self.cv_of_hours(),
                hours_max=p.hours_week_max,
                draw=d[0],
            )
        away = self.hours_worked - self.hours_mean
        months = p.hours_smoothing_months
        self.hours_mean = WORK.smoothed(
            value=self.hours_mean, seen=self.hours_worked, months=months
        )
        self.hours_variance = WORK.smoothed(
            value=self.hours_variance, seen=away * away, months=months
        )

    def wage(self) -> float:
        """Return the gross hourly wage, EUR."""
        p, lv = self.family.model.p, self.family.model.lv
        paid = INCOME.wage_paid(
            wage_eur_hour=self.wage_eur_hour,
            gap=INCOME.wage_gap(
                contract=self.contract,
                months_in_job=self.family.model.month - self.start_month,
                agency=p.agency_wage_gap,
                first_year=p.first_year_wage_gap,
                on_call=p.on_call_wage_gap,
                equal_terms=lv.agency_equal_terms,
                is_malafide=bool(self.is_malafide),
            ),
            minimum_eur_hour=p.wage_minimum_eur_hour,
        )
        wage: float = INCOME.wage_with_dutch(
            wage_eur_hour=paid,
            premium=p.wage_dutch_premium,
            parent_dutch=self.family.parent_dutch,
        )
        return wage

    def earn(self) -> float:
        """Return the gross pay of a week, EUR, and gain a month of experience."""
        p, wage = self.family.model.p, self.wage()
        self.last_pay_eur_week = INCOME.pay_eur_week(wage, self.hours_contract)
        self.wage_eur_hour = INCOME.wage_next_month(
            wage_eur_hour=self.wage_eur_hour,
            growth_year=WORK.by_contract(
                contract=self.contract,
                zero_hours=p.wage_growth_fixed,
                bandwidth=p.wage_growth_fixed,
                agency_a=p.wage_growth_agency,
                agency_b=p.wage_growth_agency,
                fixed=p.wage_growth_fixed,
                permanent=p.wage_growth_permanent,
                self_employed=p.wage_growth_fixed,
            ),
            months_worked=self.months_worked,
            years_most=p.wage_growth_years,
        )
        pay: float = INCOME.pay_eur_week(wage, self.hours_worked)
        return pay

    def remember(self) -> None:
        """Write the month into the history of work."""
        is_employee = self.contract not in (Contract.NONE, Contract.SELF_EMPLOYED)
        self.employed_months = np.uint64(
            ((int(self.employed_months) << 1) | is_employee) & 0xFFFFFFFFFFFFFFFF
        )
        self.months_worked += self.contract != Contract.NONE

    def benefit(self) -> float:
        """Return this month's unemployment benefit, EUR net."""
        p, history = self.family.model.p, int(self.employed_months)
        if self.months_without_work == 0:
            years = [history >> 12 * k & 0xFFF for k in range(INCOME.RECENT_YEARS)]
            due = INCOME.months_of_benefit(
                months_recent=(history & 0xFF).bit_count(),
                years_recent=sum(year.bit_count() > 1 for year in years),
                months_worked=self.months_worked,
                base=p.benefit_months,
                most=p.benefit_months_max,
            )
            self.benefit_months = max(self.benefit_months, due)
        if self.benefit_months == 0:
            return 0.0
        self.benefit_months -= 1
        paid: float = INCOME.benefit_eur_month(
            pay_before_eur=INCOME.net_eur_month(self.last_pay_eur_week, p.share_net),
            months_without_work=self.months_without_work,
            share_first=p.benefit_share_first,
            share=p.benefit_share,
        )
        return paid
