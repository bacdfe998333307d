"""Numbers that are handed out over HTTP when somebody asks for them, and not before."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Protocol

from dashboards.serving.guard import NOT_FOUND, App, Receive, Scope, Send, answer, refuse

ADDRESS = re.compile(r"/data/([0-9a-f]{6,64})/([a-z0-9_]{1,60})\.(csv|zip)")
TAKEN = re.compile(r"/data/([0-9a-f]{6,64})/take/([a-z_]{1,20})-([a-z]{2})")
FOUND = 200

KINDS = {"csv": "text/csv; charset=utf-8", "zip": "application/zip"}

Numbers = Callable[[str, str], bytes | None]
"""Gives the numbers of an answer by its key and an outcome; None when they are not there."""


class File(Protocol):
    """A file to take along."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def kind(self) -> str:
        """What a browser is told that it is."""

    @property
    def content(self) -> bytes:
        """What is in it."""


Files = Callable[[str, str, str], File | None]
"""Gives a file by the key of what was looked into, its kind and its language; None without one."""


class Data:
    """Wraps an ASGI app: answers `/data/KEY/OUTCOME.csv` and `/data/KEY/take/KIND-LANGUAGE`.

    `/data/KEY/OUTCOME.zip` has the same numbers with their proof: `numbers` gives both, by the
    ending. It passes on everything else. Files are made one at a time.
    """

    def __init__(self, app: App, numbers: Mapping[str, Numbers], files: Files) -> None:
        self._app, self._numbers, self._files = app, numbers, files
        self._making = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        is_asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        numbers = ADDRESS.fullmatch(scope["path"]) if is_asked else None
        file = TAKEN.fullmatch(scope["path"]) if is_asked else None
        if numbers is not None:
            key, outcome, ending = numbers.groups()
            content = await asyncio.to_thread(self._numbers[ending], key, outcome)
            name = f"veerkracht-{outcome}-{key}.{ending}"
            await _hand_over(scope, send, content, name, KINDS[ending])
        elif file is not None:
            made = await asyncio.to_thread(self._made, *file.groups())
            content = None if made is None else made.content
            name, kind = ("", "") if made is None else (made.name, made.kind)
            await _hand_over(scope, send, content, name, kind)
        else:
            await self._app(scope, receive, send)

    def _made(self, key: str, kind: str, language: str) -> File | None:
        with self._making:
            return self._files(key, kind, language)


async def _hand_over(scope: Scope, send: Send, content: bytes | None, name: str, kind: str) -> None:
    """Send a file to keep, or say that there is none."""
    if content is None:
        await refuse(scope, send, NOT_FOUND)
        return
    more = [(b"content-disposition", f'attachment; filename="{name}"'.encode())]
    await answer(send, FOUND, b"" if scope["method"] == "HEAD" else content, kind, more)
