"""Watching work: what becomes of those who begin in flexible work, and who works how."""

from __future__ import annotations

import math

import numpy as np

from calibration.monitors.measures import MEASURES, Gathered, Tally
from model.enums import Contract, Education
from model.state import ADULTS, State

FLEXIBLE = (
    Contract.ZERO_HOURS,
    Contract.BANDWIDTH,
    Contract.AGENCY_A,
    Contract.AGENCY_B,
    Contract.FIXED,
)
AGENCY = (Contract.AGENCY_A, Contract.AGENCY_B)

_IS_FLEXIBLE, _IS_AGENCY = np.zeros((2, 256), bool)
_IS_FLEXIBLE[list(FLEXIBLE)] = True
_IS_AGENCY[list(AGENCY)] = True

AFTER_MONTHS = (12, 36)
"""Months after which those who began in flexible work are looked up."""

FULL_TIME_OVER_HOURS = 35

_IDLE, _FLEXIBLE, _PERMANENT, _OWN_FIRM, _NOBODY = range(5)
_KIND = np.full(256, _NOBODY)
_KIND[list(FLEXIBLE)] = _FLEXIBLE
_KIND[[Contract.PERMANENT, Contract.SELF_EMPLOYED, Contract.NONE]] = _PERMANENT, _OWN_FIRM, _IDLE
"""The kind of work behind a contract; nobody is who was not there."""

_STARTERS = 4
"""By agency or not, with little schooling or not."""
_BECAME = {"permanent": _PERMANENT, "flexible": _FLEXIBLE, "self_employed": _OWN_FIRM}
_BECAME["without_work"] = _IDLE
_FROM_TO = (
    ("permanent_stays_quarter", _PERMANENT, _PERMANENT),
    ("permanent_out_quarter", _PERMANENT, _IDLE),
    ("flexible_permanent_quarter", _FLEXIBLE, _PERMANENT),
    ("flexible_out_quarter", _FLEXIBLE, _IDLE),
    ("self_employed_out_quarter", _OWN_FIRM, _IDLE),
)


class WorkWatch:
    """Counts work in one run."""

    def __init__(self, state: State, tally: Tally) -> None:
        self.state = state
        self.tally = tally
        self.family = np.arange(state.adults.size) // ADULTS
        self.counted_in = np.zeros(state.adults.size, np.int64)
        self.begun: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self.looked_up = {after: Gathered() for after in AFTER_MONTHS}
        self.kind_before: np.ndarray | None = None

    def month(self, month: int, year: int, here: np.ndarray) -> None:
        """Note who began in flexible work, and look up who did 12 and 36 months ago.

        `here` (n,) says which families are in the country. An adult counts once per school year;
        who has left the country is not looked up.
        """
        adults = self.state.adults
        rows = np.flatnonzero(adults["start_month"] == month)
        contract = adults["contract"][rows]
        is_new = here[self.family[rows]] & (adults["is_present"][rows] != 0)
        is_new &= (self.counted_in[rows] != year) & _IS_FLEXIBLE[contract]
        rows, contract = rows[is_new], contract[is_new]
        self.counted_in[rows] = year
        self.begun[month] = rows, _IS_AGENCY[contract]
        for after, looked_up in self.looked_up.items():
            if month - after in self.begun:
                looked_up.add(*self._look_up(*self.begun[month - after], here))

    def _look_up(
        self, rows: np.ndarray, by_agency: np.ndarray, here: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return who of adults (k,) by row is still here, by family, and what became of whom."""
        stayed = here[self.family[rows]]
        rows, by_agency = rows[stayed], by_agency[stayed]
        family = self.family[rows]
        is_low = self.state.families["parent_education"][family] == Education.LOW
        starter = 2 * by_agency + is_low
        return family, starter * _NOBODY + _KIND[self.state.adults["contract"][rows]]

    def year(self, year: int) -> None:
        """Add up what was looked up in the months of a school year."""
        for after, looked_up in self.looked_up.items():
            for family, became in looked_up.take():
                kinds = self.tally.by(became, _STARTERS * _NOBODY, family)
                kinds = kinds.reshape(2, 2, _NOBODY, -1)  # by agency, little schooling
                groups = (kinds.sum(axis=(0, 1)), kinds[1].sum(axis=0), kinds[:, 1].sum(axis=0))
                found = np.stack(groups)  # all, agency, low_education
                for name, which in _BECAME.items():
                    measure = f"{name}_after_{after}_months"
                    if measure in MEASURES:
                        self.tally.put(year, measure, found[:, which], found.sum(axis=1))

    def quarter(self, year: int, families: np.ndarray) -> None:
        """Count changes of contract since the last quarter of a year, of families (k,) by row."""
        adults = self.state.adults
        rows = self._present(families)
        now = _KIND[adults["contract"][rows]]
        kinds = np.full(adults.size, _NOBODY, np.int8)
        kinds[rows] = now
        before, self.kind_before = self.kind_before, kinds
        if before is None:
            return
        is_seeking = adults["is_seeking"][rows] != 0
        change = (before[rows] * _NOBODY + now) * 2 + is_seeking
        shape = (_NOBODY + 1, _NOBODY, 2)
        found = self.tally.by(change, math.prod(shape), self.family[rows]).reshape(*shape, -1)
        unemployed, changed = found[_IDLE, :, 1], found.sum(axis=2)
        for measure, first, last in _FROM_TO:
            self.tally.put(year, measure, changed[first, last], changed[first].sum(axis=0))
        among = unemployed.sum(axis=0)
        self.tally.put(year, "unemployed_hired_quarter", among - unemployed[_IDLE], among)

    def _present(self, families: np.ndarray) -> np.ndarray:
        """Return the rows of the adults who are there, of families (k,) by row."""
        rows = (families[:, None] * ADULTS + np.arange(ADULTS)).ravel()
        there: np.ndarray = rows[self.state.adults["is_present"][rows] != 0]
        return there

    def july(self, year: int, groups: dict[str, np.ndarray]) -> None:
        """Count who works and how, for groups of families (n,); the first holds all others."""
        adults = self.state.adults
        rows = self._present(np.flatnonzero(next(iter(groups.values()))))
        family, contract = self.family[rows], adults["contract"][rows]
        works, is_flexible = contract != Contract.NONE, _IS_FLEXIBLE[contract]
        seeking = adults["is_seeking"][rows] != 0
        long_hours = adults["hours_contract"][rows] > FULL_TIME_OVER_HOURS
        for group, chosen in groups.items():
            mine = chosen[family]
            for measure, among, is_so in (
                ("flexible_of_employed", mine & works, is_flexible),
                ("in_work_of_adults", mine, works),
                ("unemployed_of_seeking", mine & seeking, ~works),
                ("over_35_hours_of_employed", mine & works, long_hours),
            ):
                self.tally.add(year, measure, group, family[among], is_so[among])
