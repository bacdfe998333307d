"""Rows of a state by family: whose children they are, a family's own rows, what differs."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from model.row_bytes import solid
from model.state import ADULTS, State

MARK = "touched"
"""The bits of levers that reached somebody: a note for reports, which no rule reads."""


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """The rows of one family: itself (1,), its adults (2,), its children (n,)."""

    families: np.ndarray
    adults: np.ndarray
    children: np.ndarray

    def differ(self, other: FamilyRows) -> bool:
        """Return whether anything but the marks differs."""
        return any(
            bool(rows_differ(getattr(self, field.name), getattr(other, field.name)).any())
            for field in fields(self)
        )

    def marks(self) -> int:
        """Return the bits of the levers that touched the family or a child this school year."""
        children = np.bitwise_or.reduce(self.children[MARK], initial=np.uint64(0))
        return int(self.families[MARK][0] | children)


def places_of(state: State, row: int) -> dict[str, slice]:
    """Return where the rows of a family lie in the arrays of the state."""
    family = state.families[row]
    first = int(family["first_child"])
    return {
        "families": slice(row, row + 1),
        "adults": slice(ADULTS * row, ADULTS * (row + 1)),
        "children": slice(first, first + int(family["n_children"])),
    }


def rows_of(state: State, row: int) -> FamilyRows:
    """Return a copy of the rows of a family."""
    found = {name: getattr(state, name)[where] for name, where in places_of(state, row).items()}
    return FamilyRows(**{name: rows.copy() for name, rows in found.items()})


def family_of_child(state: State) -> np.ndarray:
    """Return the row of the family of every child; -1 for rows that belong to none."""
    counts = state.families["n_children"].astype(np.int64)
    owners = np.repeat(np.arange(state.families.size), counts)
    first = np.repeat(state.families["first_child"].astype(np.int64), counts)
    within = np.arange(owners.size) - np.repeat(np.cumsum(counts) - counts, counts)
    result = np.full(state.children.size, -1)
    result[first + within] = owners
    return result


def rows_differ(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return for every row of two structured arrays whether a field other than the mark differs."""
    return np.asarray((_bytes(ours) != _bytes(theirs)).any(axis=1))


def _bytes(array: np.ndarray) -> np.ndarray:
    """Return the bytes of each row (rows, item size), with the mark wiped out."""
    result = solid(array).copy()
    if array.dtype.fields is not None and MARK in array.dtype.fields:
        kind, offset = array.dtype.fields[MARK][:2]
        result[:, offset : offset + kind.itemsize] = 0
    return result
