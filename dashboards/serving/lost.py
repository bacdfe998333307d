"""Who comes to an address where nothing is gets the way to the pages, in both languages.

What somebody types after the name of the server is a guess: the first page stands at the root, so
its own name leads there, and so does a page with a slash behind it to that page.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from dashboards.serving.door import plain_page
from dashboards.serving.guard import NOT_FOUND, App, Message, Receive, Scope, Send, answer
from dashboards.texts import LANGUAGES, texts

FOUND_THERE = 307


class Lost:
    """Wraps an ASGI app; `places` are the pages, each with its address after the root.

    `hall` is the address at which a room is opened, `root_path` the path that the pages live under
    behind a proxy.
    """

    def __init__(
        self, app: App, places: Mapping[str, str], *, hall: str, root_path: str = ""
    ) -> None:
        self._app, self._places, self._hall, self._root_path = app, places, hall, root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or show the way."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        name, *more = scope["path"].strip("/").lower().split("/")
        if name in self._places and scope["path"] != f"/{self._places[name]}":
            if more:
                await self._show(send)
            else:
                await self._lead(scope, send, self._places[name])
            return
        is_lost = False

        async def sending(message: Message) -> None:
            nonlocal is_lost
            if message["type"] == "http.response.start":
                is_lost = message["status"] == NOT_FOUND and _is_read_by_people(scope)
            if not is_lost:
                await send(message)

        await self._app(scope, receive, sending)
        if is_lost:
            await self._show(send)

    async def _lead(self, scope: Scope, send: Send, place: str) -> None:
        asked = scope.get("query_string", b"")
        there = f"{self._root_path}/{place}".encode() + (b"?" + asked if asked else b"")
        await answer(send, FOUND_THERE, b"", "text/plain", [(b"location", there)])

    async def _show(self, send: Send) -> None:
        await answer(send, NOT_FOUND, self._page(), "text/html; charset=utf-8")

    def _page(self) -> bytes:
        return plain_page("".join(self._in(language) for language in LANGUAGES))

    def _in(self, language: str) -> str:
        t = texts(language)
        ways = {
            f"/{place}?language={language}": t(f"page.menu.{name}")
            for name, place in self._places.items()
        }
        ways[f"{self._hall}?lang={language}"] = t("lost.hall")
        links = "".join(
            f'<li><a href="{html.escape(self._root_path + there)}">{html.escape(name)}</a></li>'
            for there, name in ways.items()
        )
        return f'<div lang="{language}"><p>{html.escape(t("lost.told"))}</p><ul>{links}</ul></div>'


def _is_read_by_people(scope: Scope) -> bool:
    """Return whether a browser asks for a page, and not for a file of one."""
    return any(
        name.lower() == b"accept" and b"text/html" in value for name, value in scope["headers"]
    )
