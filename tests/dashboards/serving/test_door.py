"""The door: a code to come in, and a limit on knocking. The clock is the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from dashboards.serving.door import GUESSES, REQUESTS, Door, Limit
from dashboards.serving.guard import Receive, Scope, Send

CODE = "KLMNPQ"
Message = MutableMapping[str, Any]


class Clock:
    """A clock that goes when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer everything."""
    del receive
    kind = "websocket.accept" if scope["type"] == "websocket" else "http.response.start"
    await send({"type": kind, "status": 200, "headers": []})


class Visitor:
    """Somebody at the door, who keeps the cookie that is given."""

    def __init__(self, door: Door, address: str = "192.0.2.1") -> None:
        self.door, self.address, self.cookie = door, address, b""

    def asks(self, query: str = "", kind: str = "http", path: str = "/") -> list[Message]:
        """Return what is answered."""
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        scope = {
            "type": kind,
            "path": path,
            "client": (self.address, 1),
            "headers": [(b"cookie", self.cookie)],
            "query_string": query.encode(),
        }
        asyncio.run(self.door(scope, receive, send))
        for name, value in sent[0].get("headers", []):
            if name == b"set-cookie":
                self.cookie = b"other=1; " + value.split(b";")[0]
        return sent

    def status(self, query: str = "") -> int:
        """Return the status of the answer."""
        return int(self.asks(query)[0]["status"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    return Visitor(Door(pages, CODE, now=clock))


def test_without_the_code_one_is_asked_for_it(visitor: Visitor) -> None:
    sent = visitor.asks("years=5")

    assert sent[0]["status"] == 401
    assert b'name="code"' in sent[1]["body"]
    assert b'name="years" value="5"' in sent[1]["body"]
    assert visitor.asks(kind="websocket")[0]["type"] == "websocket.close"


def test_what_a_link_holds_is_text(visitor: Visitor) -> None:
    assert b"<script" not in visitor.asks("%22%3E%3Cscript%3E=%3Cscript%3E")[1]["body"]


def test_the_code_lets_in_and_the_rest_of_the_link_stays(visitor: Visitor) -> None:
    sent = visitor.asks(f"years=5&code={CODE.lower()}+")

    assert sent[0]["status"] == 303
    assert dict(sent[0]["headers"])[b"location"] == b"/?years=5"
    assert visitor.status() == 200
    assert visitor.asks(kind="websocket")[0]["type"] == "websocket.accept"


def test_a_path_of_the_sender_leads_nowhere_else(visitor: Visitor) -> None:
    sent = visitor.asks(f"code={CODE}", path="//evil.example")

    assert dict(sent[0]["headers"])[b"location"] == b"/"


@pytest.mark.parametrize("cookie", [b"veerkracht-code=", b"veerkracht-code=x", b"=;;", b"\xff"])
def test_no_other_cookie_lets_in(cookie: bytes, visitor: Visitor) -> None:
    visitor.cookie = cookie

    assert visitor.status() == 401


def test_a_server_that_was_started_anew_asks_again(visitor: Visitor, clock: Clock) -> None:
    visitor.asks(f"code={CODE}")
    visitor.door = Door(pages, CODE, now=clock)

    assert visitor.status() == 401


def test_codes_cannot_be_tried_one_after_another(visitor: Visitor, clock: Clock) -> None:
    tried = [visitor.status("code=AAAAAA") for _ in range(12)]
    assert tried == [401] * int(GUESSES[1]) + [429] * 2
    assert visitor.status(f"code={CODE}") == 429
    assert Visitor(visitor.door, "192.0.2.2").status(f"code={CODE}") == 303

    clock.seconds += 7
    assert visitor.status(f"code={CODE}") == 303


def test_nobody_may_ask_without_end(visitor: Visitor, clock: Clock) -> None:
    visitor.asks(f"code={CODE}")
    answers = [visitor.status() for _ in range(int(REQUESTS[1]) + 5)]
    assert answers[-1] == 429
    assert visitor.asks(kind="websocket")[0]["type"] == "websocket.close"

    clock.seconds += 1
    assert visitor.status() == 200


def test_a_limit_remembers_so_many_addresses_and_no_more() -> None:
    limit = Limit(1.0, 1.0, Clock())
    assert limit.allows("first")
    assert not limit.allows("first")
    for k in range(5000):
        limit.allows(str(k))

    assert len(limit._left) <= 2000
