"""Dutch of the parents."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number


@dataclass(frozen=True, kw_only=True)
class Language:
    """Dutch of the parents."""

    dutch_ceiling: float = assumed(0.65, "index", (0.35, 1), normal(0.54, 0.78))
    dutch_rate_year: float = number(
        0.05,
        "share of the distance per year, here for the time being",
        (0.01, 0.34),
        lognormal(0.025, 0.09),
        source="S90",
        grade="D",
    )
    dutch_rate_plan: float = number(
        0.08,
        "share of the distance per year that the plan to stay adds",
        (0, 0.3),
        lognormal(0.04, 0.15),
        source="S90",
        grade="D",
    )
    dutch_forgotten_year: float = assumed(
        0.08,
        "share per year of what lies above the own ceiling",
        (0, 0.4),
        lognormal(0.03, 0.18),
    )
    dutch_from_course_100h: float = number(
        0.085, "index per 100 hours", (0, 0.2), normal(0.04, 0.11), source="S85", grade="B"
    )
    course_hours_month: float = assumed(24, "hours per month", (2, 100), lognormal(10, 45))
    course_roster: float = assumed(
        0.5, "share of attendance that depends on the roster", (0, 1), normal(0.2, 0.8)
    )
    course_until: float = assumed(0.75, "index", (0.3, 1), normal(0.6, 0.9))
    p_apply_course: float = assumed(
        0.03, "probability per month", (0.001, 0.15), lognormal(0.009, 0.061)
    )
    apply_intention: float = assumed(
        0.8, "log-odds per unit of intention", (0, 3), normal(0.2, 1.4)
    )
    p_loan: float = assumed(0.003, "probability per month", (0, 0.026), lognormal(0.0007, 0.01))
    course_eur_hour: float = assumed(14, "EUR per hour", (4, 38), lognormal(9, 21))
    loan_used_share: float = assumed(
        0.5, "share of the maximum", (0.02, 1), logit_normal(0.2, 0.82)
    )
    loan_income_ratio: float = number(
        2,
        "income over the low-income line at which the loan is nil",
        (1.1, 5),
        lognormal(1.45, 2.85),
        source="S17",
        grade="D",
    )
    repay_months: float = number(120, "months", (120, 120), FIXED, source="S18", grade="B")
    repay_delay_months: float = number(6, "months", (6, 6), FIXED, source="S18", grade="B")
    p_employer_course: float = assumed(
        0.04, "probability per month where it is offered", (0, 0.25), lognormal(0.011, 0.1)
    )
    employer_eur_hour: float = assumed(25, "EUR per hour", (5, 80), lognormal(14, 41))
    employer_hours: float = assumed(40, "hours without a subsidy", (0, 180), lognormal(18, 80))
    p_brabant_course: float = assumed(
        0.15, "probability per contact", (0, 1), lognormal(0.05, 0.45)
    )
