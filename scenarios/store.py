"""Run folders: a tidy Parquet table and `run.json`, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from model.compiled import code_digest
from model.errors import StorageError
from model.parameters import BY_PARAMETER
from model.scenario import Scenario

TABLE = "outcomes.parquet"
MANIFEST = "run.json"
PACKAGES = ("mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "veerkracht")


def manifest(
    scenarios: Sequence[Scenario], settings: Mapping[str, Any], parameters: Mapping[str, float]
) -> dict[str, Any]:
    """Return all that is needed to run again: scenarios and parameters as resolved, seed, versions.

    `settings` holds families, years, seed and the like; `parameters` only what differs from the
    ledger, which is written out in full beside it.
    """
    values = {name: row.value for name, row in BY_PARAMETER.items()} | dict(parameters)
    return {
        "program": "veerkracht",
        "scenarios": [asdict(scenario) for scenario in scenarios],
        "settings": dict(settings),
        "parameters": values,
        "parameters_changed": dict(parameters),
        "versions": {name: metadata.version(name) for name in PACKAGES},
        "code_digest": code_digest(),
    }


def check_writable(folder: str | Path) -> Path:
    """Return the folder for a run, after checking that it can be made; done before the run starts.

    Raises StorageError when it exists with something in it, or cannot be written.
    """
    target = Path(folder).expanduser()
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        message = f"{target} exists already and is not an empty folder. Choose another with --out."
        raise StorageError(message)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        probe = _partial(target)
        probe.mkdir()
        probe.rmdir()
    except OSError as error:
        raise StorageError(_reason(target, error)) from None
    return target


def write_run(folder: str | Path, table: pd.DataFrame, about: Mapping[str, Any]) -> Path:
    """Write a run folder: under another name first, then renamed. Returns the folder.

    Raises StorageError, and leaves nothing behind, when the disk is full or the folder cannot be
    written.
    """
    target = check_writable(folder)
    partial = _partial(target)
    try:
        partial.mkdir()
        table.to_parquet(partial / TABLE, compression="zstd", index=False)
        about = dict(about) | {"data_digest": table_digest(table)}
        text = json.dumps(about, indent=1, ensure_ascii=False, default=str)
        (partial / MANIFEST).write_text(text + "\n", encoding="utf-8")
        if target.is_dir():
            target.rmdir()
        partial.replace(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise StorageError(_reason(target, error)) from None
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return target


def table_digest(table: pd.DataFrame) -> str:
    """Return the SHA-256 (hex) of a table's columns and numbers, in its order."""
    digest = hashlib.sha256("\t".join(map(str, table.columns)).encode())
    for column in table.columns:
        values = table[column]
        if pd.api.types.is_numeric_dtype(values):
            digest.update(values.to_numpy().tobytes())
        else:
            digest.update("\0".join(map(str, values)).encode())
    return digest.hexdigest()


def _partial(target: Path) -> Path:
    return target.with_name(f".{target.name}.partial-{os.getpid()}")


def _reason(target: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return (
            f"no space left to write {target}. Free some space or choose another disk with --out."
        )
    return f"cannot write {target}: {error.strerror}. Choose a folder you may write to with --out."
