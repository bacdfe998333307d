"""An idiomatic Mesa peer of one slice of the month: families at work.

Families are Mesa agents that hold their adults and children, objects with attributes. They live
`model/submodels/work/jobs.py`: contracts end, change and begin, hours are drawn, income and roster
follow. The rules are those of the model, called as plain Python; a test holds every value against
the compiled steps. Left out is the book on whom levers reached (`touched`), and target groups.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import cast

import mesa
import numpy as np

from benchmarks.peer_adult import Adult
from benchmarks.peer_pay import INCOME, PLAIN, WORK, Uniforms, named
from model import calendar
from model.enums import Contract
from model.policy.timetable import Timetable
from model.registry import LeverRow, ParameterRow
from model.state import ADULTS, ChildRow, FamilyRow, State
from model.submodels.language import rules as language

LANGUAGE = PLAIN(language)

type Luck = Callable[[int, int, str, int], Uniforms]
"""Gives four uniforms for a family's key, one of its adults, a block of processes, and a month."""


def any_luck(_family: int, _adult: int, _block: str, _month: int) -> Uniforms:
    """Return four uniforms of Python's own generator, as a model without pairs would draw them."""
    return random.random(), random.random(), random.random(), random.random()  # noqa: S311


class Child(ChildRow):
    """A child, with the fields of its row."""

    def __init__(self, row: np.void) -> None:
        vars(self).update(named(row))


class Family(mesa.Agent, FamilyRow):  # type: ignore[type-arg]
    """A family with the fields of its row, its adults and its children."""

    model: WorkModel

    def __init__(self, model: WorkModel, state: State, row: int) -> None:
        super().__init__(model)
        vars(self).update(named(state.families[row]))
        self.row = row
        adults = range(self.n_adults)
        self.adults = [Adult(self, k, state.adults[ADULTS * row + k]) for k in adults]
        last = self.first_child + self.n_children
        self.children = [Child(child) for child in state.children[self.first_child : last]]

    @property
    def years_in_nl(self) -> float:
        """Years since arrival in the Netherlands."""
        return (self.model.month - self.arrival_month) / 12.0

    def step(self) -> None:
        """Live a month at work: both adults, then the family's income and roster."""
        self.lost_job = 0
        for adult in self.adults:
            adult.work()
        self.earn()

    def earn(self) -> None:
        """Work out the net equivalised income, poverty, and how predictable the roster is."""
        p, month = self.model.p, self.model.month
        pay = benefit = hours = weighted_cv = 0.0
        is_worker = False
        for adult in self.adults:
            if adult.contract != Contract.NONE:
                pay += adult.earn()
                hours += adult.hours_mean
                weighted_cv += math.sqrt(max(0.0, adult.hours_variance))
            elif adult.is_seeking:
                benefit += adult.benefit()
                is_worker = is_worker or INCOME.has_worker_status(
                    months_without_work=adult.months_without_work,
                    months_worked=adult.months_worked,
                    status_months=p.worker_status_months,
                )
            adult.remember()
        if month % calendar.MONTHS_PER_YEAR == calendar.SchoolMonth.JANUARY:
            self.claim()
        net = INCOME.net_eur_month(pay, p.share_net) + benefit
        if pay == 0.0:
            net = INCOME.income_without_pay(
                benefit_eur=benefit,
                has_assistance=INCOME.has_right_to_assistance(
                    is_registered=bool(self.is_registered),
                    years_in_nl=self.years_in_nl,
                    is_worker=is_worker,
                    assistance_years=p.assistance_years,
                ),
                n_adults=self.n_adults,
                assistance_eur=p.assistance_eur_month,
                no_work_eur=p.no_work_income_eur_month,
                second_adult=p.scale_second_adult,
            )
        young = sum(0 <= month - child.birth_month < calendar.EIGHTEEN for child in self.children)
        supplement = INCOME.lone_supplement_eur(
            supplement_eur=p.lone_supplement_eur_month,
            n_adults=self.n_adults,
            n_children=young,
            is_claimed=bool(self.claims_allowances),
        )
        allowance = INCOME.allowance_eur_month(
            full_eur=p.child_allowance_eur_month,
            share_claimed=p.allowance_claimed_share,
            is_claimed=bool(self.claims_allowances),
        )
        missed = INCOME.missed_eur_month(
            unpaid_eur=self.unpaid_eur, got_eur=net + supplement + allowance * young
        )
        self.unpaid_eur -= missed
        self.income_eur_month = INCOME.income_eur_month(
            net_eur=net + supplement,
            n_children=young,
            allowance_eur=allowance,
            unpaid_eur=missed,
            instalment_eur=self.repay(),
            scale=self.scale(young, p.scale_second_adult, p.scale_child),
        )
        if month % calendar.MONTHS_PER_YEAR == calendar.SchoolMonth.AUGUST:
            self.income_last_year_eur = self.income_12m_eur
        self.income_12m_eur = INCOME.income_12m(
            income_12m_eur=self.income_12m_eur,
            income_eur_month=self.income_eur_month,
            income_last_year_eur=self.income_last_year_eur,
        )
        line = INCOME.poverty_line(
            measure=p.poverty_measure,
            low_income_eur=p.low_income_line_eur_month,
            budget_eur=p.budget_line_eur_month,
            scale_budget=self.scale(young, p.budget_second_adult, p.budget_child),
            scale=self.scale(young, p.scale_second_adult, p.scale_child),
        )
        self.is_poor = INCOME.is_poor(self.income_12m_eur, line)
        self.hours_cv = weighted_cv / hours if hours > 0.0 else 0.0
        self.roster_predictability = WORK.roster_predictability(self.hours_cv, p.cv_reference)

    def claim(self) -> None:
        """Claim the allowances of this year, or not; what inclines the family to it lasts."""
        p = self.model.p
        luck = self.model.luck(int(self.key), 0, "ALLOWANCES", 0)[0]
        self.claims_allowances = luck < INCOME.p_claims(
            usual=p.claims_usual,
            roster_predictability=self.roster_predictability,
            w_volatile=p.claims_volatile,
            parent_dutch=self.parent_dutch,
            w_dutch=p.claims_dutch,
        )

    def scale(self, young: int, second_adult: float, per_child: float) -> float:
        """Return the household's size in single persons."""
        size: float = INCOME.equivalence_scale(
            n_adults=self.n_adults,
            n_children=young,
            second_adult=second_adult,
            per_child=per_child,
        )
        return size

    def repay(self) -> float:
        """Repay a part of the civic-integration loan; return it, EUR."""
        p = self.model.p
        if self.loan_debt_eur <= 0.0:
            return 0.0
        due: float = LANGUAGE.instalment_eur_month(
            loan_eur=self.loan_eur,
            months_since_loan=self.model.month - self.loan_month,
            delay_months=p.repay_delay_months,
            repay_months=p.repay_months,
        )
        instalment = min(self.loan_debt_eur, due)
        self.loan_debt_eur -= instalment
        return instalment


class WorkModel(mesa.Model):  # type: ignore[type-arg]
    """Families at work, taken from rows of a state, from a month on; levers hold for everybody."""

    p: ParameterRow
    lv: LeverRow

    def __init__(
        self,
        state: State,
        timetable: Timetable,
        rows: Iterable[int],
        month: int = 0,
        luck: Luck = any_luck,
    ) -> None:
        super().__init__(rng=0)
        self.state, self.timetable, self.month, self.luck = state, timetable, month, luck
        self.admit(rows)

    def admit(self, rows: Iterable[int]) -> None:
        """Let the families of these rows in."""
        for row in rows:
            Family(self, self.state, int(row))

    def step(self) -> None:
        """Live one month at work."""
        parameters, levers = self.timetable.parameters, self.timetable.levers
        self.p = cast("ParameterRow", SimpleNamespace(**named(parameters[self.month])))
        self.lv = cast("LeverRow", SimpleNamespace(**named(levers[self.month, 0])))
        self.agents.do("step")
        self.month += 1
