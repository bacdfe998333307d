"""How many draws a month makes: the steps themselves, interpreted, with a generator that counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from benchmarks.plain import Plain
from model import ages, month
from model.draws import Block, draw4
from model.engine import Engine
from model.enums import Stage, Status
from model.keys import FIRST_CHILD, ROLE_BITS
from model.state import ADULTS, State
from model.timetable import Timetable

MONTHS = 12
"""A school year, so that every moment of it is in."""

_ROLES = 0xFF


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


class _CountingEngine(Engine):
    """An engine whose families live through interpreted steps that count their draws."""

    def __init__(self, state: State, timetable: Timetable, seed: int) -> None:
        super().__init__(state, timetable, seed)
        self.calls: Counter[tuple[int, int]] = Counter()
        self.rows: Counter[str] = Counter()
        self._family_month = Plain({"draw4": self._draw4})(month).family_month

    def _draw4(self, seed: int, entity: int, block: int, at: int) -> tuple[float, ...]:
        role = int(entity) >> ROLE_BITS & _ROLES
        self.calls[min(role, FIRST_CHILD), block] += 1
        return draw4(np.uint64(seed), np.uint64(entity), block, at)

    def live(self) -> None:
        """Let all rows live the present month, slowly."""
        self._count_rows()
        rows = {
            name: getattr(self.world, name).view(np.recarray)
            for name in (
                *("families", "adults", "children", "schools", "key_persons", "places"),
                *("levers", "parameters", "targets"),
            )
        }
        world = self.world._replace(**rows, signals=self.world.signals.astype(np.int64))
        for i in range(self.n_rows):
            self._family_month(world, i, self.month)

    def _count_rows(self) -> None:
        families = self.state.families[: self.n_rows]
        here = np.flatnonzero(is_active(families))
        self.rows["families"] += here.size
        self.rows["adults"] += int(families["n_adults"][here].sum())
        first, count = families["first_child"][here], families["n_children"][here]
        rows = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        children = self.state.children[rows]
        age = self.month - children["birth_month"]
        is_counted = (age >= 0) & (age < ages.COUNT_UNTIL) & (children["stage"] < Stage.QUALIFIED)
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
