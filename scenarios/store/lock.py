"""One writer per run folder: a lock file, and a note beside it that names who holds it.

The lock is the operating system's, so it ends with the process that holds it, even when that is
killed: a file that was left behind is no lock. The note is for people.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout, lock_descriptor

from model.errors import StorageError

LOCK, NOTE = "writing.lock", "writing.by"
PATIENCE_SECONDS, LOOK_SECONDS = 0.2, 0.02
"""How long a lock is tried for: whoever only looks whether a folder is locked holds it so briefly
that nobody is turned away because of it."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only writer of a folder.

    Raises StorageError, naming the process and its machine, when there is another.
    """
    lock = FileLock(folder / LOCK, timeout=PATIENCE_SECONDS, poll_interval=LOOK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        message = (
            f"{folder} is being written by {_noted(folder)}. Wait until it is done, or choose"
            " another folder with --out."
        )
        raise StorageError(message) from None
    except OSError as error:
        message = f"cannot write in {folder}: {error.strerror}. Choose another with --out."
        raise StorageError(message) from None
    try:
        with suppress(OSError):
            me = {"pid": os.getpid(), "host": socket.gethostname()}
            (folder / NOTE).write_text(json.dumps(me), "utf-8")
        yield
    finally:
        for name in (NOTE, LOCK):  # while the lock is ours: nobody else's can lie there yet
            with suppress(OSError):
                (folder / name).unlink()
        lock.release()


def holder(folder: Path) -> str | None:
    """Return who is writing a folder now, None when nobody is; a file left behind is nobody."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if lock_descriptor(handle, blocking=False) else _noted(folder)
    except OSError:
        return None
    finally:
        os.close(handle)


def _noted(folder: Path) -> str:
    try:
        told = json.loads((folder / NOTE).read_text("utf-8"))
        return f"process {told['pid']} on {told['host']}"
    except (KeyError, OSError, TypeError, ValueError):
        return "another process"
