"""Questions to a stored ensemble, answered from its parts; only what is asked is read.

What may be asked is what the run says it holds, not what this version would observe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import index
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from model.aliases import current
from model.errors import InputError, nearest
from model.outcomes.registry import ALIASES, BY_OUTCOME, COLUMNS, Choice, chosen_layers
from scenarios.format import parquet
from scenarios.format.layout import Layout, Series
from scenarios.format.parts import Part

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

Numbers = int | Iterable[int] | None
"""One number, several, or None for all."""

TIDY = (*COLUMNS[:2], "draw", *COLUMNS[2:])
"""Columns of the tidy table of an ensemble."""

_CELL = ("population", "dimension", "group", "school_year")


@dataclass(frozen=True, kw_only=True, eq=False)
class Stored:
    """What a stored ensemble holds: parts, scenarios in order, and what its columns mean."""

    parts: Sequence[Part]
    scenarios: Sequence[str]
    layout: Layout
    known: Mapping[str, Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        groups = tuple(dict.fromkeys(group for _, group in self.layout.groups))
        known = {
            "scenario": self.scenarios,
            "population": self.layout.populations,
            "dimension": self.layout.dimensions,
            "group": groups,
        }
        object.__setattr__(self, "known", known)

    def outcomes(self, outcome: Choice) -> tuple[str, ...]:
        """Return the outcomes that are asked, all that are there without a choice.

        Names of before and short names are understood. Raises InputError, saying what is there, for
        an outcome that this run does not hold.
        """
        there = self.layout.outcomes
        if outcome is None:
            return there
        asked = [outcome] if isinstance(outcome, str) else list(outcome)
        found = [
            one if one in there else current("outcome", ALIASES.get(one, one)) for one in asked
        ]
        for one in found:
            if one not in there:
                raise InputError(self._lacks(one))
        return tuple(dict.fromkeys(found))

    def _lacks(self, outcome: str) -> str:
        there = self.layout.outcomes
        if outcome in BY_OUTCOME:
            return (
                f"this run has no '{outcome}': the version of the model that made it did not"
                f" observe it. It has {', '.join(there)}."
            )
        return f"there is no outcome '{outcome}' in this run.{nearest(outcome, there)}"

    def tidy(
        self,
        outcome: Choice,
        layer: Choice,
        cells: Mapping[str, Choice],
        runs: Mapping[str, Numbers],
    ) -> pd.DataFrame:
        """Return the tidy table (columns TIDY) of some outcomes, layers, cells and runs.

        `cells` maps scenario, population, dimension, group or school_year to names, `runs` maps
        draw or replicate to numbers. Raises InputError for a name that is not there, and
        StorageError when a part cannot be read.
        """
        import pandas as pd

        outcomes, layers = self.outcomes(outcome), chosen_layers(layer)
        series = [
            (number, one)
            for number, one in enumerate(self.layout.series)
            if one["outcome"] in outcomes and one["layer"] in layers
        ]
        filters = [*self._named(cells), *_numbered(runs)]
        if not series or not self.parts:
            return pd.DataFrame({name: [] for name in TIDY})
        columns = [*parquet.KEYS, *(one[end] for _, one in series for end in ("total", "of"))]
        rows = pa.concat_tables(parquet.read(part.path, columns, filters) for part in self.parts)
        return _long(rows, series, self.scenarios, self.layout.populations)

    def columns(
        self, outcome: Choice, layer: str, cells: Mapping[str, Choice]
    ) -> tuple[list[Series], pd.DataFrame, dict[str, np.ndarray]]:
        """Return series, what each row is of, and columns of numbers by name, NaN for nobody.

        Takes outcomes and cells as `tidy` does, of one layer. Raises InputError for a name that is
        not there, and StorageError when a part cannot be read.
        """
        asked, (which,) = self.outcomes(outcome), chosen_layers(layer)
        held = {one["outcome"]: one for one in self.layout.series if one["layer"] == which}
        series = [held[one] for one in asked if one in held]
        numbers = [one[end] for one in series for end in ("total", "of")]
        filters, columns = self._named(cells), [*parquet.KEYS, *numbers]
        rows = pa.concat_tables(parquet.read(part.path, columns, filters) for part in self.parts)
        texts = [name for name in parquet.KEYS if pa.types.is_string(rows[name].type)]
        keys = rows.select(parquet.KEYS).to_pandas(categories=texts)
        return series, keys, {name: _floats(rows[name]) for name in numbers}

    def _named(self, cells: Mapping[str, Choice]) -> list[parquet.Filter]:
        found: list[parquet.Filter] = []
        for name, wanted in cells.items():
            if wanted is None:
                continue
            asked = [wanted] if isinstance(wanted, str) else list(wanted)
            for one in asked:
                if name in self.known and one not in self.known[name]:
                    message = f"there is no {name} '{one}' here.{nearest(one, self.known[name])}"
                    raise InputError(message)
            found.append((name, "in", asked))
        return found


def _numbered(runs: Mapping[str, Numbers]) -> list[parquet.Filter]:
    found: list[parquet.Filter] = []
    for name, wanted in runs.items():
        if wanted is None:
            continue
        try:
            asked = [index(one) for one in (wanted if isinstance(wanted, Iterable) else [wanted])]
        except TypeError:
            message = f"{name} = {wanted!r} is no number; give a whole number, or several."
            raise InputError(message) from None
        found.append((name, "in", asked))
    return found


def _floats(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.cast(pa.float64()).to_numpy(), float)


@contextmanager
def connect() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that keeps nothing on disk and goes nowhere else.

    Raises MemoryError where a question takes more than there is.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_external_access": False,
    }
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            yield connection
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error


def _long(
    rows: pa.Table,
    series: Sequence[tuple[int, Series]],
    scenarios: Sequence[str],
    populations: Sequence[str],
) -> pd.DataFrame:
    """Return wide rows as the tidy table; cells of nobody are left out."""
    query = f"""
        SELECT scenario, replicate::BIGINT AS replicate, draw::BIGINT AS draw,
               school_year, population, dimension, "group",
               seen.outcome AS outcome, seen.layer AS layer,
               seen.total / CASE WHEN seen.is_count THEN 1 ELSE seen.n END AS value,
               seen.total AS numerator,
               CASE WHEN seen.is_count THEN 1 ELSE seen.n END::DOUBLE AS denominator
        FROM (SELECT * EXCLUDE (series), unnest(series) AS seen
              FROM (SELECT scenario, replicate, draw, school_year, population, dimension, "group",
                           place, [{", ".join(_struct(*one) for one in series)}] AS series
                    FROM wide))
        WHERE seen.n IS NOT NULL
        ORDER BY list_position($scenarios, scenario), draw, replicate, school_year, seen.number,
                 list_position($populations, population), place
    """  # noqa: S608 - names of columns are quoted; values go apart
    values = {"scenarios": list(scenarios), "populations": list(populations)}
    with connect() as connection:
        connection.register("wide", rows)
        return connection.execute(query, values).df()


def _struct(number: int, series: Series) -> str:
    is_count = series["level"] == "count"
    return (
        f"{{number: {number}, outcome: {text(series['outcome'])}, layer: {text(series['layer'])},"
        f" is_count: {is_count}, total: {name(series['total'])}, n: {name(series['of'])}::DOUBLE}}"
    )


def name(column: str) -> str:
    """Return the name of a column as a query has it."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text as a query has it."""
    return "'" + value.replace("'", "''") + "'"
