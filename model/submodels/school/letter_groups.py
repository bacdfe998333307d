"""Which of the three groups of the letter a child belongs to."""

from __future__ import annotations

from model import calendar
from model.enums import LetterGroup
from model.kernel.compile import rule

STAY_LATE_YEARS = 5
"""A late arrival is less than this long here (letter, lines 108-110; S2)."""


@rule
def letter_group(age_months: int, is_born_here: bool, years_in_nl: float, is_late: bool) -> int:
    """Return the letter's group of a child (lines 105-114; S2) at its present age and stay.

    Group 1 is aged 0-4; group 3 was born here; group 2 is 13 or older and less than five years
    here. Who arrived at twelve or older (`is_late`) stays in group 2, and who was born here in
    group 3, when past 17: the letter counts minors, early school leaving runs to 23. All others
    are OTHER.
    """
    if age_months < calendar.FIVE:
        return LetterGroup.AGED_0_4
    if is_born_here:
        return LetterGroup.BORN_HERE
    if age_months >= calendar.THIRTEEN and (
        is_late or (years_in_nl < STAY_LATE_YEARS and age_months < calendar.EIGHTEEN)
    ):
        return LetterGroup.LATE_ARRIVAL
    return LetterGroup.OTHER
