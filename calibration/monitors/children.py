"""Watching children: moves, emigration, preschool, and how age on arrival works out."""

from __future__ import annotations

import numpy as np

from calibration.monitors.measures import AGES, ARRIVAL_AGES, MEASURES, Tally
from model.calendar import MONTHS_PER_YEAR
from model.enums import BirthCountry, Education, LetterGroup, Stage, Track
from model.outcomes.observers import View
from model.outcomes.registry import YEARS_BANDS
from model.state import State
from model.submodels.early_years.rules import is_in_target_group

_FOUR, _TWELVE, _ADULT = 4 * 12, 12 * 12, 18 * 12
_TEENS = (13 * 12, 19 * 12)
_SHORT_STAY = 5 * 12


class ChildrenWatch:
    """Counts children in one run."""

    def __init__(self, state: State, tally: Tally) -> None:
        self.state = state
        self.tally = tally
        family = np.repeat(np.arange(state.families.size), state.families["n_children"])
        first = state.families["first_child"][family]
        self.family = family[np.argsort(first, kind="stable")]

    def start(self) -> None:
        """Count the children of the start by the letter's groups, and teenagers here for short."""
        families, children = self.state.families, self.state.children
        age = -children["birth_month"].astype(np.int64)
        there = (self.family < self.state.entries[0]) & (age >= 0)
        family = self.family[there]
        for group in (LetterGroup.AGED_0_4, LetterGroup.LATE_ARRIVAL, LetterGroup.BORN_HERE):
            is_in = children["letter_group"][there] == group
            self.tally.add(0, "group_at_start", group.name.lower(), family, is_in)
        is_short = (age >= _TEENS[0]) & (age < _TEENS[1])
        is_short &= families["arrival_month"][self.family] > -_SHORT_STAY
        self.tally.add(0, "teenagers_short_stay_at_start", "all", family, is_short[there])

    def month(self, view: View, here: np.ndarray, gone: np.ndarray) -> None:
        """Count moves and departures by age, and what children are when they turn 4 and 12.

        `here` and `gone` (n,) say which families are in the country, and which left this month.
        """
        families, children = self.state.families, self.state.children
        month, year = view.month, view.year
        age = month - children["birth_month"].astype(np.int64)
        moved = MONTHS_PER_YEAR * (families["moved"] > 0)
        for measure, among, rate in (
            ("moves_of_children", here, moved),
            ("emigrations_of_children", here | gone, MONTHS_PER_YEAR * gone),
        ):
            for group, low, high in AGES:
                chosen = self.family[among[self.family] & (age >= low) & (age < high)]
                self.tally.add(year, measure, group, chosen, rate[chosen])
        here_now = here[self.family]
        twelve = here_now & (age == _TWELVE) & ~np.isnan(children["language_at_12"])
        self._by_arrival(year, "language_at_12_by_arrival_age", twelve, children["language_at_12"])
        self._preschool(view, np.flatnonzero(here_now & (age == _FOUR)))

    def leaving(self, year: int, here: np.ndarray) -> None:
        """Add the yearly hazard of leaving by age on arrival, after the count of 1 October."""
        children = self.state.children
        at_risk = here[self.family] & (children["risk_stage"] >= Stage.ISK)
        self._by_arrival(year, "leaving_by_arrival_age", at_risk, children["vsv_hazard_year"])

    def july(self, month: int, year: int, here: np.ndarray) -> None:
        """Count who of the children under 18 was born here, and the advices of group 8."""
        children = self.state.children
        advised = here[self.family] & (children["stage"] == Stage.PO8) & (children["advice"] > 0)
        is_high = children["advice"] > Track.HAVO
        self._by_arrival(year, "advice_havo_vwo_by_arrival_age", advised, is_high)
        age = month - children["birth_month"].astype(np.int64)
        chosen = here[self.family] & (age >= 0) & (age < _ADULT)
        is_born_here = children["birth_country"][chosen] == BirthCountry.NETHERLANDS
        self.tally.add(year, "born_here_of_children", "all", self.family[chosen], is_born_here)

    def _by_arrival(self, year: int, measure: str, among: np.ndarray, value: np.ndarray) -> None:
        """Add a value of children born abroad, by their age on arrival."""
        children = self.state.children
        arrived = self.state.families["arrival_month"][self.family].astype(np.int64)
        age = arrived - children["birth_month"]
        abroad = among & (children["birth_country"] == BirthCountry.ABROAD)
        for group, low, high in ARRIVAL_AGES:
            if group in MEASURES[measure]:
                chosen = abroad & (age >= low) & (age < high)
                self.tally.add(year, measure, group, self.family[chosen], value[chosen])

    def _preschool(self, view: View, rows: np.ndarray) -> None:
        """Count which four-year-olds of the target group went to preschool."""
        p, levers = view.parameters, view.levers[0]
        for row in rows:
            family, child = self.state.families[self.family[row]], self.state.children[row]
            if is_in_target_group(
                luck=float(child["preschool_luck"]),
                eligibility_share=float(levers["ve_eligibility_share"]),
                parent_dutch=float(family["parent_dutch"]),
                dutch_from=p.home_dutch_from,
                is_highly_educated=bool(family["parent_education"] == Education.HIGH),
                ratio_high=p.eligibility_high_education,
                ratio_good_dutch=p.eligibility_good_dutch,
            ):
                years = (view.month - int(family["arrival_month"])) / MONTHS_PER_YEAR
                band = next(name for name, end in YEARS_BANDS if years < end)
                went = np.array([child["ve_hours"] > 0.0])
                for group in ("all", band):
                    self.tally.add(view.year, "preschool_reach", group, self.family[[row]], went)
