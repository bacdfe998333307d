"""Counting a run by who is alike: children by age and arrival, families by kind and stay.

What is compared later are means of cells that hold people alike, so that neither the age wave nor a
lengthening stay moves anything by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from calibration.standing.who import who_is_there
from model.calendar import COUNT_UNTIL, MONTHS_PER_YEAR, SchoolMonth
from model.enums import BirthCountry, Contract, FamilyType, Housing, Population, Stage, Status
from model.evidence.stock_2023 import ARRIVED_FROM
from model.outcomes.observers import Observer, View
from model.outcomes.registry import POPULATIONS
from model.state import ADULTS, State

AGES = COUNT_UNTIL // MONTHS_PER_YEAR
ARRIVALS = 1 + len(ARRIVED_FROM)
"""Born here, then by age on arrival: 0, 4, 8, 12 and 15."""
SPANS = 31
"""Years of stay, or of age of the oldest child in a comparable family; the last is more."""
CHILD_CELLS = (len(POPULATIONS), ARRIVALS, AGES)
FAMILY_CELLS = (len(POPULATIONS), len(FamilyType), SPANS)
STAGES, STAGE_YEARS = len(Stage), 8
LEAVING_CELLS = (len(POPULATIONS), STAGES, STAGE_YEARS, AGES)

FLEXIBLE = (Contract.ZERO_HOURS, Contract.AGENCY_A, Contract.AGENCY_B, Contract.FIXED)

type Values = tuple[np.ndarray, np.ndarray]
"""What is so of some rows (k,), and who is counted (k,)."""


def _every(found: np.ndarray) -> Values:
    return found, np.ones(found.shape, bool)


CHILDREN: Mapping[str, Callable[[np.ndarray], Values]] = {
    "learning": lambda one: _every(one["learning_z"]),
    "language": lambda one: _every(one["language_z"]),
    "enrolled": lambda one: _every(one["is_enrolled"] != 0),
    "preschool": lambda one: _every(one["ve_hours"] > 0.0),
    "in_havo_vwo": lambda one: _every(np.isin(one["stage"], (Stage.HAVO, Stage.VWO))),
    "in_mbo": lambda one: _every((one["stage"] >= Stage.MBO1) & (one["stage"] <= Stage.MBO4)),
    "left_school": lambda one: _every(one["stage"] == Stage.LEFT),
    "belonging": lambda one: (one["belonging"], one["is_enrolled"] != 0),
    "absent_days": lambda one: (one["absent_days_12m"], one["is_enrolled"] != 0),
}
"""What children are in July, by quantity."""

FAMILIES: Mapping[str, Callable[[np.ndarray], Values]] = {
    "owner": lambda one: _every(one["housing"] == Housing.OWNER),
    "social_home": lambda one: _every(one["housing"] == Housing.SOCIAL),
    "tied_home": lambda one: _every(one["housing"] == Housing.TIED),
    "shared_home": lambda one: _every(one["housing"] == Housing.PRIVATE_SHARED),
    "registered": lambda one: _every(one["is_registered"] != 0),
    "poor": lambda one: _every(one["is_poor"] != 0),
    "income": lambda one: _every(one["income_12m_eur"]),
    "knowledge": lambda one: _every(one["knowledge"]),
    "trust": lambda one: _every(one["trust"]),
    "dutch": lambda one: _every(one["parent_dutch"]),
    "plans_to_stay": lambda one: _every(one["settlement_intention"]),
    "forced_moves": lambda one: _every(one["forced_moves_year"]),
}
"""What families are in July, by quantity."""

ADULT: Mapping[str, Callable[[np.ndarray], Values]] = {
    "permanent": lambda one: (one["contract"] == Contract.PERMANENT, _works(one)),
    "flexible": lambda one: (np.isin(one["contract"], FLEXIBLE), _works(one)),
    "own_firm": lambda one: (one["contract"] == Contract.SELF_EMPLOYED, _works(one)),
    "without_work": lambda one: (one["contract"] == Contract.NONE, one["is_present"] != 0),
}
"""What adults of families are in July, by quantity."""

COUNTED = ("leaves_country",)


def _works(adults: np.ndarray) -> np.ndarray:
    return np.asarray(adults["contract"] != Contract.NONE)


class Standing(Observer):
    """Counts of one run.

    `numbers` are sums and counts (years, cells, 2) by quantity, `children` those of EU-11 origin in
    July (years, ages), at full size; `who` is who was there at the start and in each July.
    """

    numbers: dict[str, np.ndarray]
    children: np.ndarray
    who: list[dict[str, float]]

    def start(self, view: View) -> None:
        """Note what lasts of families and children."""
        state = view.state
        families = state.families
        years = view.horizon // MONTHS_PER_YEAR
        self.state: State = state
        self.of = np.repeat(np.arange(families.size), families["n_children"])
        self.birth = state.children["birth_month"].astype(np.int64)
        self.population = families["population"].astype(np.int64)
        self.arrival = families["arrival_month"].astype(np.int64)
        self.kind = families["family_type"].astype(np.int64)
        self.oldest = self.birth[families["first_child"]]
        self.arrived = self._arrived()
        self.numbers = {
            name: np.zeros((years, int(np.prod(cells)), 2))
            for names, cells in (
                (CHILDREN, CHILD_CELLS),
                ((*FAMILIES, *ADULT, *COUNTED), FAMILY_CELLS),
                (("leaving",), LEAVING_CELLS),
            )
            for name in names
        }
        self.children = np.zeros((years, AGES))
        is_start = np.arange(families.size) < state.entries[0]
        n_start = np.count_nonzero(is_start & (self.population == Population.EU11))
        self.times = float(view.parameters.n_families) / n_start
        self.who = [self._who(view, 0)]

    def _arrived(self) -> np.ndarray:
        """Return the class by age on arrival (m,) of each child; 0 for who was born here."""
        families, children = self.state.families, self.state.children
        age = families["entry_month"][self.of].astype(np.int64) - self.birth
        band = np.searchsorted(ARRIVED_FROM, age // MONTHS_PER_YEAR, side="right")
        is_abroad = children["birth_country"] == BirthCountry.ABROAD
        return np.where(is_abroad, np.clip(band, 1, ARRIVALS - 1), 0)

    def month(self, view: View) -> None:
        """Count leaving of school in October, of the year before, and all else in July."""
        month, year = view.month, view.year - 1
        of_year = month % MONTHS_PER_YEAR
        if of_year == SchoolMonth.OCTOBER and year > 0:
            self._leaving(month, year - 1, view.is_here())
        if of_year == SchoolMonth.JULY:
            self._children(month, year, view.is_here())
            self._families(month, year, view.is_here())
            self.who.append(self._who(view, month))

    def _who(self, view: View, month: int) -> dict[str, float]:
        here = view.is_here()
        return who_is_there(self.state, self.of, month, here, view.parameters, self.times)

    def _put(self, name: str, year: int, cell: np.ndarray, values: Values) -> None:
        found, counted = values
        cell, added = cell[counted], found[counted].astype(float)
        out = self.numbers[name][year]
        out[:, 0] += np.bincount(cell, added, out.shape[0])
        out[:, 1] += np.bincount(cell, minlength=out.shape[0])

    def _children(self, month: int, year: int, here: np.ndarray) -> None:
        age = month - self.birth
        rows = np.flatnonzero(here[self.of] & (age >= 0) & (age < COUNT_UNTIL))
        years = age[rows] // MONTHS_PER_YEAR
        place = (self.population[self.of[rows]], self.arrived[rows], years)
        cell = np.ravel_multi_index(place, CHILD_CELLS)
        for name, found in CHILDREN.items():
            self._put(name, year, cell, found(self.state.children[rows]))
        own = years[place[0] == Population.EU11]
        self.children[year] = self.times * np.bincount(own, minlength=AGES)

    def _families(self, month: int, year: int, here: np.ndarray) -> None:
        families, adults = self.state.families, self.state.adults
        rows = np.flatnonzero(here)
        cell = self._family_cells(month, rows)
        for name, found in FAMILIES.items():
            self._put(name, year, cell, found(families[rows]))
        both = (ADULTS * rows[:, None] + np.arange(ADULTS)).reshape(-1)
        for name, found in ADULT.items():
            self._put(name, year, np.repeat(cell, ADULTS), found(adults[both]))
        gone = families["departure_month"] > month - MONTHS_PER_YEAR
        gone &= (families["departure_month"] <= month) & (families["status"] == Status.EMIGRATED)
        left = np.flatnonzero(gone)
        both = np.concatenate([rows, left])
        is_gone = np.arange(both.size) >= rows.size
        own = self.population[both] == Population.EU11
        self._put("leaves_country", year, self._family_cells(month, both), (is_gone, own))

    def _family_cells(self, month: int, rows: np.ndarray) -> np.ndarray:
        population = self.population[rows]
        since = np.where(population == Population.EU11, self.arrival[rows], self.oldest[rows])
        span = np.clip((month - since) // MONTHS_PER_YEAR, 0, SPANS - 1)
        return np.asarray(np.ravel_multi_index((population, self.kind[rows], span), FAMILY_CELLS))

    def _leaving(self, month: int, year: int, here: np.ndarray) -> None:
        children = self.state.children
        at_risk = here[self.of] & (children["risk_stage"] >= Stage.ISK)
        at_risk &= children["risk_registered"] != 0
        rows = np.flatnonzero(at_risk)
        place = (
            self.population[self.of[rows]],
            children["risk_stage"][rows].astype(np.int64),
            np.minimum(children["risk_year"][rows], STAGE_YEARS - 1).astype(np.int64),
            np.clip((month - self.birth[rows]) // MONTHS_PER_YEAR, 0, AGES - 1),
        )
        cell = np.ravel_multi_index(place, LEAVING_CELLS)
        self._put("leaving", year, cell, _every(children["vsv_hazard_year"][rows]))
