"""Who is at home, and who at school: children are counted once for all steps that ask."""

from __future__ import annotations

from typing import NamedTuple

from model import calendar
from model.kernel.compile import step
from model.kernel.rows import World, child_row, family_row, school_row
from model.registry import LeverRow
from model.submodels.contact import rules as contact_rules

_NO_CHILD = 1200
"""Age in months of the youngest where no child is born: older than any."""


class AtHome(NamedTuple):
    """Counts of a family when a month begins.

    `persons` are its adults and its children under twenty-three, `persons_before` the same a month
    ago; `young` are under eighteen, `of_school_age` five to seventeen. `youngest` is the age of the
    youngest child in months.
    """

    persons: int
    persons_before: int
    young: int
    of_school_age: int
    youngest: int


class AtSchool(NamedTuple):
    """How many children are `enrolled`, and how many `with_contact`: a person of the school."""

    enrolled: int
    with_contact: int


@step
def at_home(w: World, i: int, month: int) -> AtHome:
    """Count who is at home, in one pass: at the end of each the processor guesses wrong."""
    family = family_row(w, i)
    n, before, young, of_school_age, youngest = 0, 0, 0, 0, _NO_CHILD
    for c in range(family.first_child, family.first_child + family.n_children):
        age = month - child_row(w, c).birth_month
        n += int(0 <= age < calendar.COUNT_UNTIL)
        before += int(1 <= age <= calendar.COUNT_UNTIL)
        young += int(0 <= age < calendar.EIGHTEEN)
        of_school_age += int(calendar.FIVE <= age < calendar.EIGHTEEN)
        youngest = min(youngest, age if age >= 0 else _NO_CHILD)
    adults = int(family.n_adults)
    return AtHome(adults + n, adults + before, young, of_school_age, youngest)


@step
def at_school(w: World, i: int, lv: LeverRow) -> AtSchool:
    """Count who is at school now; a move may just have taken children out of it."""
    family = family_row(w, i)
    enrolled, with_contact = 0, 0
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        is_enrolled = int(child.is_enrolled != 0)
        enrolled += is_enrolled
        rank = school_row(w, max(0, child.school)).contact_rank
        is_covered = contact_rules.is_covered(rank, lv.school_contact_share)
        with_contact += is_enrolled * int(child.school >= 0) * int(is_covered)
    return AtSchool(enrolled, with_contact)
