"""How long months take in the compiled loop, without what a run does beside them."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from model.measuring.counting import is_active
from model.measuring.floor import floor_rows
from model.policy.timetable import Timetable
from model.run.engine import Engine
from model.state import State

Calls = tuple[float, float, float]
"""Calls of the generator in a month: per family, per adult, per child (`counting.Draws`)."""


def active_families(state: State, timetable: Timetable, seed: int, months: int) -> Iterator[int]:
    """Yield how many families live each month; `state` is lived on."""
    engine = Engine(state, timetable, seed)
    for _ in range(months):
        engine.open()
        yield _n_active(engine)
        engine.live()
        engine.close()


def compiled(
    state: State, timetable: Timetable, seed: int, months: int
) -> Iterator[tuple[float, float]]:
    """Yield the seconds of each month, and of walking its rows alone; `state` is lived on."""
    engine = Engine(state, timetable, seed)
    for _ in range(months):
        start = perf_counter()
        engine.open()
        opened = perf_counter()
        engine.live()
        lived = perf_counter()
        engine.close()
        yield perf_counter() - start, lived - opened


def floor(
    state: State, timetable: Timetable, seed: int, months: int, calls: Calls
) -> Iterator[tuple[float, int]]:
    """Yield the seconds of only drawing and touching rows each month, and of how many families.

    Opening and closing the month is not timed; `state` is written to.
    """
    engine = Engine(state, timetable, seed)
    for month in range(months):
        engine.open()
        n = _n_active(engine)
        start = perf_counter()
        floor_rows(engine.world, month, engine.n_rows, *calls)
        yield perf_counter() - start, n
        engine.close()


def _n_active(engine: Engine) -> int:
    return int(is_active(engine.state.families[: engine.n_rows]).sum())
