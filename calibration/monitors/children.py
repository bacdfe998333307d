"""Watching children: moves, emigration, preschool, and how age on arrival works out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calibration.monitors.measures import (
    AGES,
    ARRIVAL_AGES,
    MEASURES,
    MONTHS_PER_QUARTER,
    N_POPULATIONS,
    YOUNG,
    Gathered,
    Tally,
    band_of,
    ends_of,
)
from model.calendar import MONTHS_PER_YEAR
from model.enums import BirthCountry, Eligibility, LetterGroup, Stage, Track
from model.outcomes.registry import YEARS_BANDS
from model.state import State

_FOUR, _TWELVE, _ADULT = 4 * 12, 12 * 12, 18 * 12
_TEENS = (13 * 12, 19 * 12)
_SHORT_STAY = 5 * 12
_FIRST_YEARS = 2
"""Years of secondary school in which pupils of all tracks are counted as one."""
_FOUR_FIFTHS = 0.8
_SINGLE_AGES = AGES[:-1]
"""Those that follow each other; the last of AGES is all of them."""
_AGE_ENDS, _ARRIVAL_ENDS = ends_of(_SINGLE_AGES), ends_of(ARRIVAL_AGES)
_BAND_ENDS = np.array([-np.inf, *(end for _, end in YEARS_BANDS)])


class ChildrenWatch:
    """Counts children in one run."""

    def __init__(self, state: State, tally: Tally) -> None:
        self.state = state
        self.tally = tally
        self.first_child = state.families["first_child"].astype(np.int64)
        self.n_children = state.families["n_children"].astype(np.int64)
        family = np.repeat(np.arange(state.families.size), self.n_children)
        self.family = family[np.argsort(self.first_child[family], kind="stable")]
        self.birth_month = state.children["birth_month"].astype(np.int64)
        self.by_birth = np.argsort(self.birth_month, kind="stable")
        self.births = self.birth_month[self.by_birth]
        self.family_by_birth = self.family[self.by_birth]
        self.entry_month = state.families["entry_month"].astype(np.int64)
        self.moved, self.twelve, self.four = Gathered(), Gathered(), Gathered()

    def start(self) -> None:
        """Count minors at the start; of those in the letter's groups, which, and teenagers."""
        children = self.state.children
        age = -children["birth_month"].astype(np.int64)
        there = (self.family < self.state.entries[0]) & (age >= 0) & (age < _ADULT)
        families = np.arange(self.state.entries[0])
        minors = np.bincount(self.family[there], minlength=families.size)
        self.tally.add(0, "minors_per_family_at_start", "all", families, minors)
        there &= children["letter_group"] != LetterGroup.OTHER
        family = self.family[there]
        for group in (LetterGroup.AGED_0_4, LetterGroup.LATE_ARRIVAL, LetterGroup.BORN_HERE):
            is_in = children["letter_group"][there] == group
            self.tally.add(0, "group_at_start", group.name.lower(), family, is_in)
        is_short = (age >= _TEENS[0]) & (age < _TEENS[1])
        is_short &= self.entry_month[self.family] > -_SHORT_STAY
        self.tally.add(0, "teenagers_short_stay_at_start", "all", family, is_short[there])

    def month(self, month: int, here: np.ndarray) -> None:
        """Note who moved, and what children are when they turn 4 and 12.

        `here` (n,) says which families are in the country.
        """
        children = self.state.children
        moved = np.flatnonzero(self.state.families["moved"])
        moved = moved[here[moved]]
        self.moved.add(moved, np.full(moved.size, month))
        twelve = self._turning(_TWELVE, month)
        language = children["language_at_12"][twelve]
        is_counted = here[self.family[twelve]] & ~np.isnan(language)
        self.twelve.add(twelve[is_counted], language[is_counted])
        four = self._turning(_FOUR, month)
        four = four[here[self.family[four]]]
        four = four[children["ve_eligible"][four] == Eligibility.YES]
        self.four.add(four, np.full(four.size, month), children["ve_hours"][four] > 0.0)

    def year(self, year: int) -> None:
        """Add up what was noted in the months of a school year."""
        for families, months in self.moved.take():
            self._happened(year, "moves_of_children", families, months)
        for rows, language in self.twelve.take():
            self._by_arrival(year, "language_at_12_by_arrival_age", rows, language)
        for rows, months, went in self.four.take():
            self._preschool(year, rows, months, went)

    def departed(self, year: int, families: np.ndarray, months: np.ndarray) -> None:
        """Add the children of families (k,) that left the country in some months (k,) of a year."""
        self._happened(year, "emigrations_of_children", families, months)

    def quarter(self, month: int, year: int, here: np.ndarray) -> None:
        """Count the months of a quarter that children live here, by age, from its first month."""
        there = np.zeros((len(AGES), N_POPULATIONS))
        for k, (_, low, high) in enumerate(_SINGLE_AGES):
            family = self.family_by_birth[self._born(month, low, high)]
            there[k] = self.tally.population_of(family[here[family]])
        there[-1] = there[:-1].sum(axis=0)
        for measure in ("moves_of_children", "emigrations_of_children"):
            self.tally.put(year, measure, 0.0, MONTHS_PER_QUARTER * there)

    def _happened(self, year: int, measure: str, families: np.ndarray, months: np.ndarray) -> None:
        """Add what happened to the children of families (k,) in some months (k,), by age."""
        rows, month = self._children_of(families), np.repeat(months, self.n_children[families])
        age = band_of(month - self.birth_month[rows], _AGE_ENDS)
        counted = self.tally.by(age, len(_SINGLE_AGES), self.family[rows])
        happened = MONTHS_PER_YEAR * np.vstack((counted, counted.sum(axis=0)))
        self.tally.put(year, measure, happened, 0.0)

    def _children_of(self, families: np.ndarray) -> np.ndarray:
        """Return the rows of the children, later births included, of families (k,)."""
        n = self.n_children[families]
        before = np.repeat(np.cumsum(n) - n, n)
        rows: np.ndarray = (
            np.repeat(self.first_child[families], n) + np.arange(before.size) - before
        )
        return rows

    def _born(self, month: int, low: int, high: int) -> slice:
        """Return where in the order of birth those from `low` to below `high` months old stand."""
        first, end = np.searchsorted(self.births, (month - high + 1, month - low + 1)).tolist()
        return slice(first, end)

    def _turning(self, age: int, month: int) -> np.ndarray:
        """Return the rows of the children who become so many months old in a month."""
        return np.sort(self.by_birth[self._born(month, age, age + 1)])

    def _here(self, month: int, end: int, here: np.ndarray) -> np.ndarray:
        """Return the rows of the children of families that are here, to below an age in months."""
        which = self._born(month, 0, end)
        rows: np.ndarray = self.by_birth[which][here[self.family_by_birth[which]]]
        return rows

    def leaving(self, year: int, here: np.ndarray) -> None:
        """Add the yearly hazard of leaving after the count of 1 October.

        By age on arrival, by poverty, and by year and track of secondary school.
        """
        children = self.state.children
        at_risk = here[self.family] & (children["risk_stage"] >= Stage.ISK)
        rows = np.flatnonzero(at_risk)
        hazard = children["vsv_hazard_year"][rows]
        self._by_arrival(year, "leaving_by_arrival_age", rows, hazard)
        is_poor = self.state.families["is_poor"][self.family[rows]] != 0
        self._of(year, "leaving_by_poverty", {"poor": is_poor, "not_poor": ~is_poor}, rows, hazard)
        stage = children["risk_stage"][rows]
        in_track = (stage >= Stage.PRO) & (stage <= Stage.VWO)
        is_later = in_track & (children["risk_year"][rows] > _FIRST_YEARS)
        parts = {
            "first_years": in_track & ~is_later,
            "later_years": is_later,
            "later_vmbo": is_later & (stage >= Stage.VMBO_B) & (stage < Stage.HAVO),
            "later_havo_vwo": is_later & (stage >= Stage.HAVO),
        }
        self._of(year, "leaving_vo_by_part", parts, rows, hazard)

    def _of(
        self,
        year: int,
        measure: str,
        groups: Mapping[str, np.ndarray],
        rows: np.ndarray,
        values: np.ndarray,
    ) -> None:
        """Add values (k,) of children (k,) by row to each group of which they are (k,)."""
        for group, is_in in groups.items():
            self.tally.add(year, measure, group, self.family[rows[is_in]], values[is_in])

    def july(self, month: int, year: int, here: np.ndarray) -> None:
        """Count who of the children under 18 was born here, and the advices of group 8."""
        children = self.state.children
        advised = here[self.family] & (children["stage"] == Stage.PO8) & (children["advice"] > 0)
        rows = np.flatnonzero(advised)
        is_high = children["advice"][rows] > Track.HAVO
        self._by_arrival(year, "advice_havo_vwo_by_arrival_age", rows, is_high)
        self._of(
            year,
            "advice_from_gt_by_income",
            {"highest_fifth": self._highest_fifth(rows), "all": np.ones(rows.size, dtype=bool)},
            rows,
            children["advice"][rows] > Track.VMBO_GT,
        )
        rows = self._here(month, _ADULT, here)
        is_born_here = children["birth_country"][rows] == BirthCountry.NETHERLANDS
        self.tally.add(year, "born_here_of_children", "all", self.family[rows], is_born_here)
        self._young(month, year, here)

    def _highest_fifth(self, rows: np.ndarray) -> np.ndarray:
        """Return who of some children (k,) by row is in the highest fifth of incomes of its own."""
        income = self.state.families["income_12m_eur"][self.family[rows]]
        population = self.tally.population[self.family[rows]]
        is_high = np.zeros(rows.size, dtype=bool)
        for one in np.unique(population):
            is_one = population == one
            is_high[is_one] = income[is_one] >= np.quantile(income[is_one], _FOUR_FIFTHS)
        return is_high

    def _young(self, month: int, year: int, here: np.ndarray) -> None:
        """Count by whom children of 0 to 4 are seen, by age."""
        children, families = self.state.children, self.state.families
        young = self._here(month, MONTHS_PER_YEAR * len(YOUNG), here)
        family = self.family[young]
        ways = {
            "registered_when_young": families["is_registered"][family] != 0,
            "preschool_when_young": children["ve_hours"][young] > 0.0,
            "at_school_when_young": children["is_enrolled"][young] != 0,
        }
        ways["seen_when_young"] = np.logical_or.reduce(list(ways.values()))
        age, n = (month - self.birth_month[young]) // MONTHS_PER_YEAR, len(YOUNG)
        there = self.tally.by(age, n, family)
        for measure, is_so in ways.items():
            self.tally.put(year, measure, self.tally.by(age, n, family, is_so), there)

    def _by_arrival(self, year: int, measure: str, rows: np.ndarray, values: np.ndarray) -> None:
        """Add values (k,) of those children (k,) by row that were born abroad, by arrival."""
        is_abroad = self.state.children["birth_country"][rows] == BirthCountry.ABROAD
        rows, values = rows[is_abroad], values[is_abroad]
        family, n = self.family[rows], len(MEASURES[measure])
        age = band_of(self.entry_month[family] - self.birth_month[rows], _ARRIVAL_ENDS)
        sums = self.tally.by(age, n, family, values)
        self.tally.put(year, measure, sums, self.tally.by(age, n, family))

    def _preschool(self, year: int, rows: np.ndarray, months: np.ndarray, went: np.ndarray) -> None:
        """Add who of the target group, four in some months (k,), went to preschool, by stay."""
        family = self.family[rows]
        years = (months - self.entry_month[family]) / MONTHS_PER_YEAR
        band, n = band_of(years, _BAND_ENDS), len(YEARS_BANDS)
        reached, could = self.tally.by(band, n, family, went), self.tally.by(band, n, family)
        self.tally.put(year, "preschool_reach", _and_all(reached), _and_all(could))


def _and_all(bands: np.ndarray) -> np.ndarray:
    """Return sums by band (n, populations) with those of all before them."""
    return np.vstack((bands.sum(axis=0), bands))
