"""The month: the ordered steps of a family, as they run and as `veerkracht explain` prints them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model import calendar
from model.calendar import COUNT_UNTIL, SchoolMonth
from model.enums import Stage, Status
from model.kernel.compile import step
from model.kernel.keys import border_rank
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import (
    World,
    child_row,
    family_row,
    lever_row,
    parameter_row,
)
from model.policy.target_group import is_in_group, target_row
from model.registry import BIT, LeverRow, ParameterRow
from model.submodels.at_home import at_home, at_school
from model.submodels.care.steps import care_month
from model.submodels.contact.steps import contact_month, show
from model.submodels.early_years.steps import birth, early_month, vocabulary
from model.submodels.housing.across import settle
from model.submodels.housing.rules import is_border_family_counted
from model.submodels.housing.steps import housing_month
from model.submodels.language.steps import language_month
from model.submodels.leaving.steps import come_back, october
from model.submodels.rights.steps import rights_month
from model.submodels.school.month import enrol, fade, school_month
from model.submodels.school.year import school_year
from model.submodels.stay.steps import stay_month
from model.submodels.work.jobs import work_month


@dataclass(frozen=True, slots=True)
class MonthStep:
    """One step of the month: its function, what it says of the world, and its rules."""

    name: str
    function: str
    sentence: str
    rules: str


MONTH: tuple[MonthStep, ...] = (
    MonthStep(
        "policy",
        "family_levers",
        "The levers and parameters of the month are read; a target group has its own.",
        "",
    ),
    MonthStep(
        "school year",
        "_new_school_year",
        "In August counters start anew; a family whose youngest is 23 leaves the count.",
        "",
    ),
    MonthStep(
        "work",
        "work_month",
        "Each adult works, loses or finds a job, meets the limits of agency phases and the"
        " chain rule; hours, income and roster follow.",
        "work",
    ),
    MonthStep(
        "rights",
        "rights_month",
        "A bad employer may withhold wage or put a family out; a claim may set it right.",
        "rights",
    ),
    MonthStep(
        "housing",
        "housing_month",
        "A tied home is lost after the grace weeks or comes with an agency job, a social home is"
        " let, or a family moves itself, perhaps to another municipality or out of the register.",
        "housing",
    ),
    MonthStep(
        "stay",
        "stay_month",
        "A family plans to stay or gives it up; it returns for a while, or leaves for good; its"
        " match is counted no more when demography has it leave.",
        "stay",
    ),
    MonthStep(
        "contact",
        "contact_month",
        "Information points, key persons, other families and schools change knowledge and"
        " trust; a family registers and finds care.",
        "contact",
    ),
    MonthStep(
        "language",
        "language_month",
        "Parents learn Dutch by living here, and in courses of municipality, employer or a loan.",
        "language",
    ),
    MonthStep(
        "children",
        "children_month",
        "Who minds the children is settled; each child is born, seen by the youth health service,"
        " goes to preschool and school, is absent, learns, is advised, sits exams, and may leave"
        " without a diploma.",
        "care, early_years, school",
    ),
    MonthStep(
        "show",
        "show",
        "The family shows others what they will see next month: is it informed, does it trust.",
        "",
    ),
)
"""The order of a month; a test holds it against the code of `family_month`."""


@step
def family_month(w: World, i: int, month: int) -> None:
    """Let family `i` live one month of the run; nothing happens to a family that is not there."""
    family = family_row(w, i)
    if family.status not in (Status.IN_NL, Status.ABROAD_TEMP):
        return
    if family.moves_to != 0:
        settle(w, i, month)
    p = parameter_row(w, month)
    lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
    if month % 12 == 0 and _new_school_year(w, i, month):
        return
    a = draw4(w.seed, family.key, Block.FAMILY_A, month)
    b = draw4(w.seed, family.key, Block.FAMILY_B, month)
    e = draw4(w.seed, family.key, Block.FAMILY_C, month)
    family.moved_months = np.uint16(family.moved_months << 1)
    home = at_home(w, i, month)
    work_month(w, i, month, home.young, lv, p)
    rights_month(w, i, month, lv, p)
    housing_month(w, i, month, home, lv, p, a[0], a[1], e[1])
    school = at_school(w, i, lv)
    stay_month(w, i, month, home, school.enrolled, lv, p, a[2], e[0])
    if family.status not in (Status.IN_NL, Status.ABROAD_TEMP):
        return
    contact_month(w, i, month, school.with_contact, lv, p, b[0], b[1], b[3])
    language_month(w, i, month, lv, p, b[2])
    children_month(w, i, month, lv, p)
    if family.status == Status.IN_NL:
        show(w, i)


@step
def family_levers(w: World, i: int, month: int) -> int:
    """Return which record of the month's levers holds for a family: one bit per target group."""
    variant = 0
    for t in range(w.n_targets):
        if is_in_group(w, i, target_row(w, t), month):
            variant |= 1 << t
    return variant


@step
def _new_school_year(w: World, i: int, month: int) -> bool:
    """Start the counters of a school year; return whether the family has left the count."""
    family = family_row(w, i)
    # Where a family lives, on this side of the border or the other, is settled once and lasts.
    family.touched &= BIT.border_family_share
    family.voluntary_moves_year = 0
    family.forced_moves_year = 0
    has_child = False
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        child.touched = np.uint64(0)
        if month - child.birth_month < COUNT_UNTIL:
            has_child = True
    if not has_child:
        family.status = Status.AGED_OUT
    return not has_child


@step
def children_month(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Let every child of the family that is born live its month."""
    family = family_row(w, i)
    hours, outside = care_month(w, i, month, lv, p)
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
            elif child.stage == Stage.LEFT:
                come_back(w, i, c, age, month, lv, p)
            continue
        if age >= calendar.COUNT_UNTIL:
            child.stage = Stage.AGED_OUT
            child.is_enrolled = 0
            child.count_stage = 0
            child.risk_stage = 0
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
    if age < calendar.FOUR:
        early_month(w, i, c, age, month, lv, p)
    elif child.is_enrolled == 0:
        enrol(w, i, c, age, month, lv, p)
    if child.is_enrolled != 0:
        vocabulary(child, age, lv, p)
        school_month(w, i, c, age, month, hours, outside, lv, p)
    if moment == SchoolMonth.JULY:
        school_year(w, i, c, age, month, lv, p)
    if age == calendar.FOUR:
        child.language_at_4 = child.language_z + child.gain_language
    elif age == calendar.TWELVE:
        child.language_at_12 = child.language_z + child.gain_language


@step
def comes(w: World, i: int, month: int) -> bool:
    """Return whether a family comes in: across the border while policy counts so many (485-488)."""
    family = family_row(w, i)
    if family.is_border == 0:
        return True
    lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
    rank = border_rank(w.seed, family.key)
    return bool(is_border_family_counted(rank, lv.border_family_share))


@step
def enter(w: World, i: int, month: int) -> None:
    """Bring in a family, if it comes."""
    if not comes(w, i, month):
        return
    family = family_row(w, i)
    family.status = Status.IN_NL
    if family.is_border != 0:
        lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
        family.touched |= lv.active & BIT.border_family_share
