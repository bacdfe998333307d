"""The runs that lie in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from model.errors import StorageError
from scenarios.format.damage import DamagedError
from scenarios.format.manifest import MANIFEST, About, expected, read_about
from scenarios.format.parts import parquet_files
from scenarios.store.lock import holder
from scenarios.store.run_folder import TABLE, finished_parts, read_parts

State = Literal["finished", "unfinished", "being written", "damaged"]

DEPTH = 3
"""How many folders deep runs are looked for."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A run folder: its state, and `told`, who writes it or what is wrong with it.

    Of an unfinished run `done` of `due` runs are there. Of a folder that cannot be read the rest is
    empty.
    """

    folder: Path
    state: State
    told: str = ""
    done: int = 0
    due: int = 0
    scenarios: tuple[str, ...] = ()
    families: int | None = None
    years: int = 0
    replicates: int = 0
    draws: str = ""
    when: str = ""
    size: int = 0


def list_runs(folder: str | Path) -> list[Listed]:
    """Return the runs in a folder and the folders in it, the latest first.

    Raises StorageError when there is no such folder.
    """
    top = Path(folder).expanduser()
    if not top.is_dir():
        message = f"there is no folder {top}. Give one in which runs were saved with --out."
        raise StorageError(message)
    found = {
        path.parent
        for depth in range(DEPTH + 1)
        for name in (MANIFEST, TABLE)
        for path in top.glob("*/" * depth + name)
        if name == MANIFEST or parquet_files(path)
    }
    return sorted(map(_listed, sorted(found)), key=lambda one: one.when, reverse=True)


def _listed(folder: Path) -> Listed:
    path = folder / MANIFEST
    try:
        if not path.exists():
            raise DamagedError(path, "it is gone, and only it says what the numbers here are of")
        about = read_about(folder)
    except (StorageError, OSError) as error:
        return Listed(folder=folder, state="damaged", told=str(error))
    settings = about["settings"]
    state, told, done = _state(folder, about)
    return Listed(
        folder=folder,
        state=state,
        told=told,
        done=done,
        due=len(expected(about)),
        scenarios=tuple(one["id"] for one in about["scenarios"]),
        families=settings["families"],
        years=settings["years"],
        replicates=len(settings["replicates"]),
        draws=settings["draws"],
        when=about.get("ended", about["started"]),
        size=sum(path.stat().st_size for path in parquet_files(folder / TABLE)),
    )


def _state(folder: Path, about: About) -> tuple[State, str, int]:
    """Return the state of a folder, what is told of it, and how many runs are there."""
    writer = holder(folder)
    if writer is not None:
        return "being written", writer, 0
    try:
        parts = finished_parts(folder, about) if about["finished"] else read_parts(folder)
    except StorageError as error:
        return "damaged", str(error), 0
    return (
        "finished" if about["finished"] else "unfinished",
        "",
        sum(len(part.runs) for part in parts),
    )
