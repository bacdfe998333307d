"""Files that are there whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from model.disk.cache import PARTIAL
from model.errors import InputError, StorageError


def write_whole(path: Path, content: bytes | memoryview, *, is_lasting: bool = True) -> None:
    """Write a file under another name, make sure that it is on the disk, then give it its name.

    What does not have to outlive a power cut (`is_lasting` false) does not wait for the disk. A
    file that lies there already keeps its permissions. Raises StorageError, leaving nothing behind,
    when it cannot.
    """
    partial = path.with_name(f".{path.name[:40]}.{os.getpid()}.{secrets.token_hex(4)}{PARTIAL}")
    try:
        with partial.open("wb") as file:
            file.write(content)
            if is_lasting:
                file.flush()
                os.fsync(file.fileno())
        with suppress(OSError):
            partial.chmod(path.stat().st_mode)
        partial.replace(path)
        if is_lasting:
            _keep_name(path.parent)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise StorageError(reason(path, error, "write")) from None
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises InputError when there is one, StorageError when it cannot be written.
    """
    try:
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        message = f"{path}: there is such a file already. Choose another name, or remove it first."
        raise InputError(message) from None
    except OSError as error:
        raise StorageError(reason(path, error, "write")) from None


def reason(path: Path, error: OSError, what: str) -> str:
    """Return in plain words why a file could not be read or written, and what to do."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return (
            f"no space left to write {path}. Free some space and run the same again to go on, or"
            " choose a place on another disk."
        )
    told = error.strerror or str(error)
    if what == "read":
        return f"cannot read {path}: {told}."
    return f"cannot write {path}: {told}. Choose a place you may write to."


def _keep_name(folder: Path) -> None:
    """Make sure that a new name in a folder survives a power cut, where the system can."""
    with suppress(OSError):  # Windows opens no folder, and some disks sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
