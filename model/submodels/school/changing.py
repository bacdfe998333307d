"""Changing school: with the home, brothers and sisters together, or for reasons of one's own."""

from __future__ import annotations

import numpy as np

from model.calendar import SchoolMonth
from model.enums import Stage
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, child_row, family_row, school_row, school_there
from model.registry import ParameterRow
from model.state import ChildRow

_FORCED = 2
_SUMMER = (SchoolMonth.JULY, SchoolMonth.AUGUST)
_MONTHS_36 = np.uint64((1 << 36) - 1)
_ONE = np.uint64(1)


@step
def change_school(w: World, i: int, c: int, month: int, luck: float, p: ParameterRow) -> bool:
    """Change school after a move; a pupil of primary school also in August, without one (e20).

    The number that decides at a move is the family's, so that its children change together; `luck`
    is the child's own. Only a change in the school year counts as in-year (e45).
    """
    family, child = family_row(w, i), child_row(w, c)
    child.school_change_months = (child.school_change_months << _ONE) & _MONTHS_36
    child.in_year_change_months = (child.in_year_change_months << _ONE) & _MONTHS_36
    if family.moved != 0:
        d = draw4(w.seed, family.key, Block.SCHOOL_MOVE, month)
        forced = family.moved == _FORCED
        chance = p.p_school_change_forced if forced else p.p_school_change_voluntary
        if family.moves_to != 0:
            chance = p.p_school_change_across
        if d[0] < chance:
            _go_to_another(w, child, month, d[1])
            if family.moves_to != 0 and child.school >= 0:
                child.school = school_there(w, family.moves_to - 1, child.school, d[1])
            return True
    is_new_year = month % 12 == SchoolMonth.AUGUST
    if is_new_year and Stage.PO1 < child.stage <= Stage.PO8 and luck < p.p_school_change_base:
        own = draw4(w.seed, child.key, Block.SCHOOL_MOVE, month)
        _go_to_another(w, child, month, own[1])
        return True
    return False


@step
def _go_to_another(w: World, child: ChildRow, month: int, luck: float) -> None:
    child.school_change_months |= _ONE
    child.school_changes_year = min(250, child.school_changes_year + 1)
    if month % 12 not in _SUMMER:
        child.in_year_change_months |= _ONE
    child.school = _other_school(w, child, luck)


@step
def _other_school(w: World, child: ChildRow, luck: float) -> int:
    """Return another school of the same kind in the municipality; they lie together in the list."""
    now = int(child.school)
    if now < 0:
        return now
    here = school_row(w, now)
    n = int(here.n_alike)
    if n <= 1:
        return now
    away = 1 + int(luck * (n - 1))
    first = int(here.first_alike)
    return first + (now - first + away) % n
