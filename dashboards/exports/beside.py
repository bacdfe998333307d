"""A table as a file, and beside it what made it: enough to prove its numbers."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.exports.about import GENERAL, NOTES
from dashboards.proof.carriers import beside_table
from dashboards.proof.record import Proof
from scenarios.destinations import (
    ABOUT,
    PROGRAM,
    Destination,
    Sign,
    beside,
    destination,
    is_about,
)

if TYPE_CHECKING:
    import pandas as pd

_DATE = (2023, 8, 1, 0, 0, 0)
"""The date of files in an archive: that of the first month, so that the same numbers are the same
file."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where a table goes, and where what made it goes: nowhere beside a device."""

    table: Destination
    about: Destination | None

    def write(
        self,
        content: bytes,
        columns: Sequence[str],
        proof: Proof,
        told: Mapping[str, str] | None = None,
    ) -> Destination:
        """Write both, and return where the table is; `told` is what made it, in short texts.

        Raises StorageError when they cannot be written.
        """
        self.table.write(content)
        if self.about is not None:
            self.about.write(about_content(content, columns, proof, told))
        return self.table


def places(name: str | Path, is_ours: Sign, *, ending: str = ".csv", force: bool = False) -> Places:
    """Return where a table goes, and what made it.

    Raises InputError when that would harm what lies there (`scenarios.destinations`).
    """
    place = destination(name, is_ours, ending=ending, force=force)
    return Places(table=place, about=beside(place, ABOUT, is_about, force=force))


def about_content(
    content: bytes, columns: Sequence[str], proof: Proof, told: Mapping[str, str] | None = None
) -> bytes:
    """Return what goes beside a table: what made it, what a reader has to know, and the proof."""
    found: dict[str, Any] = {
        "program": PROGRAM,
        **(_about(proof) if told is None else told),
        "notes": GENERAL if told is None else NOTES,
        "columns": list(columns),
        "proof": beside_table(content, proof),
    }
    return json.dumps(found, indent=1, ensure_ascii=False).encode()


def _about(proof: Proof) -> dict[str, str]:
    """Return what made numbers of which no run is stored, as short texts by name."""
    settings = proof["settings"]
    size = settings["families"]
    return {
        "scenarios": ", ".join(one["id"] for one in proof["scenarios"]),
        "families": "full size" if size is None else str(size),
        "years": str(settings["years"]),
        "seed": str(settings["rng"]),
        "replicates": str(settings.get("replicates", 1)),
        "made by": proof["made_by"],
        "code digest": proof["code_digest"],
        "data digest": proof["data_digest"],
        "run again": "veerkracht verify FILE (this file beside it)",
    }


def parquet_content(table: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    content = BytesIO()
    table.to_parquet(content, index=False)
    return content.getvalue()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return files by their names as one archive; the same files are the same archive."""
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            made.writestr(zipfile.ZipInfo(name, _DATE), files[name], zipfile.ZIP_DEFLATED)
    return found.getvalue()
