"""Watching work: what becomes of those who begin in flexible work, and who works how."""

from __future__ import annotations

import numpy as np

from calibration.monitors.measures import MEASURES, Tally
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
        for after in AFTER_MONTHS:
            if month - after in self.begun:
                self._look_up(year, after, *self.begun[month - after], here)

    def _look_up(
        self, year: int, after: int, rows: np.ndarray, by_agency: np.ndarray, here: np.ndarray
    ) -> None:
        stayed = here[self.family[rows]]
        rows, by_agency = rows[stayed], by_agency[stayed]
        family = self.family[rows]
        kind = _KIND[self.state.adults["contract"][rows]]
        is_low = self.state.families["parent_education"][family] == Education.LOW
        became = np.stack(  # groups as in MEASURES, kinds, populations
            [
                self.tally.by(kind[chosen], _NOBODY, family[chosen])
                for chosen in (slice(None), by_agency, is_low)
            ]
        )
        among = became.sum(axis=1)
        for name, which in _BECAME.items():
            measure = f"{name}_after_{after}_months"
            if measure in MEASURES:
                self.tally.put(year, measure, became[:, which], among)

    def quarter(self, year: int, families: np.ndarray) -> None:
        """Count changes of contract since the last quarter of a year, of families (k,) by row."""
        adults = self.state.adults
        rows = (families[:, None] * ADULTS + np.arange(ADULTS)).ravel()
        rows = rows[adults["is_present"][rows] != 0]
        now = np.full(adults.size, _NOBODY)
        now[rows] = _KIND[adults["contract"][rows]]
        before, self.kind_before = self.kind_before, now
        if before is None:
            return
        change = before[rows] * _NOBODY + now[rows]
        family, n = self.family[rows], (_NOBODY + 1) * _NOBODY
        found = self.tally.by(change, n, family).reshape(_NOBODY + 1, _NOBODY, -1)
        for measure, first, last in _FROM_TO:
            self.tally.put(year, measure, found[first, last], found[first].sum(axis=0))
        sought = (before[rows] == _IDLE) & (adults["is_seeking"][rows] != 0)
        sought_and = self.tally.by(now[rows[sought]], _NOBODY, family[sought])
        among = sought_and.sum(axis=0)
        self.tally.put(year, "unemployed_hired_quarter", among - sought_and[_IDLE], among)

    def july(self, year: int, groups: dict[str, np.ndarray]) -> None:
        """Count who works and how, for groups of families (n,)."""
        adults = self.state.adults
        contract = adults["contract"]
        works = contract != Contract.NONE
        present = adults["is_present"] != 0
        seeking = present & (adults["is_seeking"] != 0)
        long_hours = adults["hours_contract"] > FULL_TIME_OVER_HOURS
        for group, families in groups.items():
            mine = families[self.family]
            for measure, among, is_so in (
                ("flexible_of_employed", present & works, _IS_FLEXIBLE[contract]),
                ("in_work_of_adults", present, works),
                ("unemployed_of_seeking", seeking, ~works),
                ("over_35_hours_of_employed", present & works, long_hours),
            ):
                chosen = among & mine
                self.tally.add(year, measure, group, self.family[chosen], is_so[chosen])
