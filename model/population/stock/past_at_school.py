"""Pupils of secondary school and mbo at the start: their years there, lived on year by year."""

from __future__ import annotations

import numpy as np

from model import calendar
from model.enums import Stage
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.registry import ParameterRow
from model.state import ChildRow
from model.submodels.leaving import rules as rules_leaving
from model.submodels.school import rules_tracks
from model.submodels.school.scores import after_diploma

_HAVO_BEFORE, _VWO_BEFORE = 3, 4
"""Years of a track that are behind who enters it with a diploma."""


@step
def live_school_years(
    seed: np.uint64,
    luck_key: np.uint64,
    child: ChildRow,
    stage: int,
    year: int,
    n_years: int,
    age: int,
    luck: float,
    p: ParameterRow,
) -> None:
    """Let a child that was in a year of a stage `n_years` ago go on from year to year until now.

    It may leave without startkwalificatie at the odds of its score and its Dutch, all else as
    usual; every last year ends in a diploma, and nobody repeats. `age` is that of now, in months;
    `luck` decides what the first diploma leads to.
    """
    for k in range(n_years):
        years_ago = n_years - k
        d = draw4(seed, luck_key, Block.POPULATION_SCHOOL, k)
        if child.has_startkwalificatie == 0 and d[0] < _p_left(
            child, stage, year, age - calendar.ONE * years_ago, p
        ):
            child.stage, child.left_stage, child.count_year = Stage.LEFT, stage, year
            child.left_month = calendar.SchoolMonth.OCTOBER - calendar.ONE * years_ago
            child.is_enrolled = 0
            return
        year += 1
        if year > rules_tracks.years_of_stage(stage):
            if rules_tracks.gives_startkwalificatie(stage):
                child.has_startkwalificatie = 1
            stage = after_diploma(stage, luck, p)
            luck = d[1]
            year = 1
            if stage == Stage.HAVO:
                year += _HAVO_BEFORE
            elif stage == Stage.VWO:
                year += _VWO_BEFORE
            elif stage >= Stage.QUALIFIED:
                child.stage = stage
                child.is_enrolled = 0
                return
    child.stage = stage
    child.stage_year = year


@step
def _p_left(child: ChildRow, stage: int, year: int, age: int, p: ParameterRow) -> float:
    """Return the probability of leaving in a school year that lies behind."""
    intercept = rules_leaving.leaving_intercept(
        stage=stage,
        stage_year=year,
        vo=p.leave_vo,
        vo_lower=p.leave_vo_lower,
        pro=p.leave_pro,
        mbo1=p.leave_mbo1,
        mbo2=p.leave_mbo2,
        mbo3=p.leave_mbo3,
        mbo4=p.leave_mbo4,
    )
    w_18 = p.leave_18_mbo if stage >= Stage.MBO1 else p.leave_18_vo
    return rules_leaving.p_leave_year(
        intercept=intercept,
        n_in_year_changes=0,
        w_change=0.0,
        score=child.learning_z,
        w_score=p.leave_learning,
        language=child.language_z,
        w_language=p.leave_language,
        absent_days=p.absent_normal_year,
        absent_normal=p.absent_normal_year,
        w_absent=p.leave_absent_day,
        belonging=child.belonging,
        belonging_usual=p.belonging_usual,
        w_belonging=p.leave_belonging,
        is_18=age >= calendar.EIGHTEEN,
        w_18=w_18,
        is_poor=False,
        w_poor=p.leave_poor,
        is_one_parent=False,
        w_one_parent=p.leave_one_parent,
        has_switched=False,
        w_switched=p.leave_switched,
        labour_index=p.labour_index,
        w_labour=p.leave_labour_pull,
        place=0.0,
        moves=0.0,
    )
