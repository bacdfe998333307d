"""Two worlds side by side: the same people with the same luck, month by month, two policies."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from model.clock import MONTHS_PER_YEAR
from model.engine import Engine
from model.errors import Cancelled, InputError
from model.population import build_population
from model.scenario import Scenario
from model.settings import checked_families
from model.state import ADULTS, State
from model.timetable import Timetable, build

BASE, ALTERNATIVE = 0, 1
MARK = "touched"
"""The bits of levers that reached somebody: a note for reports, which no rule reads."""

Progress = Callable[[int, int], object]
Stop = Callable[[], bool]


class Worlds:
    """A base and an alternative on the same people; `engines`, `plans` and `scenarios` hold both.

    `before` is the base's state before the open month, or the next, was opened. Levers count as
    moved against the base, so only the alternative's families are marked as reached. Rows mean the
    same people in both worlds. Raises InputError when the two scenarios do not start with the same
    people, or cannot be laid out.
    """

    def __init__(
        self,
        base: Scenario,
        alternative: Scenario,
        *,
        families: int | str | None = 2000,
        years: int = 15,
        rng: int = 1,
        threads: int = 1,
    ) -> None:
        self.scenarios = (base, alternative)
        self.seed, self.months = rng, years * MONTHS_PER_YEAR
        self.plans = tuple(build(scenario, self.months, base) for scenario in self.scenarios)
        size = checked_families(families)
        states = _populations(self.plans, rng, size, self.scenarios)
        self.before = states[BASE].copy()
        self.engines = tuple(
            Engine(state, plan, rng, threads)
            for state, plan in zip(states, self.plans, strict=True)
        )
        self.family_of_child = family_of_child(states[BASE])

    @property
    def month(self) -> int:
        """The month that is open, or comes next; 0 is the first."""
        return self.engines[BASE].month

    @property
    def states(self) -> tuple[State, ...]:
        """The states of both worlds as they are now."""
        return tuple(engine.state for engine in self.engines)

    @property
    def n_rows(self) -> int:
        """Rows of families that have entered by the present month."""
        return self.engines[BASE].n_rows

    def open(self) -> None:
        """Open the month in both worlds."""
        if self.month > 0:
            self.before = self.states[BASE].copy()
        for engine in self.engines:
            engine.open()

    def live(self) -> None:
        """Let all families of both worlds live the open month."""
        for engine in self.engines:
            engine.live()

    def close(self) -> None:
        """Close the month in both worlds."""
        for engine in self.engines:
            engine.close()

    def run(
        self,
        watch: Callable[[Worlds], object],
        progress: Progress | None = None,
        cancelled: Stop | None = None,
    ) -> None:
        """Live to the horizon; `watch` sees each month lived, before it closes.

        Raises Cancelled when `cancelled()` says so between two months.
        """
        while self.month < self.months:
            if cancelled is not None and cancelled():
                message = f"stopped after {self.month} of {self.months} months"
                raise Cancelled(message)
            self.open()
            self.live()
            watch(self)
            self.close()
            if progress is not None:
                progress(self.month, self.months)

    def differing(self) -> np.ndarray:
        """Return for every family whether anything of it differs (families, adults, children)."""
        ours, theirs = self.states
        result = rows_differ(ours.families, theirs.families)
        adults = rows_differ(ours.adults, theirs.adults)
        result |= adults.reshape(-1, ADULTS).any(axis=1)
        children = rows_differ(ours.children, theirs.children)
        result[self.family_of_child[children]] = True
        return result


def _populations(
    plans: tuple[Timetable, ...], seed: int, size: int | None, scenarios: tuple[Scenario, ...]
) -> tuple[State, ...]:
    """Return the people of both worlds: the same, unless parameters ask for other beginnings."""
    first = build_population(plans[BASE], seed, size)
    if plans[BASE].parameters[0].tobytes() == plans[ALTERNATIVE].parameters[0].tobytes():
        return first, first.copy()
    second = build_population(plans[ALTERNATIVE], seed, size)
    for name in ("families", "children"):
        ours, theirs = getattr(first, name)["key"], getattr(second, name)["key"]
        if not np.array_equal(ours, theirs):
            message = (
                f"{scenarios[BASE].id} and {scenarios[ALTERNATIVE].id} do not start with the same"
                " people, because they set parameters of the population to other values. Compare"
                " two scenarios with the same population."
            )
            raise InputError(message)
    return first, second


def family_of_child(state: State) -> np.ndarray:
    """Return the row of the family of every child; -1 for rows that belong to none."""
    counts = state.families["n_children"].astype(np.int64)
    owners = np.repeat(np.arange(state.families.size), counts)
    first = np.repeat(state.families["first_child"].astype(np.int64), counts)
    within = np.arange(owners.size) - np.repeat(np.cumsum(counts) - counts, counts)
    result = np.full(state.children.size, -1)
    result[first + within] = owners
    return result


def rows_differ(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return for every row of two structured arrays whether a field other than the mark differs."""
    return np.asarray((_bytes(ours) != _bytes(theirs)).any(axis=1))


def _bytes(array: np.ndarray) -> np.ndarray:
    """Return the bytes of each row (rows, item size), with the mark wiped out."""
    result = np.ascontiguousarray(array).view(np.uint8).reshape(array.size, array.itemsize).copy()
    if array.dtype.fields is not None and MARK in array.dtype.fields:
        kind, offset = array.dtype.fields[MARK][:2]
        result[:, offset : offset + kind.itemsize] = 0
    return result
