"""Watching a run between months: what the yearly table does not hold.

A watch looks at the state arrays after every month and adds up ratios; it never changes the state.
It is sparse: in a month it notes who moved, left, began a job or turned four or twelve, and adds
that up once a year; who these could have been is counted once a quarter, what is so once a year.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calibration.monitors.children import ChildrenWatch
from calibration.monitors.measures import (
    MONTHS_PER_QUARTER,
    STAY,
    Gathered,
    Tally,
    band_of,
    ends_of,
)
from calibration.monitors.work import WorkWatch
from model.calendar import MONTHS_PER_YEAR, SchoolMonth
from model.enums import Housing, Origin
from model.outcomes.observers import Observer, View
from model.state import State

_NOT_INDEPENDENT = (Housing.TIED, Housing.PRIVATE_SHARED)
_STAY_ENDS = ends_of(STAY)


class Watch(Observer):
    """Counts of one run, which it observes from the first month on."""

    state: State
    tally: Tally
    arrival_month: np.ndarray
    gone: Gathered
    work: WorkWatch
    children: ChildrenWatch

    def start(self, view: View) -> None:
        """Count what can be seen of those who are there at the start."""
        self.state = view.state
        years = view.horizon // MONTHS_PER_YEAR
        self.tally = Tally(view.state.families["population"], years)
        self.arrival_month = view.state.families["arrival_month"].astype(np.int64)
        self.gone = Gathered()
        self.work = WorkWatch(view.state, self.tally)
        self.children = ChildrenWatch(view.state, self.tally)
        self.children.start()

    def counts(self) -> Mapping[str, np.ndarray]:
        """Return what was counted, by measure (calibration.monitors.measures.Tally)."""
        return self.tally.numbers

    def month(self, view: View) -> None:
        """Count what can be seen of a month that has been lived."""
        month, year, here = view.month, view.year, view.is_here()
        families = self.state.families
        gone = np.flatnonzero(families["departure_month"] == month)
        self.gone.add(gone, families["departure_month"][gone].astype(np.int64))
        self.work.month(month, year, here)
        self.children.month(month, here)
        if month % MONTHS_PER_QUARTER == 0:
            rows = np.flatnonzero(here)
            self.work.quarter(year, rows)
            self.children.quarter(month, year, here)
            at_risk = self._by_stay(month, rows)
            self.tally.put(year, "departures_by_stay", 0.0, MONTHS_PER_QUARTER * at_risk)
        if month % MONTHS_PER_YEAR == SchoolMonth.OCTOBER and month > MONTHS_PER_YEAR:
            self.children.leaving(year - 1, here)
        if month % MONTHS_PER_YEAR == SchoolMonth.JULY:
            self._year(year)
            self.children.july(month, year, here)
            poles = (families["origin"] == Origin.POLAND) & (families["is_registered"] != 0)
            groups = {"all": here, "registered_poles": here & poles}
            self.work.july(year, groups)
            self._homes(year, groups)

    def _year(self, year: int) -> None:
        """Add up what was gathered in the months of a school year."""
        self.work.year(year)
        for rows, months in self.gone.take():
            left = self._by_stay(months, rows)
            self.tally.put(year, "departures_by_stay", MONTHS_PER_YEAR * left, 0.0)
            self.children.departed(year, rows, months)
        self.children.year(year)

    def _homes(self, year: int, groups: dict[str, np.ndarray]) -> None:
        """Count owned and independent homes, for groups of families (n,)."""
        housing = self.state.families["housing"]
        for group, chosen in groups.items():
            rows = np.flatnonzero(chosen)
            owned = housing[rows] == Housing.OWNER
            independent = ~np.isin(housing[rows], _NOT_INDEPENDENT)
            self.tally.add(year, "own_home_of_families", group, rows, owned)
            self.tally.add(year, "independent_home_of_families", group, rows, independent)

    def _by_stay(self, month: int | np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return how many families there are by length of stay in a month, and population."""
        stay = band_of(month - self.arrival_month[rows], _STAY_ENDS)
        return self.tally.by(stay, len(STAY), rows)
