"""Dutch of the parents."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Language:
    """Dutch of the parents."""

    dutch_ceiling: float = number(
        0.65, unit="index", low=0.5, high=0.8, source="assumption", grade="D"
    )
    dutch_rate_year: float = number(
        0.12,
        unit="share of the distance per year",
        low=0.07,
        high=0.2,
        source="assumption",
        grade="D",
    )
    dutch_from_course_100h: float = number(
        0.085, unit="index per 100 hours", low=0.03, high=0.1, source="S85", grade="B"
    )
    course_hours_month: float = number(
        24, unit="hours per month", low=8, high=48, source="assumption", grade="D"
    )
    course_roster: float = number(
        0.5,
        unit="share of attendance that depends on the roster",
        low=0.2,
        high=0.8,
        source="assumption",
        grade="D",
    )
    course_until: float = number(
        0.75, unit="index", low=0.6, high=0.9, source="assumption", grade="D"
    )
    p_apply_course: float = number(
        0.03, unit="probability per month", low=0.01, high=0.08, source="assumption", grade="D"
    )
    apply_intention: float = number(
        0.8,
        unit="log-odds per unit of intention",
        low=0.3,
        high=1.5,
        source="assumption",
        grade="D",
    )
    p_loan: float = number(
        0.003, unit="probability per month", low=0.0005, high=0.01, source="assumption", grade="D"
    )
    course_eur_hour: float = number(
        14, unit="EUR per hour", low=10, high=20, source="assumption", grade="D"
    )
    loan_used_share: float = number(
        0.5, unit="share of the maximum", low=0.2, high=1, source="assumption", grade="D"
    )
    loan_income_ratio: float = number(
        2,
        unit="income over the low-income line at which the loan is nil",
        low=1.5,
        high=3,
        source="S17",
        grade="D",
    )
    repay_months: float = number(120, unit="months", low=120, high=120, source="S18", grade="B")
    repay_delay_months: float = number(6, unit="months", low=6, high=6, source="S18", grade="B")
    p_employer_course: float = number(
        0.04,
        unit="probability per month where it is offered",
        low=0.01,
        high=0.1,
        source="assumption",
        grade="D",
    )
    employer_eur_hour: float = number(
        25, unit="EUR per hour", low=15, high=40, source="assumption", grade="D"
    )
    employer_hours: float = number(
        40, unit="hours without a subsidy", low=20, high=80, source="assumption", grade="D"
    )
    p_brabant_course: float = number(
        0.15, unit="probability per contact", low=0.05, high=0.4, source="assumption", grade="D"
    )
