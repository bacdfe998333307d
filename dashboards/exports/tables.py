"""Ensembles as CSV and Excel: small groups hidden, with all that made them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboards.exports import dutch
from dashboards.exports.about import NOTES, about
from dashboards.exports.asked import Asked
from dashboards.exports.beside import Places, places
from dashboards.exports.summary import HEADING, WIDTHS, summary
from dashboards.proof.carriers import in_sheet, rows_in_workbook
from dashboards.proof.record import proof_of
from dashboards.texts import Texts
from model.errors import InputError
from scenarios.destinations import Destination, csv_with, destination, is_workbook
from scenarios.runs.run import Ensemble
from scenarios.statistics.overview import COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl import Workbook

EXCEL_ROWS = 1_048_575
"""Rows that a sheet can hold under its heading."""


def csv_places(
    name: str | Path, columns: Sequence[str] = COLUMNS, *, force: bool = False
) -> Places:
    """Return where a CSV goes, and where what made it goes.

    Raises InputError when that would harm what lies there (`scenarios.destinations`).
    """
    return places(name, csv_with(columns), force=force)


def excel_destination(name: str | Path, *, force: bool = False) -> Destination:
    """Return where an Excel file goes. Raises InputError when that would harm what lies there."""
    return destination(name, is_workbook, ending=".xlsx", force=force)


def csv_content(table: pd.DataFrame) -> bytes:
    """Return an overview as the bytes of a CSV: those of pandas, in half the time."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=os.linesep)
    writer.writerow(table.columns)
    columns = [table[name].astype(object).where(table[name].notna(), "") for name in table]
    writer.writerows(zip(*columns, strict=True))
    return file.getvalue().encode()


def write_csv(
    name: str | Path,
    table: pd.DataFrame,
    ensemble: Ensemble,
    *,
    asked: Asked,
    force: bool = False,
) -> Destination:
    """Write an overview as CSV, and what made it beside it as `….about.json`; return where.

    `asked` is what the overview was asked for, so that the file proves itself. Raises InputError
    when it would harm what lies there, StorageError when it cannot be written.
    """
    proof = proof_of(ensemble, "csv", asked.record())
    place = csv_places(name, force=force)
    return place.write(csv_content(table), COLUMNS, proof, about(ensemble))


def write_csv_nl(
    name: str | Path,
    table: pd.DataFrame,
    ensemble: Ensemble,
    *,
    asked: Asked,
    force: bool = False,
) -> Destination:
    """Write an overview as CSV for Dutch spreadsheets, with Dutch words; return where.

    Raises InputError when it would harm what lies there, StorageError when it cannot be written.
    """
    columns = dutch.columns()
    proof = proof_of(ensemble, "csv_nl", asked.record())
    place = csv_places(name, columns, force=force)
    return place.write(dutch.content(table, ensemble), columns, proof, about(ensemble))


def write_excel(
    name: str | Path,
    table: pd.DataFrame,
    ensemble: Ensemble,
    t: Texts,
    *,
    asked: Asked,
    force: bool = False,
) -> Destination:
    """Write an overview as an Excel file with a summary, its numbers, and what made them.

    The sheets are 'summary' (in the words of `t`), 'numbers', 'about' and 'proof'. Returns where it
    went.

    Raises InputError when there are more rows than a sheet holds or when it would harm what lies
    there, StorageError when the file cannot be written.
    """
    place = excel_destination(name, force=force)
    place.write(excel_content(table, ensemble, t, asked=asked))
    return place


def excel_content(
    table: pd.DataFrame,
    ensemble: Ensemble,
    t: Texts,
    *,
    asked: Asked,
    more: Sequence[Sequence[str]] = (),
) -> bytes:
    """Return an overview as the bytes of an Excel file; `more` are rows for the sheet 'about'.

    Raises InputError for too many rows.
    """
    if len(table) > EXCEL_ROWS:
        message = (
            f"{len(table):,} rows are more than an Excel sheet holds ({EXCEL_ROWS:,}). Ask for less"
            " (--outcome, --by, --year), or write --csv."
        )
        raise InputError(message)
    told = about(ensemble)
    sheets: dict[str, list[list[Any]]] = {
        "summary": [list(row) for row in summary(ensemble, asked.outcome, t)],
        "numbers": list(_rows(table)),
        "about": [*map(list, told.items()), *(["note", note] for note in NOTES), *map(list, more)],
    }
    record = asked.record() | {"language": t.language}
    proof = proof_of(ensemble, "excel", record)
    # What stands in a cell is known once it is read as others will read it.
    plain = rows_in_workbook(_book(sheets))
    return _book(sheets, lambda book: in_sheet(book, proof, plain))


def _book(
    sheets: Mapping[str, list[list[Any]]], more: Callable[[Workbook], None] | None = None
) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        is_first = title == "summary"
        looks: dict[str, Any] = {"widths": WIDTHS, "heading": HEADING} if is_first else {}
        _sheet(book, title, rows, **looks)
    if more is not None:
        more(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(
    book: Workbook,
    title: str,
    rows: Iterable[Iterable[Any]],
    widths: Mapping[str, int] = MappingProxyType({}),
    heading: int = 1,
) -> None:
    """Add a sheet whose first `heading` rows stay in sight."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = f"A{heading + 1}"
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    for row in rows:
        sheet.append(list(row))


def _rows(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Yield the heading and the rows; a missing number is an empty cell."""
    import pandas as pd

    yield list(table.columns)
    for row in table.itertuples(index=False, name=None):
        yield [None if pd.isna(value) else value for value in row]
