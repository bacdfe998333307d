"""Who counts as an early leaver, who leaves, and who comes back (mechanism map e20-e49, 3b)."""

from __future__ import annotations

import math

from model import calendar
from model.enums import Stage
from model.kernel.compile import rule
from model.submodels.school.rules_tracks import is_lower_years

_HIGH_MONTHS, _LOW_MONTHS = 36, 72


@rule
def is_counted_for_vsv(stage: int, age_months: int) -> bool:
    """On 1 October: enrolled in vo or mbo, aged 12 to under 23 (S96, S97).

    Equation: is_counted_for_vsv = Stage.ISK ≤ stage ≤ Stage.MBO4 and calendar.TWELVE ≤ age_months <
    calendar.COUNT_UNTIL
    """
    return Stage.ISK <= stage <= Stage.MBO4 and calendar.TWELVE <= age_months < calendar.COUNT_UNTIL


@rule
def leaving_intercept(
    stage: int,
    stage_year: int,
    vo: float,
    vo_lower: float,
    pro: float,
    mbo1: float,
    mbo2: float,
    mbo3: float,
    mbo4: float,
) -> float:
    """Return the log-odds of leaving in a year for a pupil at the mean, by stage (e44).

    Equation: leaving_intercept = {mbo1 if stage = Stage.MBO1; mbo2 if stage = Stage.MBO2; mbo3 if
    stage = Stage.MBO3; mbo4 if stage = Stage.MBO4; base + vo_lower if is_lower_years(stage,
    stage_year); base otherwise}, where base = {vo + pro if stage = Stage.PRO; vo otherwise}
    """
    if stage == Stage.MBO1:
        return mbo1
    if stage == Stage.MBO2:
        return mbo2
    if stage == Stage.MBO3:
        return mbo3
    if stage == Stage.MBO4:
        return mbo4
    base = vo + pro if stage == Stage.PRO else vo
    return base + vo_lower if is_lower_years(stage, stage_year) else base


@rule
def p_leave_year(
    intercept: float,
    n_in_year_changes: int,
    w_change: float,
    score: float,
    w_score: float,
    language: float,
    w_language: float,
    absent_days: float,
    absent_normal: float,
    w_absent: float,
    belonging: float,
    belonging_usual: float,
    w_belonging: float,
    is_18: bool,
    w_18: float,
    is_poor: bool,
    w_poor: float,
    is_one_parent: bool,
    w_one_parent: float,
    has_switched: bool,
    w_switched: float,
    labour_index: float,
    w_labour: float,
    place: float,
    moves: float,
) -> float:
    """Return the probability of leaving without startkwalificatie in a school year (e44-e49).

    `place` and `moves` are log-odds: of where one lives, and of having moved (`after_moving`).

    Equation: p_leave_year = 1 / (1 + exp(−(intercept + w_change · n_in_year_changes − w_score ·
    score − w_language · language + w_absent · (absent_days − absent_normal) − w_belonging ·
    (belonging − belonging_usual) + w_labour · (labour_index − 1) + place + moves + {w_18 if is_18;
    0 otherwise} + {w_poor if is_poor; 0 otherwise} + {w_one_parent if is_one_parent; 0 otherwise} +
    {w_switched if has_switched; 0 otherwise})))
    """
    logit = (
        intercept
        + w_change * n_in_year_changes
        - w_score * score
        - w_language * language
        + w_absent * (absent_days - absent_normal)
        - w_belonging * (belonging - belonging_usual)
        + w_labour * (labour_index - 1.0)
        + place
        + moves
    )
    if is_18:
        logit += w_18
    if is_poor:
        logit += w_poor
    if is_one_parent:
        logit += w_one_parent
    if has_switched:
        logit += w_switched
    return 1.0 / (1.0 + math.exp(-logit))


@rule
def after_moving(has_moved: bool, months_since: int, size: float) -> float:
    """Return the log-odds of having moved by choice: up, down after three years, up after six.

    So it was found in a large Dutch city; elsewhere it was selection. Off in the ledger (S53).

    Equation: after_moving = {0 if not has_moved; −size if _HIGH_MONTHS ≤ months_since <
    _LOW_MONTHS; size otherwise}
    """
    if not has_moved:
        return 0.0
    return -size if _HIGH_MONTHS <= months_since < _LOW_MONTHS else size


@rule
def may_come_back(months_since_leaving: int, years: float) -> bool:
    """Who has left may come back in the first school years after it.

    Equation: may_come_back = months_since_leaving ≤ 12 · years
    """
    return months_since_leaving <= 12.0 * years


@rule
def stage_on_return(left_stage: int, age_months: int) -> int:
    """Return where a leaver comes back to (D): the stage that was left, or mbo by its age.

    From sixteen newcomer education and pro lead to entree; from eighteen vo leads to mbo 2.

    Equation: stage_on_return = {left_stage if left_stage ≥ Stage.MBO1 or age_months <
    calendar.SIXTEEN; Stage.MBO1 if left_stage ≤ Stage.PRO; Stage.MBO2 if age_months ≥
    calendar.EIGHTEEN; left_stage otherwise}
    """
    if left_stage >= Stage.MBO1 or age_months < calendar.SIXTEEN:
        return left_stage
    if left_stage <= Stage.PRO:
        return Stage.MBO1
    return Stage.MBO2 if age_months >= calendar.EIGHTEEN else left_stage
