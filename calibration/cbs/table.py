"""A table as it was read, whatever form it came in: one row for each cell, and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from calibration.cbs.marks import Meaning, Reading, Style, Unit
from model.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

MEASURE = "measure"
"""Column of cells that names the measure."""
SAID = ("value", "low", "high", "mark", "meaning", "status")
"""Columns of cells that say what was read, as in calibration.cbs.marks.Reading."""
TITLE = " (title)"
"""Ending of a column with the words of the codes in another."""

LARGEST = 200_000_000
"""Bytes of the largest file or table that is read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """What a cell is about: its column, its title, and the words of its codes if there are any."""

    name: str
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What a cell measures: its name in the cells, its title, and its unit as sent."""

    name: str
    title: str
    unit: Unit = field(default_factory=Unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the user says of a file: decimal sign, columns of numbers, sheet; None where nothing."""

    style: Style | None = None
    values: tuple[str, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """`cells` has a column for each dimension, then MEASURE and SAID.

    `notes` are the lines of a file that are no cells: source, legend, what was passed over.
    """

    title: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    cells: pd.DataFrame
    notes: tuple[str, ...] = ()

    def named(self, name: str) -> Measure:
        """Return the measure with this name or title. Raises InputError."""
        for measure in self.measures:
            if name in {measure.name, measure.title}:
                return measure
        known = [name for measure in self.measures for name in (measure.name, measure.title)]
        raise InputError(
            f"there is no measure '{name}'.{nearest(name, known)} There are:"
            f" {'; '.join(f'{one.name} ({one.title})' for one in self.measures)}."
        )

    def kept(self, conditions: Mapping[str, str]) -> Table:
        """Return the cells for which each dimension has a code, or its words. Raises InputError."""
        chosen = self.cells
        for name, wanted in conditions.items():
            known = {one.name: one for one in self.dimensions} | {
                one.title: one for one in self.dimensions if one.title
            }
            if name not in known:
                raise InputError(
                    f"there is no column '{name}' to keep rows by.{nearest(name, known)}"
                    f" There are: {', '.join(one.name for one in self.dimensions)}."
                )
            dimension = known[name]
            is_wanted = chosen[dimension.name] == wanted
            named = [code for code, label in dimension.labels.items() if label.strip() == wanted]
            is_wanted |= chosen[dimension.name].isin(named)
            if not is_wanted.any():
                there = sorted({*map(str, chosen[dimension.name].unique()), *_words(dimension)})
                shown = ", ".join(there[:20]) + (", …" if len(there) > 20 else "")  # noqa: PLR2004
                raise InputError(
                    f"no row has {name} = '{wanted}'.{nearest(wanted, there)} There are: {shown}."
                )
            chosen = chosen[is_wanted]
        return replace(self, cells=chosen)

    def meanings(self) -> Counter[tuple[Meaning, str]]:
        """Return how many cells have each (meaning, mark); the mark of numbers is empty."""
        return Counter(zip(self.cells["meaning"], self.cells["mark"], strict=True))

    def spelled_out(self) -> pd.DataFrame:
        """Return the cells with the words of codes, and title and unit of measures, beside them."""
        wide = self.cells.copy()
        for dimension in self.dimensions:
            if dimension.labels:
                words = wide[dimension.name].map(dict(dimension.labels)).fillna("")
                place = list(wide.columns).index(dimension.name) + 1
                wide.insert(place, dimension.name + TITLE, words)
        place = list(wide.columns).index(MEASURE) + 1
        by_name = {measure.name: measure for measure in self.measures}
        wide.insert(place, MEASURE + TITLE, [by_name[name].title for name in wide[MEASURE]])
        wide.insert(place + 1, "unit", [by_name[name].unit.name for name in wide[MEASURE]])
        return wide


class Cells:
    """Cells as they are read, one after another; twice the same place is refused."""

    def __init__(self, dimensions: Sequence[str], where: str) -> None:
        self.dimensions = tuple(dimensions)
        self.where = where
        self._rows: dict[tuple[str, ...], Reading] = {}

    def add(self, keys: tuple[str, ...], measure: str, reading: Reading, where: str) -> None:
        """Add a cell. Raises InputError when its place is taken."""
        place = (*keys, measure)
        if place in self._rows:
            raise InputError(
                f"{where}: the cell {', '.join(place)} is there twice. Each may be there once;"
                " a column that tells rows apart may be missing."
            )
        self._rows[place] = reading

    def __len__(self) -> int:
        return len(self._rows)

    def frame(self) -> pd.DataFrame:
        """Return the cells with columns of dimensions, MEASURE and SAID."""
        import pandas as pd

        reserved = {MEASURE, *SAID}
        if taken := reserved.intersection(self.dimensions):
            raise InputError(
                f"{self.where}: a column may not be called {', '.join(sorted(taken))} here."
                " Give it another name."
            )
        columns: dict[str, list[object]] = {}
        places = list(self._rows)
        for k, name in enumerate((*self.dimensions, MEASURE)):
            columns[name] = [place[k] for place in places]
        for name in SAID:
            columns[name] = [getattr(reading, name) for reading in self._rows.values()]
        return pd.DataFrame(columns)


def unique(names: Iterable[str], where: str) -> tuple[str, ...]:
    """Return names of columns. Raises InputError for an empty name or one that is there twice."""
    found = tuple(names)
    for name, n in Counter(found).items():
        if n > 1 or not name:
            told = f"'{name}' is there {n} times" if name else "a column has no name"
            raise InputError(f"{where}: {told}. Every column needs a name of its own.")
    return found


def _words(dimension: Dimension) -> list[str]:
    return [label.strip() for label in dimension.labels.values()]
