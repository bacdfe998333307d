"""The pairing audit: are two runs really the same people with the same luck?

Pairing is checked, not assumed: a scenario that changes nothing is identical to the bit; nothing
differs before the first change; and every family's two lives stay the same until something reaches
it, which is then found and named. How much the pairing saves is measured too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from model.calendar import MONTHS_PER_YEAR, START_NUMBER, SchoolMonth, month_text, school_year
from model.enums import Population, Status
from model.family_rows import rows_differ, rows_of
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import last_years
from model.policy.scenario import FROZEN_2023, Scenario
from model.policy.timetable import Timetable
from model.registry import BY_NAME
from model.run.build import Populations
from model.run.engine import live_out
from model.run.simulation import Simulation
from model.state import ARRAYS
from scenarios.pairs.cause import Cause, cause
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair
from scenarios.runs.run import run_pairs
from scenarios.statistics.stopping_rule import per_replicate

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = (
    "vsv_vo_expected",
    "vsv_mbo_expected",
    "vsv_vo_counted",
    "vsv_mbo_counted",
    "language_at_12",
    "forced_moves",
    "poor_share",
)
"""Outcomes whose correlation between the two runs is measured."""

AIM = 10.0
"""Times fewer runs at equal precision that pairing should give on expected school leaving."""

MOST = 5
"""Things that are named of all that speak against a claim."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One claim about the pairing, whether it holds, and what was looked at.

    `n` counts the months (`null`) or the families (`contact`, `marks`) that were looked at; `first`
    is the month of the first change (`before`). `against` are the first things that speak against
    the claim: arrays, months, numbers of families, or levers with how often.
    """

    name: Literal["null", "before", "contact", "marks"]
    against: tuple[str, ...]
    n: int = 0
    first: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.against


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit found.

    `coherent` (columns school_year, population, families, share_identical, share_marked) tells how
    many families still live the same life in both runs at the end of each school year, and how
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
    stop: Stop | None = None,
) -> Audit:
    """Audit the pairing of a scenario with its base.

    `replicates` pairs are run for the variances, none when it is below 3. Raises InputError when
    the two do not start with the same people, and Cancelled when `stop()` says so.
    """
    settings = {"families": families, "years": years, "rng": rng}
    # Whether nothing differs before policy does is seen only where both live all months.
    pair = Pair.of(base, alternative, families=families, years=years, seed=rng, apart=True)
    watcher = _Watcher(pair)
    pair.run(watcher.watch, progress, stop)
    null = null_check(base, alternative, families=families, years=years, seed=rng)
    checks = (null, *watcher.checks())
    variance = variances(
        base, alternative, families, years, rng, replicates, workers=workers, stop=stop
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


def null_check(
    base: Scenario, alternative: Scenario, *, families: int | None, years: int, seed: int
) -> Check:
    """Live the base twice: as it is, and laid out over the groups of the alternative.

    The second run also has the alternative's marks, and runs on two threads; only policy is not
    there.
    """
    people = Populations()
    plain, laid_out = (
        Simulation(
            base,
            families=families,
            years=years,
            seed=seed,
            reference=reference,
            threads=threads,
            population=people,
        )
        for reference, threads in ((base, 1), (alternative, 2))
    )
    pair = Pair(
        plain, laid_out, people.of(plain.timetable, seed, plain.families, live_out), apart=True
    )
    pair.run(lambda _: None)
    different = tuple(name for name in ARRAYS if _differ(pair, name))
    return Check(name="null", against=different, n=pair.horizon)


def _differ(pair: Pair, name: str) -> bool:
    ours, theirs = (getattr(state, name) for state in pair.states)
    if ours.dtype.names:
        return bool(rows_differ(ours, theirs).any())
    return bool(ours.tobytes() != theirs.tobytes())


class _Watcher:
    """What is noted every month of a pair of runs."""

    def __init__(self, pair: Pair) -> None:
        n = pair.states[BASE].families.size
        self.first = _first_change(*pair.timetables)
        self.causes: Counter[str] = Counter()
        self._early: list[int] = []
        self._unmarked: Counter[str] = Counter()
        self._unknown: list[int] = []
        self._parted, self._marked = np.zeros(n, bool), np.zeros(n, bool)
        self._rows: list[tuple[str, str, int, float, float]] = []

    def watch(self, pair: Pair) -> None:
        """Note the month, which is lived and still open."""
        new = pair.differing() & ~self._parted
        if pair.month < self.first and (new.any() or _differ(pair, "places")):
            self._early.append(pair.month)
        for row in np.flatnonzero(new):
            self._note(pair, int(row), cause(pair, int(row), rows_of(pair.before, int(row))))
        self._parted |= new
        self._marked |= _marked(pair)
        if pair.month % MONTHS_PER_YEAR == SchoolMonth.JULY:
            self._year(pair)

    def _note(self, pair: Pair, row: int, why: Cause) -> None:
        self.causes[why.kind] += 1
        if why.kind == "unknown":
            self._unknown.append(row + 1)
        if why.kind == "lever":
            marks = rows_of(pair.states[ALTERNATIVE], row).marks()
            self._unmarked.update(n for n in why.names if not marks & BY_NAME[n].bit)

    def _year(self, pair: Pair) -> None:
        families = pair.states[BASE].families
        status = np.stack([state.families["status"] for state in pair.states])
        here = np.isin(status, (Status.IN_NL, Status.ABROAD_TEMP)).any(axis=0)
        for population in Population:
            chosen = here & (families["population"] == population)
            self._rows.append(
                (
                    school_year(pair.month),
                    population.name.lower(),
                    int(chosen.sum()),
                    float(1.0 - self._parted[chosen].mean()) if chosen.any() else np.nan,
                    float(self._marked[chosen].mean()) if chosen.any() else np.nan,
                )
            )

    def coherent(self) -> pd.DataFrame:
        """Return how many families still live the same life, per school year."""
        import pandas as pd

        columns = ["school_year", "population", "families", "share_identical", "share_marked"]
        return pd.DataFrame(self._rows, columns=columns)

    def checks(self) -> tuple[Check, ...]:
        """Return what holds, and what was looked at."""
        early = (month_text(START_NUMBER + month) for month in self._early[:MOST])
        unmarked = (f"{name} {count}" for name, count in self._unmarked.most_common(MOST))
        return (
            Check(name="before", against=tuple(early), first=month_text(START_NUMBER + self.first)),
            Check(
                name="contact",
                against=tuple(map(str, self._unknown[:MOST])),
                n=sum(self.causes.values()),
            ),
            Check(name="marks", against=tuple(unmarked), n=self.causes["lever"]),
        )


def _first_change(ours: Timetable, theirs: Timetable) -> int:
    """Return the first month in which a lever or a parameter stands elsewhere; the last if none."""
    moved = (theirs.levers["active"] != 0).any(axis=1)
    moved |= rows_differ(ours.parameters, theirs.parameters)
    return int(moved.argmax()) if moved.any() else ours.months


def _marked(pair: Pair) -> np.ndarray:
    """Return which families a lever has marked this school year, or one of their children."""
    state = pair.states[ALTERNATIVE]
    result = state.families["touched"] != 0
    result[pair.family_of_child[state.children["touched"] != 0]] = True
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
    stop: Stop | None = None,
    outcomes: Sequence[str] = OUTCOMES,
) -> pd.DataFrame:
    """Return how much pairing saves, for each outcome over the last school years together.

    `correlation` is that of the levels in the two runs over replicates; `ratio` the variance of
    the difference of two independent runs over that of a pair: so many times fewer runs give the
    same precision. Its interval comes from leaving out one replicate at a time (jackknife of the
    logarithm). Columns as in `Audit.variance`; empty for fewer than three replicates.
    """
    import pandas as pd

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
        stop=stop,
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
        with np.errstate(invalid="ignore"):  # of what never differs there is no correlation
            return float(np.corrcoef(values)[0, 1]), ratio, np.nan, np.inf
    pseudo = n * np.log(ratio) - (n - 1) * np.log(without)
    half = 1.96 * pseudo.std(ddof=1) / np.sqrt(n)
    correlation = float(np.corrcoef(values)[0, 1])
    return correlation, ratio, float(ratio * np.exp(-half)), float(ratio * np.exp(half))


def _ratio(values: np.ndarray) -> float:
    apart = (values[ALTERNATIVE] - values[BASE]).var(ddof=1)
    independent = values.var(axis=1, ddof=1).sum()
    return float(independent / apart) if apart > 0 else np.inf
