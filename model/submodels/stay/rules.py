"""Stay: intention to settle, a while abroad, leaving for good (mechanism map e70-e74)."""

from __future__ import annotations

import math

import numpy as np

from model.kernel.compile import rule

_BANDS = (3.0, 6.0, 15.0)
"""Years in the country at which the hazard of leaving falls, as in the names of its parameters."""


@rule
def intention_target(
    years_in_nl: float,
    is_permanent: bool,
    has_own_home: bool,
    has_child_at_school: bool,
    signal: float,
    base: float,
    per_year: float,
    years_max: float,
    for_permanent: float,
    for_home: float,
    for_school: float,
    for_signal: float,
) -> float:
    """Return the share of families in these circumstances that in the end plan to stay (e72)."""
    by_stay = np.minimum(years_max, per_year * np.maximum(0.0, years_in_nl))
    by_ties = for_permanent * is_permanent + for_home * has_own_home
    share: float = np.minimum(
        1.0, base + by_stay + by_ties + for_school * has_child_at_school + for_signal * signal
    )
    return share


@rule
def p_changes_plan(intention: float, target: float, lag_months: float) -> float:
    """Return the monthly probability that a family changes its plan (e72).

    A temporary plan (`intention` 0) becomes one to stay, and the other way, so that in the end the
    share `target` plans to stay.
    """
    away = (1.0 - intention) * target + intention * (1.0 - target)
    return away / lag_months


@rule
def share_planning_to_stay(
    years_in_nl: float, on_arrival: float, target: float, lag_months: float
) -> float:
    """Return the share that plans to stay after some years, when plans change as in the month."""
    left: float = np.exp(-12.0 * years_in_nl / lag_months)
    return target + (on_arrival - target) * left


@rule
def years_before_plan(
    luck: float, years_in_nl: float, on_arrival: float, target: float, lag_months: float
) -> float:
    """Return how long a family has been here without planning to stay; `luck` says who is first.

    The longest stay for who does not plan to stay yet.
    """
    before = np.maximum(0.0, luck - on_arrival)
    still = np.maximum(1e-9, target - on_arrival - before)
    years: float = np.minimum(years_in_nl, np.log1p(np.abs(before / still)) * lag_months / 12.0)
    return years


@rule
def departure_hazard_year(
    years_in_nl: float,
    year_1: float,
    year_2_3: float,
    year_4_6: float,
    year_7_15: float,
    year_16: float,
) -> float:
    """Return the yearly hazard of leaving for good: steep at first, flat later (P6, S36)."""
    if years_in_nl < 1.0:
        return year_1
    if years_in_nl < _BANDS[0]:
        return year_2_3
    if years_in_nl < _BANDS[1]:
        return year_4_6
    if years_in_nl < _BANDS[2]:
        return year_7_15
    return year_16


@rule
def p_departs_month(
    hazard_year: float,
    intention: float,
    is_without_work: bool,
    is_without_right: bool,
    has_school_age_child: bool,
    has_two_earners: bool,
    intention_effect: float,
    unemployed_ratio: float,
    no_right_ratio: float,
    school_age_ratio: float,
    two_earner_ratio: float,
) -> float:
    """Return the monthly probability of leaving the country for good (e70-e73).

    Without work it is higher, and once more where benefit and the right to assistance have ended.
    """
    hazard = hazard_year / 12.0 * math.exp(-intention_effect * (intention - 0.5))
    if is_without_work:
        hazard *= unemployed_ratio
        if is_without_right:
            hazard *= no_right_ratio
    if has_school_age_child:
        hazard *= school_age_ratio
    if has_two_earners:
        hazard *= two_earner_ratio
    return min(1.0, hazard)


@rule
def months_away(months: float) -> int:
    """Return the whole months of a temporary return, one at least."""
    return max(1, int(months + 0.5))


@rule
def p_returns_for_a_while(p_year: float, intention: float) -> float:
    """Return the monthly probability of a temporary return, none at full intention (e24)."""
    return p_year / 12.0 * 2.0 * (1.0 - intention)
