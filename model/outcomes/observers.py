"""Who looks at a run while it is lived: observers of its months, and whoever waits for its end.

class Movers(Observer):
    def __init__(self):
        self.moved = []

    def month(self, view):
        self.moved.append(int((view.state.families["moved"] > 0).sum()))

movers = Movers()
FamilyModel(families=2000, rng=1).run(observers=[movers])
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from model.calendar import MONTHS_PER_YEAR, START_NUMBER, month_text, school_year
from model.enums import Status
from model.registry import ParameterRow
from model.state import ARRAYS, State

Progress = Callable[[int, int], object]
"""Hears of months done and of all months."""

Stop = Callable[[], bool]
"""Says whether a run should stop; it is asked between two months."""


@dataclass(frozen=True, slots=True)
class View:
    """What an observer sees of a run in a month.

    `month` is a month of the run (0 is the first), `horizon` the number of months the run was laid
    down for. `state` has the arrays of the run: they cannot be written to, and they go on changing,
    so copy what should be kept. `n_rows` is how many families have entered so far; later rows are
    still to come. `levers` (variants,) and `parameters` are the records that hold in the month; the
    first of the levers is for families that are in no target group.
    """

    month: int
    horizon: int
    state: State
    n_rows: int
    levers: np.ndarray
    parameters: ParameterRow

    @property
    def year(self) -> int:
        """The school year of the run, from 1 on."""
        return self.month // MONTHS_PER_YEAR + 1

    @property
    def school_year(self) -> str:
        """The school year, as '2026/27'."""
        return school_year(self.month)

    @property
    def month_text(self) -> str:
        """The calendar month, as 'YYYY-MM'."""
        return month_text(START_NUMBER + self.month)

    def is_here(self) -> np.ndarray:
        """Return which families (n,) are in the country or away for a while."""
        return is_here(self.state)


class Observer(Protocol):
    """Looks at a run month by month, and never changes it. Write a class with `month`."""

    def start(self, view: View) -> None:  # noqa: ARG002 - for those who override it
        """See the run before its next month is lived; called once, when the run is begun."""
        return

    @abstractmethod
    def month(self, view: View) -> None:
        """See a month that every family has lived, before it closes."""


def read_only(state: State) -> State:
    """Return a state over the same memory through which nothing can be written."""
    arrays = [getattr(state, name).view() for name in ARRAYS]
    for array in arrays:
        array.flags.writeable = False
    return State(*arrays)


def is_here(state: State) -> np.ndarray:
    """Return which families (n,) are in the country or away for a while."""
    status = np.ascontiguousarray(state.families["status"])
    here: np.ndarray = (status == Status.IN_NL) | (status == Status.ABROAD_TEMP)
    return here
