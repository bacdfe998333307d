"""The engine opens a month, lets all rows live it, closes it: on any threads, the same bits.

Families read of others only what was there before the month began, and what they add to common
tallies are whole numbers. So the result depends neither on the order of rows nor on the threads.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NEWCOMER_COUNTS, START_NUMBER, SchoolMonth, month_text
from model.errors import HorizonError
from model.kernel.compile import loop, step
from model.kernel.rows import (
    COURSE,
    COURSE_ADMITTED,
    COURSE_ADULTS,
    N_COUNTS,
    N_PLACES,
    PRESCHOOL,
    QUEUE_LEVELS,
    SIGNAL,
    TALLY,
    TIE,
    VE_ENROLLED,
    VE_STAYING,
    VE_TARGET_GROUP,
    World,
    count_row,
    held,
    lever_row,
    parameter_row,
    place_row,
    queue_row,
)
from model.network.municipalities import learning_weights
from model.policy.target_group import holds_municipality, target_row
from model.run.checks import check_same_shape, check_state, checked_row, checked_threads
from model.run.schedule import comes, enter, family_levers, family_month
from model.run.tables import Table
from model.state import ARRAYS, CHUNK, Moment, State
from model.submodels.contact import rules as contact_rules
from model.submodels.early_years import rules as early_rules
from model.submodels.language.rules import course_places_year

if TYPE_CHECKING:
    from model.policy.timetable import Timetable

_REPLACEABLE = tuple(name for name in ARRAYS if name != "signals")
"""Arrays that stay the same from month to month; `signals` changes places with another one."""
_arrays = attrgetter(*_REPLACEABLE)
_LAID_OUT = ("_held", "_pool", "_table", "_worlds")
"""What an engine makes anew for itself."""


class _Tally(NamedTuple):
    """What one thread counts in a month: whole numbers that add up in any order."""

    queue: np.ndarray
    counts: np.ndarray
    newcomers: np.ndarray


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
        if at is not None:
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
        self._held = _arrays(self.state)
        self._pool: ThreadPoolExecutor | None = None
        self._table = Table()
        seed = np.uint64(self.seed)
        self._worlds = [
            [self._world(seed, parity, tally) for tally in self._tallies] for parity in (0, 1)
        ]

    def _follow_table(self) -> None:
        self._table.follow(self._worlds[0][0], self.month, self.timetable.parameters)

    def _follow(self) -> None:
        """Take the addresses anew when arrays of the state were replaced since the last time."""
        state, parity = self.state, self.month % 2
        shown = self._signals[parity]
        if state.signals is shown and all(map(is_, _arrays(state), self._held)):
            self._follow_table()
            return
        for name, array in zip(_REPLACEABLE, self._held, strict=True):
            check_same_shape(name, getattr(state, name), array)
        check_same_shape("signals", state.signals, shown)
        check_state(state, self.timetable.months)
        other = self._signals[1 - parity]
        self._signals = (other, state.signals) if parity else (state.signals, other)
        self._lay_out()
        self._follow_table()

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
            table=held(self._table.rows),
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

    def coming(self) -> np.ndarray:
        """Return the rows (k,) of families that come in with the present month."""
        if self.month >= self.timetable.months:
            return np.zeros(0, np.int64)
        first, last = self.state.entries[self.month : self.month + 2]
        return int(first) + np.flatnonzero(who_comes(self.world, int(first), int(last), self.month))

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


def live_out(state: State, timetable: Timetable, seed: int) -> State:
    """Live all months of a timetable from a state, and return how it stands then."""
    engine = Engine(state, timetable, seed)
    for _ in range(timetable.months):
        engine.step()
    return engine.state


@loop
def live_rows(w: World, month: int, n_rows: int, first_chunk: int, stride: int) -> None:
    """Let every `stride`-th chunk of rows, from `first_chunk` on, live a month."""
    start = first_chunk * CHUNK
    while start < n_rows:
        for i in range(start, min(n_rows, start + CHUNK)):
            family_month(w, i, month)
        start += stride * CHUNK


@loop
def who_comes(w: World, first: int, last: int, month: int) -> np.ndarray:
    """Return which of the families of a month (rows from, until) come in."""
    found = np.zeros(last - first, np.bool_)
    for i in range(first, last):
        found[i - first] = comes(w, i, month)
    return found


@loop
def open_month(w: World, first: int, last: int, month: int) -> None:
    """Bring in the families of this month (rows), and work out who gets the open places.

    Places go by who was there and waited a month ago, which nobody knows in the first month: none
    is given then.
    """
    for i in range(first, last):
        enter(w, i, month)
    p = parameter_row(w, month)
    for k in range(N_PLACES):
        place = place_row(w, k)
        lv = lever_row(w, month * w.n_variants + _municipal_levers(w, k))
        n_target = count_row(w, k * N_COUNTS + VE_TARGET_GROUP).n
        places = early_rules.places_of(n_target, p.ve_places_ratio)
        place.ve_carried = early_rules.places_carried(
            carried=place.ve_carried,
            places=places,
            n_enrolled=count_row(w, k * N_COUNTS + VE_ENROLLED).n,
            months=p.ve_months,
        )
        n_open = early_rules.places_open(
            places=places,
            n_staying=count_row(w, k * N_COUNTS + VE_STAYING).n,
            carried=place.ve_carried,
            months=p.ve_months,
        )
        place.ve_cutoff = _cutoff(w, PRESCHOOL, k, int(n_open))
        n_adults = count_row(w, k * N_COUNTS + COURSE_ADULTS).n
        yearly = course_places_year(lv.web_places_per_100, n_adults)
        place.web_credit += yearly / MONTHS_PER_YEAR
        place.web_credit -= count_row(w, k * N_COUNTS + COURSE_ADMITTED).n
        place.web_credit = min(place.web_credit, max(1.0, yearly))
        place.web_cutoff = _cutoff(w, COURSE, k, int(place.web_credit))
        if month == 0:
            place.ve_cutoff = place.web_cutoff = float(QUEUE_LEVELS)


@step
def _municipal_levers(w: World, municipality: int) -> int:
    """Return the record of levers for a municipality itself: target groups by municipality only."""
    variant = 0
    for t in range(w.n_targets):
        if holds_municipality(target_row(w, t), municipality):
            variant |= 1 << t
    return variant


@step
def _cutoff(w: World, which: int, municipality: int, n_open: int) -> float:
    """Return the lowest priority that gets a place when only whole levels are let in."""
    first = (which * N_PLACES + municipality) * QUEUE_LEVELS
    waiting = 0
    for k in range(QUEUE_LEVELS):
        waiting += queue_row(w, first + k).n
    if n_open >= waiting:
        return 0.0
    level = QUEUE_LEVELS
    while level > 0 and n_open >= queue_row(w, first + level - 1).n:
        level -= 1
        n_open -= queue_row(w, first + level).n
    return float(level)


@loop
def close_year(w: World, month: int, learning: np.ndarray) -> None:
    """In October municipalities learn from each other and from the support team (e60, e61).

    `learning` (9, 9) holds how much a municipality (row) learns from each other one.
    """
    old = np.empty(N_PLACES)
    for k in range(N_PLACES):
        old[k] = place_row(w, k).practice
    p = parameter_row(w, month)
    year = month // MONTHS_PER_YEAR
    for k in range(N_PLACES):
        place = place_row(w, k)
        lv = lever_row(w, month * w.n_variants + _municipal_levers(w, k))
        share = contact_rules.share_supported(lv.vng_support_capacity, p.municipalities_nl)
        turn = (place.vng_rank + year * share) % 1.0
        seen, best = 0.0, old[k]
        for other in range(N_PLACES):
            seen += learning[k, other] * old[other]
            if learning[k, other] > 0.0:
                best = max(best, old[other])
        place.practice = contact_rules.practice_next_year(
            practice=old[k],
            mean_of_others=seen,
            best=best,
            sharing=lv.knowledge_sharing_rate,
            is_supported=turn < share,
            vng_gain=p.practice_vng,
            drift=p.practice_drift,
        )
