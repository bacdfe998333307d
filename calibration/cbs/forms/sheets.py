"""Files that know numbers: Excel, and SAV of SPSS through an optional reader."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from calibration.cbs.forms.rows import Cell, Row, table
from calibration.cbs.table import Asked, Table
from model.errors import InputError, nearest

SOURCES = ("©", "bron", "source")
"""How a line of sources under a table begins."""


def excel(content: bytes, asked: Asked, name: str) -> Table:
    """Return the table of a sheet: the one that is asked, or the only one. Raises InputError.

    A number that is shown as a percentage is read as shown: 0.0325 in a cell of format 0.00% is
    3.25. A formula whose outcome the file does not hold is refused.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        shown, written = (
            load_workbook(io.BytesIO(content), data_only=is_shown) for is_shown in (True, False)
        )
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(f"{name} cannot be read as Excel (.xlsx): {error}.") from None
    names = shown.sheetnames
    if asked.sheet is None and len(names) > 1:
        raise InputError(f"{name} has {len(names)} sheets: {'; '.join(names)}. Name one: --sheet.")
    sheet = names[0] if asked.sheet is None else asked.sheet
    if sheet not in names:
        raise InputError(
            f"{name} has no sheet '{sheet}'.{nearest(sheet, names)} There are: {'; '.join(names)}."
        )
    rows = []
    pairs = zip(shown[sheet].iter_rows(), written[sheet].iter_rows(), strict=True)
    for k, (cells, formulas) in enumerate(pairs, 1):
        where = f"{name}, {sheet}, row {k}"
        rows.append(Row(where, [_cell(*pair, where) for pair in zip(cells, formulas, strict=True)]))
    return table(_with_lines(rows), asked, name)


def spss(path: Path, asked: Asked, name: str) -> Table:
    """Return the table of a SAV file; the columns of numbers have to be named. Raises InputError.

    A value that the file declares as missing is a mark with the label of that value.
    """
    try:
        import pyreadstat
    except ImportError:
        raise InputError(
            f"{name}: reading SAV files needs the package pyreadstat. In the folder of the program:"
            " pip install '.[spss]'. Or save the file as CSV or Excel."
        ) from None
    try:
        frame, about = pyreadstat.read_sav(path, user_missing=True)
    except (OSError, pyreadstat.ReadstatError) as error:
        raise InputError(f"{name} cannot be read as SAV: {error}.") from None
    header = Row(f"{name}, names", [str(column) for column in frame.columns])
    rows = [header]
    for k, values in enumerate(frame.itertuples(index=False), 1):
        where = f"{name}, case {k}"
        cells = [
            _labelled(value, str(column), about, is_number=column in asked.values, where=where)
            for column, value in zip(frame.columns, values, strict=True)
        ]
        rows.append(Row(where, cells))
    return table(rows, asked, name)


def _cell(shown: Any, written: Any, where: str) -> Cell:  # noqa: ANN401 - as openpyxl has it
    value = shown.value
    if value is None and isinstance(written.value, str) and written.value.startswith("="):
        raise InputError(
            f"{where}: {shown.coordinate} holds a formula without its outcome. Open the file in"
            " Excel, save it, and read it again."
        )
    if shown.data_type == "e":
        raise InputError(f"{where}: {shown.coordinate} holds the fault {value}. Correct the cell.")
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(repr(value))
        return number * 100 if "%" in str(shown.number_format) else number
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _with_lines(rows: Iterable[Row]) -> list[Row]:
    """Return rows without empty ones, where a line of title or source is one cell.

    A line with one cell is such a line above the names, after an empty row, or when it says that it
    is a source; elsewhere it is a row whose numbers are empty.
    """
    found: list[Row] = []
    width, is_after_gap = 0, False
    for row in rows:
        filled = [cell for cell in row.cells if cell != ""]
        if not filled:
            is_after_gap = bool(width)
            continue
        is_alone = len(filled) == 1 and row.cells[0] != ""
        is_source = str(row.cells[0]).lower().startswith(SOURCES)
        if is_alone and (not width or is_after_gap or is_source):
            found.append(Row(row.where, filled))
            continue
        width = width or _width(row.cells)
        if any(cell != "" for cell in row.cells[width:]):
            raise InputError(f"{row.where}: there are cells to the right of the last named column.")
        found.append(Row(row.where, row.cells[:width]))
    return found


def _width(header: Sequence[Cell]) -> int:
    return max(k for k, cell in enumerate(header, 1) if cell != "")


def _labelled(
    value: object,
    column: str,
    about: Any,  # noqa: ANN401 - pyreadstat's record has no types
    *,
    is_number: bool,
    where: str,
) -> Cell:
    """Return a value of a case: its number or mark in a column of numbers, its label elsewhere."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    label = about.variable_value_labels.get(column, {}).get(value)
    if not is_number:
        if label is not None:
            return str(label)
        is_whole = isinstance(value, float) and value.is_integer()
        return str(int(value)) if is_whole and isinstance(value, float) else str(value)
    for span in about.missing_ranges.get(column, ()):
        if isinstance(value, int | float) and span["lo"] <= value <= span["hi"]:
            return str(label or "user-missing")
    if isinstance(value, int | float):
        return Decimal(repr(value))
    if isinstance(value, str):
        return value
    raise InputError(f"{where}, {column}: {value!r} is no number.")
