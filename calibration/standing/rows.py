"""What should stand still, among whom, and how far it may move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calibration.standing.watch import (
    ADULT,
    ARRIVALS,
    CHILD_CELLS,
    CHILDREN,
    COUNTED,
    FAMILIES,
    FAMILY_CELLS,
    LEAVING_CELLS,
)
from model.enums import Population, Stage

FIRST_YEARS, LATER_YEARS = (1, 3), (2, 20)
"""School years of the run that are compared, later against first."""

SCORE, MONEY, OTHER, LEAST = 0.03, 0.03, 0.05, 0.003
"""How far scores (SD), money (share), and shares and rates (share, or so much) may move."""

_SCORES, _MONEY = ("learning", "language"), ("income",)
_WITH_SCHOOL = ("enrolled", "belonging", "absent_days")
_ARRIVED = {
    "born here": (Population.EU11, (0,)),
    "came before 12": (Population.EU11, (1, 2, 3)),
    "came later": (Population.EU11, (4, ARRIVALS - 1)),
    "comparable": (Population.COMPARABLE, (0,)),
}
_AGED = {"2-4": (2, 5), "5-11": (5, 12), "12-17": (12, 18), "18-22": (18, 23)}
_STAYED = {
    "here under 3 years": (Population.EU11, 0, 3),
    "here 3-9 years": (Population.EU11, 3, 10),
    "here 10 years or more": (Population.EU11, 10, 31),
    "comparable, oldest under 12": (Population.COMPARABLE, 0, 12),
    "comparable, oldest 12 or more": (Population.COMPARABLE, 12, 31),
}
_NOT_COMPARABLE = ("tied_home", "shared_home", "registered", "dutch", *COUNTED)
"""What no comparable family has, or all have."""
_OF_AGE = {
    "learning": ("5-11", "12-17", "18-22"),
    "language": ("5-11", "12-17", "18-22"),
    "enrolled": ("5-11", "12-17"),
    "preschool": ("2-4",),
    "in_havo_vwo": ("12-17",),
    "in_mbo": ("18-22",),
    "left_school": ("18-22",),
    "belonging": ("5-11", "12-17"),
    "absent_days": ("5-11", "12-17"),
}
_LEAVING = {"vo": (Stage.PRO, Stage.VWO), "mbo": (Stage.MBO1, Stage.MBO4)}


@dataclass(frozen=True, slots=True)
class Row:
    """A quantity among some: `cells` (k,) are those whose means are compared."""

    quantity: str
    among: str
    cells: np.ndarray

    @property
    def key(self) -> str:
        """The name of the row."""
        return f"standing.{self.quantity}.{self.among.replace(' ', '_').replace(',', '')}"

    def tolerance(self, level: float) -> float:
        """Return how far the quantity may move from a level, in its own unit."""
        if self.quantity in _SCORES:
            return SCORE
        if self.quantity in _MONEY:
            return MONEY * abs(level)
        return max(OTHER * abs(level), LEAST)


def rows() -> list[Row]:
    """Return all rows, children first."""
    return [*_of_children(), *_of_leaving(), *_of_families()]


def _cells(shape: tuple[int, ...], *within: slice | int | tuple[int, ...]) -> np.ndarray:
    every = np.arange(int(np.prod(shape))).reshape(shape)
    places = [
        np.arange(size)[one] if isinstance(one, slice) else np.atleast_1d(np.array(one))
        for one, size in zip(within, shape, strict=True)
    ]
    return np.asarray(every[np.ix_(*places)].reshape(-1))


def _of_children() -> Iterator[Row]:
    for quantity in CHILDREN:
        for age in _OF_AGE[quantity]:
            for who, (population, arrived) in _ARRIVED.items():
                if who == "came later" and age in {"2-4", "5-11"}:
                    continue
                cells = _cells(CHILD_CELLS, population, arrived, slice(*_AGED[age]))
                yield Row(quantity, f"{who}, {age}", cells)


def _of_leaving() -> Iterator[Row]:
    for school, (first, last) in _LEAVING.items():
        for population in Population:
            cells = _cells(
                LEAVING_CELLS, population, slice(first, last + 1), slice(None), slice(None)
            )
            yield Row("leaving", f"{school}, {population.name.lower()}", cells)


def _of_families() -> Iterator[Row]:
    for quantity in (*FAMILIES, *ADULT, *COUNTED):
        for who, (population, low, high) in _STAYED.items():
            if population == Population.COMPARABLE and quantity in _NOT_COMPARABLE:
                continue
            yield Row(
                quantity, who, _cells(FAMILY_CELLS, population, slice(None), slice(low, high))
            )
