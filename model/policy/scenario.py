"""A scenario: which levers are moved, from when, for whom, and which parameters differ.

The model knows no files; `scenarios.load` makes these objects from TOML. Everything is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from model.aliases import current
from model.enums import FamilyType, LetterGroup, Municipality
from model.registry import named_today


@dataclass(frozen=True, kw_only=True)
class Target:
    """The families that a lever is moved for; an empty part means everybody. Never origin.

    `years_in_nl` is (from, up to), in years; a letter group is met when a child of the family is
    in it at that month.
    """

    municipalities: tuple[Municipality, ...] = ()
    family_types: tuple[FamilyType, ...] = ()
    letter_groups: tuple[LetterGroup, ...] = ()
    years_in_nl: tuple[float, float] | None = None


TARGET_LISTS: dict[str, type[IntEnum]] = {
    "municipalities": Municipality,
    "family_types": FamilyType,
    "letter_groups": LetterGroup,
}
"""The lists that a target group is made of, and what their members are."""


@dataclass(frozen=True, kw_only=True)
class LeverChange:
    """One lever set to a value. Months are month numbers (`model.calendar`), None means always.

    A name of before is understood (`model.aliases`).

    A start of "reform_start" is the month that the lever of that name has in the scenario.

    From `start` the lever moves in a straight line over `ramp_months` from what it was to `value`;
    from `end` on it is again what it was.
    """

    lever: str
    value: float
    start: float | Literal["reform_start"] | None = None
    ramp_months: int = 0
    end: float | None = None
    target: Target | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "lever", current("lever", self.lever))


@dataclass(frozen=True, kw_only=True)
class ParameterChange:
    """One parameter (dotted name) set to a value, from `start` until `end` (month numbers).

    A name of before is understood (`model.aliases`); a level of before is told against the ledger.
    """

    parameter: str
    value: float
    start: float | None = None
    end: float | None = None

    def __post_init__(self) -> None:
        ((name, value),) = named_today({self.parameter: self.value}).items()
        object.__setattr__(self, "parameter", name)
        object.__setattr__(self, "value", value)


@dataclass(frozen=True, kw_only=True, repr=False)
class Scenario:
    """A set of changes against the base column of the levers and the values of the ledger."""

    id: str = "s00_frozen_2023"
    title_nl: str = "Bevroren 2023"
    title_en: str = "Frozen in 2023"
    question_nl: str = ""
    question_en: str = ""
    caveat_nl: str = ""
    caveat_en: str = ""
    status: str = ""
    letter_lines: str = ""
    recommendations: tuple[int, ...] = ()
    extends: tuple[str, ...] = ()
    compare_with: str = ""
    levers: tuple[LeverChange, ...] = field(default=())
    parameters: tuple[ParameterChange, ...] = field(default=())

    def __repr__(self) -> str:
        levers = dict.fromkeys(one.lever for one in self.levers)
        moved = [*levers, *dict.fromkeys(one.parameter for one in self.parameters)]
        return f"<Scenario {self.id}: {self.title_en}; moves {', '.join(moved) or 'nothing'}>"


FROZEN_2023 = Scenario()
"""The base: every lever at its value of 2023, every parameter at its value in the ledger."""
