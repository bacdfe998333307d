"""Typed rows kept as a CSV of the repository: written by a study, read by pages."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

from model.errors import StorageError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def keep_rows[Row: DataclassInstance](
    path: Path, row: type[Row], rows: Iterable[Row], *, digits: int
) -> None:
    """Write rows; fractions with so many digits that count."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([one.name for one in fields(row)])
        for one in rows:
            cells = astuple(one)
            table.writerow(
                [f"{cell:.{digits}g}" if type(cell) is float else cell for cell in cells]
            )


def kept_rows[Row: DataclassInstance](path: Path, row: type[Row], *, made_by: str) -> list[Row]:
    """Return the rows of a table; the fields of `row` are texts, whole numbers or fractions.

    Raises StorageError where the table has another heading, and names the command that makes it.
    """
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    known = get_type_hints(row)
    expected = [one.name for one in fields(row)]
    if head != expected:
        message = f"{path.name}: the columns are {', '.join(head)}, not {', '.join(expected)}."
        raise StorageError(f"{message} Make it anew: {made_by}")
    kinds = [known[name] for name in expected]
    return [row(*(kind(cell) for kind, cell in zip(kinds, line, strict=True))) for line in lines]
