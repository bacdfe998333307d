"""Out of sight and across the border of a municipality: what a move takes away, and what stays."""

from __future__ import annotations

from model import calendar
from model.calendar import NEVER
from model.enums import Municipality, Stage
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import (
    N_PLACES,
    World,
    child_row,
    family_row,
    key_person_row,
    place_row,
    school_there,
)
from model.registry import ParameterRow
from model.state import FamilyRow, PlaceRow
from model.submodels.housing import rules

_OF_MUNICIPALITY = 1
"""Who pays a course that ends when the family leaves the municipality (`family.course_funder`)."""


@step
def is_struck_off(w: World, i: int, month: int, p: ParameterRow) -> None:
    """A forced move may end registration; children then leave preschool and school (e15).

    They are out of sight until the family registers and enrols them again, in the month's usual
    ways; what they had learned and the group they were in stay.
    """
    family = family_row(w, i)
    d = draw4(w.seed, family.key, Block.MOVE_AWAY, month)
    if family.is_registered == 0 or d[2] >= p.p_off_register:
        return
    family.is_registered = 0
    _leaves_places(w, family)
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        if month - child.birth_month < calendar.EIGHTEEN:
            child.is_enrolled = 0


@step
def goes_elsewhere(w: World, i: int, month: int, youngest: float, p: ParameterRow) -> None:
    """A move may lead to another municipality, where the family lives from next month on.

    Families go where families are. Who lives across the border of the country stays there.
    """
    family = family_row(w, i)
    if family.is_border != 0 or family.municipality == Municipality.BORDER:
        return
    d = draw4(w.seed, family.key, Block.MOVE_AWAY, month)
    share = rules.share_across(
        youngest_years=youngest, share_0_3=p.p_move_across_0_3, share_4=p.p_move_across_4
    )
    if d[0] >= share:
        return
    # The rest of the country has many municipalities, each of the seven is one.
    left = -1 if family.municipality == Municipality.OTHER_NL else int(family.municipality)
    luck = d[1] * (1.0 - (place_row(w, left).movers_share if left >= 0 else 0.0))
    reached = 0.0
    for k in range(N_PLACES):
        if k == left:
            continue
        reached += place_row(w, k).movers_share
        if luck < reached:
            family.moves_to = 1 + k
            return


@step
def settle(w: World, i: int, month: int) -> None:
    """Live in the municipality to which the family moved last month.

    Acquaintances stay. Places in line, in preschool and in courses of the old municipality are
    lost, and a key person is one of the new municipality, if there is one of the same language.
    """
    family = family_row(w, i)
    place = place_row(w, family.moves_to - 1)
    family.municipality = family.moves_to - 1
    family.moves_to = 0
    d = draw4(w.seed, family.key, Block.SETTLE, month)
    family.region = place.first_region + int(d[0] * place.n_regions)
    family.key_person = _key_person_there(w, family, place, d[1])
    family.listed_month = NEVER
    _leaves_places(w, family)
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        if child.school >= 0 and child.is_enrolled == 0:
            child.school = school_there(w, family.municipality, child.school, d[2])


@step
def _leaves_places(w: World, family: FamilyRow) -> None:
    """Give up what a municipality gives: a place in line, in a course of its own, in preschool."""
    family.course_wait = 0
    if family.course_funder == _OF_MUNICIPALITY:
        family.course_hours_left = 0.0
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        child.ve_wait = 0
        if child.stage == Stage.VE:
            child.stage = Stage.HOME


@step
def _key_person_there(w: World, family: FamilyRow, place: PlaceRow, luck: float) -> int:
    """Return the row of a key person of the family's language, -1 for none or who never had one."""
    if family.key_person < 0:
        return -1
    first = int(place.first_key_person)
    last = first + int(place.n_key_persons)
    n = 0
    for k in range(first, last):
        n += key_person_row(w, k).home_language == family.home_language
    which = int(luck * n)
    for k in range(first, last):
        if key_person_row(w, k).home_language == family.home_language:
            if which == 0:
                return k
            which -= 1
    return -1
