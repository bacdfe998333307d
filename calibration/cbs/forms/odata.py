"""What CBS's data services send, as a table: OData v4 (a record a cell) and v3 (a record a row).

Any word that stands instead of a number is kept as it was sent. In v3 the untyped rows are read:
the typed ones say null for every mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from calibration.cbs.marks import STYLES, Reading, Unit, is_provisional, marked, read, rounded
from calibration.cbs.table import Cells, Dimension, Measure, Table
from model.errors import InputError, StorageError

Record = dict[str, Any]
"""A record of a service: whatever it sends, looked at before use."""

NEXT = ("@odata.nextLink", "odata.nextLink")
_OF_A_CELL = ("Id", "Measure", "ValueAttribute", "Value", "StringValue")
_NO_WORD = (None, "", "None")
"""What ValueAttribute says of a plain number."""
_TOPIC = re.compile(r"\w+_\d+", re.ASCII)
_UNTOLD = "null"
"""Mark of a typed v3 cell: there is no number, and the service does not say why."""


def parsed(content: bytes, where: str) -> Record:
    """Return a JSON object; numbers keep their digits. Raises InputError for anything else."""
    try:
        found = json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, parse_int=Decimal, parse_constant=_no
        )
    except UnicodeDecodeError:
        raise InputError(f"{where} is no JSON: it is not UTF-8.") from None
    except (ValueError, RecursionError) as error:
        told = str(error) if isinstance(error, ValueError) else "nested too deeply"
        raise InputError(f"{where} is no JSON, or was cut off: {told}.") from None
    if not isinstance(found, dict):
        raise InputError(f"{where} is JSON, but no answer of a data service: it is no object.")
    return found


def records(page: Record, where: str) -> list[Record]:
    """Return the records of a page. Raises InputError when it has none in the usual place."""
    found = page.get("value")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise InputError(f"{where}: no list of records under 'value'.")
    return found


def next_link(page: Record) -> str | None:
    """Return the address of the page that follows; None on the last."""
    return next((str(page[key]) for key in NEXT if page.get(key)), None)


def table_v4(about: Mapping[str, Sequence[Record]], cells: Sequence[Record], where: str) -> Table:
    """Return the table of v4 observations; `about` has the code lists by name. Raises InputError.

    Without MeasureCodes units are unknown, and decimals are those of the longest number.
    """
    if not cells or "Measure" not in cells[0]:
        raise InputError(f"{where}: no observations in it.")
    names = [name for name in cells[0] if name not in _OF_A_CELL]
    told = {str(one.get("Identifier")): one for one in about.get("MeasureCodes", ())}
    numbers: dict[str, list[object]] = {}
    for cell in cells:
        numbers.setdefault(str(cell.get("Measure")), []).append(cell.get("Value"))
    measures = {name: _measure(name, told.get(name), sent) for name, sent in numbers.items()}
    titles = {
        str(one.get("Identifier")): _text(one, "Title") for one in about.get("Dimensions", ())
    }
    lists = {name: about.get(f"{name}Codes", ()) for name in names}
    changing = _changing(lists)
    found = Cells(names, where)
    for k, cell in enumerate(cells, 1):
        here = f"{where}, observation {k}"
        keys = _keys(cell, names, here)
        measure = measures[str(cell["Measure"])]
        reading = _v4_reading(cell, measure.unit, here)
        found.add(keys, measure.name, _with_status(reading, names, keys, changing), here)
    return Table(
        title=_title(about.get("Properties", ()), where),
        dimensions=tuple(
            Dimension(name=n, title=titles.get(n, n), labels=_labels(lists[n], "Identifier"))
            for n in names
        ),
        measures=tuple(measures.values()),
        cells=found.frame(),
    )


def table_v3(about: Mapping[str, Sequence[Record]], rows: Sequence[Record], where: str) -> Table:
    """Return the table of v3 rows; `about` has DataProperties and code lists. Raises InputError.

    Without DataProperties the columns that end in a number, such as Vsv_2, are the measures.
    """
    if not rows:
        raise InputError(f"{where}: no rows in it.")
    told = {str(one.get("Key")): one for one in about.get("DataProperties", ()) if one.get("Key")}
    columns = [name for name in rows[0] if name != "ID"]
    topics = [name for name in columns if _is_topic(name, told.get(name))]
    names = [name for name in columns if name not in topics]
    if not topics or not names:
        raise InputError(f"{where}: its rows are not those of a data set of CBS (v3).")
    measures = {
        name: _measure(name, told.get(name), [row.get(name) for row in rows]) for name in topics
    }
    lists = {name: about.get(name, ()) for name in names}
    changing = _changing(lists)
    found = Cells(names, where)
    for k, row in enumerate(rows, 1):
        here = f"{where}, row {k}"
        keys = _keys(row, names, here)
        for name, measure in measures.items():
            if name not in row:
                raise InputError(f"{here}: '{name}' is not in it. The answer may be cut.")
            reading = _v3_reading(row[name], measure.unit, f"{here}, {name}")
            found.add(keys, name, _with_status(reading, names, keys, changing), here)
    return Table(
        title=_title(about.get("TableInfos", ()), where),
        dimensions=tuple(
            Dimension(name=n, title=_text(told.get(n, {}), "Title") or n, labels=_labels(lists[n]))
            for n in names
        ),
        measures=tuple(measures.values()),
        cells=found.frame(),
    )


def json_file(path: Path, content: bytes) -> Table:
    """Return the table of a saved answer; code lists that lie beside it are used.

    A page that others follow is refused: a part of a table is no table. Raises InputError.
    """
    page = parsed(content, path.name)
    if next_link(page) is not None:
        raise InputError(
            f"{path.name} is one page of more: it names the page that follows. Save the whole"
            " table, or let `veerkracht cbs fetch` fetch it."
        )
    found = records(page, path.name)
    about = {}
    for other in sorted(path.parent.glob("*.json")):
        if other != path and other.stat().st_size < len(content) + 10_000_000:
            try:
                about[other.stem] = parts_of(parsed(other.read_bytes(), other.name), other.name)
            except OSError as error:
                raise StorageError(f"cannot read {other}: {error.strerror}.") from None
            except InputError:
                continue  # some other JSON; it is no code list
    if found and "Measure" in found[0]:
        return table_v4(about, found, path.name)
    return table_v3(about, found, path.name)


def parts_of(page: Record, where: str) -> list[Record]:
    """Return the records of a list, or the one record of a page without a list."""
    return records(page, where) if "value" in page else [page]


def _no(constant: str) -> None:
    message = f"{constant} is no number"
    raise ValueError(message)


def _is_topic(name: str, told: Record | None) -> bool:
    if told is not None:
        return str(told.get("Type", "")).endswith("Topic")
    return _TOPIC.fullmatch(name) is not None


def _measure(name: str, told: Record | None, numbers: Sequence[object]) -> Measure:
    record = told or {}
    decimals = record.get("Decimals")
    if decimals is None:
        sent = [n.normalize().as_tuple().exponent for n in numbers if isinstance(n, Decimal)]
        decimals = max(0, *(-int(exponent) for exponent in sent)) if sent else None
    unit = Unit.of(_text(record, "Unit"), None if decimals is None else int(decimals))
    return Measure(name=name, title=_text(record, "Title") or name, unit=unit)


def _keys(record: Record, names: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the codes of a record, without the blanks that v3 pads them with."""
    for name in names:
        if not isinstance(record.get(name), str):
            raise InputError(f"{where}: '{name}' is not in it. The answer may be cut.")
    return tuple(str(record[name]).strip() for name in names)


def _v4_reading(cell: Record, unit: Unit, where: str) -> Reading:
    value, word = cell.get("Value"), cell.get("ValueAttribute")
    if word in _NO_WORD:
        if isinstance(value, Decimal):
            return rounded(value, unit=unit)
        text = cell.get("StringValue")
        return marked("" if text is None else str(text).strip())
    if isinstance(value, Decimal) and is_provisional(str(word)):
        return rounded(value, unit=unit, status=str(word))
    if value is not None and not isinstance(value, Decimal):
        raise InputError(f"{where}: Value = {value!r} is no number.")
    return marked(str(word))


def _v3_reading(value: object, unit: Unit, where: str) -> Reading:
    if isinstance(value, Decimal):
        return rounded(value, unit=unit)
    if value is None:
        return marked(_UNTOLD)
    if not isinstance(value, str):
        raise InputError(f"{where}: {value!r} is no number.")
    return read(value, style=STYLES[1], unit=unit, where=where)


def _changing(lists: Mapping[str, Sequence[Record]]) -> dict[tuple[str, str], str]:
    """Return (dimension, code) -> status for the periods that may still change."""
    return {
        (name, _code(one)): str(one["Status"])
        for name, codes in lists.items()
        for one in codes
        if is_provisional(str(one.get("Status") or ""))
    }


def _with_status(
    reading: Reading,
    names: Sequence[str],
    keys: Sequence[str],
    changing: Mapping[tuple[str, str], str],
) -> Reading:
    if reading.status or not changing:
        return reading
    for place in zip(names, keys, strict=True):
        if place in changing:
            return replace(reading, status=changing[place])
    return reading


def _labels(codes: Sequence[Record], key: str = "Key") -> dict[str, str]:
    return {str(one.get(key, "")).strip(): _text(one, "Title") for one in codes}


def _code(one: Record) -> str:
    return str(one.get("Identifier", one.get("Key", ""))).strip()


def _title(records_of_table: Sequence[Record], where: str) -> str:
    return _text(records_of_table[0], "Title") if records_of_table else where


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    return "" if value is None else str(value).strip()
