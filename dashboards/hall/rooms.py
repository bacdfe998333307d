"""All rooms of a server: opened, found by code, and gone in time."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator

from dashboards.hall.room import Refused, Room, Why
from dashboards.serving.options import CODE_LENGTH, LETTERS

MOST_ROOMS = 20
KEY_BYTES = 16


class Rooms:
    """The rooms that are open; `now` gives seconds that only go forward."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._rooms: dict[str, Room] = {}

    def __iter__(self) -> Iterator[Room]:
        self._sweep()
        return iter(tuple(self._rooms.values()))

    def open(self) -> Room:
        """Open a room with a code and a key that nobody guesses; raises Refused when all are."""
        self._sweep()
        if len(self._rooms) >= MOST_ROOMS:
            raise Refused(Why.FULL)
        code = _code()
        while code in self._rooms:
            code = _code()
        room = self._rooms[code] = Room(code, secrets.token_urlsafe(KEY_BYTES), self._now())
        return room

    def find(self, code: str) -> Room | None:
        """Return the room with a code, if it is open."""
        self._sweep()
        return self._rooms.get(code.strip().upper())

    def end(self, room: Room) -> None:
        """Close a room: nothing of it is left."""
        self._rooms.pop(room.code, None)

    def _sweep(self) -> None:
        now = self._now()
        self._rooms = {code: one for code, one in self._rooms.items() if now < one.ends}


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
