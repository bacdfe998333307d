"""A target made of cells of a table: `text = new_target(table, Wanted(value="Vsv_2", …), source)`.

What the table says is filled in: value, error, year, version. What only a person can say (by how
much the model's quantity may differ, and why) is asked for in comments, and `target check` refuses
the file until it is there.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from calibration.cbs.marks import is_provisional
from calibration.cbs.table import Measure, Table
from calibration.targets.figures import UNITS
from calibration.targets.quantities import right_layer
from calibration.targets.target import Target
from model.errors import InputError, nearest
from model.registry import BY_PARAMETER

PERIODS = ("perioden", "periode", "schooljaar", "jaar", "time_period", "period", "year")
"""Names of the dimension that says when, in small letters."""

PERCENT, SHARE = "%", "share"
SHOWN = 6
"""Rows and values that a refusal shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a user asks of a table.

    `value`, `n` and `numerator` are columns (measures); `n` may be a number. `keep` are the code or
    words of each dimension. `like` is a target whose quantity this one is a newer or other figure
    of; without it the quantity is left to fill in.
    """

    value: str | None = None
    n: str | None = None
    numerator: str | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    like: Target | None = None
    id: str | None = None
    unit: str | None = None
    discrepancy: float | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a table comes from: its number or name, and what it says of its version."""

    table: str
    vintage: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with the measure that it is of."""

    measure: Measure
    said: Mapping[str, Any]

    @property
    def value(self) -> float:
        """The number; NaN where none stands."""
        return float(self.said["value"])

    @property
    def bounds(self) -> tuple[float, float]:
        """What the true number lies between."""
        return float(self.said["low"]), float(self.said["high"])


def new_target(table: Table, wanted: Wanted, source: Source) -> str:
    """Return the text of a file with one target. Raises InputError for what no target can be of.

    Each column that is asked has to have one cell among the rows that are kept.
    """
    if wanted.value is None and (wanted.n is None or wanted.numerator is None):
        raise InputError(
            "give --value (a column with a rate or number), or --n and --numerator (columns that"
            f" make a share). There are: {'; '.join(one.name for one in table.measures)}."
        )
    kept = table.kept(wanted.keep)
    cells = {
        name: _cell(kept, column)
        for name, column in (
            ("value", wanted.value),
            ("numerator", wanted.numerator),
            ("n", None if _is_number(wanted.n) else wanted.n),
        )
        if column is not None
    }
    counts: dict[str, float] = {
        name: _count(cells[name]) for name in ("n", "numerator") if name in cells
    }
    if wanted.n is not None and _is_number(wanted.n):
        counts["n"] = float(wanted.n)
    _check_counts(counts)
    unit, scale = _unit(cells.get("value"), wanted)
    numbers = _numbers(cells.get("value"), counts, unit=unit, scale=scale)
    entry = {
        "id": wanted.id or _id(wanted, source),
        "kind": "interval" if "low" in numbers else "level",
        **numbers,
        "unit": unit,
        "year": _year(kept),
        "vintage": _vintage(source, cells.values()),
        "figures": [source.table],
    }
    return _text(entry, wanted, source)


def circular_with(source: str) -> tuple[str, ...]:
    """Return the parameters whose source names a table with this number."""
    number = re.sub(r"\D+$", "", source)
    if not re.fullmatch(r"\d{4,}", number):
        return ()
    has = re.compile(rf"(?<!\d){number}(?!\d)")
    return tuple(name for name, row in BY_PARAMETER.items() if has.search(row.source))


def _cell(table: Table, column: str) -> Cell:
    measure = table.named(column)
    rows = table.cells[table.cells["measure"] == measure.name]
    if len(rows) != 1:
        varies = [
            f"{one.name}: {', '.join(map(str, values[:SHOWN]))}"
            for one in table.dimensions
            if len(values := list(dict.fromkeys(rows[one.name]))) > 1
        ]
        raise InputError(
            f"{len(rows)} cells of '{column}' are left; a target is of one."
            f" Say with --keep which: {'; '.join(varies) or 'no row has it'}."
        )
    return Cell(measure, {str(name): value for name, value in rows.iloc[0].items()})


def _count(cell: Cell) -> float:
    if math.isnan(cell.value):
        raise InputError(_marked(cell, "so nobody knows how many there were"))
    return cell.value


def _marked(cell: Cell, so: str) -> str:
    mark = cell.said["mark"] or "nothing"
    return (
        f"'{cell.measure.title}' holds {mark} here ({cell.said['meaning']}), which is no number,"
        f" {so}. Choose another year or group."
    )


def _check_counts(counts: Mapping[str, float]) -> None:
    n, numerator = counts.get("n"), counts.get("numerator")
    if n is not None and n <= 0.0:
        raise InputError(f"n is {n:g}. A share is of somebody: choose another year or group.")
    if numerator is not None and (n is None or numerator > n):
        raise InputError(
            f"the numerator is {numerator:g} of n = {'nobody' if n is None else f'{n:g}'}. Give in"
            " --n of how many it is a share; that is never less."
        )


def _unit(value: Cell | None, wanted: Wanted) -> tuple[str, float]:
    """Return the unit of the target, and by what a number of the table is multiplied for it."""
    told = PERCENT if value is None else value.measure.unit.name
    chosen = wanted.unit or (wanted.like.unit if wanted.like else None)
    if chosen is not None and chosen not in UNITS:
        raise InputError(f"there is no unit '{chosen}'.{nearest(chosen, UNITS)}")
    if told == PERCENT:
        unit = chosen or "percent"
        if unit in {SHARE, "probability"}:
            return unit, 0.01
        if not unit.startswith("percent"):
            raise InputError(f"the column is in percent, and '{unit}' is not. Give --unit percent.")
        return unit, 1.0
    if chosen is None:
        raise InputError(
            f"the column is in '{told or 'no unit'}'. Say with --unit what that is for a target:"
            f" {'; '.join(UNITS)}."
        )
    if chosen.startswith("percent") and told in {"", "aantal"}:
        raise InputError(
            f"the column is in '{told or 'no unit'}', and '{chosen}' is a rate. Give the column"
            " with the rate, or --n and --numerator without --value."
        )
    return chosen, 1.0


def _numbers(
    value: Cell | None, counts: Mapping[str, float], *, unit: str, scale: float
) -> dict[str, float]:
    """Return value (or the ends of an interval), rounding, n and numerator of the target."""
    whole = {name: int(n) if n.is_integer() else n for name, n in counts.items()}
    is_rate = unit.startswith("percent") or unit in {SHARE, "probability"}
    share = counts["numerator"] / counts["n"] if len(counts) > 1 else None
    if value is None:
        assert share is not None  # noqa: S101 - without a value both counts were asked
        return {"value": _short(100.0 * scale * share), **whole}
    low, high = (scale * end for end in value.bounds)
    if value.said["meaning"] == "interval" and math.isfinite(high):
        return {"low": _short(low), "high": _short(high), **whole}
    if math.isnan(value.value):
        raise InputError(_marked(value, "and no target can be of it"))
    if share is not None and is_rate:
        counted = 100.0 * scale * share
        near = (high - low) / 2.0 + 100.0 * scale / counts["n"]
        if not low - near <= counted <= high + near:
            raise InputError(
                f"'{value.measure.title}' says {scale * value.value:g} {unit}, but numerator over n"
                f" is {counted:g}: it is a share of others. Give the n that belongs to it."
            )
    return {"value": _short(scale * value.value), **whole, "rounding": _short(high - low)}


def _year(table: Table) -> str:
    for one in table.dimensions:
        if {one.name.lower(), one.title.lower()} & set(PERIODS):
            codes = list(dict.fromkeys(table.cells[one.name]))
            return ", ".join(one.labels.get(str(code), str(code)) for code in codes)
    return "not stated"


def _vintage(source: Source, cells: Any) -> str:  # noqa: ANN401 - a view of a dict
    statuses = sorted({str(cell.said["status"]) for cell in cells} - {""})
    changing = [status for status in statuses if is_provisional(status)]
    return source.vintage + (f", {', '.join(changing)} (may still change)" if changing else "")


def _id(wanted: Wanted, source: Source) -> str:
    begin = wanted.like.id if wanted.like else "target"
    return re.sub(r"\W+", "_", f"{begin}_{source.table}".lower()).strip("_")


def _text(entry: Mapping[str, object], wanted: Wanted, source: Source) -> str:
    kept = ", ".join(f"{name} = {value}" for name, value in wanted.keep.items())
    inputs = sorted({*circular_with(source.table), *(wanted.like.inputs if wanted.like else ())})
    lines = [
        f"# A target of table {_plain(source.table)} ({_plain(source.vintage)}).",
        f"# Kept: {_plain(kept) or 'all rows'}.",
        "# `veerkracht target check` says what is missing, and how near the model comes.",
        "",
        "[[target]]",
        *(f"{name} = {_toml(value)}" for name, value in entry.items()),
        'grade = "B"  # read in the table; A is for the letter',
        "",
        *_quantity(wanted.like, str(entry["unit"])),
        "",
        "# By how much the model's quantity may differ because it is not quite the same thing:",
        "# other people, another year, another definition. And why.",
    ]
    discrepancy = wanted.discrepancy
    lines.append("# discrepancy =" if discrepancy is None else f"discrepancy = {discrepancy!r}")
    lines.append("# reason =" if wanted.reason is None else f"reason = {_toml(wanted.reason)}")
    lines += [
        "",
        "# Parameters that were laid down from this source: agreeing proves nothing then, and the",
        '# target may only be checked (use = "check"), not fitted ("fit").',
        f"inputs = {_toml(inputs)}",
        f"use = {_toml('check' if inputs else wanted.like.use if wanted.like else 'fit')}",
    ]
    return "\n".join(lines) + "\n"


def _quantity(like: Target | None, unit: str) -> list[str]:
    """Return the lines that say which quantity of the model the target is about."""
    if like is None:
        factor = 100.0 if unit.startswith("percent") else 1.0
        return [
            "# Which quantity of the model this is: `veerkracht outcomes` lists outcomes. The",
            '# layer is "registered" for leaving school, else "actual"; years are school years of',
            "# the run, from 1.",
            "# measure =",
            'population = "comparable"  # or eu11, both',
            'group = "all"  # or one such as "family_type:recent"',
            "# layer =",
            "years = [4, 8]",
            f"factor = {factor!r}  # turns the model's number into the unit",
            'link = "identity"  # or log, for what cannot be below 0',
        ]
    place = like.quantity.place
    if like.quantity.compared != "alone":
        raise InputError(
            f"'{like.id}' compares two numbers, and a cell is one. Name a target that is a level,"
            " or leave --like out and fill in the quantity."
        )
    return [
        f"# The quantity of '{like.id}'. Look whether this table counts the same people.",
        f"measure = {_toml(place.measure)}",
        f"population = {_toml(place.population)}",
        f"group = {_toml(place.group)}",
        f"layer = {_toml(right_layer(place.measure))}",
        f"years = [{place.years[0]}, {place.years[1]}]",
        f"factor = {like.quantity.factor!r}",
        f"link = {_toml(like.link)}",
    ]


def _is_number(text: str | None) -> bool:
    return text is not None and re.fullmatch(r"\d+(\.\d+)?", text) is not None


def _short(number: float) -> float:
    """Return a number without the digits that binary fractions add."""
    return float(f"{number:.10g}")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
