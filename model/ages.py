"""Ages in months at which something in law, at school or in the model changes."""

from __future__ import annotations

ONE, TWO_AND_A_HALF, THREE, FOUR = 12, 30, 36, 48
FIVE, SIX, TWELVE, THIRTEEN = 60, 72, 144, 156
SIXTEEN, SEVENTEEN, EIGHTEEN = 192, 204, 216
COUNT_UNTIL = 276
"""The twenty-third birthday: the end of the count of early leavers (S96)."""

SCHOOL_COMPULSORY = 61
"""The first of the month after the fifth birthday (S94)."""

FIRST_GROUP_UNTIL = 57
"""A child younger than this in August was four for less than a year and stays in group 1 (D)."""
