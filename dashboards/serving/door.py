"""The door of pages that are opened to a network: a code to come in, and a limit on knocking.

Whoever has the address with the code, or types the code, gets a cookie that says so for as long as
the server runs.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from dashboards.serving.guard import App, Receive, Scope, Send, answer, refuse
from dashboards.texts import LANGUAGES, texts

COOKIE, FIELD = "veerkracht-code", "code"

REQUESTS = (30.0, 900.0)
"""Requests a second of one address, and how many at once: a class behind one router comes in."""

GUESSES = (10.0 / 60.0, 10.0)
"""Codes that one address may try, a second and at once."""

UNAUTHORISED, SEE_OTHER, TOO_MANY, FORBIDDEN = 401, 303, 429, 403
MOST_ADDRESSES = 2000


class Limit:
    """So many a second for each address, and so many at once; `now` gives seconds."""

    def __init__(
        self, rate: float, burst: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def is_left(self, address: str) -> bool:
        """Return whether an address may once more, without counting it."""
        return self._of(address) >= 1.0

    def allows(self, address: str) -> bool:
        """Return whether an address may once more, and count it if so."""
        now, left = self._now(), self._of(address)
        self._left.pop(address, None)
        is_allowed = left >= 1.0
        self._left[address] = (left - 1.0 if is_allowed else left, now)
        while len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        return is_allowed

    def _of(self, address: str) -> float:
        now = self._now()
        left, before = self._left.get(address, (self._burst, now))
        return min(self._burst, left + self._rate * (now - before))


class Door:
    """Wraps an ASGI app: who does not know the code is asked for it.

    With the code one comes to the path that was asked if it is one of `ways_in`, else to the first
    page.
    """

    def __init__(
        self,
        app: App,
        code: str,
        *,
        root_path: str = "",
        ways_in: Collection[str] = ("/",),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._code, self._root_path = app, code, root_path
        self._ways_in = ways_in
        self._token = hmac.new(secrets.token_bytes(32), code.encode(), hashlib.sha256).hexdigest()
        self._requests = Limit(*REQUESTS, now)
        self._guesses = Limit(*GUESSES, now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or ask for the code."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        address = (scope.get("client") or ("",))[0]
        if not self._requests.allows(address):
            await self._too_many(scope, send)
        elif self._is_known(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse(scope, send, FORBIDDEN)
        else:
            await self._ask(scope, send, address)

    def _is_known(self, scope: Scope) -> bool:
        sent = b"; ".join(value for name, value in scope["headers"] if name.lower() == b"cookie")
        try:
            found = SimpleCookie(sent.decode("latin-1")).get(COOKIE)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self._token.encode())

    async def _ask(self, scope: Scope, send: Send, address: str) -> None:
        try:
            query = scope.get("query_string", b"").decode("ascii")
            fields = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
        except ValueError:
            fields = []
        given = "".join(value for name, value in fields if name == FIELD)
        if given and not self._guesses.allows(address):
            await self._too_many(scope, send)
        elif given and hmac.compare_digest(given.strip().upper().encode(), self._code.encode()):
            rest = urlencode([(name, value) for name, value in fields if name != FIELD])
            # The path is ours and one of the pages; a path of the sender could lead elsewhere.
            path = scope["path"] if scope["path"] in self._ways_in else "/"
            place = f"{self._root_path}{path}" + (f"?{rest}" if rest else "")
            cookie = f"{COOKIE}={self._token}; HttpOnly; SameSite=Lax; Path=/"
            more = [(b"location", place.encode()), (b"set-cookie", cookie.encode())]
            await answer(send, SEE_OTHER, b"", "text/plain", more)
        else:
            kept = [(name, value) for name, value in fields if name != FIELD]
            await answer(
                send, UNAUTHORISED, _form(kept, is_wrong=bool(given)), "text/html; charset=utf-8"
            )

    async def _too_many(self, scope: Scope, send: Send) -> None:
        if scope["type"] == "websocket":
            await refuse(scope, send, FORBIDDEN)
            return
        body = "\n".join(texts(one)("door.too_many") for one in LANGUAGES).encode()
        await answer(send, TOO_MANY, body, "text/plain; charset=utf-8", [(b"retry-after", b"60")])


def _form(kept: list[tuple[str, str]], *, is_wrong: bool) -> bytes:
    """Return the page that asks for the code, in both languages; it keeps the rest of the link."""
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in kept
    )
    told = "".join(
        f'<p lang="{one}">{html.escape(texts(one)("door.wrong" if is_wrong else "door.ask"))}</p>'
        for one in LANGUAGES
    )
    label = " / ".join(texts(one)("door.label") for one in LANGUAGES)
    button = " / ".join(texts(one)("door.button") for one in LANGUAGES)
    return plain_page(
        f'{told}<form><label>{label} <input name="{FIELD}" autocomplete="off" autofocus'
        f' required maxlength="20"></label>{hidden} <button>{button}</button></form>'
    )


def plain_page(body: str, head: str = "") -> bytes:
    """Return a small page that needs nothing else; `body` and `head` are HTML."""
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Veerkracht</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}<style>'
        "body{font:1.25rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;"
        "padding:0 1rem;color:#1b2733;background:#fff}input,button{font:inherit;padding:.3em .5em}"
        "a{color:inherit}li{margin:.4em 0}"
        "@media(prefers-color-scheme:dark){body{color:#e8edf2;background:#14191f}}"
        f"</style></head><body><main><h1>Veerkracht</h1>{body}</main></body></html>"
    ).encode()
