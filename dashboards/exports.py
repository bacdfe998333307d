"""Ensembles as files for others: CSV and Excel, small groups hidden, with all that made them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from model.errors import InputError
from model.outcomes.registry import MINIMUM_CELL
from scenarios.destinations import (
    ABOUT,
    PROGRAM,
    Destination,
    beside,
    csv_with,
    destination,
    is_about,
    is_workbook,
)
from scenarios.disclosure.rules import MARK
from scenarios.runs.run import Ensemble
from scenarios.statistics.overview import CHANCE, COLUMNS, LARGEST_ERROR, LARGEST_ERROR_SD, UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

EXCEL_ROWS = 1_048_575
"""Rows that a sheet can hold under its heading."""

NOTES = (
    "The model says what follows from what under stated assumptions; it is not a forecast.",
    "Most effect sizes are assumptions (grade D in the ledger: veerkracht parameters --grade D).",
    f"mark '{MARK}': fewer than {MINIMUM_CELL} children or families, or it would give one away.",
    f"'{CHANCE}': standard error over {LARGEST_ERROR:.0%} of the level or {LARGEST_ERROR_SD} SD.",
    f"mark_difference '{CHANCE}': the 95% interval holds 0; chance can explain the difference.",
    f"mark '{UNKNOWN}': one replicate does not tell how large chance is.",
    "low, high, p_sign and standard_error: chance only, at the parameters of the ledger.",
    "low_, high_ and p_sign_not_knowing: 95% of the effects over draws of the parameters.",
)
"""What a reader of the numbers has to know."""


def about(ensemble: Ensemble) -> dict[str, str]:
    """Return what made the numbers, as short texts by name."""
    told, settings = ensemble.about, ensemble.about["settings"]
    size = settings["families"]
    return {
        "base": ensemble.base,
        "scenarios": ", ".join(ensemble.scenarios),
        "families": "full size" if size is None else str(size),
        "years": str(settings["years"]),
        "seed": str(settings["seed"]),
        "replicates": str(len(ensemble.replicates)),
        "draws": str(settings["draws"]),
        "made by": str(told["made_by"]),
        "code digest": str(told["code_digest"]),
        "ensemble": told["ensemble"],
        "data digest": ensemble.digest,
        "ended": str(told["ended"]),
        "run again": f"veerkracht verify {ensemble.folder.name}",
    }


def csv_destinations(
    name: str | Path, *, force: bool = False
) -> tuple[Destination, Destination | None]:
    """Return where a CSV goes, and where what made it goes: nowhere beside a device.

    Raises InputError when that would harm what lies there (`scenarios.destinations`).
    """
    place = destination(name, csv_with(COLUMNS), force=force)
    return place, beside(place, ABOUT, is_about, force=force)


def excel_destination(name: str | Path, *, force: bool = False) -> Destination:
    """Return where an Excel file goes. Raises InputError when that would harm what lies there."""
    return destination(name, is_workbook, force=force)


def write_csv(
    name: str | Path, table: pd.DataFrame, ensemble: Ensemble, *, force: bool = False
) -> Destination:
    """Write an overview as CSV, and what made it beside it as `….about.json`; return where.

    Raises InputError when it would harm what lies there, StorageError when it cannot be written.
    """
    place, beside_it = csv_destinations(name, force=force)
    place.write(table.to_csv(index=False, quoting=csv.QUOTE_MINIMAL).encode())
    if beside_it is not None:
        told: Mapping[str, Any] = {
            "program": PROGRAM,
            **about(ensemble),
            "notes": NOTES,
            "columns": list(COLUMNS),
        }
        beside_it.write(json.dumps(told, indent=1, ensure_ascii=False).encode())
    return place


def write_excel(
    name: str | Path, table: pd.DataFrame, ensemble: Ensemble, *, force: bool = False
) -> Destination:
    """Write an overview as an Excel file with the sheets 'numbers' and 'about'; return where.

    Raises InputError when there are more rows than a sheet holds or when it would harm what lies
    there, StorageError when the file cannot be written.
    """
    place = excel_destination(name, force=force)
    if len(table) > EXCEL_ROWS:
        message = (
            f"{len(table):,} rows are more than an Excel sheet holds ({EXCEL_ROWS:,}). Ask for less"
            " (--outcome, --by, --year), or write --csv."
        )
        raise InputError(message)
    book = Workbook(write_only=True)
    _sheet(book, "numbers", _rows(table))
    told = about(ensemble)
    _sheet(book, "about", [*map(list, told.items()), *(["note", note] for note in NOTES)])
    content = BytesIO()
    book.save(content)
    place.write(content.getvalue())
    return place


def _sheet(book: Workbook, title: str, rows: Iterable[Iterable[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(list(row))


def _rows(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Yield the heading and the rows; a missing number is an empty cell."""
    import pandas as pd

    yield list(table.columns)
    for row in table.itertuples(index=False, name=None):
        yield [None if pd.isna(value) else value for value in row]
