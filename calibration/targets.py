"""Published figures: what is known, how well, and how the model could show it.

`targets/figures.csv` has one row per figure with its unit, range, year, population, source and
grade (A in the letter, B read on a page, C recalled, D assumed). `targets/links.csv` says for rows
of grade A and B how the model comes to the same number, or why it does not. Rows of grade C and D
are never scored.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast

from model.errors import InputError, nearest
from model.ledger import GRADES, Grade

FOLDER = Path(__file__).parent / "targets"
FIGURES, LINKS = FOLDER / "figures.csv", FOLDER / "links.csv"

Use = Literal["target", "input"]
USES: tuple[Use, ...] = ("target", "input")
ORDER = "order"
"""Unit of a row that states a direction or an order, with value 1; it is never a number."""

SCORED: tuple[Grade, ...] = ("A", "B")
"""Grades that count; what is recalled or assumed is not evidence."""

UNITS = frozenset(
    """children; children per year; euro; euro per hour; euro per month, net; groups; hour; hours;
    hours per month; hours per week; index; interviews; jobs; months; municipalities; order;
    per 1000; per year; percent; percent per quarter; percent per year; persons; persons per year;
    probability; pupils; ratio; SD; share; thousand persons; weeks; years""".replace("\n", " ")
    .replace("    ", "")
    .split("; ")
)

Kind = Literal["produced", "fed in", "other population", "not modelled"]
KINDS: tuple[Kind, ...] = ("produced", "fed in", "other population", "not modelled")


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """How one figure, or all whose key begins like `key` up to a star, relates to the model.

    `measure` names a measure (calibration.measures), or for what is fed in a parameter or lever;
    `factor` turns the model's number into the unit of the figure; `tolerance` is the share of the
    figure by which the model may differ when no range is printed; `reason` says why it is not
    scored, or what to keep in mind.
    """

    key: str
    kind: Kind
    measure: str
    factor: float
    tolerance: float
    reason: str

    def covers(self, key: str) -> bool:
        """Whether this link is about the figure with this key."""
        return key.startswith(self.key[:-1]) if self.key.endswith("*") else key == self.key


def load(path: Path = FIGURES) -> dict[str, Target]:
    """Return all figures by key. Raises InputError with file and line for a row that is not right."""
    found: dict[str, Target] = {}
    for where, row in _rows(path, tuple(item.name for item in fields(Target))):
        target = _target(row, where)
        if target.key in found:
            raise InputError(f"{where}: the key '{target.key}' is there twice. Give it another name.")
        found[target.key] = target
    return found


def load_links(targets: dict[str, Target], path: Path = LINKS) -> dict[str, Link]:
    """Return the link of every scored figure by key.

    Raises InputError when a row is not right, when a link covers no scored figure, or when a scored
    figure has no link or more than one.
    """
    scored = [key for key, target in targets.items() if target.is_scored]
    found: dict[str, Link] = {}
    for where, row in _rows(path, tuple(item.name for item in fields(Link))):
        link = _link(row, where)
        covered = [key for key in scored if link.covers(key)]
        if not covered:
            raise InputError(
                f"{where}: no figure of grade A or B has the key '{link.key}'."
                f"{nearest(link.key, targets)}"
            )
        for key in covered:
            if key in found:
                raise InputError(
                    f"{where}: '{key}' already has a link ('{found[key].key}'). Keep one of the two."
                )
            found[key] = link
    missing = [key for key in scored if key not in found]
    if missing:
        raise InputError(
            f"{path.name}: no link for {', '.join(missing[:5])}"
            f"{' and others' if len(missing) > 5 else ''}. Say how the model shows it, or why not."  # noqa: PLR2004
        )
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """Return (file and line, row) of a CSV file with exactly these columns."""
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


def _target(row: dict[str, str], where: str) -> Target:
    for name in ("key", "label", "year", "population", "source"):
        if not row[name].strip():
            raise InputError(f"{where}: '{name}' is empty. Every figure needs one.")
    unit = _one_of(row["unit"], tuple(sorted(UNITS)), "unit", where)
    value = _number(row["value"], "value", where)
    low = _number(row["low"], "low", where) if row["low"] else None
    high = _number(row["high"], "high", where) if row["high"] else None
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
        unit=unit,
        low=low,
        high=high,
        year=row["year"],
        population=row["population"],
        source=row["source"],
        url=row["url"],
        grade=cast("Grade", _one_of(row["grade"], GRADES, "grade", where)),
        use=cast("Use", _one_of(row["use"], USES, "use", where)),
        note=row["note"],
    )


def _link(row: dict[str, str], where: str) -> Link:
    kind = cast("Kind", _one_of(row["kind"], KINDS, "kind", where))
    if kind in ("produced", "fed in") and not row["measure"]:
        raise InputError(f"{where}: '{row['key']}' is {kind}; name the measure.")
    if kind in ("other population", "not modelled") and not row["reason"]:
        raise InputError(f"{where}: '{row['key']}' is {kind}; give the reason.")
    return Link(
        key=row["key"],
        kind=kind,
        measure=row["measure"],
        factor=_number(row["factor"] or "1", "factor", where),
        tolerance=_number(row["tolerance"] or "0", "tolerance", where),
        reason=row["reason"],
    )


def _number(text: str, name: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{where}: {name} = '{text}' is not a number.")
    return value


def _one_of(text: str, allowed: tuple[str, ...], name: str, where: str) -> str:
    if text not in allowed:
        raise InputError(
            f"{where}: {name} = '{text}' is not known.{nearest(text, allowed)}"
            f" Allowed: {', '.join(allowed)}."
        )
    return text
