"""Which numbers are drawn together: none, all of them, or those of a grade of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

LUCK, EVERY = "luck", "all"


@dataclass(frozen=True, slots=True)
class Set:
    """Numbers that are drawn from their priors together, in so many worlds; all others stay.

    Draws are numbered from `first`, so that two sets that share numbers do not share draws.
    """

    name: str
    numbers: tuple[str, ...]
    n_worlds: int
    first: int = 1


def sets(ledger: Mapping[str, Parameter] = BY_PARAMETER) -> tuple[Set, ...]:
    """Return all sets: luck alone, everything, and each grade."""
    free = [row for row in ledger.values() if row.is_free]
    assumed = [row for row in free if row.grade == "D"]
    return (
        Set(LUCK, (), 40),
        Set(EVERY, _names(free), 40, first=1001),
        Set("D", _names(assumed), 40),
        Set("C", _names(row for row in free if row.grade == "C"), 12),
        Set("AB", _names(row for row in free if row.grade in "AB"), 12),
    )


def _names(rows: Iterable[Parameter]) -> tuple[str, ...]:
    return tuple(row.name for row in rows)
