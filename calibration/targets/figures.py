"""Published figures: what is known, how well, and from where.

`figures.csv` has one row per figure with its unit, range, counts, year, population, source and
grade (A in the letter, B read on a page, C recalled, D assumed). The model is never held to rows of
grade C and D. What the traps are stands in the notes.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

from model.errors import InputError, nearest
from model.evidence.ledger import GRADES, Grade

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures.csv"

ORDER = "order"
"""Unit of a row that states a direction or an order, with value 1; it is never a number."""

SCORED: tuple[Grade, ...] = ("A", "B")
"""Grades that count; what is recalled or assumed is no evidence."""

UNITS = (
    "children",
    "children per woman",
    "children per year",
    "correlation",
    "days",
    "euro",
    "euro per hour",
    "euro per month",
    "euro per month, net",
    "euro per year",
    "groups",
    "hour",
    "hours",
    "hours per month",
    "hours per week",
    "index",
    "interviews",
    "jobs",
    "log-odds",
    "log-odds per SD",
    "log-odds per log point",
    "months",
    "municipalities",
    ORDER,
    "per 1000",
    "per year",
    "percent",
    "percent per quarter",
    "percent per year",
    "percentage points",
    "persons",
    "persons per year",
    "probability",
    "pupils",
    "ratio",
    "SD",
    "SD per SD",
    "SD per log point",
    "SD per year",
    "share",
    "thousand persons",
    "weeks",
    "years",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One published figure; None where the source prints no such number.

    `low` and `high` are a printed range or our reading of one, no interval of confidence. `n` is of
    how many the figure is a share, or how many were asked, and `numerator` how many of them;
    `rounding` is the step to which it is printed; `vintage` is which publication of the statistic
    it is, and `breaks` says where its series does not continue.
    """

    key: str
    label: str
    value: float
    unit: str
    low: float | None
    high: float | None
    n: float | None
    numerator: float | None
    rounding: float | None
    standard_error: float | None
    year: str
    vintage: str
    breaks: str
    population: str
    source: str
    url: str
    grade: Grade
    note: str

    @property
    def is_scored(self) -> bool:
        """Whether the figure counts as evidence."""
        return self.grade in SCORED


def load_figures(path: Path = FIGURES) -> dict[str, Figure]:
    """Return all figures by key. Raises InputError with file and line for a row with a fault."""
    found: dict[str, Figure] = {}
    for where, row in read_rows(path, tuple(item.name for item in fields(Figure))):
        figure = _figure(row, where)
        if figure.key in found:
            raise InputError(
                f"{where}: the key '{figure.key}' is there twice. Give it another name."
            )
        found[figure.key] = figure
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


def one_of(text: str, allowed: Sequence[str], name: str, where: str) -> str:
    """Return the text when it is allowed. Raises InputError with the nearest allowed one."""
    if text not in allowed:
        raise InputError(
            f"{where}: {name} = '{text}' is not known.{nearest(text, allowed)}"
            f" Allowed: {'; '.join(allowed)}."
        )
    return text


def words_in(text: str) -> tuple[str, ...]:
    """Return what stands in one cell, divided by semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def covered(key: str, known: Iterable[str]) -> list[str]:
    """Return the keys that are meant: one, or all that begin like `key` up to its star."""
    return [one for one in known if one == key or (key[-1:] == "*" and one.startswith(key[:-1]))]


def _figure(row: dict[str, str], where: str) -> Figure:
    for name in ("key", "label", "year", "population", "source"):
        if not row[name].strip():
            raise InputError(f"{where}: '{name}' is empty. Every figure needs one.")
    value = number_in(row["value"], "value", where)
    low, high, n, numerator, rounding, error = (
        number_in(row[name], name, where) if row[name] else None
        for name in ("low", "high", "n", "numerator", "rounding", "standard_error")
    )
    if (low is not None and value < low) or (high is not None and value > high):
        raise InputError(
            f"{where}: {row['key']} = {value:g} lies outside its range"
            f" {row['low'] or '-'} to {row['high'] or '-'}. Correct the value or the range."
        )
    if numerator is not None and (n is None or n < numerator):
        raise InputError(
            f"{where}: {row['key']} is {numerator:g} of {row['n'] or 'nobody'}. Give in n of how"
            " many the figure is a share; that is never less than the numerator."
        )
    if row["url"] and not row["url"].startswith(("https://", "http://")):
        raise InputError(
            f"{where}: '{row['url']}' is not an address. Begin with https:// or leave it empty."
        )
    return Figure(
        key=row["key"],
        label=row["label"],
        value=value,
        unit=one_of(row["unit"], UNITS, "unit", where),
        low=low,
        high=high,
        n=n,
        numerator=numerator,
        rounding=rounding,
        standard_error=error,
        year=row["year"],
        vintage=row["vintage"],
        breaks=row["breaks"],
        population=row["population"],
        source=row["source"],
        url=row["url"],
        grade=cast("Grade", one_of(row["grade"], GRADES, "grade", where)),
        note=row["note"],
    )
