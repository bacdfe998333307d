"""Files of text: StatLine and DUO with ; or , or tabs between cells, and Eurostat's TSV.

Text may be UTF-8 (with or without its mark), UTF-16 with its mark, or Windows-1252, which is
Latin-1 with more signs. Whatever else it is, is refused.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from calibration.cbs.forms.rows import Row, modal_width, table
from calibration.cbs.marks import STYLES, Unit, read
from calibration.cbs.table import Asked, Cells, Dimension, Measure, Table, unique
from model.errors import InputError

DELIMITERS = ";\t,"
_EUROSTAT = re.compile(r"(?P<names>[\w,]+)\\TIME_PERIOD\t", re.ASCII)
_LOOKED_AT = 400
"""Rows that decide what stands between cells."""


def decoded(content: bytes, name: str) -> str:
    """Return the text of a file in one of the encodings above. Raises InputError."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: byte {error.start} is no text in UTF-8, UTF-16 or Windows-1252 (Latin-1)."
            " Save it as CSV in UTF-8."
        ) from None
    if "\0" in text:
        raise InputError(f"{name} is no file of text. Give a CSV, TSV, JSON, Excel or SAV file.")
    return text


def is_eurostat(text: str) -> bool:
    """Whether a text begins as Eurostat's TSV does."""
    return _EUROSTAT.match(text) is not None


def separated(text: str, asked: Asked, name: str) -> Table:
    """Return the table of a text with ; or , or tabs between its cells. Raises InputError."""
    found = {sign: _rows(text, sign, name, most=_LOOKED_AT) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: modal_width([row.cells for row in found[sign]])[1])
    rows = _rows(text, best, name)
    header = next((row for row in rows if not row.is_line), None)
    if header is not None and len(header.cells) > 1 and _ends_empty(rows, len(header.cells)):
        rows = [replace(r, cells=r.cells if r.is_line else r.cells[:-1]) for r in rows]
    return table(rows, asked, name)


def eurostat(text: str, asked: Asked, name: str) -> Table:
    """Return the table of Eurostat's TSV: names in the first column, a column a period.

    Letters behind a number are kept as its status, ":" means that there is none. Raises InputError.
    """
    lines = text.splitlines()
    first, *periods = lines[0].split("\t")
    names = unique((*first.removesuffix("\\TIME_PERIOD").split(","), "TIME_PERIOD"), name)
    unique((period.strip() for period in periods), f"{name}, line 1")
    measure = Measure(name="OBS_VALUE", title="OBS_VALUE", unit=Unit())
    cells = Cells(names, name)
    for k, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        where = f"{name}, line {k}"
        head, *values = line.split("\t")
        keys = tuple(key.strip() for key in head.split(","))
        if len(keys) != len(names) - 1 or len(values) != len(periods):
            raise InputError(
                f"{where}: there are {len(keys)} names and {len(values)} values; the first line"
                f" has {len(names) - 1} and {len(periods)}. The file may be cut."
            )
        for period, value in zip(periods, values, strict=True):
            place = f"{where}, {period.strip()}"
            reading = read(value, style=STYLES[1], unit=measure.unit, where=place)
            cells.add((*keys, period.strip()), measure.name, reading, place)
    if asked.values or asked.style == STYLES[0]:
        raise InputError(
            f"{name} is a file of Eurostat: its form is known. Leave out --value and --decimal."
        )
    return Table(
        title=name,
        dimensions=tuple(Dimension(name=one, title=one) for one in names),
        measures=(measure,),
        cells=cells.frame(),
        notes=("The column 'unit' of Eurostat tells the unit of each row.",)
        if "unit" in names
        else (),
    )


def _rows(text: str, delimiter: str, name: str, most: int | None = None) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(Row(f"{name}, line {reader.line_num}", cells))
            if most is not None and len(found) >= most:
                break
    except csv.Error as error:
        if most is None:
            raise InputError(
                f"{name}, line {reader.line_num}: {error}. Check the quotation marks."
            ) from None
    return found


def _ends_empty(rows: list[Row], width: int) -> bool:
    """Whether every row ends in one more separator than it has cells."""
    full = [row for row in rows if not row.is_line]
    return all(len(row.cells) == width and row.cells[-1] == "" for row in full)
