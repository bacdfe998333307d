"""Months, ages and the school year, once for everybody.

The run's month 0 is the start month; the calendar counts months since the year 0. Ages are in
months. A school year runs from 1 August to 31 July (mechanism map 3b, source S94).
"""

from __future__ import annotations

import re
from enum import IntEnum

import numpy as np

from model.errors import InputError

START = "2023-08"
"""First month of every run: the start of a school year."""

MONTHS_PER_YEAR = 12
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")


class SchoolMonth(IntEnum):
    """Months of the school year, counted from August: `month % MONTHS_PER_YEAR` of a run's month.

    Not the numbers that the calendar gives them; those are in texts ('YYYY-MM') only.
    """

    AUGUST = 0
    OCTOBER = 2
    JANUARY = 5
    FEBRUARY = 6
    APRIL = 8
    JULY = 11


NEWCOMER_COUNTS = (
    SchoolMonth.OCTOBER,
    SchoolMonth.JANUARY,
    SchoolMonth.APRIL,
    SchoolMonth.JULY,
)
"""Months in which schools count pupils in their first year at a Dutch school (S31, S32)."""


def month_number(text: str) -> float:
    """Return months since year 0 for 'YYYY-MM'. Raises InputError for anything else."""
    match = _MONTH.match(text)
    if not match or not 1 <= int(match[2]) <= MONTHS_PER_YEAR:
        message = f"'{text}' is not a month; write it as YYYY-MM, for example 2028-01."
        raise InputError(message)
    return float(int(match[1]) * MONTHS_PER_YEAR + int(match[2]) - 1)


START_NUMBER = int(month_number(START))


def month_text(number: float) -> str:
    """Return 'YYYY-MM' for a month number."""
    year, month = divmod(int(number), MONTHS_PER_YEAR)
    return f"{year:04d}-{month + 1:02d}"


def school_years(years: int) -> tuple[str, ...]:
    """Return the school years of a run, in order."""
    return tuple(school_year(MONTHS_PER_YEAR * year) for year in range(years))


def school_year(index: int) -> str:
    """Return the school year of a run's month index, as '2023/24'."""
    year = 2023 + index // MONTHS_PER_YEAR
    return f"{year}/{(year + 1) % 100:02d}"


ONE, TWO_AND_A_HALF, THREE, FOUR = 12, 30, 36, 48
FIVE, SIX, TWELVE, THIRTEEN = 60, 72, 144, 156
SIXTEEN, SEVENTEEN, EIGHTEEN = 192, 204, 216
COUNT_UNTIL = 276
"""The twenty-third birthday: the end of the count of early leavers (S96)."""

SCHOOL_COMPULSORY = 61
"""The first of the month after the fifth birthday (S94)."""

FIRST_GROUP_UNTIL = 57
"""A child younger than this in August was four for less than a year and stays in group 1 (D)."""


NEVER = np.iinfo(np.int16).min
"""A run month for what has not happened, before every month of any run."""


NO_CHILD = -1
"""The age of a child that is not there."""

NOT_BORN = np.iinfo(np.int32).max
"""A run month for a birth that does not come, after every month of any run."""
