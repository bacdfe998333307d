"""A table as it was on a day, in a folder that describes itself: `write(...)`, `load(folder)`.

manifest.json   what it is, of when, with which filter, and a checksum of each file
cells.csv       one line a cell, units applied, marks beside numbers
metadata/       code lists and descriptions as the service sent them

The folder gets its name when all of it is there, so it is whole or not there at all.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from calibration.cbs.marks import Unit
from calibration.cbs.table import MEASURE, SAID, Dimension, Measure, Table
from model.disk.whole import reason, write_whole
from model.errors import InputError, StorageError

MANIFEST, CELLS, METADATA = "manifest.json", "cells.csv", "metadata"
FORMAT = "veerkracht table 1"

COLUMNS = {
    "value": "the number, with the factor of its unit applied; empty where there is none",
    "low": "least that the true number can be: half a printed digit below, or the end of <5",
    "high": "most that the true number can be",
    "mark": "what stands instead of a number, as sent",
    "meaning": "number, interval, unknown, secret, nil, impossible, empty, or other (not known)",
    "status": "what hangs on the number or its period, as sent: provisional, flags, notes",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a table comes from.

    `vintage` is what the source says of its own version. `announced` is how many cells (v4) or rows
    (v3) it said there were; None when it did not. `sha256` is of all data as sent, in order.
    """

    table: str
    protocol: str
    address: str
    filter: str = ""
    vintage: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None
    pages: int = 1
    bytes: int = 0
    sha256: str = ""


def write(
    table: Table,
    origin: Origin,
    folder: Path,
    *,
    sent: Mapping[str, bytes] | None = None,
    now: datetime | None = None,
) -> None:
    """Write a table to a folder that is not there yet, or is empty.

    `sent` are the descriptions as the service sent them, by name. Raises InputError when something
    lies there, StorageError when it cannot be written.
    """
    check_free(folder)
    files = {f"{METADATA}/{name}.json": content for name, content in (sent or {}).items()}
    files[CELLS] = table.spelled_out().to_csv(index=False, lineterminator="\n").encode()
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    about = {
        "format": FORMAT,
        "written_by": f"veerkracht {metadata.version('veerkracht')}",
        "fetched": moment.isoformat(),
        "title": table.title,
        **asdict(origin),
        "cells": len(table.cells),
        "meanings": [
            {"meaning": meaning, "mark": mark, "cells": n}
            for (meaning, mark), n in sorted(table.meanings().items())
        ],
        "columns": COLUMNS,
        "dimensions": [
            {"name": one.name, "title": one.title, "labels": dict(one.labels)}
            for one in table.dimensions
        ],
        "measures": [
            {"name": one.name, "title": one.title, "unit": one.unit.text, "of": one.unit.name}
            | {"factor": one.unit.factor, "decimals": one.unit.decimals}
            for one in table.measures
        ],
        "notes": list(table.notes),
        "files": {name: {"sha256": digest(c), "bytes": len(c)} for name, c in files.items()},
    }
    files[MANIFEST] = (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode()
    _lay(folder, files)


def check_free(folder: Path) -> None:
    """Raise InputError when a folder holds something: nothing is written over."""
    try:
        is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise StorageError(reason(folder, error, "read")) from None
    if is_taken:
        raise InputError(
            f"{folder} is there already. What was fetched before is not written over: choose"
            " another folder, such as one with the date in its name."
        )


def is_snapshot(folder: Path) -> bool:
    """Whether a folder holds a table that was written here."""
    return (folder / MANIFEST).is_file()


def manifest(folder: Path) -> dict[str, Any]:
    """Return what a folder says of itself. Raises StorageError when it is none of these."""
    path = folder / MANIFEST
    try:
        about = json.loads(path.read_bytes())
    except OSError as error:
        raise StorageError(reason(path, error, "read")) from None
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise StorageError(f"{path} does not describe a table of this program ({FORMAT}).")
    return about


def load(folder: Path) -> Table:
    """Return the table in a folder, unless a file of it was changed. Raises StorageError."""
    import pandas as pd

    about = manifest(folder)
    try:
        for name, told in about["files"].items():
            if digest((folder / name).read_bytes()) != told["sha256"]:
                raise StorageError(
                    f"{folder / name} was changed since it was fetched. Fetch again."
                )
        dimensions = tuple(Dimension(**one) for one in about["dimensions"])
        numbers = dict.fromkeys(SAID[:3], "float64")
        names = [*(one.name for one in dimensions), MEASURE]
        cells = pd.read_csv(
            io.BytesIO((folder / CELLS).read_bytes()),
            usecols=[*names, *SAID],
            dtype=dict.fromkeys([*names, *SAID[3:]], "str") | numbers,
            keep_default_na=False,
            na_values={name: [""] for name in numbers},
        )
        return Table(
            title=about["title"],
            dimensions=dimensions,
            measures=tuple(
                Measure(
                    name=one["name"],
                    title=one["title"],
                    unit=Unit(one["unit"], one["factor"], one["decimals"]),
                )
                for one in about["measures"]
            ),
            cells=cells,
            notes=tuple(about["notes"]),
        )
    except OSError as error:
        raise StorageError(reason(folder, error, "read")) from None
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError(f"{folder} is damaged: {error}. Fetch the table again.") from None


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def _lay(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files beside the folder, then give them its name together."""
    partial = folder.with_name(f".{folder.name[:40]}.{os.getpid()}.{secrets.token_hex(4)}.partial")
    try:
        for name, content in files.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    except OSError as error:
        raise StorageError(reason(folder, error, "write")) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
