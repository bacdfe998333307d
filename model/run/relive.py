"""Experiments on one family: it lives the open month again, with something changed.

Nothing of the run changes: what the family counts in common goes to places of its own, and its
rows, the levers and the parameters are put back afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from model.calendar import START_NUMBER, month_text
from model.run.checks import checked_row

if TYPE_CHECKING:
    from model.run.engine import Engine
from model.errors import InputError, nearest
from model.family_rows import FamilyRows, places_of, rows_of
from model.kernel.rows import (
    MONTHS,
    N_COUNTS,
    N_MONTHS,
    N_PLACES,
    QUEUE_LEVELS,
    SIGNAL,
    TALLY,
    held,
)
from model.run.schedule import enter, family_levers, family_month
from model.run.tables import lay_table
from model.state import State

SURROUNDINGS = ("signals", "places", "schools")
"""What a family may be given other values of: what families showed last month, municipalities,
schools."""

_AS = {
    "queue": TALLY,
    "counts": TALLY,
    "newcomers": TALLY,
    "signals": SIGNAL,
    "signals_next": SIGNAL,
}
"""As what a World sees arrays of plain numbers."""


def relived(
    engine: Engine,
    row: int,
    before: FamilyRows,
    *,
    levers: Mapping[str, float],
    parameters: Mapping[str, float],
    around: Mapping[str, np.ndarray],
) -> FamilyRows:
    """Return a family's rows after it has lived the open month from `before` on.

    `levers` and `parameters` (names of columns of the timetable) have these values in that month,
    and of the SURROUNDINGS the family sees the arrays in `around`. Raises InputError for names that
    are not there and arrays of another shape.
    """
    month, state = engine.month, engine.state
    _check(engine, row, around)
    first, last = state.entries[month : month + 2]
    enters = first <= row < last or (month == 0 and row < last)
    world = engine.world
    with _set(engine, levers, parameters), _as_before(state, row, before):
        arrays = _apart(state) | {k: np.ascontiguousarray(v) for k, v in around.items()}
        seen = {name: held(array, _AS.get(name)) for name, array in arrays.items()}
        world = world._replace(**seen)
        lay_table(world, month)
        if enters:
            enter(world, row, month)
        family_month(world, row, month)
        return rows_of(state, row)


def levers_of(engine: Engine, row: int, before: FamilyRows) -> np.void:
    """Return the levers that hold for a family in the open month, when it begins as `before`."""
    _check(engine, row, {})
    with _as_before(engine.state, row, before):
        variant = family_levers(engine.world, row, engine.month)
    record: np.void = engine.timetable.levers[engine.month, variant]
    return record


def _check(engine: Engine, row: int, around: Mapping[str, np.ndarray]) -> None:
    if not engine.is_open:
        message = "no month is open; look at a family from an observer, while its month is open."
        raise InputError(message)
    checked_row(row, engine.n_rows, month_text(START_NUMBER + engine.month))
    for name, array in around.items():
        if name not in SURROUNDINGS:
            message = f"there are no surroundings '{name}'.{nearest(name, SURROUNDINGS)}"
            raise InputError(message)
        own = getattr(engine.state, name)
        if (array.shape, array.dtype) != (own.shape, own.dtype):
            message = f"the {name} of another run must have the shape of this run's, {own.shape}."
            raise InputError(message)


def _apart(state: State) -> dict[str, np.ndarray]:
    """Return empty places to count in and a table, so that an experiment leaves no trace."""
    return {
        "table": np.zeros(N_MONTHS, MONTHS),
        "queue": np.zeros((2, N_PLACES, QUEUE_LEVELS), np.int64),
        "counts": np.zeros((N_PLACES, N_COUNTS), np.int64),
        "newcomers": np.zeros(state.schools.size, np.int64),
        "signals_next": np.zeros_like(state.signals),
    }


@contextmanager
def _as_before(state: State, row: int, before: FamilyRows) -> Iterator[None]:
    """Put a family's rows to what they were, for a while."""
    places, after = places_of(state, row), rows_of(state, row)
    for name, where in places.items():
        getattr(state, name)[where] = getattr(before, name)
    try:
        yield
    finally:
        for name, where in places.items():
            getattr(state, name)[where] = getattr(after, name)


@contextmanager
def _set(
    engine: Engine, levers: Mapping[str, float], parameters: Mapping[str, float]
) -> Iterator[None]:
    """Give levers and parameters of the open month other values, for a while."""
    month, table = engine.month, engine.timetable
    records = (
        (table.levers[month], levers),
        (table.parameters[month : month + 1], parameters),
    )
    for record, values in records:
        for name in values:
            known = record.dtype.names or ()
            if name not in known:
                message = f"there is no column '{name}' in the timetable.{nearest(name, known)}"
                raise InputError(message)
    kept = [record.copy() for record, _ in records]
    try:
        for record, values in records:
            for name, value in values.items():
                record[name] = value
        yield
    finally:
        for (record, _), old in zip(records, kept, strict=True):
            record[:] = old
