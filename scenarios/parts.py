"""Parts of a run's table: Parquet files that are there whole, or not at all.

A part holds some runs in wide form, one row per school year, population and group, and two columns
for everything that is observed: what was added up (`NAME.LAYER.sum`) and of how many
(`NAME.LAYER.of`). Beside it stands a card that says which runs it holds and the checksum of the
file. A part without a card does not count: whoever wrote it was stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from model.errors import StorageError
from model.outcomes import POPULATIONS, SERIES, SLOTS
from scenarios.living import Run
from scenarios.whole import reason, write_whole

KEYS = (
    "scenario", "draw", "replicate", "school_year", "population", "dimension", "group", "place",
)  # fmt: skip
"""Columns that say what a row is of; `place` is the number of the group among all groups."""

_SHARED = {"vsv_adult_share"}
"""Outcomes whose denominator is a sum of risks, not a number of children."""


@dataclass(frozen=True, slots=True)
class Held:
    """One run in a part: which it is, and the digest of its numbers."""

    scenario: str
    draw: int
    replicate: int
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is finished: its file, its size in bytes and checksum, and the runs in it."""

    path: Path
    size: int
    sha256: str
    runs: tuple[Held, ...]


def column(outcome: str, layer: str, what: str) -> str:
    """Return the name of a column: `what` is 'sum' or 'of'."""
    return f"{outcome}.{layer}.{what}"


def write_part(path: Path, runs: Sequence[Run]) -> Part:
    """Write runs into a part and its card. Raises StorageError, leaving no part, when it cannot."""
    ordered = sorted(runs, key=lambda run: (run.draw, run.replicate))
    buffer = pa.BufferOutputStream()
    table = _table(ordered)
    numbers = table.column_names[len(KEYS) :]
    pq.write_table(
        table,
        buffer,
        compression="zstd",
        use_dictionary=["scenario", "school_year", "population", "dimension", "group"],
        column_encoding=dict.fromkeys(numbers, "BYTE_STREAM_SPLIT"),
    )
    content = memoryview(buffer.getvalue())
    write_whole(path, content)
    held = tuple(Held(run.scenario, run.draw, run.replicate, run.digest) for run in ordered)
    part = Part(path, len(content), hashlib.sha256(content).hexdigest(), held)
    card = {"size": part.size, "sha256": part.sha256, "runs": [asdict(one) for one in held]}
    write_whole(card_of(path), json.dumps(card, indent=0).encode())
    return part


def card_of(path: Path) -> Path:
    """Return the path of the card of a part."""
    return path.with_suffix(".json")


def read_card(path: Path) -> Part | None:
    """Return the part that lies at `path`, by its card; None when the part was never finished.

    Raises StorageError when card or part are damaged as far as size and form can tell.
    """
    card = card_of(path)
    if not card.exists():
        return None
    try:
        told = json.loads(card.read_text("utf-8"))
        part = Part(path, told["size"], told["sha256"], tuple(Held(**one) for one in told["runs"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise StorageError(_damaged(card)) from None
    if not path.exists() or path.stat().st_size != part.size:
        raise StorageError(_damaged(path))
    return part


def check_part(part: Part) -> None:
    """Raise StorageError when the file of a part is not what was written."""
    try:
        with part.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError(reason(part.path, error, "read")) from None
    if found != part.sha256:
        raise StorageError(_damaged(part.path))


def read_sums(part: Part, held: Held) -> tuple[tuple[str, ...], np.ndarray]:
    """Return school years and sums of one run of a part, in the form that `Run` has them."""
    mine = [
        ("scenario", "=", held.scenario),
        ("draw", "=", held.draw),
        ("replicate", "=", held.replicate),
    ]
    table = pq.read_table(part.path, filters=mine)
    years = tuple(dict.fromkeys(table["school_year"].to_pylist()))
    shape = (len(years), len(POPULATIONS), len(SLOTS))
    sums = np.zeros((len(years), len(SERIES), *shape[1:], 2))
    for k, (outcome, layer) in enumerate(SERIES):
        for j, what in enumerate(("sum", "of")):
            name = column(outcome, layer, what)
            values = table[name].fill_null(0).to_numpy().reshape(shape)
            sums[:, k, :, :, j] = values
    return years, sums


def _damaged(path: Path) -> str:
    return (
        f"{path} is damaged: it is not what was written. Its numbers are not used. Run the same"
        " comparison again with the same --out: what is damaged is set aside and made again."
    )


def _table(runs: Sequence[Run]) -> pa.Table:
    """Return runs as a wide table; cells of nobody are null."""
    sums = np.concatenate([run.sums for run in runs])
    columns = _keys(runs)
    for k, (outcome, layer) in enumerate(SERIES):
        total, of = (sums[:, k, :, :, j].reshape(-1) for j in (0, 1))
        nobody = of == 0
        columns[column(outcome, layer, "sum")] = pa.array(total, pa.float64(), mask=nobody)
        is_number = outcome not in _SHARED
        kind = pa.int32() if is_number else pa.float64()
        columns[column(outcome, layer, "of")] = pa.array(
            of.astype(np.int32) if is_number else of, kind, mask=nobody
        )
    return pa.table(columns)


def _keys(runs: Sequence[Run]) -> dict[str, Any]:
    per_year = len(POPULATIONS) * len(SLOTS)
    n_years = [len(run.years) for run in runs]
    per_run = np.array(n_years) * per_year
    n_all = sum(n_years)
    populations = np.repeat(np.array(POPULATIONS, object), len(SLOTS))
    columns: dict[str, Any] = {
        "scenario": np.repeat(np.array([run.scenario for run in runs], object), per_run),
        "draw": np.repeat(np.array([run.draw for run in runs], np.int32), per_run),
        "replicate": np.repeat(np.array([run.replicate for run in runs], np.int32), per_run),
        "school_year": np.repeat(
            np.array([year for run in runs for year in run.years], object), per_year
        ),
        "population": np.tile(populations, n_all),
    }
    for j, name in enumerate(("dimension", "group")):
        groups = np.array([slot[j] for slot in SLOTS], object)
        columns[name] = np.tile(groups, n_all * len(POPULATIONS))
    columns["place"] = np.tile(np.arange(len(SLOTS), dtype=np.int16), n_all * len(POPULATIONS))
    return columns
