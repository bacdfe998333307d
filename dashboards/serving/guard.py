"""What stands before Solara's server: only our own pages, only to whom asks for them by our name.

Solara by itself answers to any name, opens websockets for pages of others, fetches missing files
from a public network, tells everybody how it is doing, takes the path it lives under from whoever
asks first, and trusts what comes through its sockets. This wrapper (ASGI) refuses all of it, sends
a content security policy with every answer, and tells who listens which pages have a browser.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import posixpath
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from dashboards.serving.frames import fault_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ASSETS = "/_solara/cdn/"
HIDDEN = ("/resourcez", "/_solara/api/evict/")
CLOSING = "/_solara/api/close/"
SOCKET = re.compile(r"/jupyter/api/kernels/([A-Za-z0-9-]{1,64})/channels")
NAME = re.compile(r"[A-Za-z0-9-]{1,64}")
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' blob: ws://{host} wss://{host}; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""Solara compiles its components in the browser, hence 'unsafe-eval' and blob:."""

UNTRUSTED = frozenset(
    {
        b"script-name",
        b"x-script-name",
        b"x-forwarded-host",
        b"x-forwarded-proto",
        b"x-forwarded-prefix",
    }
)
"""Headers in which a request says where the pages live: that is for --root-path alone to say."""

LARGEST_BODY = 1 << 16
SECONDS_FOR_BODY = 10.0
MOST_SOCKETS = 120
"""Pages that may be open at once, and those kept for who may come back."""

BAD, FORBIDDEN, NOT_FOUND, TOO_LARGE, MISDIRECTED, FAULT, FULL = (
    400, 403, 404, 413, 421, 500, 503,
)  # fmt: skip
REFUSALS = {
    BAD: b"That cannot be asked.\n",
    FORBIDDEN: b"Only pages of this server may do that.\n",
    NOT_FOUND: b"There is nothing here.\n",
    TOO_LARGE: b"That is too large.\n",
    MISDIRECTED: b"This server does not go by that name.\n",
    FAULT: b"Something went wrong here.\n",
    FULL: b"Het is vol. Probeer het straks nog eens.\nIt is full. Try again later.\n",
}

_log = logging.getLogger("veerkracht.serving")


class Listener(Protocol):
    """Who wants to know which pages have a browser."""

    def back(self, session: str) -> None:
        """Hear that a page has a browser (again)."""

    def away(self, session: str) -> None:
        """Hear that the last browser of a page is gone."""


class Guard:
    """Wraps an ASGI app; `names` are the hosts it answers to, `assets` the folder of its files.

    With `any_address` it also answers to every numerical address, which no other site can claim.
    `root_path` is the path that the pages live under behind a proxy, such as '/veerkracht'.
    `kernels` gives how many pages there are, with a browser or waiting for one; `pages` are the
    paths at which one begins.
    """

    def __init__(
        self,
        app: App,
        *,
        names: Collection[str],
        assets: Path,
        any_address: bool = False,
        root_path: str = "",
        listener: Listener | None = None,
        kernels: Callable[[], int] = lambda: 0,
        pages: Collection[str] = ("/",),
    ) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._assets = assets
        self._any_address = any_address
        self._root_path = root_path
        self._listener = listener
        self._kernels = kernels
        self._pages = frozenset(pages)
        self._sockets: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        scope = self._told(scope)
        refusal = self._refusal(scope, host, headers.get(b"origin"))
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, refusal)
            return
        sending = with_headers(send, host)
        if refusal is not None:
            await refuse(scope, sending, refusal)
            return
        await self._page(scope, receive, sending)

    def _told(self, scope: Scope) -> Scope:
        """Return a request without what it says of where the pages live, and without our path."""
        path, root = scope["path"], self._root_path
        if root and (path == root or path.startswith(root + "/")):
            path = path[len(root) :] or "/"
        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in UNTRUSTED]
        raw = path.encode("utf-8", "surrogateescape")
        return {**scope, "path": path, "raw_path": raw, "root_path": "", "headers": kept}

    def _refusal(self, scope: Scope, host: str, origin: str | None) -> int | None:
        """Return the status to refuse a request with, or None for one that may pass."""
        if not self._known(host):
            return MISDIRECTED
        path, own = scope["path"], _is_own(origin, host)
        if scope["type"] == "websocket":
            if not own:
                return FORBIDDEN
            return None if SOCKET.fullmatch(path) and _names_a_page(scope) else BAD
        if scope["method"] not in {"GET", "HEAD"} and origin is not None and not own:
            return FORBIDDEN
        if path.startswith(HIDDEN) or (path.startswith(ASSETS) and not self._has_asset(path)):
            return NOT_FOUND
        if path.startswith(CLOSING) and not _names_a_page(scope):
            return BAD
        if path in self._pages and self._is_full():
            return FULL
        return None

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if "@" in host:
            return False
        if name.lower() in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._any_address

    def _is_full(self) -> bool:
        return max(self._kernels(), self._sockets.total()) >= MOST_SOCKETS

    def _has_asset(self, path: str) -> bool:
        name = posixpath.normpath(unquote(path.removeprefix(ASSETS))).lstrip("/")
        if name.startswith(".."):
            return False
        try:
            # A bare package name stands for its main file, as Solara stores it.
            return any(
                (self._assets / one).is_file() for one in (name, posixpath.join(name, "__main.js"))
            )
        except (OSError, ValueError):  # no file has a name as long as that, or with a NUL in it
            return False

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def sending(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, _bounded(receive), sending)
        except Exception:  # noqa: BLE001 - the log has it, and the server goes on
            _log.exception("A request could not be answered")
            if not has_begun:
                await refuse(scope, send, FAULT)

    async def _socket(
        self, scope: Scope, receive: Receive, send: Send, refusal: int | None
    ) -> None:
        found = SOCKET.fullmatch(scope["path"])
        kernel = found[1] if found else ""
        if refusal is None and not self._sockets[kernel] and self._is_full():
            refusal = FULL
        if refusal is not None:
            await refuse(scope, send, refusal)
            return
        self._enter(kernel)
        try:
            await self._app(scope, _checked(receive), send)
        except Exception:  # noqa: BLE001 - the log has it, and the server goes on
            _log.exception("A page could not go on")
        finally:
            self._go(kernel)

    def _enter(self, kernel: str) -> None:
        self._sockets[kernel] += 1
        if self._listener is not None:
            self._listener.back(kernel)

    def _go(self, kernel: str) -> None:
        self._sockets[kernel] -= 1
        if not self._sockets[kernel]:
            del self._sockets[kernel]
            if self._listener is not None:
                self._listener.away(kernel)


def _is_own(origin: str | None, host: str) -> bool:
    if origin is None:
        return False
    try:
        found = urlsplit(origin)
    except ValueError:
        return False
    return found.scheme in {"http", "https"} and found.netloc.lower() == host.lower()


def _names_a_page(scope: Scope) -> bool:
    try:
        fields = parse_qs(scope.get("query_string", b"").decode("ascii"), max_num_fields=10)
    except ValueError:
        return False
    return any(NAME.fullmatch(one) for one in fields.get("session_id", []))


def _bounded(receive: Receive) -> Receive:
    """Return what gives the body of a request: a small one, that comes in time."""
    size, is_whole = 0, False

    async def receiving() -> Message:
        nonlocal size, is_whole
        if is_whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), SECONDS_FOR_BODY)
        except TimeoutError:
            return {"type": "http.disconnect"}
        size += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        return message if size <= LARGEST_BODY else {"type": "http.disconnect"}

    return receiving


def _checked(receive: Receive) -> Receive:
    """Return what gives the frames of a socket; one that no page sends ends it."""

    async def receiving() -> Message:
        message = await receive()
        fault = fault_of(message)
        if fault is None:
            return message
        _log.warning("A socket was closed: it sent %s", fault)
        return {"type": "websocket.disconnect", "code": 1008}

    return receiving


async def refuse(scope: Scope, send: Send, status: int) -> None:
    """Answer a request with a refusal."""
    if scope["type"] == "websocket":
        # Closed before it is accepted: the server answers the handshake with 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    body = REFUSALS[status]
    await answer(send, status, body, "text/plain; charset=utf-8")


async def answer(
    send: Send, status: int, body: bytes, kind: str, more: Collection[tuple[bytes, bytes]] = ()
) -> None:
    """Answer a request with a body."""
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def with_headers(send: Send, host: str) -> Send:
    """Return what sends an answer, with the headers that every answer of ours has."""
    is_plain = re.fullmatch(r"[A-Za-z0-9.:\[\]_-]*", host) is not None
    extra = [
        (b"content-security-policy", POLICY.format(host=host if is_plain else "").encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (
            b"permissions-policy",
            b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sending
