"""Published figures: what is known, how well, and from where.

`targets/figures.csv` has one row per figure with its unit, range, year, population, source and
grade (A in the letter, B read on a page, C recalled, D assumed). Rows of grade C and D are never
scored. What the traps are stands in the notes.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast

from model.errors import InputError, nearest
from model.evidence.ledger import GRADES, Grade

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures.csv"

Use = Literal["target", "input"]
USES: tuple[Use, ...] = ("target", "input")

ORDER = "order"
"""Unit of a row that states a direction or an order, with value 1; it is never a number."""

SCORED: tuple[Grade, ...] = ("A", "B")
"""Grades that count; what is recalled or assumed is no evidence."""

UNITS = (
    "children",
    "children per year",
    "euro",
    "euro per hour",
    "euro per month, net",
    "groups",
    "hour",
    "hours",
    "hours per month",
    "hours per week",
    "index",
    "interviews",
    "jobs",
    "months",
    "municipalities",
    ORDER,
    "per 1000",
    "per year",
    "percent",
    "percent per quarter",
    "percent per year",
    "persons",
    "persons per year",
    "probability",
    "pupils",
    "ratio",
    "SD",
    "share",
    "thousand persons",
    "weeks",
    "years",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One published figure; `low` and `high` are None where it is printed without a range."""

    key: str
    label: str
    value: float
    unit: str
    low: float | None
    high: float | None
    year: str
    population: str
    source: str
    url: str
    grade: Grade
    use: Use
    note: str

    @property
    def is_scored(self) -> bool:
        """Whether the figure counts as evidence."""
        return self.grade in SCORED


def load(path: Path = FIGURES) -> dict[str, Target]:
    """Return all figures by key. Raises InputError with file and line for a row with a fault."""
    found: dict[str, Target] = {}
    for where, row in read_rows(path, tuple(item.name for item in fields(Target))):
        target = _target(row, where)
        if target.key in found:
            raise InputError(
                f"{where}: the key '{target.key}' is there twice. Give it another name."
            )
        found[target.key] = target
    return found


def read_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """Return (file and line, row) of a CSV file that has exactly these columns.

    Raises InputError for a file that cannot be read, other columns, or a row of another length.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != columns:
        raise InputError(
            f"{path.name}, line 1: the columns are {', '.join(reader.fieldnames or ())};"
            f" they should be {', '.join(columns)}."
        )
    found = []
    for row in reader:
        where = f"{path.name}, line {reader.line_num}"
        if None in row or None in row.values():
            raise InputError(f"{where}: {len(columns)} values are needed, one for each column.")
        found.append((where, row))
    return found


def number_in(text: str, name: str, where: str) -> float:
    """Return a finite number. Raises InputError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{where}: {name} = '{text}' is not a number.")
    return value


def one_of(text: str, allowed: tuple[str, ...], name: str, where: str) -> str:
    """Return the text when it is allowed. Raises InputError with the nearest allowed one."""
    if text not in allowed:
        raise InputError(
            f"{where}: {name} = '{text}' is not known.{nearest(text, allowed)}"
            f" Allowed: {'; '.join(allowed)}."
        )
    return text


def _target(row: dict[str, str], where: str) -> Target:
    for name in ("key", "label", "year", "population", "source"):
        if not row[name].strip():
            raise InputError(f"{where}: '{name}' is empty. Every figure needs one.")
    value = number_in(row["value"], "value", where)
    low = number_in(row["low"], "low", where) if row["low"] else None
    high = number_in(row["high"], "high", where) if row["high"] else None
    if (low is not None and value < low) or (high is not None and value > high):
        raise InputError(
            f"{where}: {row['key']} = {value:g} lies outside its range"
            f" {row['low'] or '-'} to {row['high'] or '-'}. Correct the value or the range."
        )
    if row["url"] and not row["url"].startswith(("https://", "http://")):
        raise InputError(
            f"{where}: '{row['url']}' is not an address. Begin with https:// or leave it empty."
        )
    return Target(
        key=row["key"],
        label=row["label"],
        value=value,
        unit=one_of(row["unit"], UNITS, "unit", where),
        low=low,
        high=high,
        year=row["year"],
        population=row["population"],
        source=row["source"],
        url=row["url"],
        grade=cast("Grade", one_of(row["grade"], GRADES, "grade", where)),
        use=cast("Use", one_of(row["use"], USES, "use", where)),
        note=row["note"],
    )
