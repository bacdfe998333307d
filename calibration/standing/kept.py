"""What `make standing` found last, as typed rows: what moved among people alike, and the ages."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from calibration.standing.judge import Moved, OffWave
from model.errors import StorageError

MOVED = Path(__file__).with_name("moved.csv")
AGES = Path(__file__).with_name("ages.csv")


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
    _write(
        MOVED,
        Stood,
        (
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
        ),
    )
    _write(
        AGES,
        Aged,
        (
            Aged(one.band, one.year, round(one.account), round(one.found), one.verdict)
            for one in wave
        ),
    )


@cache
def stood() -> tuple[Stood, ...]:
    """Return what stood or moved. Raises StorageError for a table with another heading."""
    found = []
    for quantity, among, *numbers, verdict in _read(MOVED, Stood):
        first, later, last, moved, error, tolerance = map(float, numbers)
        found.append(Stood(quantity, among, first, later, last, moved, error, tolerance, verdict))
    return tuple(found)


@cache
def aged() -> tuple[Aged, ...]:
    """Return the children by age. Raises StorageError for a table with another heading."""
    return tuple(
        Aged(band, int(year), int(account), int(found), verdict)
        for band, year, account, found, verdict in _read(AGES, Aged)
    )


def _write(path: Path, row: type[Stood | Aged], rows: Iterable[Stood | Aged]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([one.name for one in fields(row)])
        for one in rows:
            table.writerow(
                [f"{cell:.4g}" if isinstance(cell, float) else cell for cell in astuple(one)]
            )


def _read(path: Path, row: type[Stood | Aged]) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    expected = [one.name for one in fields(row)]
    if head != expected:
        message = f"{path.name}: the columns are {', '.join(head)}, not {', '.join(expected)}."
        raise StorageError(f"{message} Make it anew: make standing")
    return rows
