"""The search for telling pairs of lives: children for whom the policy made the difference.

Both kinds are always shown: children who leave school under the base and stay under the
alternative, and children who are worse off under the alternative. Leaving is rare and turns on a
draw that both runs share, so a child whose chances differ by little may cross the line; pairs
come in the order of how far the chances lie apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NEVER, SchoolMonth, school_year
from model.enums import Population, Stage
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["stays", "leaves", "risk_falls", "risk_rises"]
BETTER: tuple[Kind, Kind] = ("stays", "risk_falls")
WORSE: tuple[Kind, Kind] = ("leaves", "risk_rises")

PAIR_COLUMNS = (
    "kind",
    "child",
    "family",
    "population",
    "school_year",
    "p_leave_base",
    "p_leave_alternative",
    "parted",
)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The pairs found, and how many there are of each kind.

    `pairs` has columns PAIR_COLUMNS: `kind` is "stays" (left under the base, stays under the
    alternative) or "leaves" (the reverse); when there is none of these, "risk_falls" or
    "risk_rises" stand for the children whose chances of leaving, added up over the years, changed
    most. `p_leave` is the chance in the school year of leaving, or the sum over all years;
    `parted` the run month in which the family's lives part. `counts` has the number of children
    of either kind in the whole run, `n_children` those who were at risk in both pair.
    """

    pairs: pd.DataFrame
    counts: Mapping[str, int]
    n_children: int
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
    frames = [
        seen.pairs(stays, BETTER, most),
        seen.pairs(leaves, WORSE, most),
    ]
    return Telling(
        pairs=pd.concat(frames, ignore_index=True),
        counts={"stays": int(stays.sum()), "leaves": int(leaves.sum())},
        n_children=int(seen.at_risk.sum()),
        settings=settings,
    )


class _Seen:
    """What is noted of all children while two runs live: chances, and when lives part."""

    def __init__(self, pair: Pair) -> None:
        state = pair.states[BASE]
        self._pair = pair
        self._chances = np.zeros((2, pair.horizon // MONTHS_PER_YEAR + 1, state.children.size))
        self._parted = np.full(state.families.size, -1)

    def watch(self, pair: Pair) -> None:
        """Note the month."""
        new = pair.differing() & (self._parted < 0)
        self._parted[new] = pair.month
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
        """EU-11 children who left in one run, and in the other neither school nor country.

        Who left and came back left.
        """
        there = self._pair.states[leaves].children
        here = self._pair.states[stays].children
        gone = (here["stage"] == Stage.EMIGRATED) | (here["left_month"] != NEVER)
        return np.asarray((there["stage"] == Stage.LEFT) & ~gone & self._is_eu11())

    def pairs(self, crossing: np.ndarray, kinds: tuple[Kind, Kind], most: int) -> pd.DataFrame:
        """Return the most telling children that cross; of the second kind when none does."""
        left_in = BASE if kinds is BETTER else ALTERNATIVE
        sign = 1.0 if kinds is BETTER else -1.0
        if crossing.any():
            left = self._pair.states[left_in].children["left_month"]
            years = np.clip(left // MONTHS_PER_YEAR, 0, self._chances.shape[1] - 1)
            chances = self._chances[:, years, np.arange(years.size)]
            chosen, kind = crossing, kinds[0]
        else:
            chances = self._chances.sum(axis=1)
            years = np.full(chances.shape[1], -1)
            chosen, kind = (
                self.at_risk & (sign * (chances[BASE] - chances[ALTERNATIVE]) > 0),
                kinds[1],
            )
        rows = np.flatnonzero(chosen)
        order = np.argsort(-sign * (chances[BASE] - chances[ALTERNATIVE])[rows], kind="stable")
        rows = rows[order][:most]
        return self._table(rows, kind, years[rows], chances[:, rows])

    def _table(
        self, rows: np.ndarray, kind: Kind, years: np.ndarray, chances: np.ndarray
    ) -> pd.DataFrame:
        import pandas as pd

        family = self._pair.family_of_child[rows]
        # Counted on 1 October after the school year.
        names = ["" if y < 1 else school_year((int(y) - 1) * MONTHS_PER_YEAR) for y in years]
        return pd.DataFrame(
            {
                "kind": kind,
                "child": rows + 1,
                "family": family + 1,
                "population": "eu11",
                "school_year": names,
                "p_leave_base": chances[BASE],
                "p_leave_alternative": chances[ALTERNATIVE],
                "parted": self._parted[family],
            }
        )[list(PAIR_COLUMNS)]

    def _is_eu11(self) -> np.ndarray:
        populations = self._pair.states[BASE].families["population"]
        owner = self._pair.family_of_child
        return np.asarray((owner >= 0) & (populations[owner] == Population.EU11))
