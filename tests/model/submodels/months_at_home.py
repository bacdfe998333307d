"""Months of families, looked at before and after; lived once for the tests of homes and moves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from model import FamilyModel
from model.enums import Status
from model.state import State

FORCED = 2
MONTHS = 30


@dataclass
class Month:
    """All rows of the families before and after a month that was lived."""

    number: int
    before: State
    after: State

    @property
    def stayed(self) -> np.ndarray:
        """Which families were here before and are after it."""
        return np.asarray(
            (self.before.families["status"] == Status.IN_NL)
            & (self.after.families["status"] == Status.IN_NL)
        )


@cache
def film() -> tuple[Month, ...]:
    """Months of 1,500 families, in which a forced move often ends registration."""
    model = FamilyModel(
        families=1500, rng=1, years=3, parameters={"housing.p_off_register": 0.5}, collect=False
    )
    months = []
    for number in range(MONTHS):
        before = model.state.copy()
        model.step()
        months.append(Month(number, before, model.state.copy()))
    return tuple(months)
