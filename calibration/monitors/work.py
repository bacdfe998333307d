"""Watching work: what becomes of those who begin in flexible work, and who works how."""

from __future__ import annotations

import numpy as np

from calibration.monitors.measures import Tally
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
_NOBODY = 255


class WorkWatch:
    """Counts work in one run."""

    def __init__(self, state: State, tally: Tally) -> None:
        self.state = state
        self.tally = tally
        self.family = np.arange(state.adults.size) // ADULTS
        self.counted_in = np.zeros(state.adults.size, np.int64)
        self.begun: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self.contract_before: np.ndarray | None = None

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
        contract = self.state.adults["contract"][rows]
        low = self.state.families["parent_education"][family] == Education.LOW
        found = {"permanent": contract == Contract.PERMANENT}
        if after == AFTER_MONTHS[0]:
            found["flexible"] = _IS_FLEXIBLE[contract]
            found["self_employed"] = contract == Contract.SELF_EMPLOYED
            found["without_work"] = contract == Contract.NONE
        groups = {"all": np.ones(rows.size, bool), "agency": by_agency, "low_education": low}
        for group, chosen in groups.items():
            for name, is_so in found.items():
                measure = f"{name}_after_{after}_months"
                self.tally.add(year, measure, group, family[chosen], is_so[chosen])

    def quarter(self, year: int, here: np.ndarray) -> None:
        """Count changes of contract since the last quarter of a year."""
        adults = self.state.adults
        present = (adults["is_present"] != 0) & here[self.family]
        now = np.where(present, adults["contract"], _NOBODY)
        before, self.contract_before = self.contract_before, now
        if before is None:
            return
        flexible, out = _IS_FLEXIBLE[before], now == Contract.NONE
        permanent, own_firm = before == Contract.PERMANENT, before == Contract.SELF_EMPLOYED
        unemployed = (before == Contract.NONE) & (adults["is_seeking"] != 0)
        for measure, among, is_so in (
            ("permanent_stays_quarter", permanent, now == Contract.PERMANENT),
            ("permanent_out_quarter", permanent, out),
            ("flexible_permanent_quarter", flexible, now == Contract.PERMANENT),
            ("flexible_out_quarter", flexible, out),
            ("self_employed_out_quarter", own_firm, out),
            ("unemployed_hired_quarter", unemployed, ~out),
        ):
            chosen = among & present
            self.tally.add(year, measure, "all", self.family[chosen], is_so[chosen])

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
