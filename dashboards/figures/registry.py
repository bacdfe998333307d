"""The figures there are: which outcomes each of them shows, in which unit, in how many panels."""

from __future__ import annotations

from dataclasses import dataclass

from model.outcomes.registry import BY_OUTCOME
from model.outcomes.units import DEVIATION, Unit

MANY = 2
"""Panels beside each other from which on a figure takes the whole width of the page."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One figure: a panel per outcome, all in the same unit.

    `columns` counts panels beside each other on a wide screen, `height` is that of one panel in
    pixels. With `same_scale` all panels have the same axis. No axis ends below `least_top`, so that
    small numbers look small.
    """

    name: str
    outcomes: tuple[str, ...]
    columns: int = 1
    narrow_columns: int = 1
    height: int = 200
    same_scale: bool = False
    least_top: float = 0.0

    @property
    def measure(self) -> Unit:
        """The unit of all its outcomes."""
        return BY_OUTCOME[self.outcomes[0]].measure

    @property
    def suffix(self) -> str:
        """What stands behind a number in it."""
        return "%" if self.measure.is_share else ""

    @property
    def is_around_zero(self) -> bool:
        """Whether 0 is a level among others, as in deviations."""
        return self.measure is DEVIATION


CONTRACTS = (
    "zero_hours",
    "bandwidth",
    "agency_a",
    "agency_b",
    "fixed",
    "permanent",
    "self_employed",
    "none",
)

SHEETS: tuple[Sheet, ...] = (
    Sheet(name="leaving_vo", outcomes=("vsv_vo_expected",)),
    Sheet(name="leaving_mbo", outcomes=("vsv_mbo_expected",)),
    Sheet(
        name="contracts",
        outcomes=tuple(f"contract_{contract}" for contract in CONTRACTS),
        columns=4,
        narrow_columns=2,
        height=130,
        least_top=20.0,
    ),
    Sheet(
        name="moves",
        outcomes=("forced_moves", "voluntary_moves"),
        columns=2,
        least_top=5.0,
    ),
    Sheet(
        name="language",
        outcomes=("language_at_4", "language_at_12"),
        columns=2,
        same_scale=True,
    ),
)
SHEET = {sheet.name: sheet for sheet in SHEETS}
