"""Whom a family knows: what they showed in both runs when its lives parted, and when theirs did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.calendar import START_NUMBER, month_text
from scenarios.pairs.pair import Pair

if TYPE_CHECKING:
    import pandas as pd

KNOWN_COLUMNS = (
    "family",
    "is_here_base",
    "is_here_alternative",
    "is_informed_base",
    "is_informed_alternative",
    "trust_base",
    "trust_alternative",
    "parted",
)

_STEPS = 254.0
"""A trust of 1 is 255 in what a family shows, one of 0 is 1; 0 is a family that is away."""


class Known:
    """The acquaintances of a family: their ids, what they show, and when their own lives part."""

    def __init__(self, pair: Pair, row: int) -> None:
        state = pair.states[0]
        family = state.families[row]
        first = int(family["first_tie"])
        self._rows = np.unique(state.ties[first : first + int(family["n_ties"])])
        self._parted = np.full(self._rows.size, -1)
        self._shown = self._show(pair)
        self._is_kept = False

    def note(self, pair: Pair, apart: np.ndarray, *, is_parting: bool) -> None:
        """Note a month; `apart` says of every family whether it differs in it.

        What they show is kept as it is in the month of the parting, or in the last.
        """
        self._parted[(self._parted < 0) & apart[self._rows]] = pair.month
        if not self._is_kept:
            self._shown = self._show(pair)
            self._is_kept = is_parting

    def table(self) -> pd.DataFrame:
        """Return a row for each acquaintance, columns KNOWN_COLUMNS.

        `is_informed` and `trust` (0 to 1) are what the family saw of it in that month, `parted` the
        calendar month in which the lives of the acquaintance part, or empty.
        """
        import pandas as pd

        base, alternative = self._shown
        parted = ["" if m < 0 else month_text(START_NUMBER + int(m)) for m in self._parted]
        values = {
            "family": self._rows + 1,
            "parted": parted,
        }
        for life, shown in (("base", base), ("alternative", alternative)):
            is_here = shown[:, 1] > 0
            values[f"is_here_{life}"] = is_here
            values[f"is_informed_{life}"] = shown[:, 0] > 0
            values[f"trust_{life}"] = np.where(is_here, (shown[:, 1] - 1.0) / _STEPS, np.nan)
        return pd.DataFrame(values)[list(KNOWN_COLUMNS)]

    def _show(self, pair: Pair) -> tuple[np.ndarray, np.ndarray]:
        ours, theirs = (state.signals[self._rows].copy() for state in pair.states)
        return ours, theirs
