"""The search for telling pairs of lives: children for whom the policy made the difference, or none.

Three kinds are always shown: children who leave school under the base and stay under the
alternative, children who are worse off under the alternative, and children whose family lives
another life and ends where it would have ended anyway. Leaving is rare and turns on a draw that
both runs share, so a child whose chances differ by little may cross the line; pairs come in the
order of how far the chances lie apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NEVER, SchoolMonth, school_year
from model.enums import FamilyType, Municipality, Population, Stage
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["stays", "leaves", "risk_falls", "risk_rises", "same"]
BETTER: tuple[Kind, Kind] = ("stays", "risk_falls")
WORSE: tuple[Kind, Kind] = ("leaves", "risk_rises")
ALIKE: tuple[Kind] = ("same",)
DIRECTIONS: tuple[tuple[Kind, ...], ...] = (BETTER, WORSE, ALIKE)
"""Ways in which two lives may end; of each the first kind tells of which there is any."""


class PairRow(NamedTuple):
    """A child and its kind.

    `p_leave` is the chance of leaving in the school year in which one of the two left, or the sum
    over the years counted in both lives, with no school year; `parted` the run month in which the
    family's lives part, -1 for never; `alike` the number of families with a child of that kind, of
    "risk_falls" and "risk_rises" those in which the chances lie at least as far apart;
    `municipality` is where the family lived when its lives parted.
    """

    kind: Kind
    child: int
    family: int
    population: str
    school_year: str
    p_leave_base: float
    p_leave_alternative: float
    parted: int
    alike: int
    municipality: str
    family_type: str


PAIR_COLUMNS = PairRow._fields


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The pairs found, and how many there are of each kind.

    `pairs` has columns PAIR_COLUMNS: `kind` is "stays" (left under the base, stays under the
    alternative), "leaves" (the reverse) or "same" (everybody of the family is in both lives at the
    same place in the end, though the lives parted); when there is none of the first two,
    "risk_falls" or "risk_rises" stand for the children whose chances of leaving, added up over the
    years, changed most. `every` has a row for each child of each kind. `counts` has the number of
    children of the first two kinds in the whole run, `n_children` those who were at risk in both,
    `n_families` their families.
    """

    pairs: pd.DataFrame
    every: tuple[PairRow, ...]
    counts: Mapping[str, int]
    n_children: int
    n_families: int
    settings: Mapping[str, Any]


def telling(
    base: Scenario,
    alternative: Scenario,
    *,
    families: int | str | None = 2000,
    years: int = 15,
    rng: int = 1,
    most: int = 5,
    threads: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Telling:
    """Live both runs and return the most telling EU-11 children, at most `most` of each kind."""
    import pandas as pd

    settings = {"families": families, "years": years, "rng": rng}
    pair = Pair.of(base, alternative, families=families, years=years, seed=rng, threads=threads)
    seen = _Seen(pair)
    pair.run(seen.watch, progress, stop)
    stays, leaves = seen.crossing(BASE, ALTERNATIVE), seen.crossing(ALTERNATIVE, BASE)
    every = (
        *seen.crossed(stays, "stays", BASE),
        *seen.shifted("risk_falls", 1.0),
        *seen.crossed(leaves, "leaves", ALTERNATIVE),
        *seen.shifted("risk_rises", -1.0),
        *seen.ended_alike(),
    )
    return Telling(
        pairs=pd.DataFrame(most_telling(every, most), columns=list(PAIR_COLUMNS)),
        every=every,
        counts={"stays": int(stays.sum()), "leaves": int(leaves.sum())},
        n_children=int(seen.at_risk.sum()),
        n_families=int(np.unique(pair.family_of_child[seen.at_risk]).size),
        settings=settings,
    )


def most_telling(every: Iterable[PairRow], most: int) -> list[PairRow]:
    """Return at most `most` rows of each direction, of the first of its kinds that there is.

    No child stands in two directions.
    """
    by_kind: dict[Kind, list[PairRow]] = {}
    for row in every:
        by_kind.setdefault(row.kind, []).append(row)
    found: list[PairRow] = []
    for kinds in DIRECTIONS:
        there = next((by_kind[kind] for kind in kinds if kind in by_kind), [])
        shown = {row.child for row in found}
        found += [row for row in there if row.child not in shown][:most]
    return found


class _Seen:
    """What is noted of all children while two runs live: chances, and when lives part."""

    def __init__(self, pair: Pair) -> None:
        state = pair.states[BASE]
        self._pair = pair
        self._chances = np.zeros((2, pair.horizon // MONTHS_PER_YEAR + 1, state.children.size))
        self._parted = np.full(state.families.size, -1)
        self._lived_in = state.families["municipality"].copy()

    def watch(self, pair: Pair) -> None:
        """Note the month."""
        new = pair.differing() & (self._parted < 0)
        self._parted[new] = pair.month
        self._lived_in[new] = pair.before.families["municipality"][new]
        if pair.month % MONTHS_PER_YEAR == SchoolMonth.OCTOBER:
            year = pair.month // MONTHS_PER_YEAR
            for branch, state in enumerate(pair.states):
                counted = state.children["risk_stage"] > 0
                hazard = np.where(counted, state.children["vsv_hazard_year"], 0.0)
                self._chances[branch, year] = hazard

    @property
    def at_risk(self) -> np.ndarray:
        """EU-11 children who were counted at least once in both pair."""
        counted = (self._chances > 0).any(axis=1).all(axis=0)
        return np.asarray(counted & self._is_eu11())

    def crossing(self, leaves: int, stays: int) -> np.ndarray:
        """EU-11 children at risk in both who left in one run, in the other not, nor the country.

        Who left and came back left.
        """
        there = self._pair.states[leaves].children
        here = self._pair.states[stays].children
        gone = (here["stage"] == Stage.EMIGRATED) | (here["left_month"] != NEVER)
        return np.asarray((there["stage"] == Stage.LEFT) & ~gone & self.at_risk)

    def crossed(self, crossing: np.ndarray, kind: Kind, left_in: int) -> Iterator[PairRow]:
        """Give the children that cross, those first whose chances that year lie apart most."""
        left = self._pair.states[left_in].children["left_month"]
        years = np.clip(left // MONTHS_PER_YEAR, 0, self._chances.shape[1] - 1)
        chances = self._chances[:, years, np.arange(years.size)]
        apart = chances[left_in] - chances[1 - left_in]
        rows = np.flatnonzero(crossing)
        rows = rows[np.argsort(-apart[rows], kind="stable")]
        return self._rows(rows, kind, years[rows], chances[:, rows])

    def _summed(self) -> np.ndarray:
        """Return chances over the years in which a child was counted in both lives, (2, children).

        Who leaves is counted no more, so that other years would make the sums unlike.
        """
        is_counted = (self._chances > 0).all(axis=0)
        return np.asarray(np.where(is_counted, self._chances, 0.0).sum(axis=1))

    def shifted(self, kind: Kind, sign: float) -> Iterator[PairRow]:
        """Give the children whose chances over all years fall (1) or rise (-1), most first."""
        chances = self._summed()
        apart = sign * (chances[BASE] - chances[ALTERNATIVE])
        rows = np.flatnonzero(self.at_risk & (apart > 0))
        rows = rows[np.argsort(-apart[rows], kind="stable")]
        return self._rows(rows, kind, None, chances[:, rows], is_ranked=True)

    def ended_alike(self) -> Iterator[PairRow]:
        """Give the children of whose family all end alike, those first whose lives part first."""
        ours, theirs = self._pair.states
        owner = self._pair.family_of_child
        apart = ours.children["stage"] != theirs.children["stage"]
        apart |= (ours.children["left_month"] == NEVER) != (theirs.children["left_month"] == NEVER)
        ends_alike = ours.families["status"] == theirs.families["status"]
        ends_alike[owner[apart & (owner >= 0)]] = False
        ends_alike &= self._parted >= 0
        chances = self._summed()
        rows = np.flatnonzero(self.at_risk & ends_alike[owner])
        change = np.abs(chances[BASE] - chances[ALTERNATIVE])[rows]
        rows = rows[np.lexsort((rows, change, self._parted[owner[rows]]))]
        return self._rows(rows, "same", None, chances[:, rows])

    def _rows(
        self,
        rows: np.ndarray,
        kind: Kind,
        years: np.ndarray | None,
        chances: np.ndarray,
        *,
        is_ranked: bool = False,
    ) -> Iterator[PairRow]:
        owner = self._pair.family_of_child[rows]
        types = self._pair.states[BASE].families["family_type"]
        n_families, seen = np.unique(owner).size, set()
        for k, (row, family) in enumerate(zip(rows.tolist(), owner.tolist(), strict=True)):
            seen.add(family)
            year = 0 if years is None else int(years[k])
            yield PairRow(
                kind=kind,
                child=row + 1,
                family=family + 1,
                population="eu11",
                # Counted on 1 October after the school year.
                school_year="" if year < 1 else school_year((year - 1) * MONTHS_PER_YEAR),
                p_leave_base=float(chances[BASE, k]),
                p_leave_alternative=float(chances[ALTERNATIVE, k]),
                parted=int(self._parted[family]),
                alike=len(seen) if is_ranked else n_families,
                municipality=Municipality(int(self._lived_in[family])).name.lower(),
                family_type=FamilyType(int(types[family])).name.lower(),
            )

    def _is_eu11(self) -> np.ndarray:
        populations = self._pair.states[BASE].families["population"]
        owner = self._pair.family_of_child
        return np.asarray((owner >= 0) & (populations[owner] == Population.EU11))
