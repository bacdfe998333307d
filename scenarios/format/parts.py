"""Parts of a run's numbers: Parquet files that are there whole, or not at all.

A part holds some runs in wide form, one row per school year, population and group, and two columns
for everything that is observed: what was added up and of how many. It says itself, and so does the
card beside it, of which ensemble it is and which runs it holds; the card has the checksum of the
file too. A part without a card does not count: whoever wrote it was stopped.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from model.disk.whole import reason, write_whole
from model.errors import StorageError
from scenarios.format import parquet
from scenarios.format.damage import MEND, DamagedError
from scenarios.format.layout import Layout
from scenarios.format.records import Run
from scenarios.format.sealed import checked, digest_of, is_sealed, read_record, sealed

Key = tuple[str, int, int]
"""A run: scenario, draw and replicate."""

NAME = re.compile(r"part-(\d{5,})\.parquet")
"""The name of a part. `part-00000 (1).parquet` is none: that is what a copy is called."""


@dataclass(frozen=True, slots=True)
class Held:
    """One run in a part: which it is, the digest of its numbers as they are read back, and its id.

    Parts of format 2 give their runs no id.
    """

    scenario: str
    draw: int
    replicate: int
    digest: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is finished: its file, size in bytes and checksum, its ensemble and its runs."""

    path: Path
    size: int
    sha256: str
    runs: tuple[Held, ...]
    ensemble: str = ""


class _RunCard(TypedDict):
    scenario: str
    draw: int
    replicate: int
    digest: str
    id: NotRequired[str]


class _Card(TypedDict):
    size: int
    sha256: str
    runs: list[_RunCard]
    ensemble: NotRequired[str]
    seal: NotRequired[str]


def number_of(path: Path) -> int | None:
    """Return the number of a part by its name, None when that is not the name of a part."""
    match = NAME.fullmatch(path.name)
    return None if match is None else int(match[1])


def parquet_files(table: Path) -> list[Path]:
    """Return all Parquet files that lie with the parts of a run, in order, also those of others."""
    return sorted(path for path in table.glob("*.parquet") if not path.name.startswith("."))


def keys_of(part: Part) -> set[Key]:
    """Return the runs that a part holds."""
    return {(one.scenario, one.draw, one.replicate) for one in part.runs}


def run_id(ensemble: str, scenario: str, draw: int, replicate: int) -> str:
    """Return the id of a run: the same wherever it is lived, and no other run's."""
    return digest_of([ensemble, scenario, draw, replicate])[:32]


def write_part(path: Path, runs: Sequence[Run], ensemble: str, layout: Layout) -> Part:
    """Write runs into a part and its card. Raises StorageError, leaving no part, when it cannot."""
    ordered = sorted(runs, key=lambda run: (run.draw, run.replicate))
    held = tuple(_held(run, ensemble) for run in ordered)
    told = _told(ensemble, held)
    content = parquet.encode(ordered, layout, json.dumps(told).encode())
    read_back = [_held(run, ensemble) for run in parquet.runs_of(content, path, layout)]
    if sorted(map(_key, read_back)) != sorted(map(_key, held)):
        raise StorageError(f"{path} was not written: its numbers do not come back as they were.")
    write_whole(path, content)
    part = Part(path, len(content), hashlib.sha256(content).hexdigest(), held, ensemble)
    card = sealed({"size": part.size, "sha256": part.sha256, **told})
    write_whole(card_of(path), json.dumps(card, indent=0).encode())
    return part


def _told(ensemble: str, held: Sequence[Held]) -> dict[str, Any]:
    """Return what a part and its card say of what is in it."""
    return {"ensemble": ensemble, "runs": [asdict(one) for one in held]}


def _held(run: Run, ensemble: str) -> Held:
    name = run_id(ensemble, run.scenario, run.draw, run.replicate)
    return Held(run.scenario, run.draw, run.replicate, run.digest, name)


def _key(held: Held) -> tuple[Any, ...]:
    return (held.scenario, held.draw, held.replicate, held.digest)


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
    told = read_record(card, MEND)
    found = checked(_Card, told, card, MEND)
    ensemble = found.get("ensemble", "")
    if ensemble and not is_sealed(told):
        raise DamagedError(card, "it was changed after it was written")
    held = tuple(Held(**one) for one in found["runs"])
    if ensemble and any(
        one.id != run_id(ensemble, one.scenario, one.draw, one.replicate) for one in held
    ):
        raise DamagedError(card, "a run in it does not belong to its ensemble")
    if not path.exists() or path.stat().st_size != found["size"]:
        raise DamagedError(path, "it is missing or has another size than was written")
    return Part(path, found["size"], found["sha256"], held, ensemble)


def check_part(part: Part, layout: Layout) -> None:
    """Raise StorageError when the file of a part is not what was written.

    Looks at checksum, columns and what the file says of itself, not at each number.
    """
    try:
        with part.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError(reason(part.path, error, "read")) from None
    if found != part.sha256:
        raise DamagedError(part.path, "its checksum is another than its card says")
    footer = parquet.footer(part.path)
    lacks = [name for name in layout.columns if name not in footer.columns]
    if lacks:
        raise DamagedError(part.path, f"it has no column {lacks[0]!r}, which run.json names")
    told = json.dumps(_told(part.ensemble, part.runs)).encode()
    if part.ensemble and footer.about != told:
        raise DamagedError(part.path, "it says itself that it holds other runs than its card says")
