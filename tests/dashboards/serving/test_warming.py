"""The files of the first page are asked for once, as a browser asks for them."""

import asyncio
import gzip
from typing import Any

from dashboards.serving.warming import warm_up

PAGE = """<link rel="stylesheet" href="/base/a.css?v=1"><script src="/base/b.js"></script>
<script src="/base/b.js"></script><link rel="icon" href="/base/c.png"><a href="/base/d.js">no</a>"""


def test_all_that_the_page_brings_along_is_asked_for_packed() -> None:
    asked: list[tuple[str, bytes, bool]] = []

    async def app(scope: Any, _receive: object, send: Any) -> None:  # noqa: ANN401
        takes = (b"accept-encoding", b"gzip") in scope["headers"]
        asked.append((scope["path"], scope["query_string"], takes))
        body = gzip.compress(PAGE.encode())
        headers = [(b"Content-Encoding", b"gzip")]
        is_page = scope["path"] == "/"
        start = {"type": "http.response.start", "status": 200 if is_page else 404}
        await send(start | {"headers": headers if is_page else []})
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})

    assert asyncio.run(warm_up(app, "/base")) == ["/base/a.css", "/base/b.js"]
    assert asked == [("/", b"", True), ("/a.css", b"v=1", True), ("/b.js", b"", True)]
