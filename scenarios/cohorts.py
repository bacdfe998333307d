"""Cohorts: school leaving per year of birth or arrival, with who left the country taken out.

A yearly rate is that of whoever is counted in that year. A policy that makes families stay changes
who is counted, and so the rate, though nobody's chance has changed. Two views put that right: each
cohort followed on its own, and a difference between two runs split into that of the same children
and that of who is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from model.clock import MONTHS_PER_YEAR, SchoolMonth, school_year
from model.enums import Population, Stage
from model.observers import Progress, Stop
from model.scenario import Scenario
from model.state import State
from scenarios.pair import ALTERNATIVE, BASE, Pair

if TYPE_CHECKING:
    import pandas as pd

By = Literal["birth", "arrival"]

COHORT_COLUMNS = (
    "scenario",
    "population",
    "cohort",
    "school_year",
    "n_at_risk",
    "expected",
    "counted",
    "n_censored",
    "rate",
    "cumulative",
)

SPLIT_COLUMNS = (
    "school_year",
    "n_base",
    "n_alternative",
    "n_both",
    "rate_base",
    "rate_alternative",
    "same_children",
    "who_is_counted",
)


def cohorts(
    base: Scenario,
    alternative: Scenario,
    *,
    by: By = "birth",
    families: int | None = 2000,
    years: int = 15,
    rng: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cohort view of two scenarios with the same families, and the split difference.

    The first table (COHORT_COLUMNS) has a row per scenario, population, cohort (school year of
    birth, or of the family's arrival) and school year: children at risk of leaving since the last
    count of 1 October, the sum of their hazards, leavers, children of the cohort who had left the
    country by then (censored), the yearly rate, and the expected share of a child that stays who
    has left by the end of that year. The second (SPLIT_COLUMNS) has for each school year the EU-11
    rates, and their difference as `same_children` (children counted in both runs) plus
    `who_is_counted`. Raises InputError when the two do not start with the same people.
    """
    pair = Pair.of(base, alternative, families=families, years=years, seed=rng)
    notes = _Notes(pair, by)
    pair.run(notes.watch, progress, stop)
    return notes.cohorts(), notes.split()


class _Notes:
    """What is noted at every count of 1 October."""

    def __init__(self, pair: Pair, by: By) -> None:
        owner = pair.family_of_child
        state = pair.states[BASE]
        month = state.children["birth_month"].astype(np.int64)
        if by == "arrival":
            month = state.families["arrival_month"].astype(np.int64)[owner]
        self._cohort = month // MONTHS_PER_YEAR
        self._population = state.families["population"][owner]
        self._is_child = owner >= 0
        self._names = [scenario.id for scenario in pair.scenarios]
        self._rows: list[tuple[str, str, int, str, int, float, int, int]] = []
        self._split: list[tuple[float | str, ...]] = []

    def watch(self, pair: Pair) -> None:
        """Note a count, which looks back on the school year before it."""
        if pair.month % MONTHS_PER_YEAR != SchoolMonth.OCTOBER or pair.month < MONTHS_PER_YEAR:
            return
        year = school_year(pair.month - MONTHS_PER_YEAR)
        for name, state in zip(self._names, pair.states, strict=True):
            self._branch(name, state, year, pair.month)
        self._note_split(year, pair.states)

    def _branch(self, name: str, state: State, year: str, month: int) -> None:
        children = state.children
        at_risk = self._at_risk(state)
        left = at_risk & (children["stage"] == Stage.LEFT) & (children["left_month"] == month)
        gone = self._is_child & (children["stage"] == Stage.EMIGRATED)
        for population in Population:
            ours = self._population == population
            for cohort in np.unique(self._cohort[at_risk & ours]):
                mine = ours & (self._cohort == cohort)
                chosen = at_risk & mine
                hazard = float(children["vsv_hazard_year"][chosen].astype(float).sum())
                self._rows.append(
                    (
                        name,
                        population.name.lower(),
                        int(cohort),
                        year,
                        int(chosen.sum()),
                        hazard,
                        int((left & mine).sum()),
                        int((gone & mine).sum()),
                    )
                )

    def _at_risk(self, state: State) -> np.ndarray:
        """Return the children for whom leaving was drawn at this count, and who are still here."""
        children = state.children
        here = children["stage"] != Stage.EMIGRATED
        return np.asarray(self._is_child & here & (children["risk_stage"] > 0))

    def _note_split(self, year: str, states: Sequence[State]) -> None:
        ours = self._population == Population.EU11
        risk = [self._at_risk(state) & ours for state in states]
        both = risk[BASE] & risk[ALTERNATIVE]
        hazards = [state.children["vsv_hazard_year"].astype(float) for state in states]
        rates = [_mean(hazard[one]) for hazard, one in zip(hazards, risk, strict=True)]
        same = _mean(hazards[ALTERNATIVE][both]) - _mean(hazards[BASE][both])
        counts = (int(risk[BASE].sum()), int(risk[ALTERNATIVE].sum()), int(both.sum()))
        difference = rates[ALTERNATIVE] - rates[BASE]
        self._split.append((year, *counts, *rates, same, difference - same))

    def cohorts(self) -> pd.DataFrame:
        """Return the cohort view."""
        import pandas as pd

        names = [name for name in COHORT_COLUMNS if name not in {"rate", "cumulative"}]
        table = pd.DataFrame(self._rows, columns=names)
        table["rate"] = table["expected"] / table["n_at_risk"]
        table["cohort"] = [school_year(MONTHS_PER_YEAR * one) for one in table["cohort"]]
        stays = (1.0 - table["rate"]).groupby(
            [table["scenario"], table["population"], table["cohort"]]
        )
        table["cumulative"] = 1.0 - stays.cumprod()
        return table[list(COHORT_COLUMNS)]

    def split(self) -> pd.DataFrame:
        """Return the difference of the yearly rates, in two parts."""
        import pandas as pd

        return pd.DataFrame(self._split, columns=list(SPLIT_COLUMNS))


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if values.size else 0.0
