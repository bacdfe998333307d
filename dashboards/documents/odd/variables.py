"""Entities, their state variables with meaning, unit and bounds, and the enumerations."""

from __future__ import annotations

import inspect
import re
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from dashboards.documents.markdown import table
from model import enums, state
from model.state import Column, columns

ROWS = {
    "family": state.FamilyRow,
    "adult": state.AdultRow,
    "child": state.ChildRow,
    "school": state.SchoolRow,
    "key person": state.KeyPersonRow,
    "municipality": state.PlaceRow,
}
"""Entities by name, and the class that declares their state."""

WHAT = {
    "family": "the unit that lives: adults, children and a home",
    "adult": "up to two in a family; in a one-parent family the second row is empty",
    "child": "from birth to the count of 23; at school from four on",
    "school": "primary or secondary, in a municipality",
    "key person": "a trusted person of a home language, in a municipality",
    "municipality": "the seven of the study, the rest of the country, and the border region",
}
FLAG = ("is_", "has_", "in_", "claims_", "late_")
"""What the name of a yes or no begins with."""


class Bounds(NamedTuple):
    """Between which numbers a variable lies; `words` says so, or what it stands for."""

    low: float
    high: float
    words: str


def entities() -> str:
    """Return the table of entities."""
    rows = [(name, WHAT[name], str(len(columns(row)))) for name, row in ROWS.items()]
    return table(("entity", "what it is", "state variables"), rows)


def variables() -> str:
    """Return the tables of state variables, one an entity."""
    parts = []
    for name, row in ROWS.items():
        lines = [
            (f"`{field}`", column.meaning, bounds(field, column).words)
            for field, column in columns(row).items()
        ]
        parts.append(
            f"**{name.capitalize()}**\n\n" + table(("variable", "meaning", "from, to"), lines)
        )
    return "\n\n".join(parts)


def bounds(field: str, column: Column) -> Bounds:
    """Return the bounds of a variable: by its enumeration, its meaning, or how it is stored."""
    if (found := re.search(r"enum (\w+)( \+ 1)?", column.meaning)) is not None:
        kind: type[IntEnum] = getattr(enums, found[1])
        most = max(kind) + (1 if found[2] else 0)
        return Bounds(0, most, f"{found[1]}{found[2] or ''}")
    stored = np.dtype(column.kind)
    if re.search(r"\b0 to 1\b", column.meaning):
        return Bounds(0, 1, "0 to 1")
    if (found := re.search(r"\b(\d+) to (\d+)$", column.meaning)) is not None:
        return Bounds(int(found[1]), int(found[2]), f"{found[1]} to {found[2]}")
    if stored.kind == "f":
        return Bounds(-np.inf, np.inf, "a number")
    limits = np.iinfo(stored)
    if column.kind == "u1" and field.startswith(FLAG) and not field.endswith("repeated"):
        return Bounds(0, 1, "no or yes")
    if column.kind in {"u8", "u2"} and ("bit" in column.meaning or "key" in field):
        return Bounds(0, float(limits.max), f"{8 * stored.itemsize} bits")
    low, high = int(limits.min), int(limits.max)
    return Bounds(low, high, f"whole, {low:,} to {high:,}")


def enumerations() -> str:
    """Return the table of enumerations and their members."""
    kinds = [
        one
        for one in vars(enums).values()
        if inspect.isclass(one) and issubclass(one, IntEnum) and one is not IntEnum
    ]
    rows = [(one.__name__, ", ".join(member.name.lower() for member in one)) for one in kinds]
    return table(("enumeration", "members, from 0 on"), rows)
