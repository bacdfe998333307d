"""The month: the ordered steps of a family, as they run and as `veerkracht explain` prints them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.ages import COUNT_UNTIL
from model.compiled import step
from model.draws import Block, draw4
from model.enums import BirthCountry, Status
from model.household_ages import letter_group
from model.levers import BIT
from model.steps.children import children_month
from model.steps.contact import contact_month, show
from model.steps.housing import housing_month
from model.steps.language import language_month
from model.steps.rights import rights_month
from model.steps.stay import stay_month
from model.steps.work import work_month
from model.world import (
    TargetRow,
    World,
    child_row,
    family_row,
    lever_row,
    parameter_row,
    target_row,
)

EVERYBODY = 0xFFFFFFFF
"""All bits of a target group's set: no limit."""


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
        "A tied home is lost after the grace weeks, an agency moves a family, or it moves itself.",
        "housing",
    ),
    MonthStep(
        "stay",
        "stay_month",
        "The intention to settle moves; a family returns for a while, or leaves for good.",
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
        "Each child is born, seen by the youth health service, goes to preschool and school, is"
        " absent, learns, is advised, sits exams, and may leave without a diploma.",
        "early_years, school",
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
    p = parameter_row(w, month)
    lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
    if month % 12 == 0 and _new_school_year(w, i, month):
        return
    a = draw4(w.seed, family.key, Block.FAMILY_A, month)
    b = draw4(w.seed, family.key, Block.FAMILY_B, month)
    family.moved_months = np.uint16(family.moved_months << 1)
    work_month(w, i, month, lv, p)
    rights_month(w, i, month, lv, p)
    housing_month(w, i, month, lv, p, a[0], a[1])
    stay_month(w, i, month, lv, p, a[2], a[3])
    if family.status == Status.EMIGRATED:
        return
    contact_month(w, i, month, lv, p, b[0], b[1], b[3])
    language_month(w, i, month, lv, p, b[2])
    children_month(w, i, month, lv, p)
    if family.status == Status.IN_NL:
        show(w, i)


@step
def family_levers(w: World, i: int, month: int) -> int:
    """Return which record of the month's levers holds for a family: one bit per target group."""
    variant = 0
    for t in range(w.n_targets):
        if _is_target(w, i, target_row(w, t), month):
            variant |= 1 << t
    return variant


@step
def _is_target(w: World, i: int, target: TargetRow, month: int) -> bool:
    family = family_row(w, i)
    years = (month - family.arrival_month) / 12.0
    if not (target.municipalities >> family.municipality) & 1:
        return False
    if not (target.family_types >> family.family_type) & 1:
        return False
    if years < target.years_from or years >= target.years_to:
        return False
    if target.letter_groups == EVERYBODY:
        return True
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        age = month - child.birth_month
        if 0 <= age < COUNT_UNTIL:
            is_born_here = child.birth_country == BirthCountry.NETHERLANDS
            group = letter_group(
                age_months=age,
                is_born_here=is_born_here,
                years_in_nl=years,
                is_late=child.late_arrival != 0,
            )
            if (target.letter_groups >> group) & 1:
                return True
    return False


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
