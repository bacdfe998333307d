"""The runs that lie in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.errors import StorageError
from scenarios.format.manifest import MANIFEST, About, expected, read_about
from scenarios.format.parts import parquet_files
from scenarios.store.lock import holder
from scenarios.store.run_folder import TABLE, finished_parts, read_parts

FINISHED = "finished"
DEPTH = 3
"""How many folders deep runs are looked for."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A run folder; `state`: 'finished', 'N of M runs', 'being written by …', 'damaged: …'.

    Of a folder that cannot be read, `state` says why, and the rest is empty.
    """

    folder: Path
    state: str
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
    found = [path for depth in range(DEPTH + 1) for path in top.glob("*/" * depth + MANIFEST)]
    return sorted((_listed(path.parent) for path in found), key=lambda one: one.when, reverse=True)


def _listed(folder: Path) -> Listed:
    try:
        about = read_about(folder)
    except (StorageError, OSError) as error:
        return Listed(folder=folder, state=str(error))
    settings = about["settings"]
    return Listed(
        folder=folder,
        state=_state(folder, about),
        scenarios=tuple(one["id"] for one in about["scenarios"]),
        families=settings["families"],
        years=settings["years"],
        replicates=len(settings["replicates"]),
        draws=settings["draws"],
        when=about.get("ended", about["started"]),
        size=sum(path.stat().st_size for path in parquet_files(folder / TABLE)),
    )


def _state(folder: Path, about: About) -> str:
    writer = holder(folder)
    if writer is not None:
        return f"being written by {writer}"
    try:
        if about["finished"]:
            finished_parts(folder, about)
            return FINISHED
        n = sum(len(part.runs) for part in read_parts(folder))
    except StorageError as error:
        return str(error)
    return f"{n} of {len(expected(about))} runs"
