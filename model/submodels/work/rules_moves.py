"""Work: between jobs, in and out of the labour force, and the law that a running contract keeps."""

from __future__ import annotations

import math

from model.kernel.compile import rule

_UNIFORM_SPREAD = 1.0 / math.sqrt(12.0)


@rule
def variance_of_hours(hours_week: float, cv: float) -> float:
    """Return the variance of the hours a week in a job, by its coefficient of variation (e01).

    A job begins with it: what was not worked before the first day is no variation.

    Equation: variance_of_hours = cv · hours_week · cv · hours_week
    """
    return (cv * hours_week) * (cv * hours_week)


@rule
def cv_bandwidth(share_extra: float) -> float:
    """Return the coefficient of variation of hours even between the minimum and the maximum.

    `share_extra` is the extra availability as a share of the minimum; 0.30 gives 0.075 (map, e01).

    Equation: cv_bandwidth = share_extra · _UNIFORM_SPREAD / (1 + share_extra / 2)
    """
    return share_extra * _UNIFORM_SPREAD / (1.0 + share_extra / 2.0)


@rule
def whole_limit(limit: float) -> int:
    """Return a limit of the law in whole weeks or months, as a running contract remembers it.

    Equation: whole_limit = floor(limit + 0.5)
    """
    return int(limit + 0.5)


@rule
def p_by_schooling(p_middle: float, education: int, log_odds: float) -> float:
    """Return the chance of a permanent contract by schooling (e08), in log-odds per level.

    `p_middle` is that of the middle level. After three years 17% of flexible starters with little
    schooling are permanent, and 26% of all (CBS).

    Equation: p_by_schooling = p_middle · ratio / (1 − p_middle + p_middle · ratio), where ratio =
    exp(log_odds · (education − 1))
    """
    ratio = math.exp(log_odds * (education - 1.0))
    return p_middle * ratio / (1.0 - p_middle + p_middle * ratio)


@rule
def p_changes_job(
    p_new: float,
    ratio_settled: float,
    ratio_permanent: float,
    tenure_months: int,
    settled_months: float,
    is_permanent: bool,
) -> float:
    """Return the monthly probability that a worker goes to another employer without a break.

    Most who do have a flexible contract, and most are not long with their employer (CBS).

    Equation: p_changes_job = {p · ratio_permanent if is_permanent; p otherwise}, where p = {p_new ·
    ratio_settled if tenure_months ≥ settled_months; p_new otherwise}
    """
    p = p_new * ratio_settled if tenure_months >= settled_months else p_new
    return p * ratio_permanent if is_permanent else p


@rule
def leaves_labour_force(
    months_without_work: int, after_months: float, p_leaves: float, draw: float
) -> bool:
    """Return whether who has looked for work for some months gives it up, which is asked once.

    Equation: leaves_labour_force = months_without_work = floor(after_months) and draw < p_leaves
    """
    return months_without_work == int(after_months) and draw < p_leaves


@rule
def is_taken_over(
    months_with_agency: int, share_successive: float, max_months: float, draw: float
) -> bool:
    """Return whether a direct job is with the firm where one worked already, by an agency.

    Then the firm is a successive employer, and the months with the agency count in the chain (S6);
    beyond its limit the job would be permanent by law, and no fixed contract is offered.

    Equation: is_taken_over = months_with_agency ≤ max_months and draw < share_successive
    """
    return months_with_agency <= max_months and draw < share_successive


@rule
def p_hire_of(p_hire: float, lone_ratio: float, is_lone: bool) -> float:
    """Return the monthly probability of finding work; a lone parent has less room for a job.

    Equation: p_hire_of = {p_hire · lone_ratio if is_lone; p_hire otherwise}
    """
    return p_hire * lone_ratio if is_lone else p_hire
