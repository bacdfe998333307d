"""The count of 1 October, and the way back to school."""

from __future__ import annotations

import numpy as np

from model import calendar
from model.calendar import NEVER, SchoolMonth
from model.enums import Stage
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, child_row, family_row, place_row
from model.registry import LeverRow, ParameterRow
from model.submodels.leaving import rules
from model.submodels.school import rules_attendance
from model.submodels.school.scores import score

_MONTHS_36 = np.uint64((1 << 36) - 1)


@step
def october(w: World, i: int, c: int, age: int, month: int, p: ParameterRow) -> None:
    """1 October: who was enrolled a year ago and is not now, unqualified, has left.

    Who has a startkwalificatie and is at school is counted, and never a leaver: so count CBS and
    DUO, of which the model follows CBS.
    """
    family, child = family_row(w, i), child_row(w, c)
    child.risk_stage = child.count_stage if age < calendar.COUNT_UNTIL else 0
    child.risk_year = child.count_year
    child.risk_registered = child.count_registered
    child.vsv_hazard_year = 0.0
    if (
        child.risk_stage > 0
        and child.has_startkwalificatie == 0
        and Stage.ISK <= child.stage <= Stage.MBO4
    ):
        p_leave = _hazard(w, i, c, age, month, p)
        child.vsv_hazard_year = p_leave
        if draw4(w.seed, child.key, Block.COUNT, month)[0] < p_leave:
            child.left_stage = child.risk_stage
            child.left_month = month
            child.stage = Stage.LEFT
            child.is_enrolled = 0
    child.count_stage = 0
    if rules.is_counted_for_vsv(child.stage, age):
        child.count_stage = child.stage
        child.count_year = child.stage_year
        child.count_registered = family.is_registered != 0 and child.is_enrolled != 0


@step
def _hazard(w: World, i: int, c: int, age: int, month: int, p: ParameterRow) -> float:
    """Return the probability of having left since the last count (e44-e49)."""
    family, child = family_row(w, i), child_row(w, c)
    is_mbo = child.risk_stage >= Stage.MBO1
    intercept = rules.leaving_intercept(
        stage=child.risk_stage,
        stage_year=child.count_year,
        vo=p.leave_vo,
        vo_lower=p.leave_vo_lower,
        pro=p.leave_pro,
        mbo1=p.leave_mbo1,
        mbo2=p.leave_mbo2,
        mbo3=p.leave_mbo3,
        mbo4=p.leave_mbo4,
    )
    w_change = p.leave_change_mbo if is_mbo else p.leave_change_vo
    w_18 = p.leave_18_mbo if is_mbo else p.leave_18_vo
    place = place_row(w, family.municipality).leaving_mbo if is_mbo else 0.0
    has_moved = family.last_chosen_move != NEVER
    moves = rules.after_moving(
        has_moved=has_moved,
        months_since=month - family.last_chosen_move,
        size=p.moves_and_leaving,
    )
    return rules.p_leave_year(
        intercept=intercept,
        n_in_year_changes=_n_bits(child.in_year_change_months),
        w_change=w_change,
        score=score(child),
        w_score=p.leave_learning,
        language=child.language_z + child.gain_language,
        w_language=p.leave_language,
        absent_days=child.absent_days_12m,
        absent_normal=p.absent_normal_year,
        w_absent=p.leave_absent_day,
        belonging=child.belonging,
        belonging_usual=p.belonging_usual,
        w_belonging=p.leave_belonging,
        is_18=age >= calendar.EIGHTEEN,
        w_18=w_18,
        is_poor=family.is_poor != 0,
        w_poor=p.leave_poor,
        is_one_parent=family.n_adults == 1,
        w_one_parent=p.leave_one_parent,
        has_switched=child.has_switched != 0,
        w_switched=p.leave_switched,
        labour_index=p.labour_index,
        w_labour=p.leave_labour_pull,
        place=place,
        moves=moves,
    )


@step
def _n_bits(months: np.uint64) -> int:
    """Return how many of the last 36 months are marked."""
    n = 0
    left = months & _MONTHS_36
    while left != np.uint64(0):
        left &= left - np.uint64(1)
        n += 1
    return n


@step
def come_back(
    w: World, i: int, c: int, age: int, month: int, lv: LeverRow, p: ParameterRow
) -> None:
    """Go to school again after leaving: under sixteen by law, else when a school year begins."""
    family, child = family_row(w, i), child_row(w, c)
    if age >= calendar.COUNT_UNTIL:
        return
    chance = 0.0
    if age < calendar.SIXTEEN:
        chance = rules_attendance.p_enrols_month(
            age_months=age,
            is_registered=family.is_registered != 0,
            is_border=family.is_border != 0,
            p_compulsory=p.p_enrol,
            p_at_4=p.p_enrol_at_4,
            ratio_unregistered=p.enrol_unregistered,
            ratio_border=p.enrol_border,
            coordination=lv.cross_border_coordination,
        )
    elif month % 12 == SchoolMonth.AUGUST and rules.may_come_back(
        months_since_leaving=month - child.left_month, years=p.return_years
    ):
        chance = p.p_comes_back_year
    if draw4(w.seed, child.key, Block.COUNT, month)[1] >= chance:
        return
    # The sum is as wide as any other stage, which the compiler asks of what a rule gives back.
    back = rules.stage_on_return(child.left_stage + 0, age)
    child.stage_year = child.count_year if back == child.left_stage else 1
    child.stage = back
    child.has_switched = 0
    child.is_enrolled = 1
