"""The month of the children of a family, from birth to leaving the count at twenty-three."""

from __future__ import annotations

from model import ages
from model.clock import SchoolMonth
from model.compiled import step
from model.enums import Stage
from model.levers import LeverRow
from model.parameters import ParameterRow
from model.steps.early_years import birth, early_month, vocabulary
from model.steps.school import enrol, fade, hours_alone, school_month
from model.steps.school_year import october, school_year
from model.world import World, child_row, family_row


@step
def children_month(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Let every child of the family that is born live its month."""
    family = family_row(w, i)
    hours, outside = hours_alone(w, i, lv, p)
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        age = month - child.birth_month
        if age < 0:
            continue
        if child.stage == Stage.UNBORN:
            if age > 0:
                continue
            birth(child)
        if child.stage >= Stage.QUALIFIED:
            if month % 12 == SchoolMonth.OCTOBER:
                october(w, i, c, age, month, p)
            continue
        if age >= ages.COUNT_UNTIL:
            child.stage = Stage.AGED_OUT
            child.is_enrolled = 0
            child.count_stage = 0
            continue
        _child_month(w, i, c, age, month, hours, outside, lv, p)


@step
def _child_month(
    w: World,
    i: int,
    c: int,
    age: int,
    month: int,
    hours: float,
    outside: float,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    child = child_row(w, c)
    fade(child, p)
    moment = month % 12
    if moment != SchoolMonth.JULY:
        school_year(w, i, c, age, month, lv, p)
    if child.stage >= Stage.QUALIFIED:
        return
    if age < ages.FOUR:
        early_month(w, i, c, age, month, lv, p)
    elif child.is_enrolled == 0:
        enrol(w, i, c, age, month, lv, p)
    if child.is_enrolled != 0:
        vocabulary(child, age, lv, p)
        school_month(w, i, c, age, month, hours, outside, lv, p)
    if moment == SchoolMonth.JULY:
        school_year(w, i, c, age, month, lv, p)
    if age == ages.FOUR:
        child.language_at_4 = child.language_z + child.gain_language
    elif age == ages.TWELVE:
        child.language_at_12 = child.language_z + child.gain_language
