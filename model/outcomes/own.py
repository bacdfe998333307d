"""Outcomes of one's own: functions of a run's month, noted while it is lived.

own = OwnOutcomes(trust=lambda view: view.state.families["trust"][view.is_here()].mean())
FamilyModel(rng=1).run(observers=[own])
own.table()
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.errors import InputError
from model.outcomes.observers import Observer, View

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("month", "month_text", "school_year")
"""What each row is of: the month of the run, the calendar month and the school year."""


class OwnOutcomes(Observer):
    """Notes a number for each function, every month that all families have lived.

    A function takes the view of the month (`model.outcomes.observers.View`) and returns a number.
    Raises InputError for a name that says what a row is of.
    """

    def __init__(self, **functions: Callable[[View], float]) -> None:
        for name in functions:
            if name in KEYS:
                message = f"'{name}' says of what a row is; give your outcome another name."
                raise InputError(message)
        self._functions = functions
        self._rows: list[tuple[int, str, str, *tuple[float, ...]]] = []

    def start(self, view: View) -> None:  # noqa: ARG002 - as observers have it
        """Forget what was noted of a run before."""
        self._rows.clear()

    def month(self, view: View) -> None:
        """Note the numbers of a month."""
        numbers = (float(function(view)) for function in self._functions.values())
        self._rows.append((view.month, view.month_text, view.school_year, *numbers))

    def table(self) -> pd.DataFrame:
        """Return a row for each month: KEYS, and a column for each outcome."""
        import pandas as pd  # noqa: PLC0415 - for tables only

        return pd.DataFrame(self._rows, columns=[*KEYS, *self._functions])

    def __repr__(self) -> str:
        names = ", ".join(self._functions) or "none"
        return f"OwnOutcomes({names}; {len(self._rows)} months)"
