"""The floor: what a month costs that only draws and touches rows, and works nothing out.

For every active family it makes as many calls of the generator for the family, its adults and its
children as the month makes on average (`counting`), with the same keys. Of every row that the month
reads and writes (the family, its adults, its children that are born and not yet twenty-three) it
reads and writes one number in each 64 bytes. It reads what acquaintances showed and the schools of
enrolled children, once each, and shows something itself. Nothing else.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.calendar import COUNT_UNTIL
from model.enums import Stage, Status
from model.kernel.compile import loop, step
from model.kernel.keys import adult_key
from model.kernel.random_numbers import draw4
from model.kernel.rows import (
    World,
    adult_row,
    child_row,
    family_row,
    next_signal_row,
    school_row,
    signal_row,
    tie_row,
)
from model.state import ADULT, CHILD, FAMILY, ChildRow, FamilyRow

_BLOCK = 100
"""A block that no process has."""

LINE_BYTES = 64


def number_in(kind: np.dtype[np.void], line: int, of: type[np.number] = np.float32) -> str:
    """Return the last field of a kind of numbers that lies in this line of 64 bytes of a row."""
    for name, (field, offset, *_) in reversed(tuple((kind.fields or {}).items())):
        if field == of and offset // LINE_BYTES == line:
            return str(name)
    message = f"line {line} of a row has no number to touch"
    raise LookupError(message)


_FAMILY_0, _FAMILY_1 = number_in(FAMILY, 0), number_in(FAMILY, 1)
_CHILD_0, _CHILD_1 = number_in(CHILD, 0), number_in(CHILD, 1)
_FAMILY_2, _CHILD_2 = number_in(FAMILY, 2, np.uint8), number_in(CHILD, 2, np.uint8)
_ADULT_0, _ADULT_1 = number_in(ADULT, 0), number_in(ADULT, 1, np.uint8)
if max(FAMILY.itemsize, CHILD.itemsize, 2 * ADULT.itemsize) > 3 * LINE_BYTES:
    raise LookupError("rows have become longer; touch each of their lines")


@loop
def floor_rows(
    w: World, month: int, n_rows: int, per_family: float, per_adult: float, per_child: float
) -> None:
    """Touch all active rows and make `per_...` calls of the generator for each, on average."""
    owed_family, owed_adult, owed_child = 0.0, 0.0, 0.0
    for i in range(n_rows):
        family: Any = family_row(w, i)  # fields by computed name
        if family.status not in (Status.IN_NL, Status.ABROAD_TEMP):
            continue
        luck, owed_family = _luck(w, family.key, month, owed_family + per_family)
        family[_FAMILY_0] += luck
        family[_FAMILY_1] += _shown(w, family)
        family[_FAMILY_2] += 1
        next_signal_row(w, i).trust = 1
        for which in range(family.n_adults):
            key = adult_key(family.key, which)
            luck, owed_adult = _luck(w, key, month, owed_adult + per_adult)
            adult: Any = adult_row(w, 2 * i + which)
            adult[_ADULT_0] += luck
            adult[_ADULT_1] += 1
        for c in range(family.first_child, family.first_child + family.n_children):
            child: Any = child_row(w, c)
            if _is_counted(child, month):
                luck, owed_child = _luck(w, child.key, month, owed_child + per_child)
                child[_CHILD_0] += luck
                child[_CHILD_1] += _school_number(w, child)
                child[_CHILD_2] += 1


@step
def _luck(w: World, key: np.uint64, month: int, owed: float) -> tuple[float, float]:
    """Make the calls that are owed; return the sum of all their draws, and what is still owed."""
    luck = 0.0
    while owed >= 1.0:
        d = draw4(w.seed, key, _BLOCK, month)
        luck += d[0] + d[1] + d[2] + d[3]
        owed -= 1.0
    return luck, owed


@step
def _shown(w: World, family: FamilyRow) -> int:
    shown = 0
    for k in range(family.first_tie, family.first_tie + family.n_ties):
        shown += signal_row(w, tie_row(w, k).row).trust
    return shown


@step
def _is_counted(child: ChildRow, month: int) -> bool:
    age = month - child.birth_month
    return bool(0 <= age < COUNT_UNTIL and child.stage < Stage.QUALIFIED)


@step
def _school_number(w: World, child: ChildRow) -> float:
    if child.is_enrolled == 0 or child.school < 0:
        return 0.0
    return float(school_row(w, child.school).contact_rank)
