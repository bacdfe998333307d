"""The files of the pages, asked for once, so that the first reader does not wait for them.

Solara packs a file when it is first asked for and keeps it; the largest takes a third of a second.
"""

from __future__ import annotations

import gzip
import re
from typing import Any

from dashboards.serving.guard import App

LINKS = re.compile(r'<(?:link|script)[^>]* (?:href|src)="([^"?]+\.(?:css|js))(?:\?([^"]*))?"')
FOUND = 200


async def warm_up(app: App, root_path: str = "") -> list[str]:
    """Ask an app for its first page and for all that the page brings along; return what that is."""
    page = (await _asked(app, "/", "")).decode("utf-8", "replace")
    files = dict.fromkeys(LINKS.findall(page))
    for path, query in files:
        await _asked(app, path.removeprefix(root_path), query)
    return [path for path, _ in files]


async def _asked(app: App, path: str, query: str) -> bytes:
    """Return what an app answers to a browser; nothing when it is not there."""
    status, packed, parts = 0, False, []

    async def receive() -> Any:  # noqa: ANN401 - a message of ASGI
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401
        nonlocal status, packed
        if message["type"] == "http.response.start":
            status = message["status"]
            packed = (b"content-encoding", b"gzip") in [
                (name.lower(), value) for name, value in message.get("headers", [])
            ]
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept-encoding", b"gzip")],
        "client": None,
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
    content = b"".join(parts) if status == FOUND else b""
    return gzip.decompress(content) if packed and content else content
