"""Sums of what a watch sees: one ratio per year, measure, population and group."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from model.outcomes.registry import POPULATIONS, YEARS_BANDS

if TYPE_CHECKING:
    import pandas as pd

COUNT_COLUMNS = ("year", "measure", "population", "group", "numerator", "denominator")
"""Columns of what was counted; `year` is the school year of the run from 1, 0 is the start."""

AGES = (("0-3", 0, 48), ("4-11", 48, 144), ("12-17", 144, 216), ("all", 0, 216))
"""Ages of children in months, as CBS groups them for moves."""

ARRIVAL_AGES = (
    ("0-2", 0, 36),
    ("3-5", 36, 72),
    ("6-8", 72, 108),
    ("9-11", 108, 144),
    ("12+", 144, 276),
)
"""Ages on arrival in months, of children born abroad."""

MONTHS_PER_QUARTER = 3

STAY = (("1-2", 0, 24), ("3-5", 24, 60), ("6-10", 60, 120), ("11+", 120, 10_000))
"""Months in the country: the first two years, and later ones."""

YOUNG = ("0", "1", "2", "3", "4")
"""Ages in whole years of children that are not yet obliged to go to school."""

_STARTERS = ("all", "agency", "low_education")
_POLES = ("all", "registered_poles")
_AGES = tuple(name for name, _, _ in AGES)
_ARRIVALS = tuple(name for name, _, _ in ARRIVAL_AGES)

MEASURES: dict[str, tuple[str, ...]] = {
    "group_at_start": ("aged_0_4", "late_arrival", "born_here"),
    "teenagers_short_stay_at_start": ("all",),
    "born_here_of_children": ("all",),
    "permanent_after_36_months": _STARTERS,
    "permanent_after_12_months": _STARTERS,
    "flexible_after_12_months": _STARTERS,
    "self_employed_after_12_months": _STARTERS,
    "without_work_after_12_months": _STARTERS,
    "permanent_stays_quarter": ("all",),
    "permanent_out_quarter": ("all",),
    "flexible_permanent_quarter": ("all",),
    "flexible_out_quarter": ("all",),
    "self_employed_out_quarter": ("all",),
    "unemployed_hired_quarter": ("all",),
    "flexible_of_employed": _POLES,
    "in_work_of_adults": _POLES,
    "unemployed_of_seeking": _POLES,
    "over_35_hours_of_employed": _POLES,
    "own_home_of_families": _POLES,
    "independent_home_of_families": _POLES,
    "departures_by_stay": tuple(name for name, _, _ in STAY),
    "moves_of_children": _AGES,
    "emigrations_of_children": _AGES,
    "leaving_by_arrival_age": _ARRIVALS,
    "language_at_12_by_arrival_age": _ARRIVALS[:-1],
    "advice_havo_vwo_by_arrival_age": _ARRIVALS[:-1],
    "registered_when_young": YOUNG,
    "preschool_when_young": YOUNG,
    "at_school_when_young": YOUNG,
    "seen_when_young": YOUNG,
    "preschool_reach": ("all", *(name for name, _ in YEARS_BANDS)),
}
"""What a watch counts, and for which groups."""


class Tally:
    """Sums of values and how many there were; `population` holds the population of every family."""

    def __init__(self, population: np.ndarray) -> None:
        self.population = population.astype(np.int64)
        self._sums: dict[tuple[int, str, str, str], np.ndarray] = defaultdict(lambda: np.zeros(2))

    def add(
        self, year: int, measure: str, group: str, families: np.ndarray, values: np.ndarray
    ) -> None:
        """Add values (n,) that belong to families (n,), by row, to one measure and group."""
        if group not in MEASURES[measure]:
            message = f"{measure} is not counted for {group}"
            raise KeyError(message)
        population, n = self.population[families], len(POPULATIONS)
        numbers = np.bincount(population, minlength=n)
        added = np.bincount(population, weights=values, minlength=n)
        for name, numerator, denominator in zip(
            POPULATIONS, added.tolist(), numbers.tolist(), strict=True
        ):
            if denominator:
                self._sums[year, measure, name, group] += (numerator, denominator)

    def count(
        self, year: int, measure: str, group: str, families: np.ndarray, each: tuple[int, int]
    ) -> None:
        """Add `each` (numerator, denominator) for every one of families (n,), by row.

        What happens is seen every month, who it could happen to once a quarter for its months.
        """
        if group not in MEASURES[measure]:
            message = f"{measure} is not counted for {group}"
            raise KeyError(message)
        counted = np.bincount(self.population[families], minlength=len(POPULATIONS))
        for name, n in zip(POPULATIONS, counted.tolist(), strict=True):
            if n:
                self._sums[year, measure, name, group] += (each[0] * n, each[1] * n)

    def counts(self) -> pd.DataFrame:
        """Return what was counted, with columns COUNT_COLUMNS."""
        import pandas as pd

        rows = [(*key, *map(float, pair)) for key, pair in sorted(self._sums.items())]
        return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
