"""How many draws a month makes: the steps themselves, interpreted, with a generator that counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from model import calendar
from model.enums import Stage, Status
from model.kernel.keys import FIRST_CHILD, ROLE_BITS
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import SIGNAL, TALLY, TIE
from model.measuring.plain import Plain
from model.policy.timetable import Timetable
from model.run import schedule
from model.run.engine import Engine
from model.state import ADULTS, State

MONTHS = 12
"""A school year, so that every moment of it is in."""

_ROLES = 0xFF
LONG = 8
"""Bytes of a number that is wide enough."""


@dataclass(frozen=True)
class Draws:
    """Calls of the generator (each gives four draws) in a month, on average.

    `per_family`, `per_adult` and `per_child` are by the key that is drawn for: of an active family,
    of an adult in it, of a child under twenty-three at home or at school. `by_block` is calls per
    active family-month by block of processes, `adults` and `children` are how many there are.
    """

    per_family: float
    per_adult: float
    per_child: float
    adults: float
    children: float
    by_block: dict[str, float]

    @property
    def all(self) -> float:
        """Calls per active family-month."""
        return self.per_family + self.adults * self.per_adult + self.children * self.per_child


def _wide(array: np.ndarray) -> np.recarray:
    """Return a copy as records of 64-bit numbers; narrow ones overflow outside compiled code."""
    kinds = {"i": "i8", "u": "i8", "f": "f8"}
    names = array.dtype.names or ()
    fields = [(name, array.dtype[name]) for name in names]
    wide = [(name, kind if kind.itemsize == LONG else kinds[kind.kind]) for name, kind in fields]
    return array.astype(np.dtype(wide)).view(np.recarray)


def _records(array: np.ndarray, dtype: np.dtype[Any]) -> np.recarray:
    return array.reshape(-1).view(dtype).view(np.recarray)


class _CountingEngine(Engine):
    """An engine whose families live through interpreted steps that count their draws."""

    def __init__(self, state: State, timetable: Timetable, seed: int) -> None:
        super().__init__(state, timetable, seed)
        self.calls: Counter[tuple[int, int]] = Counter()
        self.rows: Counter[str] = Counter()
        self._family_month = Plain({"draw4": self._draw4})(schedule).family_month

    def _draw4(self, seed: int, entity: int, block: int, at: int) -> tuple[float, ...]:
        role = int(entity) >> ROLE_BITS & _ROLES
        self.calls[min(role, FIRST_CHILD), block] += 1
        return draw4(np.uint64(seed), np.uint64(entity), block, at)

    def live(self) -> None:
        """Let all rows live the present month, slowly."""
        self._count_rows()
        state, tally = self.state, self._tallies[0]
        shown = _records(self._signals[1 - self.month % 2], SIGNAL)
        arrays = {
            "families": state.families,
            "adults": state.adults,
            "children": state.children,
            "signals_next": shown,
        }
        written = {name: _wide(array) for name, array in arrays.items()}
        world = self.world._replace(
            **written,
            schools=_wide(state.schools),
            key_persons=_wide(state.key_persons),
            places=_wide(state.places),
            ties=_wide(_records(state.ties, TIE)),
            signals=_wide(_records(state.signals, SIGNAL)),
            levers=_wide(self.timetable.levers.reshape(-1)),
            parameters=_wide(self.timetable.parameters),
            targets=_wide(self.timetable.targets),
            table=_wide(self._table.rows),
            queue=_records(tally.queue, TALLY),
            counts=_records(tally.counts, TALLY),
            newcomers=_records(tally.newcomers, TALLY),
        )
        for i in range(self.n_rows):
            self._family_month(world, i, self.month)
        for name, array in arrays.items():
            array[:] = written[name]

    def _count_rows(self) -> None:
        families = self.state.families[: self.n_rows]
        here = np.flatnonzero(is_active(families))
        self.rows["families"] += here.size
        self.rows["adults"] += int(families["n_adults"][here].sum())
        first, count = families["first_child"][here], families["n_children"][here].astype(np.int64)
        rows = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        children = self.state.children[rows]
        age = self.month - children["birth_month"]
        is_counted = (
            (age >= 0) & (age < calendar.COUNT_UNTIL) & (children["stage"] < Stage.QUALIFIED)
        )
        self.rows["children"] += int(is_counted.sum())


def is_active(families: np.ndarray) -> np.ndarray:
    """Return which families live this month: those in the country, or abroad for a while."""
    status = families["status"]
    return np.asarray((status == Status.IN_NL) | (status == Status.ABROAD_TEMP))


def count_draws(state: State, timetable: Timetable, seed: int) -> Draws:
    """Return the draws of a month on average over a school year; the state is lived on."""
    engine = _CountingEngine(state, timetable, seed)
    for _ in range(MONTHS):
        engine.step()
    families, adults = engine.rows["families"], engine.rows["adults"]
    children = engine.rows["children"]

    def by_role(first: int, last: int) -> int:
        return sum(n for (role, _), n in engine.calls.items() if first <= role <= last)

    by_block: Counter[str] = Counter()
    for (_, block), n in engine.calls.items():
        by_block[Block(block).name.lower()] += n
    return Draws(
        by_role(0, 0) / families,
        by_role(1, ADULTS) / adults,
        by_role(FIRST_CHILD, FIRST_CHILD) / children,
        adults / families,
        children / families,
        {name: n / families for name, n in by_block.most_common()},
    )
