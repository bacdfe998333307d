"""What lies in the cache under a key: put there, and got back whole or not at all.

shelf.get("answers", key), shelf.put("answers", key, content)
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from model.disk.cache import Kind, fits, kind_folder, sweep_at_times
from model.disk.whole import write_whole
from model.errors import StorageError

_TITLE = b"veerkracht cache 1\n"


def get(kind: Kind, key: str) -> bytes | None:
    """Return what is kept under a key, None when there is nothing or it is damaged."""
    path = _path(kind, key)
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None
    found = _opened(content, kind, key)
    with suppress(OSError):
        if found is None:
            path.unlink()
        else:
            os.utime(path)
    return found


def put(kind: Kind, key: str, content: bytes) -> None:
    """Keep something under a key; where that cannot be done, nothing happens."""
    path = _path(kind, key)
    if path is None or not fits(len(content)):
        return
    about = {"kind": kind, "key": key, "sha256": hashlib.sha256(content).hexdigest()}
    with suppress(StorageError):
        write_whole(path, _TITLE + json.dumps(about).encode() + b"\n" + content, is_lasting=False)
        sweep_at_times(len(content))


def _path(kind: Kind, key: str) -> Path | None:
    place = kind_folder(kind)
    return None if place is None else place / hashlib.sha256(key.encode()).hexdigest()[:32]


def _opened(content: bytes, kind: Kind, key: str) -> bytes | None:
    """Return what is in an entry, None unless it is whole and of this kind and key."""
    title, _, rest = content.partition(b"\n")
    told, _, found = rest.partition(b"\n")
    about = {"kind": kind, "key": key, "sha256": hashlib.sha256(found).hexdigest()}
    try:
        return found if title + b"\n" == _TITLE and json.loads(told) == about else None
    except (RecursionError, ValueError):
        return None
