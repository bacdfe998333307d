"""Compilation with Numba, with a cache on disk that never serves a stale rule.

Numba's file cache looks only at the file that holds a function, not at the functions it calls: a
rule changed in another file would silently run as it was. So the cache folder carries a digest of
every Python file under `model/`, and is set before the first function is declared.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import numba
from numba.core import config

KEEP_CACHES = 4
"""How many folders of compiled code are kept; older ones are swept."""


@cache
def code_digest() -> str:
    """Return the SHA-256 (hex) of all Python and TOML files under `model/`, by name and content."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def _base_folder() -> Path:
    """Return the first writable place for caches: XDG, the home folder, else a temporary one."""
    configured = os.environ.get("XDG_CACHE_HOME")
    candidates = [Path(configured)] if configured else [Path.home() / ".cache"]
    for candidate in candidates:
        folder = candidate / "veerkracht" / "compiled"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.gettempdir()) / f"veerkracht-{os.getuid()}" / "compiled"


def cache_folder() -> Path:
    """Return the folder of compiled code that belongs to the present text of `model/`."""
    return _base_folder() / code_digest()[:16]


def _prepare() -> None:
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    others = sorted(
        (other for other in folder.parent.iterdir() if other != folder),
        key=lambda other: other.stat().st_mtime,
        reverse=True,
    )
    for old in others[KEEP_CACHES - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


_prepare()


def rule[F: Callable[..., Any]](function: F) -> F:
    """Compile a pure scalar rule; it stays callable from Python and its body is `.py_func`."""
    return cast("F", numba.njit(cache=True, nogil=True, forceinline=True)(function))


def plain(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """Return the Python body of a compiled function; one without branches takes arrays too."""
    return cast("Callable[..., Any]", getattr(compiled, "py_func", compiled))


def step[F: Callable[..., Any]](function: F) -> F:
    """Compile a step of the month; it becomes part of the loop that calls it."""
    return cast("F", numba.njit(cache=True, nogil=True, forceinline=True)(function))


def loop[F: Callable[..., Any]](function: F) -> F:
    """Compile a loop over rows; it releases the interpreter lock."""
    return cast("F", numba.njit(cache=True, nogil=True)(function))
