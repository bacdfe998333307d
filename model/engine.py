"""The engine: opens a month, lets all rows live it, closes it; on one thread or more, the same bits.

Families read of others only what was there before the month began, and what they add to common
tallies are whole numbers. So the result depends neither on the order of rows nor on the threads.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from model.clock import MONTHS_PER_YEAR
from model.compiled import step
from model.enums import Status
from model.month import EVERYBODY, family_month
from model.rules import contact as contact_rules
from model.state import State
from model.steps.school_year import APRIL, JANUARY, JULY, OCTOBER
from model.world import (
    COURSE,
    COURSE_ADMITTED,
    COURSE_ADULTS,
    N_COUNTS,
    PRESCHOOL,
    QUEUE_LEVELS,
    VE_ENROLLED,
    VE_TARGET_GROUP,
    World,
)

if TYPE_CHECKING:
    from model.timetable import Timetable

_AWAITED, _IN_NL = int(Status.AWAITED), int(Status.IN_NL)
CHUNK = 2048
"""Rows that a thread takes at a time."""


@step
def live_rows(w: World, month: int, n_rows: int, first_chunk: int, stride: int) -> None:
    """Let every `stride`-th chunk of rows, from `first_chunk` on, live a month."""
    start = first_chunk * CHUNK
    while start < n_rows:
        for i in range(start, min(n_rows, start + CHUNK)):
            family_month(w, i, month)
        start += stride * CHUNK


@step
def open_month(w: World, entries: np.ndarray, month: int) -> None:
    """Bring in the families of this month, and work out who gets the open places."""
    for i in range(entries[month], entries[month + 1]):
        if w.families[i].status == _AWAITED:
            w.families[i].status = _IN_NL
    p = w.parameters[month]
    for k in range(w.places.size):
        place = w.places[k]
        lv = w.levers[month, _municipal_levers(w, k)]
        counts = w.counts[k]
        open_ve = int(p.ve_places_ratio * counts[VE_TARGET_GROUP]) - counts[VE_ENROLLED]
        place.ve_cutoff = _cutoff(w.queue[PRESCHOOL, k], open_ve)
        yearly = lv.web_places_per_100 / 100.0 * counts[COURSE_ADULTS]
        place.web_credit += yearly / MONTHS_PER_YEAR - counts[COURSE_ADMITTED]
        place.web_credit = min(place.web_credit, max(1.0, yearly))
        place.web_cutoff = _cutoff(w.queue[COURSE, k], int(place.web_credit))
    w.signals_next[:] = 0
    w.queue[:] = 0
    w.counts[:] = 0
    w.newcomers[:] = 0


@step
def _municipal_levers(w: World, municipality: int) -> int:
    """Return the record of levers for a municipality itself: target groups by municipality only."""
    variant = 0
    for t in range(w.targets.size):
        target = w.targets[t]
        is_whole = (
            target.family_types == EVERYBODY
            and target.letter_groups == EVERYBODY
            and target.years_from == -np.inf
            and target.years_to == np.inf
        )
        if is_whole and (target.municipalities >> municipality) & 1:
            variant |= 1 << t
    return variant


@step
def _cutoff(queue: np.ndarray, n_open: int) -> float:
    """Return the lowest priority that gets a place when only whole levels are let in."""
    level = QUEUE_LEVELS
    while level > 0 and n_open >= queue[level - 1]:
        level -= 1
        n_open -= queue[level]
    return float(level)


@step
def close_year(w: World, month: int) -> None:
    """In October municipalities learn from each other and from the support team (e60, e61)."""
    n = w.places.size
    old = np.empty(n)
    for k in range(n):
        old[k] = w.places[k].practice
    p = w.parameters[month]
    year = month // MONTHS_PER_YEAR
    for k in range(n):
        place = w.places[k]
        lv = w.levers[month, _municipal_levers(w, k)]
        share = contact_rules.share_supported(lv.vng_support_capacity, p.municipalities_nl)
        turn = (place.vng_rank + year * share) % 1.0
        place.practice = contact_rules.practice_next_year(
            old[k],
            old.mean(),
            old.max(),
            lv.knowledge_sharing_rate,
            turn < share,
            p.practice_vng,
            p.practice_drift,
        )


class Engine:
    """Runs the months of one world. Not shared between threads; its runs release the lock."""

    def __init__(self, state: State, timetable: Timetable, seed: int, threads: int = 1) -> None:
        self.state = state
        self.threads = threads
        self.month = 0
        self.is_open = False
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        first, other = state.signals, np.zeros_like(state.signals)
        shared = (timetable.levers, timetable.parameters, timetable.targets)
        tallies = [self._tallies() for _ in range(threads)]
        self._worlds = tuple(
            tuple(
                World(
                    np.uint64(seed),
                    state.families,
                    state.adults,
                    state.children,
                    state.schools,
                    state.key_persons,
                    state.places,
                    state.ties,
                    read,
                    write,
                    *shared,
                    *tally,
                )
                for tally in tallies
            )
            for read, write in ((first, other), (other, first))
        )

    def _tallies(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        n = self.state.places.size
        return (
            np.zeros((2, n, QUEUE_LEVELS), np.int64),
            np.zeros((n, N_COUNTS), np.int64),
            np.zeros(self.state.schools.size, np.int64),
        )

    @property
    def world(self) -> World:
        """The world of the present month, as the first thread sees it."""
        return self._worlds[self.month % 2][0]

    @property
    def n_rows(self) -> int:
        """Rows of families that have entered by the present month."""
        return int(self.state.entries[self.month + 1])

    def open(self) -> None:
        """Open the present month, once."""
        if not self.is_open:
            open_month(self.world, self.state.entries, self.month)
            for other in self._worlds[self.month % 2][1:]:
                for tally in (other.queue, other.counts, other.newcomers):
                    tally[:] = 0
            self.is_open = True

    def live(self) -> None:
        """Let all rows live the present month."""
        worlds = self._worlds[self.month % 2]
        if self._pool is None:
            live_rows(worlds[0], self.month, self.n_rows, 0, 1)
            return
        jobs = [
            self._pool.submit(live_rows, world, self.month, self.n_rows, k, self.threads)
            for k, world in enumerate(worlds)
        ]
        for job in jobs:
            job.result()

    def close(self) -> None:
        """Add up the tallies of the threads, keep what schools and municipalities see, go on."""
        first, *others = self._worlds[self.month % 2]
        for other in others:
            first.queue[:] += other.queue
            first.counts[:] += other.counts
            first.newcomers[:] += other.newcomers
        moment = self.month % MONTHS_PER_YEAR
        if moment in (OCTOBER, JANUARY, APRIL, JULY):
            schools = self.state.schools
            schools["newcomers"] = schools["background_newcomers"] + first.newcomers
        if moment == OCTOBER:
            close_year(first, self.month)
        self.state.signals = first.signals_next
        self.month += 1
        self.is_open = False

    def step(self) -> None:
        """Live one whole month."""
        self.open()
        self.live()
        self.close()

    def live_row(self, i: int) -> None:
        """Let one family live the present month; the month has to be open."""
        family_month(self.world, i, self.month)
