"""The floor: what a month costs that only draws and touches rows, and works nothing out.

For every active family it makes as many calls of the generator for the family, its adults and its
children as the month makes on average (`counting`), with the same keys. Of every row that the month
reads and writes (the family, its adults, its children that are born and not yet twenty-three) it
reads and writes one number in each 64 bytes. It reads what acquaintances showed and the schools of
enrolled children, once each, and shows something itself. Nothing else.
"""

from __future__ import annotations

import numpy as np

from model.ages import COUNT_UNTIL
from model.compiled import step
from model.draws import draw4
from model.enums import Stage, Status
from model.keys import adult_key
from model.state import ADULT, CHILD, FAMILY
from model.world import World

_IN_NL, _ABROAD = int(Status.IN_NL), int(Status.ABROAD_TEMP)
_QUALIFIED = int(Stage.QUALIFIED)
_BLOCK = 100
"""A block that no process has."""

LINE_BYTES = 64


def number_in(kind: np.dtype[np.void], line: int) -> str:
    """Return a field of four-byte floats that lies in this line of 64 bytes of a row."""
    for name, (field, offset, *_) in (kind.fields or {}).items():
        if field == np.float32 and offset // LINE_BYTES == line:
            return str(name)
    message = f"line {line} of a row has no number to touch"
    raise LookupError(message)


_FAMILY_0, _FAMILY_1 = number_in(FAMILY, 0), number_in(FAMILY, 1)
_CHILD_0, _CHILD_1 = number_in(CHILD, 0), number_in(CHILD, 1)
_ADULT_0 = number_in(ADULT, 0)
if max(FAMILY.itemsize, CHILD.itemsize, 2 * ADULT.itemsize) > 2 * LINE_BYTES:
    raise LookupError("rows have become longer; touch each of their lines")


@step
def floor_rows(
    w: World, month: int, n_rows: int, per_family: float, per_adult: float, per_child: float
) -> None:
    """Touch all active rows and make `per_...` calls of the generator for each, on average."""
    owed_family, owed_adult, owed_child = 0.0, 0.0, 0.0
    for i in range(n_rows):
        family = w.families[i]
        if family.status != _IN_NL and family.status != _ABROAD:
            continue
        owed_family += per_family
        luck = 0.0
        while owed_family >= 1.0:
            owed_family -= 1.0
            luck += _sum4(w, family.key, month)
        shown = 0
        for k in range(family.first_tie, family.first_tie + family.n_ties):
            shown += w.signals[w.ties[k], 1]
        family[_FAMILY_0] += luck
        family[_FAMILY_1] += shown
        for which in range(family.n_adults):
            adult = w.adults[2 * i + which]
            owed_adult += per_adult
            luck = 0.0
            while owed_adult >= 1.0:
                owed_adult -= 1.0
                luck += _sum4(w, adult_key(family.key, which), month)
            adult[_ADULT_0] += luck
        for c in range(family.first_child, family.first_child + family.n_children):
            child = w.children[c]
            age = month - child.birth_month
            if age < 0 or age >= COUNT_UNTIL or child.stage >= _QUALIFIED:
                continue
            owed_child += per_child
            luck = 0.0
            while owed_child >= 1.0:
                owed_child -= 1.0
                luck += _sum4(w, child.key, month)
            child[_CHILD_0] += luck
            if child.is_enrolled != 0 and child.school >= 0:
                luck += w.schools[child.school].contact_rank
            child[_CHILD_1] += luck
        w.signals_next[i, 1] = 1


@step
def _sum4(w: World, key: int, month: int) -> float:
    """Return the sum of one call's four draws, so that none is left out by the compiler."""
    d = draw4(w.seed, key, _BLOCK, month)
    return d[0] + d[1] + d[2] + d[3]
