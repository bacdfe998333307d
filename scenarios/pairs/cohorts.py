"""Cohorts: children born, or arrived, in one school year, followed to their 18th and 23rd birthday.

A yearly rate is that of whoever is counted in that year. A policy that makes families stay changes
who is counted, and so the rate, though nobody's chance has changed. Two views put that right: each
cohort followed on its own, with children who leave the country censored, and the difference between
two runs split into that of the same children and that of who is counted.

Children are followed by age. Those of a cohort who were in the country at a count and had not left
school by then, and are still here at the next count, are seen at the age they have then. The share
that has left by a birthday, of children who stay in the country, is one minus the product over ages
of one minus their mean probability (Kaplan and Meier 1958, with late entry). Who has a
startkwalificatie stays among those seen: nothing is expected of them any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from model.calendar import MONTHS_PER_YEAR, TWELVE, SchoolMonth, school_year
from model.enums import Population, Stage, Status
from model.errors import InputError
from model.outcomes.observers import Progress, Stop, is_here
from model.outcomes.registry import MINIMUM_CELL
from model.policy.scenario import Scenario
from model.state import State
from scenarios.disclosure.rules import MARK
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair
from scenarios.runs.parameter_samples import replicate_seed
from scenarios.statistics.answer import CONFIDENCE, bounds
from scenarios.statistics.paired import t_interval

if TYPE_CHECKING:
    import pandas as pd

By = Literal["birth", "arrival"]
BYS: tuple[By, ...] = ("birth", "arrival")

BIRTHDAYS = (18, 23)
"""Cohorts are followed to the last count of 1 October before these."""

FIRST_SEEN = TWELVE // MONTHS_PER_YEAR + 1
"""Age at the count that looks back on the first year in which a child can be in the count."""

COHORT_COLUMNS = (
    "by",
    "population",
    "cohort",
    "birthday",
    "every_age",
    "children_base",
    "children",
    "abroad_base",
    "abroad",
    "not_yet_base",
    "not_yet",
    "level_base",
    "level",
    "difference",
    "low",
    "high",
    "p_sign",
    "mark",
)
SPLIT_COLUMNS = (
    "school_year",
    "n_base",
    "n_alternative",
    "n_both",
    "rate_base",
    "rate_alternative",
    "difference",
    "same_children",
    "same_low",
    "same_high",
    "who_is_counted",
    "who_low",
    "who_high",
    "mark",
)

_NUMBERS = COHORT_COLUMNS[COHORT_COLUMNS.index("children_base") : -1]
_LEVELS = COHORT_COLUMNS[COHORT_COLUMNS.index("level_base") : -1]
_AGES = max(BIRTHDAYS) - FIRST_SEEN
_EARLIEST = -max(BIRTHDAYS)
"""The first cohort that can be seen in a run, in school years from its start."""


@dataclass(frozen=True, kw_only=True)
class Cohorts:
    """Two scenarios with the same families, cohort by cohort.

    `table` (COHORT_COLUMNS) has a row per population, cohort and birthday. `children` were seen at
    some age, on average per replicate; `abroad` is the share that left the country before the
    birthday, `not_yet` the share that the run did not follow so far. `level` is the expected share
    of children who stay that has left school without a startkwalificatie by the birthday; NaN
    unless somebody was seen at `every_age` before it, from 13 on. `difference`, its interval and
    `p_sign` are as in a comparison. In `split` (SPLIT_COLUMNS) the difference of a school year's
    EU-11 rate, of vo and mbo together, is `same_children` (counted in both runs) plus
    `who_is_counted`. Rows that rest on fewer than ten children in a replicate have a `mark` and no
    numbers.
    """

    by: By
    base: str
    alternative: str
    replicates: int
    table: pd.DataFrame
    split: pd.DataFrame


def cohorts(
    base: Scenario,
    alternative: Scenario,
    *,
    by: By = "birth",
    families: int | str | None = 2000,
    years: int = 15,
    rng: int = 1,
    replicates: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Cohorts:
    """Return the cohorts of two scenarios with the same families.

    By "birth" a cohort is the children born in a school year; by "arrival" the EU-11 children who
    came to the country in it, not those born here. Replicate r has the seed
    `replicate_seed(rng, r)`. Raises InputError for what cannot be used, also when the two do not
    start with the same people, and Cancelled when stopped.
    """
    if by not in BYS:
        raise InputError(f"by = '{by}' is not possible; choose {' or '.join(BYS)}.")
    if replicates < 1:
        raise InputError(f"replicates = {replicates} is not possible; at least 1 is needed.")
    seen = []
    for r in range(replicates):
        pair = Pair.of(
            base, alternative, families=families, years=years, seed=replicate_seed(rng, r)
        )
        seen.append(_Seen(pair, by))
        pair.run(seen[-1].watch, _part(progress, r, replicates), stop)
    return Cohorts(
        by=by,
        base=base.id,
        alternative=alternative.id,
        replicates=replicates,
        table=_table(seen, by),
        split=_split(seen),
    )


def _part(progress: Progress | None, done: int, whole: int) -> Progress | None:
    """Return what a replicate tells of its months, `done` of `whole` replicates being lived."""
    if progress is None:
        return None
    return lambda month, horizon: progress(done * horizon + month, whole * horizon)


class _Seen:
    """What is seen of the children of a pair of runs, at every count of 1 October.

    Arrays have the axes run, population and cohort; then `n` and `expected` age at the count, and
    `children`, `abroad` and `not_yet` birthday.
    """

    def __init__(self, pair: Pair, by: By) -> None:
        state = pair.states[BASE]
        self._owner = pair.family_of_child
        self._births = state.children["birth_month"].astype(np.int64)
        self._population = state.families["population"][self._owner]
        month, self._is_in_one = self._births, self._owner >= 0
        if by == "arrival":
            month = state.families["entry_month"].astype(np.int64)[self._owner]
            self._is_in_one &= (self._births < month) & (self._population == Population.EU11)
        self._is_child = self._owner >= 0
        self._cohort = month // MONTHS_PER_YEAR - _EARLIEST
        self._is_in_one &= self._cohort >= 0
        size = (len(pair.scenarios), len(Population), pair.horizon // MONTHS_PER_YEAR - _EARLIEST)
        self._were_there = np.zeros((size[0], self._births.size), bool)
        self._followed = np.zeros((size[0], len(BIRTHDAYS), self._births.size), bool)
        self.n, self.expected = np.zeros((2, *size, _AGES))
        self.children, self.abroad, self.not_yet = np.zeros((3, *size, len(BIRTHDAYS)))
        self.split: list[tuple[float, ...]] = []

    def watch(self, pair: Pair) -> None:
        """See a count, which looks back on the year since the one before it."""
        if pair.month % MONTHS_PER_YEAR != SchoolMonth.OCTOBER:
            return
        is_last = pair.month + MONTHS_PER_YEAR >= pair.horizon
        age = (pair.month - self._births) // MONTHS_PER_YEAR
        if pair.month >= MONTHS_PER_YEAR:
            for run, state in enumerate(pair.states):
                self._look_back(run, state, age)
            self._look_at_both(pair.states)
        for run, state in enumerate(pair.states):
            self._were_there[run] = self._are_there(state, age)
            if is_last:
                self._end(run, age)

    def _are_there(self, state: State, age: np.ndarray) -> np.ndarray:
        """Return the children in the country who may be seen at the next count."""
        has_left = state.children["stage"] == Stage.LEFT
        is_of_age = (age >= FIRST_SEEN - 1) & (age < max(BIRTHDAYS) - 1)
        return np.asarray(self._here(state) & is_of_age & ~has_left)

    def _here(self, state: State) -> np.ndarray:
        return np.asarray(self._is_child & is_here(state)[self._owner])

    def _at_risk(self, state: State) -> np.ndarray:
        """Return the children for whom leaving was drawn at this count, and who are still here."""
        return np.asarray(self._here(state) & (state.children["risk_stage"] > 0))

    def _look_back(self, run: int, state: State, age: np.ndarray) -> None:
        were_there = self._were_there[run] & self._is_in_one
        seen = were_there & self._here(state)
        expected = np.where(self._at_risk(state), state.children["vsv_hazard_year"], 0.0)
        places = self._population[seen], self._cohort[seen], age[seen] - FIRST_SEEN
        np.add.at(self.n[run], places, 1.0)
        np.add.at(self.expected[run], places, expected[seen])
        has_gone = were_there & (state.families["status"] == Status.EMIGRATED)[self._owner]
        for k, birthday in enumerate(BIRTHDAYS):
            before = age < birthday
            self._followed[run, k] |= (seen | has_gone) & before
            self._add(self.abroad[run], k, has_gone & before)

    def _end(self, run: int, age: np.ndarray) -> None:
        """Note who was followed, and whose next count before a birthday comes after the run."""
        for k, birthday in enumerate(BIRTHDAYS):
            followed = self._followed[run, k]
            self._add(self.children[run], k, followed)
            self._add(self.not_yet[run], k, followed & self._were_there[run] & (age + 1 < birthday))

    def _add(self, to: np.ndarray, birthday: int, chosen: np.ndarray) -> None:
        np.add.at(to[..., birthday], (self._population[chosen], self._cohort[chosen]), 1.0)

    def _look_at_both(self, states: tuple[State, ...]) -> None:
        ours = self._population == Population.EU11
        risk = [self._at_risk(state) & ours for state in states]
        both = risk[BASE] & risk[ALTERNATIVE]
        hazards = [state.children["vsv_hazard_year"].astype(float) for state in states]
        rates = [_mean(hazard[one]) for hazard, one in zip(hazards, risk, strict=True)]
        same = _mean((hazards[ALTERNATIVE] - hazards[BASE])[both])
        is_same = np.array_equal(*risk)
        others = 0.0 if is_same else rates[ALTERNATIVE] - rates[BASE] - same
        counts = (float(one.sum()) for one in (*risk, both))
        self.split.append((*counts, *rates, same, others))


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if values.size else 0.0


def _table(seen: list[_Seen], by: By) -> pd.DataFrame:
    import pandas as pd

    # Replicates come last.
    n, expected, children, abroad, not_yet = (
        np.stack([getattr(one, name) for one in seen], axis=-1)
        for name in ("n", "expected", "children", "abroad", "not_yet")
    )
    rows = []
    for population in Population:
        for cohort in range(n.shape[2]):
            for k, birthday in enumerate(BIRTHDAYS):
                at = population, cohort
                everybody = children[:, *at, k]
                if not everybody.any():
                    continue
                ages = slice(0, birthday - FIRST_SEEN)
                rows.append(
                    {
                        "by": by,
                        "population": population.name.lower(),
                        "cohort": school_year(MONTHS_PER_YEAR * (cohort + _EARLIEST)),
                        "birthday": birthday,
                        "every_age": bool(n[:, *at, ages].any(axis=-1).all()),
                        **_both("children", everybody.mean(axis=-1)),
                        **_both("abroad", _share(abroad[:, *at, k], everybody)),
                        **_both("not_yet", _share(not_yet[:, *at, k], everybody)),
                        **_levels(n[:, *at, ages], expected[:, *at, ages]),
                        "mark": MARK if everybody.min() < MINIMUM_CELL else "",
                    }
                )
    return _without_small(pd.DataFrame(rows, columns=list(COHORT_COLUMNS)), _NUMBERS)


def _both(name: str, values: np.ndarray) -> dict[str, float]:
    return {f"{name}_base": float(values[BASE]), name: float(values[ALTERNATIVE])}


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.asarray(part.sum(axis=-1) / np.maximum(whole.sum(axis=-1), 1.0))


def _levels(n: np.ndarray, expected: np.ndarray) -> dict[str, float]:
    """Return the share that has left, of both runs, and their difference, from (2, ages, r).

    Each replicate moves a share by its linearised value, as it does any ratio
    (`scenarios.statistics.answer`).
    """
    whole = n.sum(axis=-1)
    if not whole.all():
        return dict.fromkeys(_LEVELS, np.nan)
    rates = expected.sum(axis=-1) / whole
    stay = np.prod(1.0 - rates, axis=-1)
    apart = (expected - rates[..., None] * n) / (whole / n.shape[-1])[..., None]
    moved = (stay[:, None, None] / (1.0 - rates)[..., None] * apart).sum(axis=1)
    difference = stay[BASE] - stay[ALTERNATIVE]
    low, high, p_sign = bounds(difference, moved[ALTERNATIVE] - moved[BASE], CONFIDENCE)
    return {
        **_both("level", 1.0 - stay),
        "difference": float(difference),
        "low": float(low),
        "high": float(high),
        "p_sign": float(p_sign),
    }


def _split(seen: list[_Seen]) -> pd.DataFrame:
    import pandas as pd

    found = np.stack([one.split for one in seen], axis=-1)  # year, column, replicate
    rows = []
    for year, row in enumerate(found):
        n_base, n_alternative, n_both, _, _, same, others = row
        rows.append(
            (
                school_year(MONTHS_PER_YEAR * year),
                *row[:5].mean(axis=-1),
                (same + others).mean(),
                *t_interval(same)[:3],
                *t_interval(others)[:3],
                MARK if min(n_base.min(), n_alternative.min(), n_both.min()) < MINIMUM_CELL else "",
            )
        )
    return _without_small(pd.DataFrame(rows, columns=list(SPLIT_COLUMNS)), SPLIT_COLUMNS[1:-1])


def _without_small(table: pd.DataFrame, numbers: tuple[str, ...]) -> pd.DataFrame:
    """Return a table without the numbers of rows that have a mark."""
    is_small = table["mark"] == MARK
    return table.assign(**{name: table[name].astype(float).mask(is_small) for name in numbers})
