"""A pair of runs: the same people with the same luck, month by month, under two policies."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq
from typing import Self

import numpy as np

from model.errors import Cancelled, InputError
from model.family_rows import family_of_child, rows_differ
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario
from model.policy.timetable import Timetable
from model.run.build import Populations
from model.run.engine import live_out
from model.run.simulation import Simulation
from model.state import ADULTS, State

BASE, ALTERNATIVE = 0, 1


class Pair:
    """A base and an alternative on the same people.

    Rows mean the same people in both. `before` is the base's state before the open month, or the
    next, was opened; `start` is what it was at the start, before anything was settled. Months in
    which both have been asked the same are lived once, to the bit, unless each is to live `apart`.
    Raises InputError when the two do not start with the same people.
    """

    def __init__(
        self, base: Simulation, alternative: Simulation, start: State, *, apart: bool = False
    ) -> None:
        self._both = (base, alternative)
        self.before = start
        self.family_of_child = family_of_child(base.state)
        same = 0 if apart else sum(map(eq, base.asked, alternative.asked)) - 1
        self._together_until = max(0, same)
        for name in ("families", "children"):
            ours, theirs = (getattr(run.state, name)["key"] for run in self._both)
            if not np.array_equal(ours, theirs):
                message = (
                    f"{base.policy.id} and {alternative.policy.id} do not start with the same"
                    " people, because they set parameters of the population to other values."
                    " Compare two scenarios with the same population."
                )
                raise InputError(message)

    @classmethod
    def of(
        cls,
        base: Scenario,
        alternative: Scenario,
        *,
        families: int | str | None = 2000,
        years: int = 15,
        seed: int = 1,
        threads: int = 1,
        marked: bool = False,
        apart: bool = False,
    ) -> Self:
        """Return a pair of two scenarios.

        Levers count as moved against the base, so that only the alternative's families are marked
        as reached; when `marked`, those of the base are too, against the alternative. With
        `apart` no month is shared. Raises InputError for what cannot be laid out.
        """
        people = Populations()
        ours, theirs = (
            Simulation(
                scenario,
                families=families,
                seed=seed,
                years=years,
                threads=threads,
                reference=reference,
                population=people,
            )
            for scenario, reference in (
                (base, alternative if marked else base),
                (alternative, base),
            )
        )
        start = people.of(ours.timetable, seed, ours.families, live_out)
        return cls(ours, theirs, start, apart=apart)

    @property
    def runs(self) -> tuple[Simulation, ...]:
        """The run of each, the base first; that of the base for both while they share months."""
        base, alternative = self._both
        return (base, base) if self._is_together else (base, alternative)

    @property
    def _is_together(self) -> bool:
        """Whether the alternative has not yet gone a way of its own."""
        base, alternative = self._both
        return alternative.month < base.month or base.month < self._together_until

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios, the base first."""
        return tuple(run.policy for run in self._both)

    @property
    def timetables(self) -> tuple[Timetable, ...]:
        """The values of levers and parameters in every month, of both."""
        return tuple(run.timetable for run in self._both)

    @property
    def states(self) -> tuple[State, ...]:
        """The states of both as they are now."""
        return tuple(run.state for run in self.runs)

    @property
    def month(self) -> int:
        """The month that is open, or comes next; 0 is the first."""
        return self._both[BASE].month

    @property
    def horizon(self) -> int:
        """The months that both live."""
        return self._both[BASE].horizon

    def run(
        self,
        watch: Callable[[Pair], object],
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> None:
        """Live to the horizon; `watch` sees each month lived, before it closes.

        Raises Cancelled when `stop()` says so between two months.
        """
        while self.month < self.horizon:
            if stop is not None and stop():
                message = f"stopped after {self.month} of {self.horizon} months"
                raise Cancelled(message)
            if self.month > 0:
                self.before = self.states[BASE].copy()
            lives = self._part()
            for run in lives:
                run.open()
            for run in lives:
                run.live()
            watch(self)
            for run in lives:
                run.close()
            if progress is not None:
                progress(self.month, self.horizon)

    def _part(self) -> tuple[Simulation, ...]:
        """Return which runs live the next month; at the parting the alternative goes on alone."""
        base, alternative = self._both
        if base.month < self._together_until:
            return (base,)
        if alternative.month < base.month:
            alternative.catch_up(base)
        return self._both

    def differing(self) -> np.ndarray:
        """Return for every family whether anything of it differs (families, adults, children)."""
        if self._is_together:
            return np.zeros(self.states[BASE].families.size, bool)
        ours, theirs = self.states
        result = rows_differ(ours.families, theirs.families)
        adults = rows_differ(ours.adults, theirs.adults)
        result |= adults.reshape(-1, ADULTS).any(axis=1)
        children = rows_differ(ours.children, theirs.children)
        result[self.family_of_child[children]] = True
        return result
