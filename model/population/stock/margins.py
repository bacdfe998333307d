"""The cells of the stock of mid-2023: which one a child is in, and how many it should have."""

from __future__ import annotations

import numpy as np

from model.calendar import MONTHS_PER_YEAR, START_NUMBER
from model.evidence.stock_2023 import (
    ARRIVED_FROM,
    BANDS,
    BORN_HERE_0_4,
    FAMILIES_WITH_MINORS,
    MINORS,
    SIZES,
    YOUNG_ADULTS,
)
from model.registry import ParameterRow

_BORN_HERE = 0
_AGES, _CLASSES = BANDS[-1].end, 1 + len(ARRIVED_FROM)


def _table() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the cell (ages, classes) of a child, children per cell, and whether they are minors.

    Under five those born here have a cell for each year. Who arrived later than a band has cells
    for is put with the last of them.
    """
    cell_of = np.zeros((_AGES, _CLASSES), np.int64)
    children: list[int] = []
    minor: list[bool] = []
    for band in BANDS:
        by_year = BORN_HERE_0_4 if band.first == 0 else (band.born_here,)
        first = len(children)
        last = first + len(by_year) + len(band.arrived) - 1
        for age in range(band.first, band.end):
            own = first + (age if band.first == 0 else 0)
            arrived = first + len(by_year) + np.arange(_CLASSES - 1)
            cell_of[age] = (own, *np.minimum(arrived, last))
        children += [*by_year, *band.arrived]
        minor += [band.end <= BANDS[-1].first] * (len(by_year) + len(band.arrived))
    return cell_of, np.array(children, float), np.array(minor)


_CELL_OF, _CHILDREN, _IS_MINOR = _table()
N_CELLS = _CHILDREN.size
"""Cells of children; the sizes of families come on top."""


def cells_of(birth: np.ndarray, entry: np.ndarray, is_abroad: np.ndarray) -> np.ndarray:
    """Return the cell (m,) of children under 23.

    `birth` (m,) and `entry` (m,) of their family are run months, `is_abroad` (m,)
    says who was born abroad.
    """
    age = -birth // MONTHS_PER_YEAR
    arrived = _calendar_year(entry) - _calendar_year(birth)
    band = np.searchsorted(ARRIVED_FROM, arrived, side="right")
    return np.asarray(_CELL_OF[age, np.where(is_abroad, np.maximum(1, band), _BORN_HERE)])


def _calendar_year(month: np.ndarray) -> np.ndarray:
    return (START_NUMBER + month) // MONTHS_PER_YEAR


def targets(p: ParameterRow) -> np.ndarray:
    """Return the children in each cell, then families by minors (1, 2, 3 or more), at full size."""
    minors, adults = p.n_children_0_17 / MINORS, p.n_children_18_22 / YOUNG_ADULTS
    families = FAMILIES_WITH_MINORS * minors * np.array(SIZES)
    return np.concatenate([_CHILDREN * np.where(_IS_MINOR, minors, adults), families])
