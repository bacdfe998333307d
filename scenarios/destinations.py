"""Where an export goes: a file, the file behind a link, a device, or standard output.

A destination is checked before anything is worked out for it. An export never goes into the folder
of a run, and over a file that is no export of ours only when that is asked.
"""

from __future__ import annotations

import json
import stat
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.disk.whole import reason, write_whole
from model.errors import InputError, StorageError

STANDARD_OUTPUT = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
STREAMS = frozenset({Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd")})
"""Folders whose links lead to what is open: they are written to as they are."""

GENERATOR = '<meta name="generator" content="veerkracht">'
"""What a page of ours has in its head."""

PROGRAM = "veerkracht"
ABOUT = ".about.json"
"""Ends the name of the file that says what made the numbers beside it."""

MANIFEST, TABLE = "run.json", "outcomes"
"""What lies in the folder of a run; known here too, so that exports need nothing of the store."""

MOST_LINKS = 40
HEAD = 4096

ENDINGS = frozenset(
    {".csv", ".html", ".json", ".parquet", ".pdf", ".png", ".svg", ".toml", ".xls", ".xlsx"}
)
"""Endings of names by which other programs tell what a file holds."""

Sign = Callable[[Path], bool]
"""Whether a file that lies there already is an export of ours."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an export goes: `path` is the file behind every link, None for standard output.

    `is_stream` is true for standard output and devices, which take what comes and keep nothing.
    """

    name: str
    path: Path | None
    is_stream: bool

    @property
    def is_standard_output(self) -> bool:
        """Whether it goes to standard output, so that nothing else may be printed there."""
        return self.path is None

    def __str__(self) -> str:
        return self.name

    def write(self, content: bytes) -> None:
        """Write the export; a file is there whole, or stays as it was. Raises StorageError."""
        if self.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        try:
            if self.is_stream:
                with self.path.open("wb") as device:
                    device.write(content)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(reason(self.path, error, "write")) from None
        write_whole(self.path, content)


def destination(
    name: str | Path, is_ours: Sign, *, ending: str = "", force: bool = False
) -> Destination:
    """Return where an export goes.

    `is_ours` tells whether a file that is there may be replaced; `force` replaces any file.
    `ending` is how names of its kind end: one of ENDINGS, or "" where the name decides. Raises
    InputError for a name of another kind, for a place inside the folder of a run, for a folder, and
    for a file that is not ours; StorageError when it cannot be looked at.
    """
    text = str(name)
    if text in STANDARD_OUTPUT:
        return Destination(text, None, is_stream=True)
    try:
        path = _behind_links(Path(name).expanduser())
        if str(path) in STANDARD_OUTPUT:
            return Destination(text, None, is_stream=True)
        kind = path.stat().st_mode if path.exists() else None
        is_file = kind is None or stat.S_ISREG(kind) or stat.S_ISDIR(kind)
        if not is_file or (kind is not None and path.parent in STREAMS):
            return Destination(text, path, is_stream=True)
        _check(path, kind, is_ours, force=force)
        _check_name(text, ending)
    except (OSError, RuntimeError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise StorageError(f"cannot write {text}: {told}. Choose another place.") from None
    return Destination(text, path, is_stream=False)


def _check_name(name: str, ending: str) -> None:
    """Raise InputError when a name says that it holds something else."""
    path = Path(name)
    if ending and path.suffix.lower() in ENDINGS - {ending}:
        message = (
            f"{name} would hold {ending.removeprefix('.')}, and its name says"
            f" {path.suffix.lower().removeprefix('.')}. Call it {path.with_suffix(ending)}."
        )
        raise InputError(message)


def beside(place: Destination, ending: str, is_ours: Sign, *, force: bool) -> Destination | None:
    """Return the destination of what goes with an export, beside its name; None for a stream."""
    if place.is_stream:
        return None
    path = Path(place.name).expanduser()
    return destination(path.with_name(path.name + ending), is_ours, force=force)


def csv_with(columns: Sequence[str]) -> Sign:
    """Return the sign of a CSV: these columns, or those that its `….about.json` names.

    Semicolons may stand between them, as in Dutch spreadsheets.
    """

    def is_ours(path: Path) -> bool:
        with path.open("rb") as file:
            heading = file.readline(HEAD).decode("utf-8-sig", "replace").strip()
        told = _about(path.with_name(path.name + ABOUT))
        known = {",".join(columns), ",".join(map(str, told.get("columns", ())))} - {""}
        return heading.replace(";", ",") in known

    return is_ours


def is_about(path: Path) -> bool:
    """Whether a file says what made the numbers beside it."""
    return {"code digest", "data digest", "run again"} <= set(_about(path))


def is_page(path: Path) -> bool:
    """Whether a file is a page that was written by us."""
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(HEAD)


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel file with our two sheets."""
    try:
        with zipfile.ZipFile(path) as book:
            sheets = book.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError):
        return False
    return b'name="numbers"' in sheets and b'name="about"' in sheets


def _behind_links(path: Path) -> Path:
    """Return the file that a path leads to; links to what is open are not followed."""
    for _ in range(MOST_LINKS):
        if path.parent in STREAMS or not path.is_symlink():
            return path if path.parent in STREAMS else path.resolve()
        path = path.parent / path.readlink()
    raise StorageError(f"{path} is a link that leads back to itself. Choose another place.")


def _check(path: Path, kind: int | None, is_ours: Sign, *, force: bool) -> None:
    run = next((folder for folder in (path, *path.parents) if _is_run(folder)), None)
    if run is not None:
        message = f"{path} lies in the folder of a run, {run}: nothing else is written there."
        raise InputError(f"{message} Choose another place.")
    if kind is None:
        return
    if stat.S_ISDIR(kind):
        raise InputError(f"{path} is a folder. Give the name of a file.")
    if force or path.stat().st_size == 0 or is_ours(path):
        return
    message = f"{path} is there already, and no export of veerkracht: it stays as it is."
    raise InputError(f"{message} Choose another name, or write over it with --force.")


def _is_run(folder: Path) -> bool:
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return False
    with manifest.open("rb") as file:
        return f'"{PROGRAM}"'.encode() in file.read(HEAD) or (folder / TABLE).is_dir()


def _about(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
