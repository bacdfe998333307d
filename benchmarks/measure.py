"""The measurements of one process: each month of each way of running, again and again.

A round measures everything once; rounds follow each other, so that whatever else the machine does
disturbs all ways alike. Of every month the fastest round counts, and months are added up.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import perf_counter, process_time

import numpy as np

from benchmarks.peer import WorkModel
from benchmarks.plan import SEED, Plan
from model.family_model import FamilyModel
from model.measuring import months
from model.measuring.counting import Draws, count_draws
from model.measuring.work import work
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import Timetable, build
from model.run.build import build_population
from model.state import State

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
        self._count()

    def _count(self) -> None:
        """Live the months once, for exact numbers of active families, and to compile."""
        state = self.state.copy()
        lived = months.active_families(state, self.timetable, SEED, self.months)
        self.family_months = sum(lived)

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
            families=int(self.state.entries[0]),
            population=self.state,
            collect=False,
        )
        agents = model.agents
        for _ in range(self.months):
            start = perf_counter()
            agents.do("step")
            yield (perf_counter() - start,)
            agents = model.agents


class Slice:
    """Families who only work, month after month: in the compiled steps, and as Mesa objects.

    Nobody leaves, as leaving is no part of the slice: both ways live the same family-months.
    """

    def __init__(self, families: int, months: int) -> None:
        self.months = months
        self.timetable: Timetable = build(FROZEN_2023, -(-months // 12) * 12)
        self.state: State = build_population(self.timetable, SEED, families)
        lived = work(self.state.copy(), self.timetable, SEED, months)  # compiles too
        self.family_months = sum(n for _, n in lived)

    def compiled(self) -> Seconds:
        """Live each month at work in a compiled loop over the rows."""
        for seconds, _ in work(self.state.copy(), self.timetable, SEED, self.months):
            yield (seconds,)

    def peer(self) -> Seconds:
        """Live each month at work as objects; making them is not timed.

        In processor time: a month of objects lasts so long that other programs come in between.
        """
        first = self.state.entries.tolist()
        is_border = self.state.families["is_border"]
        model = WorkModel(self.state, self.timetable, _counted(is_border, 0, first[0]))
        lived = 0
        for month in range(self.months):
            model.admit(_counted(is_border, first[month], first[month + 1]))
            lived += len(model.agents)
            start = process_time()
            model.step()
            yield (process_time() - start,)
        if lived != self.family_months:
            message = f"the peer lived {lived} family-months, the rows {self.family_months}"
            raise RuntimeError(message)


def _counted(is_border: np.ndarray, first: int, end: int) -> list[int]:
    """Return the rows from `first` to `end` but those across the border, who wait for a lever."""
    return [row for row in range(first, end) if not is_border[row]]


def full_run(population: State, years: int, threads: int) -> Way:
    """Return the way of a whole run as a user makes it: all months, observation, and the table."""

    def way() -> Seconds:
        model = FamilyModel(
            rng=SEED,
            families=int(population.entries[0]),
            years=years,
            threads=threads,
            population=population,
            collect=False,
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


def philox_ns(rounds: int, numbers: int = 1_000_000) -> float:
    """Return the nanoseconds of one number of NumPy's Philox, at its fastest."""
    luck = np.random.Generator(np.random.Philox(SEED))
    taken: list[float] = []
    for _ in range(5 * rounds):
        start = process_time()
        luck.random(numbers)
        taken.append(process_time() - start)
    return 1e9 * min(taken) / numbers
