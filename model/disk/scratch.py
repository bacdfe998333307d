"""Temporary folders that are swept when whoever made them was killed.

A folder has a file of the same name with `.held` behind it, locked by the operating system for as
long as the process lives. Who makes a folder looks first whether there are files that nobody holds
any more, and removes them with their folders. Whatever else lies in the system's temporary folder
is not ours and stays.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import lock_descriptor

from model.errors import StorageError

PREFIX, HELD = "veerkracht-", ".held"
_TRIES = 20


class Scratch:
    """A temporary folder for as long as this is held, or the `with` lasts.

    `path` is the folder. Raises StorageError when there is no place to write.
    """

    def __init__(self) -> None:
        sweep()
        try:
            self.path, handle = _made(Path(tempfile.gettempdir()))
        except OSError as error:
            message = (
                f"no temporary folder can be made: {error.strerror}. Free some space, or set TMPDIR"
                " to a folder with more."
            )
            raise StorageError(message) from error
        self._end = weakref.finalize(self, _remove, self.path, handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        self._end()


def sweep() -> None:
    """Remove the folders whose makers are gone; what cannot be removed stays."""
    with suppress(OSError):
        for held in Path(tempfile.gettempdir()).glob(f"{PREFIX}*{HELD}"):
            with suppress(OSError):
                _sweep(held)


def _sweep(held: Path) -> None:
    handle = os.open(held, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    if _locked(handle):
        _remove(held.with_suffix(""), handle)
    else:
        os.close(handle)


def _locked(handle: int) -> bool | None:
    """Lock a file; return whether it is ours now, None on a system that has no such locks.

    There nothing is swept: whether somebody holds a folder cannot be known.
    """
    try:
        return lock_descriptor(handle, blocking=False)
    except OSError as error:
        if error.errno == errno.ENOSYS:
            return None
        raise


def _made(within: Path) -> tuple[Path, int]:
    """Return a new folder and the handle of the file that is locked for it."""
    for _ in range(_TRIES):
        path = within / f"{PREFIX}{secrets.token_hex(6)}"
        held = path.with_name(f"{path.name}{HELD}")
        handle = os.open(held, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        # Between making and locking a file somebody who sweeps may have taken it for left behind.
        if _locked(handle) is not False and _is_there(held, handle):
            try:
                path.mkdir(mode=0o700)
            except BaseException:
                _remove(path, handle)
                raise
            return path, handle
        os.close(handle)
    message = "every name was taken"
    raise OSError(0, message)


def _is_there(held: Path, handle: int) -> bool:
    try:
        return os.path.samestat(held.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(path: Path, handle: int) -> None:
    """Remove a folder, its file, and let go of the lock."""
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.with_name(f"{path.name}{HELD}").unlink()
    with suppress(OSError):
        os.close(handle)
