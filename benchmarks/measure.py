"""The measurements of one process: each month of each way of running, again and again.

A round measures everything once; rounds follow each other, so that whatever else the machine does
disturbs all ways alike. Of every month the fastest round counts, and months are added up.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np

from benchmarks.idiomatic import IdiomaticModel
from benchmarks.idiomatic.simulation import averages_of
from benchmarks.plan import SEED, Plan
from model.family_model import FamilyModel
from model.measuring import months
from model.measuring.counting import Draws, count_draws, is_active
from model.population import build_population
from model.scenario import FROZEN_2023
from model.state import State
from model.timetable import Timetable, build

type Seconds = Iterator[tuple[float, ...]]
type Way = Callable[[], Seconds]
"""A way of living months: gives the seconds of each, one number or more, from the first on."""


def rounds(ways: dict[str, Way], n: int, tell: Callable[[str], None]) -> dict[str, list[float]]:
    """Return the seconds of every way: sums over its months of the fastest of `n` rounds."""
    best: dict[str, np.ndarray] = {}
    for turn in range(n):
        for name, way in ways.items():
            tell(f"round {turn + 1} of {n}: {name}")
            gc.collect()
            seconds = np.array(list(way()))
            best[name] = np.minimum(best.get(name, seconds), seconds)
    return {name: seconds.sum(axis=0).tolist() for name, seconds in best.items()}


class Sample:
    """A population of one size, laid down once, and the ways in which its months are lived."""

    def __init__(self, families: int | None, months: int, draws: Draws) -> None:
        self.months = months
        self.calls = (draws.per_family, draws.per_adult, draws.per_child)
        self.timetable: Timetable = build(FROZEN_2023, -(-months // 12) * 12)
        start = perf_counter()
        self.state: State = build_population(self.timetable, SEED, families)
        self.build_seconds = perf_counter() - start
        self.floor_family_months = 0
        self.averages: dict[str, float] = {}
        self.idiomatic_averages: dict[str, float] = {}
        self._count()

    def _count(self) -> None:
        """Live the months once, for exact numbers of active families, and to compile."""
        state = self.state.copy()
        lived = months.active_families(state, self.timetable, SEED, self.months)
        self.family_months = sum(lived)
        rows = np.flatnonzero(is_active(state.families))
        self.averages = averages_of(state, rows)

    def compiled(self) -> Seconds:
        """Live each month in the compiled loop; the second number is of walking the rows only."""
        yield from months.compiled(self.state.copy(), self.timetable, SEED, self.months)

    def floor(self) -> Seconds:
        """Only draw and touch rows, each month; opening and closing it is not timed."""
        self.floor_family_months = 0
        state = self.state.copy()
        for seconds, families in months.floor(state, self.timetable, SEED, self.months, self.calls):
            self.floor_family_months += families
            yield (seconds,)

    def mesa_face(self) -> Seconds:
        """Live each month agent by agent, with the compiled steps of one family at a time."""
        model = FamilyModel(
            rng=SEED,
            years=self.timetable.months // 12,
            population=self.state,
            collect=False,
        )
        agents = model.agents
        for _ in range(self.months):
            start = perf_counter()
            agents.do("step")
            yield (perf_counter() - start,)
            agents = model.agents

    def idiomatic(self) -> Seconds:
        """Live each month in the version of objects; keep its averages for comparison."""
        model = IdiomaticModel(self.state, self.timetable, SEED)
        for _ in range(self.months):
            start = perf_counter()
            model.step()
            yield (perf_counter() - start,)
        self.idiomatic_averages = model.averages()


def full_run(population: State, years: int, threads: int) -> Way:
    """Return the way of a whole run as a user makes it: all months, observation, and the table."""

    def way() -> Seconds:
        model = FamilyModel(
            rng=SEED, years=years, threads=threads, population=population, collect=False
        )
        start = perf_counter()
        model.run()
        model.outcomes()
        yield (perf_counter() - start,)

    return way


def draws_of(plan: Plan) -> Draws:
    """Count the draws of a school year in a small population."""
    timetable = build(FROZEN_2023, 12)
    return count_draws(build_population(timetable, SEED, plan.counted), timetable, SEED)
