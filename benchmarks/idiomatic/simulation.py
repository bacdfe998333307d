"""The model of objects: municipalities and schools, the month, and a few averages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from benchmarks.idiomatic.family import Family
from benchmarks.idiomatic.numbers import CONTACT, Entity, named, parameters
from model.clock import NEWCOMER_COUNTS, SchoolMonth
from model.enums import Contract
from model.graphs import municipality_network
from model.state import PLACE, SCHOOL, State
from model.timetable import Timetable


class Place(Entity):
    """A municipality, its waiting lists and what it counts in a month."""

    __slots__ = (
        *(PLACE.names or ()),
        *("preschool_queue", "course_queue", "n_target", "n_enrolled", "course_adults"),
    )

    web_credit: float

    def __init__(self, row: np.void) -> None:
        self.take(row)
        self.start_counts()

    def start_counts(self) -> None:
        """Begin the counts and lists of a month."""
        self.preschool_queue: list[Any] = []
        self.course_queue: list[Any] = []
        self.n_target = self.n_enrolled = self.course_adults = 0

    def admit(self, p: SimpleNamespace, lv: SimpleNamespace) -> None:
        """Give the open places to those who have waited longest."""
        n_open = max(0, int(p.ve_places_ratio * self.n_target) - self.n_enrolled)
        for child in sorted(self.preschool_queue, key=lambda c: -c.ve_wait)[:n_open]:
            child.admit_to_preschool()
        yearly = lv.web_places_per_100 / 100.0 * self.course_adults
        self.web_credit = min(self.web_credit + yearly / 12.0, max(1.0, yearly))
        n_open = int(self.web_credit)
        admitted = sorted(self.course_queue, key=lambda f: -f.course_wait)[:n_open]
        for family in admitted:
            family.admit_to_course()
        self.web_credit -= len(admitted)
        self.start_counts()


class School(Entity):
    """A school; `alike` are the schools of its kind in the municipality."""

    __slots__ = (*(SCHOOL.names or ()), "alike", "newcomers_counted", "secondary")

    def __init__(self, row: np.void) -> None:
        self.take(row)
        self.newcomers_counted = 0
        self.alike: list[School] = []
        self.secondary: list[School] = []


class IdiomaticModel(mesa.Model):  # type: ignore[type-arg]
    """Families that start as a state laid them down, under the base scenario."""

    def __init__(self, state: State, timetable: Timetable, seed: int) -> None:
        super().__init__(rng=seed)
        self.start = state
        self.timetable = timetable
        self.month = 0
        self.places = [Place(row) for row in state.places]
        self.schools = [School(row) for row in state.schools]
        for school in self.schools:
            first, last = school.first_alike, school.first_alike + school.n_alike
            school.alike = self.schools[first:last]
            first, last = school.first_secondary, school.first_secondary + school.n_secondary
            school.secondary = self.schools[first:last]
        ratio = float(timetable.parameters["province_learning_ratio"][0])
        self.municipal_ties = municipality_network(ratio)
        self.key_person_ranks = state.key_persons["rank"].tolist()
        self._by_row: dict[int, Family] = {}
        self._read_month()
        for row in range(int(state.entries[0])):
            self._enter(row)
        self.agents.do("advance")

    def _read_month(self) -> None:
        self.p = parameters(self.timetable.parameters[self.month])
        self.lv = SimpleNamespace(**named(self.timetable.levers[self.month, 0]))
        self.is_focus_on = self.lv.month < 12.0 * (self.lv.spuk_end_year + 1.0)

    def _enter(self, row: int) -> None:
        family = Family(self, row)
        self._by_row[row] = family
        for other in self.start.ties[family.first_tie : family.first_tie + family.n_ties]:
            if int(other) in self._by_row:
                known = self._by_row[int(other)]
                family.ties.append(known)
                known.ties.append(family)

    def step(self) -> None:
        """Live one month."""
        self._read_month()
        for row in range(int(self.start.entries[self.month]), self._entries_next):
            self._enter(row)
        for place in self.places:
            place.admit(self.p, self.lv)
        self.agents.shuffle_do("step")
        self.agents.do("advance")
        moment = self.month % 12
        if moment in NEWCOMER_COUNTS:
            for school in self.schools:
                school.newcomers = school.background_newcomers + school.newcomers_counted
                school.newcomers_counted = 0
        if moment == SchoolMonth.OCTOBER:
            self._close_year()
        self.month += 1

    @property
    def _entries_next(self) -> int:
        return int(self.start.entries[self.month + 1])

    def _close_year(self) -> None:
        p, lv, old = self.p, self.lv, [place.practice for place in self.places]
        share = CONTACT.share_supported(lv.vng_support_capacity, p.municipalities_nl)
        for k, place in enumerate(self.places):
            turn = (place.vng_rank + self.month // 12 * share) % 1.0
            ties = self.municipal_ties[k]
            seen = sum(tie["weight"] * old[other] for other, tie in ties.items())
            best = max([old[k], *(old[other] for other in ties)])
            place.practice = CONTACT.practice_next_year(
                *(place.practice, seen, best, lv.knowledge_sharing_rate),
                *(turn < share, p.practice_vng, p.practice_drift),
            )

    def averages(self) -> dict[str, float]:
        """Return a few averages to hold against the compiled model."""
        families = list(self.agents)
        pupils = [c for family in families for c in family.children if c.is_enrolled]
        moves = sum(f.voluntary_moves_total + f.forced_moves_total for f in families)
        main = [family.adults[0].contract for family in families]
        return {
            "families": len(families),
            "share_permanent": main.count(int(Contract.PERMANENT)) / len(families),
            "moves_per_family": moves / len(families),
            "absent_days": sum(c.absent_days_12m for c in pupils) / len(pupils),
            "income_eur_month": sum(f.income_eur_month for f in families) / len(families),
            "knowledge": sum(f.knowledge for f in families) / len(families),
            "learning_z": sum(c.learning_z for c in pupils) / len(pupils),
        }


def averages_of(state: State, rows: np.ndarray) -> dict[str, float]:
    """Return the same averages of the compiled model's families `rows`."""
    families = state.families[rows]
    first, count = families["first_child"], families["n_children"].astype(np.int64)
    children = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
    pupils = state.children[children]
    pupils = pupils[pupils["is_enrolled"] != 0]
    moves = families["voluntary_moves_total"].astype(int) + families["forced_moves_total"]
    return {
        "families": float(rows.size),
        "share_permanent": float((state.adults["contract"][2 * rows] == Contract.PERMANENT).mean()),
        "moves_per_family": float(moves.mean()),
        "absent_days": float(pupils["absent_days_12m"].mean()),
        "income_eur_month": float(families["income_eur_month"].mean()),
        "knowledge": float(families["knowledge"].mean()),
        "learning_z": float(pupils["learning_z"].mean()),
    }
