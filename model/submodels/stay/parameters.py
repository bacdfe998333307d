"""Intention to settle, temporary return, and leaving the country."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import assumed, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Intention to settle, temporary return, and leaving the country."""

    hazard_year_1: float = assumed(0.18, "probability per year", (0.02, 0.4), lognormal(0.1, 0.24))
    hazard_year_2_3: float = assumed(
        0.12, "probability per year", (0.02, 0.28), lognormal(0.07, 0.16)
    )
    hazard_year_4_6: float = assumed(
        0.06, "probability per year", (0.01, 0.17), lognormal(0.036, 0.092)
    )
    hazard_year_7_15: float = assumed(
        0.03, "probability per year", (0.004, 0.09), lognormal(0.017, 0.047)
    )
    hazard_year_16: float = assumed(
        0.012, "probability per year", (0.001, 0.065), lognormal(0.0075, 0.0305)
    )
    intention_effect: float = assumed(1, "log hazard per unit", (0, 4), lognormal(0.4, 1.9))
    unemployed_ratio: float = number(
        3, "hazard ratio", (1, 6), lognormal(2.2, 3.9), source="cpb-stay", grade="B"
    )
    no_right_ratio: float = assumed(1.5, "hazard ratio", (1, 4), lognormal(1.1, 2.2))
    school_age_ratio: float = assumed(0.75, "hazard ratio", (0.25, 1.6), lognormal(0.55, 1.1))
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
