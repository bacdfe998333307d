"""The pairing audit: are two worlds really the same people with the same luck?

Pairing is checked, not assumed: a scenario that changes nothing is identical to the bit; nothing
differs before the first change; and every family's two lives stay the same until something reaches
it, which is then found and named. How much the pairing saves is measured too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from model.clock import MONTHS_PER_YEAR, START_NUMBER, SchoolMonth, month_text, school_year
from model.engine import Engine
from model.enums import Population, Status
from model.levers import BY_NAME
from model.outcomes import last_years
from model.scenario import FROZEN_2023, Scenario
from model.state import ARRAYS
from model.timetable import Timetable, build
from scenarios.ensemble import run_pairs
from scenarios.settle import per_replicate
from scenarios.trace import Cause, cause, rows_of
from scenarios.worlds import ALTERNATIVE, BASE, Progress, Stop, Worlds, rows_differ

OUTCOMES = (
    "vsv_vo_expected",
    "vsv_mbo_expected",
    "vsv_vo_counted",
    "vsv_mbo_counted",
    "language_at_12",
    "forced_moves",
    "poor_share",
)
"""Outcomes whose correlation between the worlds is measured."""

AIM = 10.0
"""Times fewer runs at equal precision that pairing should give on expected school leaving."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One claim about the pairing, whether it holds, and what was looked at."""

    name: str
    holds: bool
    detail: str


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit found.

    `coherent` (columns school_year, population, families, share_identical, share_marked) tells how
    many families still live the same life in both worlds at the end of each school year, and how
    many have ever been marked by a lever; `variance` (columns outcome, population, correlation,
    ratio, low, high, n) how many times fewer pairs than independent runs give the same precision,
    with a 95% interval; `causes` counts what made lives part, by kind.
    """

    base: str
    alternative: str
    checks: tuple[Check, ...]
    coherent: pd.DataFrame
    variance: pd.DataFrame
    causes: Mapping[str, int]
    settings: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)


def audit(
    alternative: Scenario,
    base: Scenario = FROZEN_2023,
    *,
    families: int | None = 1000,
    years: int = 15,
    rng: int = 1,
    replicates: int = 20,
    workers: int | None = None,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> Audit:
    """Audit the pairing of a scenario with its base.

    `replicates` pairs are run for the variances, none when it is below 3. Raises InputError when
    the two do not start with the same people, and Cancelled when `cancelled()` says so.
    """
    settings = {"families": families, "years": years, "rng": rng}
    worlds = Worlds(base, alternative, **settings)  # type: ignore[arg-type]
    watcher = _Watcher(worlds)
    worlds.run(watcher.watch, progress, cancelled)
    checks = (null_check(base, alternative, settings), *watcher.checks())
    variance = variances(
        base, alternative, families, years, rng, replicates, workers=workers, cancelled=cancelled
    )
    return Audit(
        base=base.id,
        alternative=alternative.id,
        checks=checks,
        coherent=watcher.coherent(),
        variance=variance,
        causes=dict(watcher.causes),
        settings=settings | {"replicates": replicates},
    )


def null_check(base: Scenario, alternative: Scenario, settings: Mapping[str, Any]) -> Check:
    """Live the base twice: as it is, and laid out over the groups of the alternative.

    The second world also has the alternative's marks, and runs on two threads; only policy is not
    there.
    """
    worlds = Worlds(base, base, **settings)
    plan = build(base, worlds.months, alternative)
    state = worlds.states[BASE].copy()
    worlds.engines = (worlds.engines[BASE], Engine(state, plan, worlds.seed, threads=2))
    worlds.run(lambda _: None)
    different = [name for name in ARRAYS if _differ(worlds, name)]
    return Check(
        name="null",
        holds=not different,
        detail=", ".join(different) or f"{worlds.months} months, every array of the state",
    )


def _differ(worlds: Worlds, name: str) -> bool:
    ours, theirs = (getattr(state, name) for state in worlds.states)
    if ours.dtype.names:
        return bool(rows_differ(ours, theirs).any())
    return bool(ours.tobytes() != theirs.tobytes())


class _Watcher:
    """What is noted every month of a pair of worlds."""

    def __init__(self, worlds: Worlds) -> None:
        n = worlds.states[BASE].families.size
        self.first = _first_change(*worlds.plans)
        self.causes: Counter[str] = Counter()
        self._early: list[int] = []
        self._unmarked: Counter[str] = Counter()
        self._unknown: list[int] = []
        self._parted, self._marked = np.zeros(n, bool), np.zeros(n, bool)
        self._rows: list[tuple[str, str, int, float, float]] = []

    def watch(self, worlds: Worlds) -> None:
        """Note the month, which is lived and still open."""
        new = worlds.differing() & ~self._parted
        if worlds.month < self.first and (new.any() or _differ(worlds, "places")):
            self._early.append(worlds.month)
        for row in np.flatnonzero(new):
            self._note(worlds, int(row), cause(worlds, int(row), rows_of(worlds.before, int(row))))
        self._parted |= new
        self._marked |= _marked(worlds)
        if worlds.month % MONTHS_PER_YEAR == SchoolMonth.JULY:
            self._year(worlds)

    def _note(self, worlds: Worlds, row: int, why: Cause) -> None:
        self.causes[why.kind] += 1
        if why.kind == "unknown":
            self._unknown.append(row + 1)
        if why.kind == "lever":
            marks = rows_of(worlds.states[ALTERNATIVE], row).marks()
            self._unmarked.update(n for n in why.names if not marks & BY_NAME[n].bit)

    def _year(self, worlds: Worlds) -> None:
        families = worlds.states[BASE].families
        status = np.stack([state.families["status"] for state in worlds.states])
        here = np.isin(status, (Status.IN_NL, Status.ABROAD_TEMP)).any(axis=0)
        for population in Population:
            chosen = here & (families["population"] == population)
            self._rows.append(
                (
                    school_year(worlds.month),
                    population.name.lower(),
                    int(chosen.sum()),
                    float(1.0 - self._parted[chosen].mean()) if chosen.any() else np.nan,
                    float(self._marked[chosen].mean()) if chosen.any() else np.nan,
                )
            )

    def coherent(self) -> pd.DataFrame:
        """Return how many families still live the same life, per school year."""
        columns = ["school_year", "population", "families", "share_identical", "share_marked"]
        return pd.DataFrame(self._rows, columns=columns)

    def checks(self) -> tuple[Check, ...]:
        """Return what holds, and what was looked at."""
        n = sum(self.causes.values())
        first = month_text(START_NUMBER + self.first)
        early = ", ".join(month_text(START_NUMBER + month) for month in self._early[:5])
        lost = ", ".join(map(str, self._unknown[:5]))
        unmarked = ", ".join(f"{name} {count}" for name, count in self._unmarked.most_common(5))
        return (
            Check(name="before", holds=not self._early, detail=early or f"first change {first}"),
            Check(
                name="contact",
                holds=not self._unknown,
                detail=f"families {lost}" if lost else f"{n} families reached, every cause found",
            ),
            Check(
                name="marks",
                holds=not self._unmarked,
                detail=unmarked or f"{self.causes['lever']} families reached by a lever",
            ),
        )


def _first_change(ours: Timetable, theirs: Timetable) -> int:
    """Return the first month in which a lever or a parameter stands elsewhere; the last if none."""
    moved = (theirs.levers["active"] != 0).any(axis=1)
    moved |= rows_differ(ours.parameters, theirs.parameters)
    return int(moved.argmax()) if moved.any() else ours.months


def _marked(worlds: Worlds) -> np.ndarray:
    """Return which families a lever has marked this school year, or one of their children."""
    state = worlds.states[ALTERNATIVE]
    result = state.families["touched"] != 0
    result[worlds.family_of_child[state.children["touched"] != 0]] = True
    return np.asarray(result)


def variances(
    base: Scenario,
    alternative: Scenario,
    families: int | None,
    years: int,
    rng: int,
    replicates: int,
    *,
    workers: int | None = None,
    cancelled: Stop | None = None,
    outcomes: Sequence[str] = OUTCOMES,
) -> pd.DataFrame:
    """Return how much pairing saves, for each outcome over the last school years together.

    `correlation` is that of the levels in the two worlds over replicates; `ratio` the variance of
    the difference of two independent runs over that of a pair: so many times fewer runs give the
    same precision. Its interval comes from leaving out one replicate at a time (jackknife of the
    logarithm). Columns as in `Audit.variance`; empty for fewer than three replicates.
    """
    columns = ["outcome", "population", "correlation", "ratio", "low", "high", "n"]
    if replicates < 3:  # noqa: PLR2004 - a jackknife of a variance needs three
        return pd.DataFrame(columns=columns)
    ensemble = run_pairs(
        (base, alternative),
        families=families,
        years=years,
        seed=rng,
        replicates=range(replicates),
        workers=workers,
        cancelled=cancelled,
    )
    counted = last_years(ensemble.school_years)
    table = ensemble.table(dimension="all", outcome=outcomes, school_year=counted)
    rows = []
    for outcome in outcomes:
        if outcome in set(table["outcome"]):
            _, values = per_replicate(table, outcome, base.id)
            rows.append((outcome, "eu11", *_saved(values), replicates))
    return pd.DataFrame(rows, columns=columns)


def _saved(values: np.ndarray) -> tuple[float, float, float, float]:
    """Return correlation, ratio and its interval from values (2, replicates)."""
    n = values.shape[1]
    ratio = _ratio(values)
    without = np.array([_ratio(np.delete(values, k, axis=1)) for k in range(n)])
    if not np.isfinite([ratio, *without]).all():
        return float(np.corrcoef(values)[0, 1]), ratio, np.nan, np.inf
    pseudo = n * np.log(ratio) - (n - 1) * np.log(without)
    half = 1.96 * pseudo.std(ddof=1) / np.sqrt(n)
    correlation = float(np.corrcoef(values)[0, 1])
    return correlation, ratio, float(ratio * np.exp(-half)), float(ratio * np.exp(half))


def _ratio(values: np.ndarray) -> float:
    apart = (values[ALTERNATIVE] - values[BASE]).var(ddof=1)
    independent = values.var(axis=1, ddof=1).sum()
    return float(independent / apart) if apart > 0 else np.inf
