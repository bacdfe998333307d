"""Intention to settle, temporary return, and leaving the country."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Intention to settle, temporary return, and leaving the country."""

    hazard_year_1: float = number(
        0.18, unit="probability per year", low=0.1, high=0.28, source="assumption", grade="D"
    )
    hazard_year_2_3: float = number(
        0.12, unit="probability per year", low=0.07, high=0.18, source="assumption", grade="D"
    )
    hazard_year_4_6: float = number(
        0.06, unit="probability per year", low=0.03, high=0.1, source="assumption", grade="D"
    )
    hazard_year_7_15: float = number(
        0.03, unit="probability per year", low=0.015, high=0.05, source="assumption", grade="D"
    )
    hazard_year_16: float = number(
        0.012, unit="probability per year", low=0.005, high=0.03, source="assumption", grade="D"
    )
    intention_effect: float = number(
        1, unit="log hazard per unit", low=0.3, high=2, source="assumption", grade="D"
    )
    unemployed_ratio: float = number(
        3, unit="hazard ratio", low=2.2, high=3.8, source="cpb-stay", grade="B"
    )
    school_age_ratio: float = number(
        0.75, unit="hazard ratio", low=0.5, high=1, source="assumption", grade="D"
    )
    two_earner_ratio: float = number(
        0.75, unit="hazard ratio", low=0.55, high=0.95, source="assumption", grade="D"
    )
    p_return_year: float = number(
        0.08, unit="probability per year", low=0.03, high=0.2, source="assumption", grade="D"
    )
    return_months: float = number(1, unit="months", low=1, high=3, source="S60", grade="D")
    intention_base: float = number(
        0.25, unit="index", low=0.1, high=0.4, source="assumption", grade="D"
    )
    intention_per_year: float = number(
        0.035, unit="index per year", low=0.01, high=0.06, source="assumption", grade="D"
    )
    intention_years_max: float = number(
        0.35, unit="index", low=0.2, high=0.5, source="assumption", grade="D"
    )
    intention_permanent: float = number(
        0.15, unit="index", low=0.05, high=0.3, source="assumption", grade="D"
    )
    intention_lease: float = number(
        0.1, unit="index", low=0.02, high=0.2, source="assumption", grade="D"
    )
    intention_school: float = number(
        0.15, unit="index", low=0.05, high=0.3, source="assumption", grade="D"
    )
    intention_signal: float = number(
        0.15, unit="index at full signal", low=0, high=0.3, source="assumption", grade="D"
    )
    intention_lag_months: float = number(
        6, unit="months", low=3, high=12, source="mechanism-map", grade="D"
    )
