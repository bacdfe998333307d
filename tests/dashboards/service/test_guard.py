"""The guard: only our own pages, only by our own name, and nothing fetched from elsewhere."""

import asyncio
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from dashboards.service.guard import Guard, Receive, Scope, Send

HOST = "127.0.0.1:8765"
Message = MutableMapping[str, Any]


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer everything, as Solara does."""
    del receive
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"page"})


def asked(
    folder: Path,
    path: str = "/",
    *,
    host: str = HOST,
    origin: str | None = None,
    kind: str = "http",
    method: str = "GET",
    any_address: bool = False,
) -> list[Message]:
    """Return what a request is answered with."""
    sent: list[Message] = []
    headers = [(b"host", host.encode())]
    headers += [] if origin is None else [(b"origin", origin.encode())]
    scope = {"type": kind, "path": path, "method": method, "headers": headers}

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    names = ("localhost", "127.0.0.1", "::1")
    guard = Guard(pages, names=names, assets=folder, any_address=any_address)
    asyncio.run(guard(scope, receive, send))
    return sent


@pytest.mark.parametrize("host", [HOST, "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_it_answers_to_its_own_names(host: str, tmp_path: Path) -> None:
    assert asked(tmp_path, host=host)[0]["status"] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7:80", "", "["]
)
def test_it_answers_to_no_other_name(host: str, tmp_path: Path) -> None:
    assert asked(tmp_path, host=host)[0]["status"] == 421


def test_on_a_network_it_answers_to_addresses_but_not_to_names(tmp_path: Path) -> None:
    assert asked(tmp_path, host="192.0.2.7:8765", any_address=True)[0]["status"] == 200
    assert asked(tmp_path, host="evil.example", any_address=True)[0]["status"] == 421


def test_a_page_of_its_own_may_open_a_websocket(tmp_path: Path) -> None:
    sent = asked(tmp_path, kind="websocket", origin=f"http://{HOST}")

    assert sent[0]["type"] == "websocket.accept"


@pytest.mark.parametrize("origin", [None, "http://evil.example", "http://127.0.0.1:1", "null"])
def test_no_other_page_may_open_a_websocket(origin: str | None, tmp_path: Path) -> None:
    sent = asked(tmp_path, kind="websocket", origin=origin)

    assert [message["type"] for message in sent] == ["websocket.close"]


def test_no_other_page_may_post(tmp_path: Path) -> None:
    path = "/_solara/api/close/1"

    assert asked(tmp_path, path, method="POST", origin="http://evil.example")[0]["status"] == 403
    assert asked(tmp_path, path, method="POST", origin=f"http://{HOST}")[0]["status"] == 200


def test_a_file_that_is_not_on_disk_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "a@1.0.0").mkdir()
    (tmp_path / "a@1.0.0" / "x.js").write_text("x", "utf-8")

    assert asked(tmp_path, "/_solara/cdn/a@1.0.0/x.js")[0]["status"] == 200
    assert asked(tmp_path, "/_solara/cdn/a@1.0.0/y.js")[0]["status"] == 404
    assert asked(tmp_path, "/_solara/cdn/../secret")[0]["status"] == 404


def test_it_tells_nobody_how_it_is_doing(tmp_path: Path) -> None:
    assert asked(tmp_path, "/resourcez")[0]["status"] == 404


def test_every_page_carries_a_policy_that_names_no_other_site(tmp_path: Path) -> None:
    headers = dict(asked(tmp_path)[0]["headers"])
    policy = headers[b"content-security-policy"].decode()

    assert f"ws://{HOST}" in policy
    assert "http" not in policy.replace(f"ws://{HOST}", "")
    assert "default-src 'self'" in policy
