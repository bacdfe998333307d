"""Published figures: what is known, how well, and from where.

`figures.csv` has one row per figure with its unit, range, counts, year, population, source and
grade (A in the letter, B read on a page, C recalled, D assumed). The model is never held to rows of
grade C and D. What the traps are stands in the notes.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

from calibration.cbs.forms.text_files import decoded
from model.errors import InputError, nearest, printable
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


TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
"""What is a number of thousands in Dutch, and one with three decimals in English."""
DUTCH_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


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

    Excel and Notepad may have saved it: in UTF-8, UTF-16 or Windows-1252, with commas between cells
    or, as Dutch Excel does, with semicolons and decimal commas; numbers are returned with a decimal
    point. Raises InputError for a file that cannot be read, other columns, a row of another length,
    and a number that can be read in two ways.
    """
    try:
        text = decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    first = text.partition("\n")[0]
    is_dutch = first.count(";") > first.count(",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if is_dutch else ",")
    names = tuple((name or "").strip() for name in reader.fieldnames or ())
    if names != columns:
        raise InputError(
            f"{path.name}, line 1: the columns are {printable(', '.join(names))};"
            f" they should be {', '.join(columns)}."
        )
    reader.fieldnames = names
    found = []
    for row in reader:
        where = f"{path.name}, line {reader.line_num}"
        if None in row or None in row.values():
            raise InputError(f"{where}: {len(columns)} values are needed, one for each column.")
        cells = {name: _as_point(row[name], name, where) for name in columns} if is_dutch else row
        found.append((where, cells))
    return found


def _as_point(text: str, name: str, where: str) -> str:
    """Return a cell of a file of Dutch Excel; a number gets a decimal point."""
    if TWO_WAYS.fullmatch(text):
        raise InputError(
            f"{where}: {name} = '{text}' may be {text.replace('.', '')} or {float(text):g}. The"
            f" file has semicolons, as Dutch Excel writes them. Write"
            f" {text.replace('.', '')} or {text.replace('.', ',')}."
        )
    if DUTCH_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text


def number_in(text: str, name: str, where: str) -> float:
    """Return a finite number. Raises InputError for anything else."""
    try:
        value = float(text) if text.isascii() and "_" not in text else math.nan
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
