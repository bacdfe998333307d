"""One writer per run folder: a lock file that names who holds it.

The lock is the operating system's, so it ends with the process that holds it, even when that is
killed: a file that was left behind is no lock. What stands in it is for people.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.errors import StorageError

LOCK = "writing.lock"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only writer of a folder.

    Raises StorageError, naming the process and its machine, when there is another.
    """
    path = folder / LOCK
    handle = _taken(path)
    try:
        me = json.dumps({"pid": os.getpid(), "host": socket.gethostname()})
        os.ftruncate(handle, 0)
        os.pwrite(handle, me.encode(), 0)
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def holder(folder: Path) -> str | None:
    """Return who is writing a folder now, None when nobody is; a file left behind is nobody."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(handle)
    except OSError:
        return None
    finally:
        os.close(handle)
    return None


def _taken(path: Path) -> int:
    """Return the handle of a lock file that is ours, and that still lies in its folder."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            message = f"cannot write in {path.parent}: {error.strerror}. Choose another with --out."
            raise StorageError(message) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(handle, path):
                return handle
        except BlockingIOError:
            message = (
                f"{path.parent} is being written by {_holder(handle)}. Wait until it is done, or"
                " choose another folder with --out."
            )
            os.close(handle)
            raise StorageError(message) from None
        except OSError as error:
            os.close(handle)
            message = (
                f"{path.parent} cannot be locked against other writers: {error.strerror}."
                " Choose a folder on another disk with --out."
            )
            raise StorageError(message) from None
        os.close(handle)


def _is_still(handle: int, path: Path) -> bool:
    """Return whether the file that we hold is the one that others will find."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _holder(handle: int) -> str:
    try:
        told = json.loads(os.pread(handle, 1000, 0))
    except (OSError, ValueError):
        return "another process"
    return f"process {told['pid']} on {told['host']}"
