"""Target groups as a run holds them: bit sets and a range of years, and which families are in one.

A new kind of list is a field of `scenario.Target` with its line in TARGET_LISTS, a field of
`TargetRow` with its comparison here, and its words; all else goes by TARGET_LISTS.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.calendar import COUNT_UNTIL
from model.kernel.compile import step
from model.kernel.rows import World, child_row, family_row, parameter_row, reader
from model.policy.scenario import TARGET_LISTS, Target
from model.state import f8, row_dtype, u4
from model.submodels.school.letter_groups import group_of

EVERYBODY = 0xFFFFFFFF
"""All bits of a target group's set: no limit."""


class TargetRow:
    """A target group as bit sets (bit = value of the enum) and a range of years in the country."""

    municipalities: int = u4("bits of enum Municipality")
    family_types: int = u4("bits of enum FamilyType")
    letter_groups: int = u4("bits of enum LetterGroup")
    years_from: float = f8("years in the country from which a family is in the group")
    years_to: float = f8("years in the country from which it is no more")


TARGET_DTYPE = row_dtype(TargetRow)

target_row = reader("targets", TargetRow, TARGET_DTYPE)


def target_rows(targets: Sequence[Target]) -> np.ndarray:
    """Return target groups (targets,) of TARGET_DTYPE as the month loop reads them."""
    result = np.zeros(len(targets), TARGET_DTYPE)
    for row, target in zip(result, targets, strict=True):
        for name in TARGET_LISTS:
            row[name] = _bits(getattr(target, name))
        row["years_from"], row["years_to"] = target.years_in_nl or (-np.inf, np.inf)
    return result


def _bits(values: tuple[int, ...]) -> int:
    return sum(1 << int(value) for value in values) if values else EVERYBODY


@step
def is_in_group(w: World, i: int, target: TargetRow, month: int) -> bool:
    """Return whether a family is in a target group in this month."""
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
            group = group_of(family, child, age, month, parameter_row(w, month))
            if (target.letter_groups >> group) & 1:
                return True
    return False


@step
def holds_municipality(target: TargetRow, municipality: int) -> bool:
    """Return whether a whole municipality is in a target group, whatever its families are."""
    is_whole = (
        target.family_types == EVERYBODY
        and target.letter_groups == EVERYBODY
        and target.years_from == -np.inf
        and target.years_to == np.inf
    )
    return is_whole and (target.municipalities >> municipality) & 1 != 0
