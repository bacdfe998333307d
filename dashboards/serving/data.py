"""Numbers that are handed out over HTTP when somebody asks for them, and not before."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from dashboards.serving.guard import NOT_FOUND, App, Receive, Scope, Send, answer, refuse

ADDRESS = re.compile(r"/data/([0-9a-f]{6,64})/([a-z0-9_]{1,60})\.csv")
FOUND = 200

Numbers = Callable[[str, str], str | None]
"""Gives the numbers (CSV) of an answer by its key and an outcome; None when they are not there."""


class Data:
    """Wraps an ASGI app: answers `/data/KEY/OUTCOME.csv`, and passes on everything else."""

    def __init__(self, app: App, numbers: Numbers) -> None:
        self._app, self._numbers = app, numbers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        found = None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            found = ADDRESS.fullmatch(scope["path"])
        if found is None:
            await self._app(scope, receive, send)
            return
        text = await asyncio.to_thread(self._numbers, *found.groups())
        if text is None:
            await refuse(scope, send, NOT_FOUND)
            return
        name = f'attachment; filename="veerkracht-{found[2]}-{found[1]}.csv"'
        more = [(b"content-disposition", name.encode())]
        body = b"" if scope["method"] == "HEAD" else text.encode()
        await answer(send, FOUND, body, "text/csv; charset=utf-8", more)
