"""Sums of what a watch sees: one ratio per year, measure, population and group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.outcomes.registry import POPULATIONS, YEARS_BANDS

N_POPULATIONS = len(POPULATIONS)

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
    "minors_per_family_at_start": ("all",),
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
    "leaving_vo_by_part": ("first_years", "later_years", "later_vmbo", "later_havo_vwo"),
    "leaving_by_poverty": ("poor", "not_poor"),
    "advice_from_gt_by_income": ("highest_fifth", "all"),
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
    """Sums of values and how many there were: `numbers` is what is there of every measure.

    `numbers[measure]` is (groups, years + 1, populations, 2): what was added up and of how many, by
    the groups of MEASURES and the school years of the run; year 0 is its start.
    """

    def __init__(self, population: np.ndarray, years: int) -> None:
        """Make a tally of families (n,) with their populations, for a run of some years."""
        self.population = population.astype(np.int64)
        self.numbers = {
            measure: np.zeros((len(groups), years + 1, N_POPULATIONS, 2))
            for measure, groups in MEASURES.items()
        }

    def add(
        self, year: int, measure: str, group: str, families: np.ndarray, values: np.ndarray
    ) -> None:
        """Add values (n,) that belong to families (n,), by row, to one measure and group."""
        if group not in MEASURES[measure]:
            message = f"{measure} is not counted for {group}"
            raise KeyError(message)
        sums = self.numbers[measure][MEASURES[measure].index(group), year]
        sums[:, 0] += self.population_of(families, values)
        sums[:, 1] += self.population_of(families)

    def population_of(self, families: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        """Return sums of values, or how many, by population of families (n,) by row."""
        return np.bincount(self.population[families], weights=values, minlength=N_POPULATIONS)

    def put(self, year: int, measure: str, sums: np.ndarray | float, n: np.ndarray | float) -> None:
        """Add to all groups of a measure what adds up, and of how many: (groups, populations) each.

        Raises ValueError for another number of groups.
        """
        numbers = self.numbers[measure][:, year]
        numbers[:, :, 0] += sums
        numbers[:, :, 1] += n

    def by(
        self, which: np.ndarray, n: int, families: np.ndarray, values: np.ndarray | None = None
    ) -> np.ndarray:
        """Return sums of values, or how many, by group and population (n, populations).

        `which` (m,) is the group of each value from 0 to n - 1; what has n or more is left out.
        """
        place = which * N_POPULATIONS + self.population[families]
        length = n * N_POPULATIONS
        return np.bincount(place, weights=values, minlength=length)[:length].reshape(n, -1)


class Gathered:
    """Arrays that belong together, gathered month by month until a year of them is added up."""

    def __init__(self) -> None:
        self._parts: list[tuple[np.ndarray, ...]] = []

    def add(self, *arrays: np.ndarray) -> None:
        """Gather arrays of one length (n,), as many as at other times."""
        if arrays[0].size:
            self._parts.append(arrays)

    def take(self) -> Iterator[tuple[np.ndarray, ...]]:
        """Yield once each array of what was gathered, and begin anew; not at all for nothing."""
        parts, self._parts = self._parts, []
        if parts:
            yield tuple(np.concatenate(one) for one in zip(*parts, strict=True))


def band_of(values: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return in which band values (n,) lie: 0 from the first end on, to below the second.

    What lies below the first end or not below the last has the number of bands.
    """
    band = np.searchsorted(ends, values, side="right") - 1
    return np.where(band < 0, ends.size - 1, band)


def ends_of(bands: tuple[tuple[str, int, int], ...]) -> np.ndarray:
    """Return the ends of bands that follow each other (name, low, high), the last one too."""
    return np.array([*(low for _, low, _ in bands), bands[-1][2]])
