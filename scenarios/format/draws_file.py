"""A file of draws: a row for each draw of the parameters, and what it was made for.

A Parquet table with a column for every free parameter by dotted name. Its metadata hold, under KEY,
which program of which version made it, the ledger's limits and priors of then, the digests of what
it was fitted to, which parameters were fitted, and whether it may be shown cell by cell. It is
refused, with the differences, where the ledger of now is another.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from model.disk.whole import write_whole
from model.errors import InputError, StorageError
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER, checked
from scenarios.format.sealed import checked as as_typed

if TYPE_CHECKING:
    import pandas as pd

KEY = b"veerkracht draws"
FORMAT = 1
SHOWN = 5
"""Differences of a ledger that are told."""

REMEDY = "Calibrate again (`veerkracht calibrate`), or use --draws prior."

Row = list[float | str]
"""Of a parameter: its limits, the law of its prior and the two points, of a fixed one its value."""


class About(TypedDict):
    """What a file of draws says of itself."""

    program: str
    format: int
    version: str
    ledger: dict[str, Row]
    digests: dict[str, str]
    fitted: list[str]
    restricted: bool


def write_draws(
    path: Path,
    draws: pd.DataFrame,
    *,
    fitted: list[str],
    digests: Mapping[str, str],
    restricted: bool,
) -> None:
    """Write draws, a row each and a column for each free parameter. Raises StorageError."""
    import pyarrow as pa
    from pyarrow import parquet

    about: About = {
        "program": "veerkracht",
        "format": FORMAT,
        "version": metadata.version("veerkracht"),
        "ledger": _ledger(BY_PARAMETER),
        "digests": dict(digests),
        "fitted": fitted,
        "restricted": restricted,
    }
    table = pa.Table.from_pandas(draws, preserve_index=False)
    held = io.BytesIO()
    parquet.write_table(
        table.replace_schema_metadata({KEY: json.dumps(about).encode()}), held, compression="zstd"
    )
    write_whole(path, held.getvalue())


def about_draws(path: Path) -> About:
    """Return what a file of draws says of itself.

    Raises StorageError where it cannot be read, InputError where it is another kind of file or was
    made for another ledger.
    """
    from pyarrow import parquet

    try:
        told = (parquet.read_schema(path).metadata or {}).get(KEY)
    except (OSError, ValueError) as error:
        raise StorageError(
            f"{path} cannot be read as a table of draws: {error}. {REMEDY}"
        ) from None
    if told is None:
        raise InputError(f"{path} is no file of draws that veerkracht wrote. {REMEDY}")
    record = json.loads(told)
    if record.get("format") != FORMAT:
        raise InputError(
            f"{path} has format {record.get('format')}; this version reads {FORMAT}. {REMEDY}"
        )
    about = as_typed(About, record, path)
    differing = differences(about["ledger"], _ledger(BY_PARAMETER))
    if differing:
        more = f"; {len(differing) - SHOWN} more" if len(differing) > SHOWN else ""
        raise InputError(
            f"{path} was made for another ledger: {'; '.join(differing[:SHOWN])}{more}. {REMEDY}"
        )
    return about


def read_draws(path: Path) -> pd.DataFrame:
    """Return the draws of a file, a row each. Raises as `about_draws` does."""
    import pandas as pd

    about_draws(path)
    table = pd.read_parquet(path)
    free = {name for name, row in BY_PARAMETER.items() if row.is_free}
    if table.empty or set(table.columns) != free:
        raise StorageError(f"{path} holds no draw of every parameter. {REMEDY}")
    for name in table.columns:
        for value in (table[name].min(), table[name].max()):
            checked(BY_PARAMETER, str(name), float(value), path.name)
    return table


def differences(before: Mapping[str, Row], now: Mapping[str, Row]) -> list[str]:
    """Return in a few words each where the ledger of a file is not that of now."""
    told = [f"{name} is gone" for name in before if name not in now]
    told += [f"{name} is new" for name in now if name not in before]
    return told + [
        f"{name} was {_words(before[name])}, is {_words(now[name])}"
        for name in now
        if name in before and before[name] != now[name]
    ]


def _ledger(rows: Mapping[str, Parameter]) -> dict[str, Row]:
    return {
        name: [row.low, row.high, row.prior.law, row.prior.low, row.prior.high]
        if row.is_free
        else [row.low, row.high, row.prior.law, row.value, row.value]
        for name, row in rows.items()
    }


def _words(row: Row) -> str:
    low, high, law, first, second = row
    return f"{low} to {high} ({law} {first}, {second})"
