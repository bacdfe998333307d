"""An attribution beside the run that it explains, so that a report finds it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from model.compiled import code_digest
from model.errors import StorageError
from scenarios.attribution import PART_COLUMNS, Attribution

PREFIX = "attribution-"


def attribution_path(folder: Path, base: str, alternative: str) -> Path:
    """Return where the attribution of a pair of scenarios lies in a run folder."""
    return folder / f"{PREFIX}{base}-{alternative}.json"


def keep_attribution(found: Attribution, folder: str | Path) -> Path:
    """Write an attribution into the folder of a run, whole or not at all; return its path.

    Raises StorageError when there is no such folder, or it cannot be written.
    """
    target = attribution_path(Path(folder).expanduser(), found.base, found.alternative)
    if not target.parent.is_dir():
        message = f"there is no folder {target.parent}. Give the folder of a run (--run RUN)."
        raise StorageError(message)
    about = {
        "program": "veerkracht",
        "kind": "attribution",
        "base": found.base,
        "alternative": found.alternative,
        "population": found.population,
        "settings": dict(found.settings),
        "code_digest": code_digest(),
        "parts": [[_plain(cell) for cell in row] for row in found.parts.itertuples(index=False)],
    }
    partial = target.with_suffix(".partial")
    try:
        partial.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", "utf-8")
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        message = f"cannot write {target}: {error.strerror}. Choose a folder you may write to."
        raise StorageError(message) from None
    return target


def read_attribution(
    folder: Path, base: str, alternative: str
) -> tuple[pd.DataFrame, dict[str, Any]] | None:
    """Return the parts of a pair (columns `scenarios.attribution.PART_COLUMNS`) and what it says.

    None when there is no attribution. Raises StorageError when the file is damaged.
    """
    path = attribution_path(folder, base, alternative)
    if not path.exists():
        return None
    try:
        about = json.loads(path.read_text("utf-8"))
        parts = pd.DataFrame(about.pop("parts"), columns=list(PART_COLUMNS))
        numbers = list(PART_COLUMNS[2:])
        parts[numbers] = parts[numbers].astype(float)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is damaged ({error}). Remove it, and run `veerkracht attribute` again."
        raise StorageError(message) from None
    return parts, about


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of a table
    """Return a cell as JSON has it; nothing for what is not a number."""
    if isinstance(cell, str):
        return cell
    return None if pd.isna(cell) else float(cell)
