"""The engine opens a month, lets all rows live it, closes it: on any threads, the same bits.

Families read of others only what was there before the month began, and what they add to common
tallies are whole numbers. So the result depends neither on the order of rows nor on the threads.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from model.checks import check_same_shape, check_state, checked_row, checked_threads
from model.clock import (
    MONTHS_PER_YEAR,
    NEWCOMER_COUNTS,
    START_NUMBER,
    SchoolMonth,
    month_text,
)
from model.errors import HorizonError
from model.loops import close_year, live_rows, open_month, open_start
from model.month import family_levers, family_month
from model.network import learning_weights
from model.state import ARRAYS, State
from model.world import (
    N_COUNTS,
    N_PLACES,
    QUEUE_LEVELS,
    SIGNAL,
    TALLY,
    TIE,
    World,
    held,
)

if TYPE_CHECKING:
    from model.timetable import Timetable

_REPLACEABLE = tuple(name for name in ARRAYS if name != "signals")
"""Arrays that stay the same from month to month; `signals` changes places with another one."""
_LAID_OUT = ("_held", "_pool", "_worlds")
"""What an engine makes anew for itself."""


class _Tally(NamedTuple):
    """What one thread counts in a month: whole numbers that add up in any order."""

    queue: np.ndarray
    counts: np.ndarray
    newcomers: np.ndarray


class Moment(NamedTuple):
    """Where an engine is in its months, beside the state: the month that comes next or is open.

    `shown` (n, 2) is what families have shown in the open month so far. `queue` (2, 9,
    QUEUE_LEVELS), `counts` (9, N_COUNTS) and `newcomers` (schools,) are the tallies of all threads
    together: those of the last month, or of the open month so far.
    """

    month: int
    is_open: bool
    shown: np.ndarray
    queue: np.ndarray
    counts: np.ndarray
    newcomers: np.ndarray

    @property
    def first_free(self) -> int:
        """The first month that a policy can still move; month 0 is read when a run begins."""
        return max(1, self.month + self.is_open)


class Engine:
    """Runs the months of one world. Not shared between threads; its runs release the lock.

    The addresses that compiled code reads are laid out anew for a copy (`copy.deepcopy`, pickle)
    and when an array of the state was replaced, so that each engine lives on arrays of its own.
    With `at`, the `moment` of another engine, it goes on from there with a state of that moment.
    Raises InputError for a state on which the timetable cannot be lived, and for other threads than
    1 to THREADS_MAX.
    """

    def __init__(
        self,
        state: State,
        timetable: Timetable,
        seed: int,
        threads: int = 1,
        at: Moment | None = None,
    ) -> None:
        check_state(state, timetable.months)
        self.state = state
        self.timetable = timetable
        self.seed = seed
        self.threads = checked_threads(threads)
        self.month, self.is_open = (0, False) if at is None else (at.month, at.is_open)
        ratio = float(timetable.parameters["province_learning_ratio"][0])
        self._learning = learning_weights(ratio)
        shown = np.zeros_like(state.signals)
        if at is not None:
            shown[...] = at.shown
        self._signals = (shown, state.signals) if self.month % 2 else (state.signals, shown)
        self._tallies = [
            _Tally(
                np.zeros((2, N_PLACES, QUEUE_LEVELS), np.int64),
                np.zeros((N_PLACES, N_COUNTS), np.int64),
                np.zeros(state.schools.size, np.int64),
            )
            for _ in range(threads)
        ]
        self._lay_out()
        if at is None:
            open_start(self.world, int(state.entries[0]))
        else:
            for array, before in zip(self._tallies[0], at[3:], strict=True):
                array[...] = before

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy needs: no addresses, no threads."""
        return {name: kept for name, kept in self.__dict__.items() if name not in _LAID_OUT}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        """Become an engine of its own on the arrays that are given."""
        self.__dict__.update(kept)
        self.state.signals = self._signals[self.month % 2]
        self._lay_out()

    def moment(self) -> Moment:
        """Return a copy of what is carried beside the state."""
        told = self._tallies if self.is_open else self._tallies[:1]
        tallies = [np.sum(parts, axis=0) for parts in zip(*told, strict=True)]
        shown = self._signals[1 - self.month % 2].copy()
        return Moment(self.month, self.is_open, shown, *tallies)

    def _lay_out(self) -> None:
        """Take the addresses of all arrays, for each parity of the month and each thread."""
        self._held = tuple(getattr(self.state, name) for name in _REPLACEABLE)
        self._pool: ThreadPoolExecutor | None = None
        seed = np.uint64(self.seed)
        self._worlds = [
            [self._world(seed, parity, tally) for tally in self._tallies] for parity in (0, 1)
        ]

    def _follow(self) -> None:
        """Take the addresses anew when arrays of the state were replaced since the last time."""
        state, parity = self.state, self.month % 2
        shown = self._signals[parity]
        if state.signals is shown and all(
            getattr(state, name) is array
            for name, array in zip(_REPLACEABLE, self._held, strict=True)
        ):
            return
        for name, array in zip(_REPLACEABLE, self._held, strict=True):
            check_same_shape(name, getattr(state, name), array)
        check_same_shape("signals", state.signals, shown)
        check_state(state, self.timetable.months)
        other = self._signals[1 - parity]
        self._signals = (other, state.signals) if parity else (state.signals, other)
        self._lay_out()

    def _world(self, seed: np.uint64, parity: int, tally: _Tally) -> World:
        state, table = self.state, self.timetable
        return World(
            seed=seed,
            families=held(state.families),
            adults=held(state.adults),
            children=held(state.children),
            schools=held(state.schools),
            key_persons=held(state.key_persons),
            places=held(state.places),
            ties=held(state.ties, TIE),
            signals=held(self._signals[parity], SIGNAL),
            signals_next=held(self._signals[1 - parity], SIGNAL),
            levers=held(table.levers),
            parameters=held(table.parameters),
            targets=held(table.targets),
            queue=held(tally.queue, TALLY),
            counts=held(tally.counts, TALLY),
            newcomers=held(tally.newcomers, TALLY),
            n_variants=table.levers.shape[1],
            n_targets=table.targets.size,
        )

    @property
    def world(self) -> World:
        """The world of the present month, as the first thread sees it."""
        self._follow()
        return self._worlds[self.month % 2][0]

    @property
    def n_rows(self) -> int:
        """Rows of families that have entered by the present month."""
        return int(self.state.entries[self.month + 1])

    def open(self) -> None:
        """Open the present month, once."""
        if self.is_open:
            return
        if self.month >= self.timetable.months:
            message = f"all {self.timetable.months} months that were laid down have been lived"
            raise HorizonError(message)
        first, last = self.state.entries[self.month : self.month + 2]
        open_month(self.world, int(first), int(last), self.month)
        self._signals[1 - self.month % 2].fill(0)
        for tally in self._tallies:
            for array in tally:
                array.fill(0)
        self.is_open = True

    def live(self) -> None:
        """Let all rows live the present month."""
        self._follow()
        worlds = self._worlds[self.month % 2]
        if self.threads == 1:
            live_rows(worlds[0], self.month, self.n_rows, 0, 1)
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.threads)
        jobs = [
            self._pool.submit(live_rows, world, self.month, self.n_rows, k, self.threads)
            for k, world in enumerate(worlds)
        ]
        for job in jobs:
            job.result()

    def close(self) -> None:
        """Add up the tallies of the threads, keep what schools and municipalities see, go on."""
        total, *others = self._tallies
        for other in others:
            for array, part in zip(total, other, strict=True):
                np.add(array, part, out=array)
        moment = self.month % MONTHS_PER_YEAR
        if moment in NEWCOMER_COUNTS:
            schools = self.state.schools
            schools["newcomers"] = schools["background_newcomers"] + total.newcomers
        if moment == SchoolMonth.OCTOBER:
            close_year(self.world, self.month, self._learning)
        self.state.signals = self._signals[1 - self.month % 2]
        self.month += 1
        self.is_open = False

    def step(self) -> None:
        """Live one whole month."""
        self.open()
        self.live()
        self.close()

    def live_row(self, i: int) -> None:
        """Let one family live the present month; the month has to be open.

        Raises InputError for a row of which no family has entered.
        """
        family_month(self.world, self._checked(i), self.month)

    def variant(self, i: int) -> int:
        """Return which of the month's records of levers holds for a family.

        Raises InputError for a row of which no family has entered.
        """
        return int(family_levers(self.world, self._checked(i), self.month))

    def _checked(self, i: int) -> int:
        return checked_row(i, self.n_rows, month_text(START_NUMBER + self.month))
