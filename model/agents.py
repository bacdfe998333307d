"""The Mesa face of a family: an agent that is a view on its row."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Protocol

import mesa
import numpy as np

from model.calendar import COUNT_UNTIL
from model.enums import (
    BirthCountry,
    Contract,
    Education,
    FamilyType,
    HomeLanguage,
    Housing,
    LetterGroup,
    Municipality,
    Origin,
    Population,
    Stage,
    Status,
)
from model.state import ADULTS, State

_ENUMS: dict[str, type] = {
    "population": Population,
    "municipality": Municipality,
    "origin": Origin,
    "home_language": HomeLanguage,
    "parent_education": Education,
    "family_type": FamilyType,
    "status": Status,
    "housing": Housing,
    "contract": Contract,
    "stage": Stage,
    "birth_country": BirthCountry,
    "letter_group": LetterGroup,
    "count_stage": Stage,
    "risk_stage": Stage,
    "left_stage": Stage,
}


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever the column holds
    if isinstance(value, IntEnum):
        return value.name.lower()
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _value(name: str, raw: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if name in _ENUMS:
        return _ENUMS[name](int(raw))
    if name.startswith(("is_", "has_")):
        return bool(raw)
    return raw.item()


class View:
    """One row of an array with its fields as attributes; reading never changes the state."""

    __slots__ = ("_array", "_row")

    def __init__(self, array: np.ndarray, row: int) -> None:
        self._array = array
        self._row = row

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        array = object.__getattribute__(self, "_array")
        if name not in (array.dtype.names or ()):
            message = f"there is no '{name}'; known: {', '.join(array.dtype.names)}"
            raise AttributeError(message)
        return _value(name, array[name][object.__getattribute__(self, "_row")])

    def __dir__(self) -> list[str]:
        return ["unique_id", *(self._array.dtype.names or ())]

    @property
    def unique_id(self) -> int:
        """The row plus one: the number by which `veerkracht twins --child` knows a child."""
        return self._row + 1

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={_shown(getattr(self, name))}" for name in dir(self))
        return f"<{told}>"


class Host(Protocol):
    """The model that families belong to, as far as they need it."""

    @property
    def state(self) -> State:
        """The arrays of the run."""

    @property
    def month(self) -> int:
        """The month that comes next."""

    def live_family(self, row: int) -> None:
        """Let one family live the present month."""


class Family(mesa.Agent):  # type: ignore[type-arg]
    """A family; every field of its row is an attribute, `adults` and `children` are views.

    `unique_id` is the row plus one. `step()` lets this one family live the present month, with the
    same compiled steps as `model.step()`; the month closes when the last family has lived it.
    """

    model: Host

    def __init__(self, model: Host, row: int) -> None:
        self.row = row
        super().__init__(model)
        self.unique_id = row + 1  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        families = self.__dict__["model"].state.families if "model" in self.__dict__ else None
        if families is None or name not in (families.dtype.names or ()):
            message = f"a Family has no '{name}'"
            raise AttributeError(message)
        return _value(name, families[name][self.__dict__["row"]])

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(self.model.state.families.dtype.names or ())]

    def __repr__(self) -> str:
        row = self.model.state.families[self.row]
        names = (
            Population(int(row["population"])),
            Municipality(int(row["municipality"])),
            FamilyType(int(row["family_type"])),
            Status(int(row["status"])),
        )
        told = ", ".join(one.name.lower() for one in names)
        adults, children = int(row["n_adults"]), len(self.children)
        return f"<Family {self.unique_id}: {told}; {adults} adults, {children} children>"

    @property
    def adults(self) -> list[View]:
        """The adults of the family."""
        state = self.model.state
        return [
            View(state.adults, ADULTS * self.row + k)
            for k in range(int(state.families["n_adults"][self.row]))
        ]

    @property
    def children(self) -> list[View]:
        """The children that are born and not yet twenty-three."""
        state = self.model.state
        first = int(state.families["first_child"][self.row])
        last = first + int(state.families["n_children"][self.row])
        ages = self.model.month - state.children["birth_month"][first:last]
        return [
            View(state.children, row)
            for row, age in zip(range(first, last), ages, strict=True)
            if 0 <= age < COUNT_UNTIL
        ]

    @property
    def contract(self) -> Contract:
        """The contract of the main earner."""
        return Contract(int(self.model.state.adults["contract"][ADULTS * self.row]))

    @property
    def income(self) -> float:
        """Net equivalised income, EUR per month."""
        return float(self.model.state.families["income_eur_month"][self.row])

    @property
    def years_in_nl(self) -> float:
        """Years since arrival in the Netherlands."""
        return (self.model.month - int(self.model.state.families["arrival_month"][self.row])) / 12

    @property
    def moves_12m(self) -> int:
        """Moves in the last twelve months."""
        months = int(self.model.state.families["moved_months"][self.row]) & 0xFFF
        return months.bit_count()

    def step(self) -> None:
        """Live the present month, once."""
        self.model.live_family(self.row)
