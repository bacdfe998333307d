"""The cache: what can be made again but takes time, in one folder with one limit.

Compiled code, populations, answers and raw downloads lie here, and nothing that a user saved by
name. The folder is that of the system (XDG_CACHE_HOME is heard), or VEERKRACHT_CACHE. What was not
used for longest goes first when all together is larger than LIMIT.

A cache never stands in the way: where nothing can be written everything is made anew, what is
damaged counts as not there, and any number of processes may use it at once, since a file gets its
name when it is whole.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import time
from typing import Literal

import platformdirs

VARIABLE = "VEERKRACHT_CACHE"
"""Environment variable that names another folder."""

Kind = Literal["compiled", "populations", "answers", "downloads"]
KINDS: tuple[Kind, ...] = ("compiled", "populations", "answers", "downloads")

LIMIT = 2_000_000_000
"""Bytes of everything together."""
ROOM_AFTER = 0.9
"""Share of the limit that is left after sweeping, so that not every entry sweeps again."""
LARGEST_SHARE = 0.1
"""An entry that alone would take a larger share of the limit is not kept."""

LOOK_SHARE = 0.01
"""A process looks whether the limit is passed each time it wrote this share of it."""

_unswept = LIMIT
_NAME = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")
"""Names that the cache gives; whatever else lies in its folders is not ours and stays."""
_LEFT_SECONDS = 86_400
"""After so long a file that nobody finished writing is swept."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something kept: its kind, where, bytes, and when it was last used (seconds since 1970)."""

    kind: Kind
    path: Path
    size: int
    used: float


def folder() -> Path | None:
    """Return the folder of the cache; None where nothing can be written."""
    return _folder(os.environ.get(VARIABLE), platformdirs.user_cache_dir("veerkracht", False))


def kind_folder(kind: Kind) -> Path | None:
    """Return the folder of a kind, made if need be; None where nothing can be written."""
    top = folder()
    if top is None:
        return None
    with suppress(OSError):
        (top / kind).mkdir(exist_ok=True)
    return top / kind


def entries(kinds: Iterable[Kind] = KINDS) -> list[Entry]:
    """Return what is kept, the one that was not used for longest first."""
    found = [entry for kind in kinds for entry in _entries(kind)]
    return sorted(found, key=lambda entry: entry.used)


def fits(size: int) -> bool:
    """Return whether an entry of so many bytes is kept at all."""
    return size <= LARGEST_SHARE * LIMIT


def sweep() -> None:
    """When all together is larger than LIMIT, let go of what was not used for longest."""
    kept = entries()
    left = sum(entry.size for entry in kept)
    if left <= LIMIT:
        return
    for entry in kept:
        if left <= ROOM_AFTER * LIMIT:
            return
        _remove(entry)
        left -= entry.size


def sweep_at_times(written: int) -> None:
    """Sweep with the first entry of this process, and again when it wrote a good deal more."""
    global _unswept  # noqa: PLW0603 - one per process
    _unswept += written
    if _unswept >= LOOK_SHARE * LIMIT:
        _unswept = 0
        sweep()


def clear(kinds: Iterable[Kind] = KINDS) -> int:
    """Let go of everything of these kinds; return the bytes that came free."""
    before = entries(kinds)
    for entry in before:
        _remove(entry)
    left = sum(entry.size for entry in entries(kinds))
    return sum(entry.size for entry in before) - left


def _entries(kind: Kind) -> Iterator[Entry]:
    place = kind_folder(kind)
    try:
        paths = [] if place is None else list(place.iterdir())
    except OSError:
        return
    for path in paths:
        with suppress(OSError):  # another process may be letting go of it
            about = path.lstat()
            if _NAME.fullmatch(path.name):
                size = _size(path) if stat.S_ISDIR(about.st_mode) else about.st_size
                yield Entry(kind=kind, path=path, size=size, used=about.st_mtime)
            elif path.name.endswith(PARTIAL) and about.st_mtime < time() - _LEFT_SECONDS:
                path.unlink()


def _size(place: Path) -> int:
    """Return the bytes of all files in a folder of compiled code."""
    total = 0
    for top, _, names in os.walk(place):
        for name in names:
            with suppress(OSError):
                total += (Path(top) / name).stat().st_size
    return total


def _remove(entry: Entry) -> None:
    if entry.path.is_dir() and not entry.path.is_symlink():
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        with suppress(OSError):
            entry.path.unlink()


@cache
def _folder(chosen: str | None, usual: str) -> Path | None:
    """Return the first of the possible folders in which a file can be written."""
    wanted = Path(chosen).absolute() if chosen else Path(usual)
    if wanted.is_absolute() and _can_write(wanted):
        return wanted
    temporary = _temporary()
    return temporary if temporary is not None and _can_write(temporary) else None


def _can_write(candidate: Path) -> bool:
    try:
        candidate.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=candidate).close()
    except OSError:
        return False
    return True


def _temporary() -> Path | None:
    """Return a folder for temporary files that only this user can write; None without one.

    Compiled code is run, so a folder that somebody else laid ready is not taken.
    """
    own = getattr(os, "getuid", None)  # Windows knows none; its folder is the user's own
    try:
        place = Path(tempfile.gettempdir()) / f"veerkracht-{own() if own else 'user'}"
        place.mkdir(mode=0o700, exist_ok=True)
        about = place.lstat()
    except OSError:
        return None
    if own is not None and (about.st_uid != own() or about.st_mode & 0o077):
        return None
    return place if stat.S_ISDIR(about.st_mode) else None


PARTIAL = ".partial"
"""Ending of a file that is being written; one that nobody finished is swept."""
