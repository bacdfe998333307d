"""Stay: intention to settle, a while abroad, leaving for good (mechanism map e70-e74)."""

from __future__ import annotations

import math

import numpy as np

from model.kernel.compile import rule


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
    """Return the share of families in these circumstances that in the end plan to stay (e72).

    Equation: intention_target = min(1, base + min(years_max, per_year · max(0, years_in_nl)) +
    for_permanent · is_permanent + for_home · has_own_home + for_school · has_child_at_school +
    for_signal · signal)
    """
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

    Equation: p_changes_plan = ((1 − intention) · target + intention · (1 − target)) / lag_months
    """
    away = (1.0 - intention) * target + intention * (1.0 - target)
    return away / lag_months


@rule
def share_planning_to_stay(
    years_in_nl: float, on_arrival: float, target: float, lag_months: float
) -> float:
    """Return the share that plans to stay after some years, when plans change as in the month.

    Equation: share_planning_to_stay = target + (on_arrival − target) · exp(−12 · years_in_nl /
    lag_months)
    """
    left: float = np.exp(-12.0 * years_in_nl / lag_months)
    return target + (on_arrival - target) * left


@rule
def years_before_plan(
    luck: float, years_in_nl: float, on_arrival: float, target: float, lag_months: float
) -> float:
    """Return how long a family has been here without planning to stay; `luck` says who is first.

    The longest stay for who does not plan to stay yet.

    Equation: years_before_plan = min(years_in_nl, ln(1 + abs(before / max(10^(−9), target −
    on_arrival − before))) · lag_months / 12), where before = max(0, luck − on_arrival)
    """
    before = np.maximum(0.0, luck - on_arrival)
    still = np.maximum(1e-9, target - on_arrival - before)
    years: float = np.minimum(years_in_nl, np.log1p(np.abs(before / still)) * lag_months / 12.0)
    return years


@rule
def departure_hazard_year(years: float, new: float, old: float, tau_years: float) -> float:
    """Return the yearly leaving for good after a stay: falls from `new` towards `old` (P6, S36).

    Equation: departure_hazard_year = old + (new − old) · exp(−years / tau_years)
    """
    hazard: float = old + (new - old) * math.exp(-years / tau_years)
    return hazard


@rule
def leaving_so_far(
    years_from: float,
    years_to: float,
    school_from: float,
    school_to: float,
    begun_here: bool,
    new: float,
    old: float,
    tau_years: float,
    for_school: float,
    for_begun: float,
) -> float:
    """Return what leaving adds up to between two stays, as demography has it.

    `departure_hazard_year` summed up: times `for_begun` in a family that began here; in one that
    came, times `for_school` while there is a child of 5 to 17, at stays from `school_from` to
    `school_to`. All in years.

    Equation: leaving_so_far = begun_here · for_begun · whole + (1 − begun_here) · (whole − (1 −
    for_school) · (old · (school_end − school_begin) + (new − old) · tau_years · (exp(−school_begin
    / tau_years) − exp(−school_end / tau_years)))), where school_begin = min(max(school_from,
    years_from), years_to); school_end = min(max(school_to, school_begin), years_to); whole = old ·
    (years_to − years_from) + (new − old) · tau_years · (exp(−years_from / tau_years) −
    exp(−years_to / tau_years))
    """
    school_from = np.minimum(np.maximum(school_from, years_from), years_to)
    school_to = np.minimum(np.maximum(school_to, school_from), years_to)
    at_school = old * (school_to - school_from) + (new - old) * tau_years * (
        np.exp(-school_from / tau_years) - np.exp(-school_to / tau_years)
    )
    whole = old * (years_to - years_from) + (new - old) * tau_years * (
        np.exp(-years_from / tau_years) - np.exp(-years_to / tau_years)
    )
    came = whole - (1.0 - for_school) * at_school
    so_far: float = begun_here * for_begun * whole + (1.0 - begun_here) * came
    return so_far


@rule
def leaving_by_life(
    intention: float,
    is_without_work: bool,
    is_without_right: bool,
    has_two_earners: bool,
    intention_effect: float,
    unemployed_ratio: float,
    no_right_ratio: float,
    two_earner_ratio: float,
) -> float:
    """Return how many times as much a family leaves for what it plans and earns (e70-e73).

    Without work it is more, and once more where benefit and the right to assistance have ended.

    Equation: leaving_by_life = exp(−intention_effect · (intention − 0.5)) · {unemployed_ratio ·
    {no_right_ratio if is_without_right; 1 otherwise} if is_without_work; 1 otherwise} ·
    {two_earner_ratio if has_two_earners; 1 otherwise}
    """
    ratio = math.exp(-intention_effect * (intention - 0.5))
    if is_without_work:
        ratio *= unemployed_ratio
        if is_without_right:
            ratio *= no_right_ratio
    if has_two_earners:
        ratio *= two_earner_ratio
    return ratio


@rule
def usual_leaving_by_life(
    planning: float,
    without_work: float,
    without_right: float,
    two_earners: float,
    intention_effect: float,
    unemployed_ratio: float,
    no_right_ratio: float,
    two_earner_ratio: float,
) -> float:
    """Return the mean of `leaving_by_life` over families, by the shares among them.

    Equation: usual_leaving_by_life = (planning · exp(−0.5 · intention_effect) + (1 − planning) ·
    exp(0.5 · intention_effect)) · (1 + without_work · (unemployed_ratio − 1) + two_earners ·
    (two_earner_ratio − 1) + without_right · unemployed_ratio · (no_right_ratio − 1))
    """
    by_plan = planning * np.exp(-0.5 * intention_effect) + (1.0 - planning) * np.exp(
        0.5 * intention_effect
    )
    by_work = 1.0 + without_work * (unemployed_ratio - 1.0) + two_earners * (two_earner_ratio - 1.0)
    by_work += without_right * unemployed_ratio * (no_right_ratio - 1.0)
    mean: float = by_plan * by_work
    return mean


@rule
def usual_at_stay(years: float, new: float, old: float, tau_years: float) -> float:
    """Return the mean of `leaving_by_life` at a stay, so that life moves no leaving on average.

    On arrival fewer plan to stay and fewer have work than later: it falls from `new` to `old`.

    Equation: usual_at_stay = old + (new − old) · exp(−years / tau_years)
    """
    usual: float = old + (new - old) * math.exp(-years / tau_years)
    return usual


@rule
def leaving_month(
    hazard_year: float,
    by_life: float,
    usual_by_life: float,
    has_school_age_child: bool,
    has_begun_here: bool,
    for_school: float,
    for_begun: float,
) -> float:
    """Return what a month adds to a family's leaving: demography's, times its life's (mean 1).

    Equation: leaving_month = {leaving · for_begun if has_begun_here; leaving · for_school if
    has_school_age_child; leaving otherwise}, where leaving = hazard_year / 12 · by_life /
    usual_by_life
    """
    leaving = hazard_year / 12.0 * by_life / usual_by_life
    if has_begun_here:
        return leaving * for_begun
    return leaving * for_school if has_school_age_child else leaving


@rule
def months_away(months: float) -> int:
    """Return the whole months of a temporary return, one at least.

    Equation: months_away = max(1, floor(months + 0.5))
    """
    return max(1, int(months + 0.5))


@rule
def p_returns_for_a_while(p_year: float, intention: float) -> float:
    """Return the monthly probability of a temporary return, none at full intention (e24).

    Equation: p_returns_for_a_while = p_year / 12 · 2 · (1 − intention)
    """
    return p_year / 12.0 * 2.0 * (1.0 - intention)
