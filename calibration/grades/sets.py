"""Which numbers are drawn together: those of a grade, all of them, or assumed ones of a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "work": ("work",),
    "housing": ("housing",),
    "stay": ("stay",),
    "rights": ("rights", "care"),
    "contact": ("contact", "network"),
    "early_years": ("early_years",),
    "language": ("language",),
    "school": ("school",),
    "population": ("population",),
}
"""Subjects of assumed numbers, each with the rooms of the model whose numbers are meant."""

LUCK, EVERY = "luck", "all"

SUBJECT_WORLDS = 0
"""Worlds of each subject; with none no subject is lived."""


@dataclass(frozen=True, slots=True)
class Set:
    """Numbers that are drawn from their priors together, in so many worlds; all others stay.

    Draws are numbered from `first`, so that two sets that share numbers do not share draws.
    """

    name: str
    numbers: tuple[str, ...]
    worlds: int
    first: int = 1

    @property
    def subject(self) -> str:
        """The subject of assumed numbers, empty for another set."""
        return self.name.partition(":")[2]


def sets(ledger: Mapping[str, Parameter] = BY_PARAMETER) -> tuple[Set, ...]:
    """Return all sets: luck alone, everything, each grade, and grade D by subject."""
    free = [row for row in ledger.values() if row.is_free]
    of_subject = {room: name for name, rooms in SUBJECTS.items() for room in rooms}
    assumed = [row for row in free if row.grade == "D"]
    return (
        Set(LUCK, (), 40),
        Set(EVERY, _names(free), 40, first=1001),
        Set("D", _names(assumed), 40),
        Set("C", _names(row for row in free if row.grade == "C"), 16),
        Set("AB", _names(row for row in free if row.grade in "AB"), 16),
        *(
            Set(
                f"D:{name}",
                _names(row for row in assumed if of_subject[row.name.partition(".")[0]] == name),
                SUBJECT_WORLDS,
                first=2001 + 100 * place,
            )
            for place, name in enumerate(SUBJECTS)
            if SUBJECT_WORLDS
        ),
    )


def _names(rows: Iterable[Parameter]) -> tuple[str, ...]:
    return tuple(row.name for row in rows)
