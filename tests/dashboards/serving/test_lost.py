"""Who comes to an address where nothing is gets the way to the pages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import MutableMapping
from typing import Any

import pytest

from dashboards.pages.places import PLACES
from dashboards.serving.guard import Receive, Scope, Send
from dashboards.serving.lost import Lost
from dashboards.texts import LANGUAGES, texts

Message = MutableMapping[str, Any]
READ = [(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")]


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as Solara does: what is at the root and below a page, and nothing else."""
    del receive
    is_there = scope["path"].strip("/").partition("/")[0] in PLACES.values()
    status = 200 if is_there else 404
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b"as it was"})


def asked(path: str, query: str = "", method: str = "GET", **headers: bytes) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [*headers.items()] if headers else READ,
    }
    asyncio.run(Lost(pages, PLACES, hall="/zaal", root_path="/veerkracht")(scope, receive, send))
    return sent


@pytest.mark.parametrize("path", [f"/{place}" for place in PLACES.values()])
def test_a_page_is_a_page(path: str) -> None:
    assert [one.get("body", one.get("status")) for one in asked(path)] == [200, b"as it was"]


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/verken", "/veerkracht/"),
        ("/verken/", "/veerkracht/"),
        ("/levens/", "/veerkracht/levens"),
        ("/Vergelijk", "/veerkracht/vergelijk"),
    ],
)
def test_the_name_of_a_page_leads_to_it_with_all_that_was_asked(path: str, there: str) -> None:
    begun, _ = asked(path, "language=en")

    assert begun["status"] == 307
    assert dict(begun["headers"])[b"location"] == f"{there}?language=en".encode()


@pytest.mark.parametrize("path", ["/vergelijken", "/zekerheid/x", "/verken/hier", "/%0d%0ax"])
def test_elsewhere_every_page_is_named_in_both_languages(path: str) -> None:
    begun, body = asked(path)

    assert begun["status"] == 404
    shown = body["body"].decode()
    for language in LANGUAGES:
        assert texts(language)("lost.told") in shown
    ways = re.findall(r'href="([^"]*)"', shown)
    assert {way.partition("?")[0] for way in ways} == {
        *(f"/veerkracht/{place}" for place in PLACES.values()),
        "/veerkracht/zaal",
    }


def test_a_file_that_is_not_there_and_what_is_sent_stay_as_they_were() -> None:
    assert asked("/static/x.js", accept=b"*/*")[1]["body"] == b"as it was"
    assert asked("/vergelijken", method="POST")[1]["body"] == b"as it was"
