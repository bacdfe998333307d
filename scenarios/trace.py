"""What made a family's two lives part: the lever, the parameter, or whom it lives among.

In the month in which the two lives part, the family begins the month the same in both worlds. So
that month can be lived again as an experiment: with the alternative's policy, one lever at a time
put back to where the base has it, and with the base's policy among the alternative's neighbours,
municipalities and schools. What makes the difference go away, or come about, is its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.engine import enter
from model.levers import BY_NAME, LEVERS
from model.month import family_levers, family_month
from model.parameters import PARAMETER_DTYPE
from model.state import ADULTS, State
from model.world import N_COUNTS, N_PLACES, QUEUE_LEVELS, SIGNAL, TALLY, World, held
from scenarios.worlds import ALTERNATIVE, BASE, MARK, Worlds, rows_differ

Kind = Literal["lever", "parameter", "neighbour", "municipality", "school", "unknown"]

SURROUNDINGS: tuple[tuple[Kind, str], ...] = (
    ("neighbour", "signals"),
    ("municipality", "places"),
    ("school", "schools"),
)
"""Through whom a policy reaches a family that none of its levers touches, and where that is."""

_AS = {
    "queue": TALLY,
    "counts": TALLY,
    "newcomers": TALLY,
    "signals": SIGNAL,
    "signals_next": SIGNAL,
}
"""As what a World sees arrays of plain numbers."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What made two lives part: its kind, and the names of levers or parameters.

    For neighbours `names` holds the ids of the families that showed something else than in the
    base, for a municipality what of it differs.
    """

    kind: Kind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one family: itself (1,), its adults (2,), its children (n,)."""

    families: np.ndarray
    adults: np.ndarray
    children: np.ndarray

    def differ(self, other: Rows) -> bool:
        """Return whether anything but the marks differs."""
        return any(
            bool(rows_differ(getattr(self, name), getattr(other, name)).any())
            for name in self.__slots__
        )

    def marks(self) -> int:
        """Return the bits of the levers that touched the family or a child this school year."""
        children = np.bitwise_or.reduce(self.children[MARK], initial=np.uint64(0))
        return int(self.families[MARK][0] | children)


def places_of(state: State, row: int) -> dict[str, slice]:
    """Return where the rows of a family lie in the arrays of the state."""
    family = state.families[row]
    first = int(family["first_child"])
    return {
        "families": slice(row, row + 1),
        "adults": slice(ADULTS * row, ADULTS * (row + 1)),
        "children": slice(first, first + int(family["n_children"])),
    }


def rows_of(state: State, row: int) -> Rows:
    """Return a copy of the rows of a family."""
    found = {name: getattr(state, name)[where] for name, where in places_of(state, row).items()}
    return Rows(**{name: rows.copy() for name, rows in found.items()})


def cause(worlds: Worlds, row: int, before: Rows) -> Cause:
    """Return what made the lives of a family part in the open month.

    `before` are its rows as they were in both worlds before the month was opened; both worlds have
    lived the month and not closed it. Nothing of the worlds changes.
    """
    trial = _Trial(worlds, row, before)
    moved: list[tuple[Kind, str]] = [
        *(("lever", name) for name in trial.levers()),
        *(("parameter", name) for name in trial.parameters()),
        *SURROUNDINGS,
    ]
    found = (trial.needed(moved) or trial.enough(moved)) if trial.parts_again() else []
    if not found:
        return Cause(kind="unknown", names=tuple(name for _, name in moved))
    kind = found[0][0]
    if kind in {"lever", "parameter"}:
        return Cause(kind=kind, names=tuple(name for one, name in found if one == kind))
    return Cause(kind=kind, names=trial.who(found[0][1]))


class _Trial:
    """One family that lives the open month again, with something changed, and leaves no trace."""

    def __init__(self, worlds: Worlds, row: int, before: Rows) -> None:
        self._worlds, self._row, self._before = worlds, row, before
        self._month = worlds.month
        self._places = places_of(worlds.states[BASE], row)
        first, last = worlds.states[BASE].entries[self._month : self._month + 2]
        self._enters = first <= row < last or (self._month == 0 and row < last)
        variants = [self._with_rows(world, self._variant, {}) for world in (BASE, ALTERNATIVE)]
        self._records = [
            plan.levers[self._month, variant]
            for plan, variant in zip(worlds.plans, variants, strict=True)
        ]

    def levers(self) -> list[str]:
        """Return the levers that stand elsewhere for this family this month."""
        ours, theirs = self._records
        return [lever.name for lever in LEVERS if ours[lever.name] != theirs[lever.name]]

    def parameters(self) -> list[str]:
        """Return the parameters (fields) that have another value this month."""
        ours, theirs = (plan.parameters[self._month] for plan in self._worlds.plans)
        return [name for name in PARAMETER_DTYPE.names or () if ours[name] != theirs[name]]

    def parts_again(self) -> bool:
        """Return whether the two lives part when the month is lived again."""
        return self._lived(ALTERNATIVE).differ(self._lived(BASE))

    def needed(self, moved: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
        """Return each thing without which alone the two lives would not have parted."""
        base = self._lived(BASE)
        return [one for one in moved if not self._lived(ALTERNATIVE, one).differ(base)]

    def enough(self, moved: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
        """Return each thing that alone, in the base, would have made the lives part.

        A lever that did not touch the family counts only when nothing else qualifies: it would have
        mattered in the base, but the family was kept from it by something else.
        """
        base = self._lived(BASE)
        found = [one for one in moved if self._lived(BASE, one).differ(base)]
        marks = self._lived(ALTERNATIVE).marks()
        touched = [one for one in found if one[0] != "lever" or BY_NAME[one[1]].bit & marks]
        return touched or found

    def who(self, field: str) -> tuple[str, ...]:
        """Return ids of the neighbours, or names of the fields, that differ."""
        state = self._worlds.states[BASE]
        ours, theirs = (getattr(one, field) for one in self._worlds.states)
        family = state.families[self._row]
        if field == "signals":
            first = int(family["first_tie"])
            ties = np.unique(state.ties[first : first + int(family["n_ties"])])
            apart = (ours[ties] != theirs[ties]).any(axis=1)
            return tuple(str(int(other) + 1) for other in ties[apart])
        if field == "places":
            here = int(family["municipality"])
            names = ours.dtype.names
            return tuple(name for name in names if ours[name][here] != theirs[name][here])
        return ()

    def _lived(self, world: int, as_other: tuple[Kind, str] | None = None) -> Rows:
        """Return the family's rows after the month in a world, one thing as in the other world."""

        def live(trial: World) -> Rows:
            if self._enters:
                enter(trial, self._row, self._month)
            family_month(trial, self._row, self._month)
            return rows_of(self._worlds.states[world], self._row)

        kind, name = as_other or ("unknown", "")
        if kind in {"lever", "parameter"}:
            with self._set(world, kind, name):
                return self._with_rows(world, live, {})
        around = {name: getattr(self._worlds.states[1 - world], name)} if name else {}
        return self._with_rows(world, live, around)

    @contextmanager
    def _set(self, world: int, kind: Kind, name: str) -> Iterator[None]:
        """Set a lever or parameter of this month as the other world has it, for a while."""
        plan, other = self._worlds.plans[world], self._worlds.plans[1 - world]
        here: np.ndarray
        if kind == "lever":
            here, value = plan.levers[name][self._month], self._records[1 - world][name]
        else:
            here = plan.parameters[name][self._month : self._month + 1]
            value = other.parameters[name][self._month]
        kept = here.copy()
        here[:] = value
        try:
            yield
        finally:
            here[:] = kept

    def _variant(self, world: World) -> int:
        return int(family_levers(world, self._row, self._month))

    def _with_rows[T](
        self, world: int, act: Callable[[World], T], around: dict[str, np.ndarray]
    ) -> T:
        """Act on a world in which the family is as before the month; put all back afterwards."""
        engine = self._worlds.engines[world]
        after = rows_of(engine.state, self._row)
        arrays = self._tallies(engine.state) | around
        trial = engine.world._replace(
            **{name: held(array, _AS.get(name)) for name, array in arrays.items()}
        )
        self._put(engine.state, self._before)
        try:
            return act(trial)
        finally:
            self._put(engine.state, after)

    @staticmethod
    def _tallies(state: State) -> dict[str, np.ndarray]:
        """Return empty places to count in, so that a trial leaves no trace."""
        return {
            "queue": np.zeros((2, N_PLACES, QUEUE_LEVELS), np.int64),
            "counts": np.zeros((N_PLACES, N_COUNTS), np.int64),
            "newcomers": np.zeros(state.schools.size, np.int64),
            "signals_next": np.zeros_like(state.signals),
        }

    def _put(self, state: State, rows: Rows) -> None:
        for name, where in self._places.items():
            getattr(state, name)[where] = getattr(rows, name)
