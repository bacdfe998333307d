"""What `make standing` found last, as typed rows: what moved among people alike, and the ages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calibration.rows import keep_rows, kept_rows
from calibration.standing.judge import Moved, OffWave

MOVED = Path(__file__).with_name("moved.csv")
AGES = Path(__file__).with_name("ages.csv")
DIGITS, MADE_BY = 4, "make standing"


@dataclass(frozen=True, slots=True)
class Stood:
    """A quantity among some, first and later years, in its own unit; `verdict` as it was judged."""

    quantity: str
    among: str
    first: float
    later: float
    last: float
    moved: float
    error: float
    tolerance: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Aged:
    """Children of some ages, in the account and in the model, in their farthest year."""

    band: str
    year: int
    account: int
    found: int
    verdict: str


def keep(found: Sequence[Moved], wave: Sequence[OffWave]) -> None:
    """Write what was found."""
    there = (
        Stood(
            one.row.quantity,
            one.row.among,
            one.first,
            one.later,
            one.last,
            one.moved,
            one.error,
            one.tolerance,
            one.verdict,
        )
        for one in found
    )
    keep_rows(MOVED, Stood, there, digits=DIGITS)
    ages = (
        Aged(one.band, one.year, round(one.account), round(one.found), one.verdict) for one in wave
    )
    keep_rows(AGES, Aged, ages, digits=DIGITS)


@cache
def stood() -> tuple[Stood, ...]:
    """Return what stood or moved. Raises StorageError for a table with another heading."""
    return tuple(kept_rows(MOVED, Stood, made_by=MADE_BY))


@cache
def aged() -> tuple[Aged, ...]:
    """Return the children by age. Raises StorageError for a table with another heading."""
    return tuple(kept_rows(AGES, Aged, made_by=MADE_BY))
