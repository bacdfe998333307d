"""The hall without a network: an app that is asked directly, and a browser that keeps cookies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pytest

from dashboards.hall.live import Lives
from dashboards.hall.rooms import Rooms
from dashboards.hall.web.hosts import Hosts
from dashboards.hall.web.phones import Phones
from dashboards.hall.web.reach import Place
from dashboards.service.answering import Answering
from dashboards.service.catalogue import catalogue
from dashboards.serving.guard import App, Message, Receive, Scope, Send

PLACE = Place(hosts=("192.0.2.10", "hall.example"), port=8765)
QUESTION = {
    "do": "plan",
    "base": "s01_reference",
    "outcome": "forced_moves",
    "lever": ["housing_decoupled", "agency_phase_b_months", "info_point_coverage"],
}


class Clock:
    """A clock that goes when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


async def beyond(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what the hall passes on."""
    del scope, receive
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"beyond"})


@dataclass
class Hall:
    """The hall of a server, its clock, and browsers to ask it with."""

    app: App
    lives: Lives
    clock: Clock

    def browser(self, address: str = "192.0.2.50") -> Browser:
        """Return a browser at an address of its own."""
        return Browser(self.app, address)


@dataclass
class Browser:
    """Somebody who asks, keeps cookies by path, and follows nothing by itself."""

    app: App
    address: str
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    async def ask(
        self, method: str, url: str, sent: bytes = b"", *, pieces: list[bytes] | None = None
    ) -> Answer:
        """Return what comes back; the body may be sent in pieces."""
        messages: list[Message] = [
            {"type": "http.request", "body": one, "more_body": True} for one in pieces or [sent]
        ]
        messages.append({"type": "http.request", "body": b"", "more_body": False})
        answer = Answer(0, {}, "")

        async def receive() -> Message:
            await asyncio.sleep(0)
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            self._take(message, answer, url)

        await self.app(self.scope(method, url), receive, send)
        return answer

    def _take(self, message: Message, answer: Answer, url: str) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            for name, value in message["headers"]:
                answer.headers[name.decode().lower()] = value.decode()
                if name.lower() == b"set-cookie":
                    for key, one in SimpleCookie(value.decode()).items():
                        self.cookies.setdefault(one["path"] or url, {})[key] = one.value
        else:
            answer.text += message.get("body", b"").decode()

    def scope(self, method: str, url: str) -> Scope:
        """Return what a server makes of a request."""
        parts = urlsplit(url)
        held = {
            key: value
            for path, found in self.cookies.items()
            if parts.path.startswith(path)
            for key, value in found.items()
        }
        cookie = "; ".join(f"{key}={value}" for key, value in held.items())
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "method": method,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [(b"cookie", cookie.encode())] if cookie else [],
            "client": (self.address, 1234),
            "server": ("192.0.2.10", 8765),
            "scheme": "http",
        }

    async def get(self, url: str) -> Answer:
        """Return a page."""
        return await self.ask("GET", url)

    async def form(self, url: str, **fields: object) -> Answer:
        """Send a form."""
        return await self.ask("POST", url, urlencode(fields, doseq=True).encode())

    @asynccontextmanager
    async def stream(self, url: str) -> AsyncIterator[asyncio.Queue[str]]:
        """Give the events of a stream as they come."""
        events: asyncio.Queue[str] = asyncio.Queue()
        left = asyncio.Event()
        begun: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            if begun:
                return begun.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body" and message.get("body"):
                events.put_nowait(message["body"].decode())

        task = asyncio.ensure_future(self.app(self.scope("GET", url), receive, send))
        try:
            yield events
        finally:
            left.set()
            await task


@pytest.fixture
def hall(answering: Answering) -> Hall:
    """Give a hall with made-up answers."""
    clock = Clock()
    lives = Lives(Rooms(clock), answering, catalogue())
    app = Phones(Hosts(beyond, lives, PLACE), lives, own=PLACE.hosts, now=clock)
    return Hall(app, lives, clock)
