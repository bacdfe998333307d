"""Intention to settle, temporary return, and leaving the country."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Intention to settle, temporary return, and leaving the country."""

    leave_new: float = number(
        0.18,
        "leaving a year on arrival",
        (0.03, 0.36),
        lognormal(0.104, 0.217),
        source="stock-account",
        grade="D",
    )
    leave_old: float = number(
        0.019,
        "leaving a year in the end",
        (0.002, 0.08),
        lognormal(0.0102, 0.0374),
        source="stock-account",
        grade="D",
    )
    leave_tau: float = number(
        3.5,
        "years in which two thirds of the fall lie",
        (0.5, 13),
        lognormal(2, 6.2),
        source="stock-account",
        grade="D",
    )
    leave_school: float = number(
        0.87,
        "ratio with a child of 5-17",
        (0.3, 1.8),
        lognormal(0.65, 1.16),
        source="stock-account",
        grade="D",
    )
    leave_begun_here: float = number(
        0.81,
        "ratio of families that began here",
        (0.35, 1.45),
        normal(0.62, 1),
        source="stock-account",
        grade="D",
    )
    leave_usual_planning_new: float = assumed(
        0.43, "share of leaving, on arrival, where a stay is planned", (0.1, 0.9), FIXED
    )
    leave_usual_planning_old: float = assumed(
        0.8, "share of leaving, in the end, where a stay is planned", (0.1, 0.95), FIXED
    )
    leave_usual_without_work_new: float = assumed(
        0.098, "share of leaving, on arrival, where nobody works", (0.005, 0.4), FIXED
    )
    leave_usual_without_work_old: float = assumed(
        0.036, "share of leaving, in the end, where nobody works", (0.005, 0.4), FIXED
    )
    leave_usual_without_right_new: float = assumed(
        0.065,
        "share of leaving, on arrival, where nobody works or has a right to income",
        (0, 0.4),
        FIXED,
    )
    leave_usual_without_right_old: float = assumed(
        0.001,
        "share of leaving, in the end, where nobody works or has a right to income",
        (0, 0.4),
        FIXED,
    )
    leave_usual_two_earners_new: float = assumed(
        0.4, "share of leaving, on arrival, where two work", (0.05, 0.9), FIXED
    )
    leave_usual_two_earners_old: float = assumed(
        0.6, "share of leaving, in the end, where two work", (0.05, 0.9), FIXED
    )
    leave_usual_tau: float = assumed(
        7.7, "years in which two thirds of the way lie from arrival to the end", (0.5, 30), FIXED
    )
    intention_effect: float = assumed(1, "log hazard per unit", (0, 4), lognormal(0.4, 1.9))
    unemployed_ratio: float = number(
        3, "hazard ratio", (1, 6), lognormal(2.2, 3.9), source="cpb-stay", grade="B"
    )
    no_right_ratio: float = assumed(1.5, "hazard ratio", (1, 4), lognormal(1.1, 2.2))
    two_earner_ratio: float = assumed(0.75, "hazard ratio", (0.3, 1.5), lognormal(0.55, 1))
    p_return_year: float = assumed(0.08, "probability per year", (0, 0.42), lognormal(0.03, 0.18))
    return_months: float = number(1, "months", (0.5, 6), uniform(0.6, 3), source="S60", grade="D")
    intention_base: float = assumed(
        0.4, "share that plans to stay, on arrival", (0, 0.8), normal(0.27, 0.55)
    )
    intention_per_year: float = assumed(0.01, "share per year", (0, 0.13), lognormal(0.003, 0.03))
    intention_years_max: float = assumed(0.1, "share", (0, 0.6), normal(0.01, 0.22))
    intention_permanent: float = assumed(0.1, "share", (0, 0.5), normal(0.01, 0.2))
    intention_lease: float = assumed(0.1, "share", (0, 0.5), normal(0.01, 0.19))
    intention_school: float = assumed(0.15, "share", (0, 0.6), normal(0.03, 0.27))
    intention_signal: float = assumed(0.1, "share at full signal", (0, 0.6), normal(0.01, 0.25))
    intention_lag_months: float = assumed(
        60, "months in which two thirds of the difference is gone", (4, 300), lognormal(36, 120)
    )
