"""Runs as Parquet and back: the one place that opens the files of stored numbers.

Files are opened here and handed on as open files. A path never reaches a library that would read
it as a pattern (`[ ] * ?`) or as an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from model.disk.whole import reason
from model.errors import StorageError
from scenarios.format.damage import DamagedError
from scenarios.format.layout import Layout
from scenarios.format.records import Run, run_digest

KEYS = (
    "scenario", "draw", "replicate", "school_year", "population", "dimension", "group", "place",
)  # fmt: skip
"""Columns that say what a row is of; `place` is the number of the group among all groups."""

ABOUT = b"veerkracht"
"""The key of a part's own description in the file."""

Filter = tuple[str, str, Any]
"""Column, comparison and value, as pyarrow has them."""


@dataclass(frozen=True, slots=True)
class Footer:
    """What a file says of itself: its description, empty without one, and its columns."""

    about: bytes
    columns: tuple[str, ...]


def encode(runs: Sequence[Run], layout: Layout, about: bytes) -> bytes:
    """Return runs as a Parquet file that describes itself; cells of nobody are null."""
    table = _table(runs, layout).replace_schema_metadata({ABOUT: about})
    numbers = [name for one in layout.series for name in (one["total"], one["of"])]
    buffer = pa.BufferOutputStream()
    pq.write_table(
        table,
        buffer,
        compression="zstd",
        use_dictionary=["scenario", "school_year", "population", "dimension", "group"],
        column_encoding=dict.fromkeys(numbers, "BYTE_STREAM_SPLIT"),
    )
    return bytes(buffer.getvalue())


def footer(path: Path) -> Footer:
    """Return what a file says of itself. Raises StorageError when it cannot be read."""
    try:
        with path.open("rb") as file:
            schema = pq.ParquetFile(file).schema_arrow
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from None
    return Footer((schema.metadata or {}).get(ABOUT, b""), tuple(schema.names))


def read(
    path: Path, columns: Sequence[str] | None = None, filters: Sequence[Filter] | None = None
) -> pa.Table:
    """Return columns of the rows that pass all filters; everything without them.

    Raises StorageError when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return pq.read_table(
                file,
                columns=None if columns is None else list(columns),
                filters=list(filters) if filters else None,
            )
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from None


def runs_in(path: Path, layout: Layout) -> list[Run]:
    """Return the runs of a file as it is read, each with the digest of the numbers as they are now.

    Raises StorageError when the file cannot be read or its rows do not stand as they were written.
    """
    table = read(path)
    try:
        return _runs(table, path, layout)
    except (pa.ArrowException, TypeError, ValueError):
        raise DamagedError(path, "its columns are of other kinds than were written") from None


def runs_of(content: bytes, path: Path, layout: Layout) -> list[Run]:
    """Return the runs of what `encode` made, as they would be read from `path`."""
    return _runs(pq.read_table(BytesIO(content)), path, layout)


def _unreadable(path: Path, error: OSError | pa.ArrowException) -> StorageError:
    if isinstance(error, OSError) and error.errno is not None:
        return StorageError(reason(path, error, "read"))
    return DamagedError(path, "it cannot be read as Parquet")


def _runs(table: pa.Table, path: Path, layout: Layout) -> list[Run]:
    """Return the runs of a table whose rows stand by run, school year, population and group."""
    missing = [name for name in (*KEYS, *layout.columns) if name not in table.column_names]
    if missing:
        raise DamagedError(path, f"it has no column {missing[0]!r}")
    if table.num_rows % layout.per_year:
        raise DamagedError(path, f"{table.num_rows} rows are no whole number of school years")
    keys = {name: _blocks(table, name, layout) for name in KEYS}
    n_blocks = table.num_rows // layout.per_year
    for name, expected in _row_keys(layout).items():
        if not (keys[name] == expected).all():
            raise DamagedError(path, f"rows of {name} do not stand as they were written")
    years = ("scenario", "draw", "replicate", "school_year")
    if any((keys[name] != keys[name][:, :1]).any() for name in years):
        raise DamagedError(path, "rows of a school year are not of one run")
    shape = (n_blocks, len(layout.populations), len(layout.groups))
    sums = np.zeros((n_blocks, len(layout.series), *shape[1:], 2))
    for k, series in enumerate(layout.series):
        for j, name in enumerate((series["total"], series["of"])):
            column = table[name].cast(pa.float64()).fill_null(0.0).to_numpy()
            sums[:, k, :, :, j] = column.reshape(shape)
    first = [keys[name][:, 0] for name in years]
    names = [(str(s), int(d), int(r)) for s, d, r in zip(*first[:3], strict=True)]
    found = []
    for key in dict.fromkeys(names):
        mine = [k for k, other in enumerate(names) if other == key]
        years_lived = tuple(str(first[3][k]) for k in mine)
        weights = _weights(table, mine[0], path, layout)
        found.append(_run(key, years_lived, sums[mine], weights))
    return found


def _weights(table: pa.Table, block: int, path: Path, layout: Layout) -> np.ndarray:
    """Return the weights of the run whose first school year is a block of rows."""
    n_series, n_cells = layout.n_weights
    weights = np.zeros((n_series, len(layout.populations), n_cells))
    if layout.composition is None:
        return weights
    lists = table[layout.composition["column"]]
    for who in range(len(layout.populations)):
        numbers = lists[block * layout.per_year + who * len(layout.groups)].as_py() or []
        if len(numbers) != n_series * n_cells:
            raise DamagedError(path, "its weights are not of every series and cell")
        weights[:, who] = np.reshape(numbers, (n_series, n_cells))
    return weights


def _run(
    name: tuple[str, int, int], years: tuple[str, ...], sums: np.ndarray, weights: np.ndarray
) -> Run:
    scenario, draw, replicate = name
    return Run(
        scenario=scenario,
        draw=draw,
        replicate=replicate,
        years=years,
        sums=sums,
        weights=weights,
        digest=run_digest(years, sums, weights),
    )


def _blocks(table: pa.Table, name: str, layout: Layout) -> np.ndarray:
    """Return a column as (school years of runs, rows of a school year)."""
    return np.asarray(table[name].to_numpy()).reshape(-1, layout.per_year)


def _row_keys(layout: Layout) -> dict[str, np.ndarray]:
    """Return what the rows of one school year of a run are of."""
    n = len(layout.groups)
    found = {"population": np.repeat(np.array(layout.populations, object), n)}
    for j, name in enumerate(("dimension", "group")):
        groups = np.array([group[j] for group in layout.groups], object)
        found[name] = np.tile(groups, len(layout.populations))
    found["place"] = np.tile(np.arange(n, dtype=np.int16), len(layout.populations))
    return found


def _table(runs: Sequence[Run], layout: Layout) -> pa.Table:
    n_years = [len(run.years) for run in runs]
    per_run = np.array(n_years) * layout.per_year
    names = [year for run in runs for year in run.years]
    columns: dict[str, Any] = {
        "scenario": np.repeat(np.array([run.scenario for run in runs], object), per_run),
        "draw": np.repeat(np.array([run.draw for run in runs], np.int32), per_run),
        "replicate": np.repeat(np.array([run.replicate for run in runs], np.int32), per_run),
        "school_year": np.repeat(np.array(names, object), layout.per_year),
    }
    columns |= {name: np.tile(one, sum(n_years)) for name, one in _row_keys(layout).items()}
    sums = np.concatenate([run.sums for run in runs])
    for k, series in enumerate(layout.series):
        total, of = (sums[:, k, :, :, j].reshape(-1) for j in (0, 1))
        nobody = of == 0
        columns[series["total"]] = pa.array(total, pa.float64(), mask=nobody)
        is_number = series["sized_as"] is None
        kind = pa.int32() if is_number else pa.float64()
        columns[series["of"]] = pa.array(
            of.astype(np.int32) if is_number else of, kind, mask=nobody
        )
    if layout.composition is not None:
        columns[layout.composition["column"]] = _lists(runs, layout)
    return pa.table(columns)


def _lists(runs: Sequence[Run], layout: Layout) -> pa.Array:
    """Return the weights of runs: a list in the first row of each population, null elsewhere."""
    rows: list[np.ndarray | None] = []
    for run in runs:
        of_run: list[np.ndarray | None] = [None] * (len(run.years) * layout.per_year)
        if run.years:
            for who in range(len(layout.populations)):
                of_run[who * len(layout.groups)] = run.weights[:, who].astype(np.int32).ravel()
        rows += of_run
    return pa.array(rows, pa.list_(pa.int32()))
