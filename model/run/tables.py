"""What rules give for whole numbers of months, worked out once instead of for each family."""

from __future__ import annotations

import numpy as np

from model.calendar import FOUR
from model.kernel.compile import loop
from model.kernel.rows import MONTHS, N_MONTHS, World, months_row, parameter_row
from model.submodels.school.rules_learning import dutch_short_of_peers
from model.submodels.stay.steps import departure_hazard, usual_leaving


class Table:
    """A table by whole months, as the parameters of a month have it; `rows` (N_MONTHS,)."""

    def __init__(self) -> None:
        self.rows = np.zeros(N_MONTHS, MONTHS)
        self._month, self._of = -1, b""

    def follow(self, w: World, month: int, parameters: np.ndarray) -> None:
        """Be the table of a month; it is written anew when its parameters (months,) are others."""
        if month == self._month or month >= parameters.size:
            return
        now = parameters[month].tobytes()
        if now != self._of:
            lay_table(w, month)
        self._month, self._of = month, now


@loop
def lay_table(w: World, month: int) -> None:
    """Write the table of a month of the run."""
    p = parameter_row(w, month)
    for k in range(N_MONTHS):
        row = months_row(w, k)
        years = (k + 0.5) / 12.0
        row.departure_hazard_year = departure_hazard(years, p)
        row.usual_leaving = usual_leaving(years, p)
        row.dutch_of_peers = dutch_short_of_peers(
            years_since_4=(k - FOUR) / 12.0,
            spread=p.language_spread,
            catch_up_year=p.catch_up_year,
        )
