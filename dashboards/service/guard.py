"""What stands before Solara's server: only our own pages, only to whom asks for them by our name.

Solara by itself answers to any name, opens websockets for pages of others, fetches missing files
from a public network, and tells everybody how it is doing. This wrapper (ASGI) refuses all four and
sends a content security policy with every answer.
"""

from __future__ import annotations

import ipaddress
import posixpath
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ASSETS = "/_solara/cdn/"
HIDDEN = ("/resourcez", "/_solara/api/evict/")
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' blob: ws://{host} wss://{host}; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""Solara compiles its components in the browser, hence 'unsafe-eval' and blob:."""

FORBIDDEN, NOT_FOUND, MISDIRECTED = 403, 404, 421
REFUSALS = {
    FORBIDDEN: b"Only pages of this server may do that.\n",
    NOT_FOUND: b"There is nothing here.\n",
    MISDIRECTED: b"This server does not go by that name.\n",
}


class Guard:
    """Wraps an ASGI app; `names` are the hosts it answers to, `assets` the folder of its files.

    With `any_address` it also answers to every numerical address, which no other site can claim.
    """

    def __init__(
        self, app: App, *, names: Collection[str], assets: Path, any_address: bool = False
    ) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._assets = assets
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        refusal = self._refusal(scope, host, headers.get(b"origin"))
        if refusal is not None:
            await _refuse(scope, send, refusal)
        elif scope["type"] == "http":
            await self._app(scope, receive, _with_policy(send, host))
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, host: str, origin: str | None) -> int | None:
        """Return the status to refuse a request with, or None for one that may pass."""
        if not self._known(host):
            return MISDIRECTED
        own = origin is not None and urlsplit(origin).netloc.lower() == host.lower()
        if scope["type"] == "websocket":
            return None if own else FORBIDDEN
        if scope["method"] not in {"GET", "HEAD"} and origin is not None and not own:
            return FORBIDDEN
        path = scope["path"]
        if path.startswith(HIDDEN) or (path.startswith(ASSETS) and not self._has_asset(path)):
            return NOT_FOUND
        return None

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name.lower() in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._any_address

    def _has_asset(self, path: str) -> bool:
        name = posixpath.normpath(unquote(path.removeprefix(ASSETS))).lstrip("/")
        # A bare package name stands for its main file, as Solara stores it.
        return not name.startswith("..") and (
            (self._assets / name).is_file() or (self._assets / name / "__main.js").is_file()
        )


async def _refuse(scope: Scope, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        # Closed before it is accepted: the server answers the handshake with 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    body = REFUSALS[status]
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_policy(send: Send, host: str) -> Send:
    extra = [
        (b"content-security-policy", POLICY.format(host=host).encode("latin-1")),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
    ]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sending
