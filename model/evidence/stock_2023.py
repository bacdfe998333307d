"""The stock of mid-2023: registered children of EU-11 origin by age and by age on arrival.

From an account of births, arrivals and leaving since 1990 that was fitted to 21 published figures
(docs/population.md; grade D, derived). Ages are at mid-2023; ages on arrival are those on
31 December of the year, as CBS gives them.
"""

from __future__ import annotations

from typing import NamedTuple

ARRIVED_FROM = (0, 4, 8, 12, 15)
"""Ages from which the classes by age on arrival run."""


class Band(NamedTuple):
    """Ages from `first` up to `end`: children born here, and by age on arrival (`ARRIVED_FROM`)."""

    first: int
    end: int
    born_here: int
    arrived: tuple[int, ...]


BORN_HERE_0_4 = (5491, 5346, 5202, 5067, 4839)
"""Children born here, by single year of age from 0."""

BANDS = (
    Band(0, 5, sum(BORN_HERE_0_4), (4044, 297)),
    Band(5, 12, 23_370, (4875, 5276, 2050)),
    Band(12, 13, 2076, (498, 599, 682, 192)),
    Band(13, 18, 7624, (1885, 2370, 2620, 2024, 1213)),
    Band(18, 23, 4682, (646, 1446, 1729, 1386, 2061)),
)
"""The stock by age: 87,640 children under 18 and 11,950 of 18 to 22."""

FAMILIES_WITH_MINORS = 58_200
SIZES = (0.56, 0.38, 0.06)
"""Families with a child under eighteen, and the shares that have 1, 2, and 3 or more of them.

Within their ranges such that families and the children of the table agree."""

MINORS, YOUNG_ADULTS = (
    sum(band.born_here + sum(band.arrived) for band in bands) for bands in (BANDS[:4], BANDS[4:])
)
"""Children under 18, and young people of 18 to 22."""

AGED_0_4 = BANDS[0].born_here + sum(BANDS[0].arrived)
BORN_HERE_5_17 = sum(band.born_here for band in BANDS[1:4])
"""Children of the kinds of the letter's first and third group."""
