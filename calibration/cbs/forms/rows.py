"""Rows of texts and numbers under one line of names become a table: StatLine, DUO, Excel, SAV.

A file may have lines of title before the names and of sources after the cells. The columns of
numbers are those that the user names, or the last ones whose name ends in a unit, such as
"Leerlingen (x 1 000)".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from calibration.cbs.marks import Reading, Style, Unit, is_provisional, read, rounded, style_of
from calibration.cbs.table import Asked, Cells, Dimension, Measure, Table, unique
from model.errors import InputError, nearest

Cell = str | Decimal
"""A text, or a number of a file that knows numbers."""

MOST_LINES_OF_TITLE = 20
_WITH_UNIT = re.compile(r"(?P<title>.*\S)\s*\((?P<unit>[^()]*)\)")
_PROVISIONAL_PERIOD = re.compile(r".*\d(?P<sign>\*{1,2})")


@dataclass(frozen=True, slots=True)
class Row:
    """A row and where it stands, such as "file.csv, line 3"."""

    where: str
    cells: Sequence[Cell]

    @property
    def is_line(self) -> bool:
        """Whether it is one text and no row of cells: a title or a source."""
        return len(self.cells) == 1


def table(rows: Sequence[Row], asked: Asked, name: str, *, units: Sequence[str] = ()) -> Table:
    """Return the table in these rows; the name of the file stands in what is refused.

    `units` are those that a file tells apart from its names, one a column. Raises InputError.
    """
    before, header, body, after = _parts([row for row in rows if any(c != "" for c in row.cells)])
    if header is None:
        raise InputError(f"{name}: there is no table in it: no line of names above lines of cells.")
    titles = unique((str(cell).strip() for cell in header.cells), header.where)
    told = list(units) or [""] * len(titles)
    columns = _columns_of_numbers(titles, asked, header.where)
    measures = {k: _measure(titles[k], told[k]) for k in columns}
    dimensions = [k for k in range(len(titles)) if k not in measures]
    style = asked.style or style_of(
        (f"{row.where}, {titles[k]}", text)
        for k in measures
        for row in body
        if isinstance(text := row.cells[k], str)
    )
    measures = {
        k: _with_decimals(one, [row.cells[k] for row in body]) for k, one in measures.items()
    }
    cells = Cells([titles[k] for k in dimensions], name)
    for row in body:
        keys = tuple(str(row.cells[k]).strip() for k in dimensions)
        for k, measure in measures.items():
            where = f"{row.where}, {titles[k]}"
            reading = _reading(row.cells[k], measure.unit, style, where)
            cells.add(keys, measure.name, _with_period(reading, keys), where)
    frame = cells.frame()
    for measure in measures.values():
        meanings = set(frame.loc[frame["measure"] == measure.name, "meaning"])
        if meanings == {"other"}:
            raise InputError(
                f"{name}: '{measure.title}' holds words and no number. Name the columns of numbers"
                " with --value."
            )
    return Table(
        title=" ".join(before) or name,
        dimensions=tuple(Dimension(name=titles[k], title=titles[k]) for k in dimensions),
        measures=tuple(measures.values()),
        cells=frame,
        notes=tuple(after),
    )


def _parts(rows: Sequence[Row]) -> tuple[list[str], Row | None, list[Row], list[str]]:
    """Return lines of title, the line of names, the lines of cells, and the lines of sources."""
    first = 0
    while first < len(rows) and rows[first].is_line and first < MOST_LINES_OF_TITLE:
        first += 1
    last = len(rows)
    while last > first + 1 and rows[last - 1].is_line:
        last -= 1
    if first >= len(rows):
        return [], None, [], []
    header, body = rows[first], list(rows[first + 1 : last])
    for row in body:
        if len(row.cells) != len(header.cells):
            raise InputError(
                f"{row.where}: there are {len(row.cells)} cells; the line of names"
                f" ({header.where}) has {len(header.cells)}."
            )
    before = [str(row.cells[0]).strip() for row in rows[:first]]
    return before, header, body, [str(row.cells[0]).strip() for row in rows[last:]]


def _columns_of_numbers(titles: Sequence[str], asked: Asked, where: str) -> list[int]:
    if asked.values:
        return [_column(name, titles, where) for name in asked.values]
    found: list[int] = []
    for k in reversed(range(len(titles))):
        if _WITH_UNIT.fullmatch(titles[k]) is None:
            break
        found.insert(0, k)
    if not found:
        raise InputError(
            f"{where}: no column says by a unit, such as (x 1 000), that it holds numbers. Name"
            f" them with --value. There are: {'; '.join(titles)}."
        )
    return found


def _column(name: str, titles: Sequence[str], where: str) -> int:
    for k, title in enumerate(titles):
        match = _WITH_UNIT.fullmatch(title)
        if name in {title, match["title"] if match else title}:
            return k
    raise InputError(
        f"{where}: there is no column '{name}'.{nearest(name, titles)}"
        f" There are: {'; '.join(titles)}."
    )


def _measure(title: str, unit: str) -> Measure:
    match = None if unit else _WITH_UNIT.fullmatch(title)
    if match is None:
        return Measure(name=title, title=title, unit=Unit.of(unit))
    return Measure(name=title, title=match["title"], unit=Unit.of(match["unit"]))


def _with_decimals(measure: Measure, column: Sequence[Cell]) -> Measure:
    """A file that knows numbers drops zeros at the end: the longest number tells the decimals."""
    told = [-int(n.normalize().as_tuple().exponent) for n in column if isinstance(n, Decimal)]
    if not told:
        return measure
    return replace(measure, unit=replace(measure.unit, decimals=max(0, *told)))


def _reading(cell: Cell, unit: Unit, style: Style, where: str) -> Reading:
    if isinstance(cell, Decimal):
        return rounded(cell, unit=unit)
    return read(cell, style=style, unit=replace(unit, decimals=None), where=where)


def _with_period(reading: Reading, keys: Sequence[str]) -> Reading:
    """A period such as 2024/'25* marks all its cells as provisional."""
    if reading.status:
        return reading
    for key in keys:
        match = _PROVISIONAL_PERIOD.fullmatch(key)
        if match and is_provisional(match["sign"]):
            return replace(reading, status=match["sign"])
    return reading


def modal_width(rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """Return the commonest number of cells above one, and of how many rows; (0, 0) for none."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
