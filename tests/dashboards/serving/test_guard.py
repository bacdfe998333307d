"""The guard: only our own pages, only by our own name, and nothing fetched from elsewhere."""

import asyncio
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from dashboards.serving.guard import App, Guard, Receive, Scope, Send

HOST = "127.0.0.1:8765"
SOCKET = "/jupyter/api/kernels/0a-1b/channels"
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
    query: bytes = b"session_id=a1",
    more: tuple[tuple[bytes, bytes], ...] = (),
    app: App | None = None,
    root_path: str = "",
    body: tuple[Message, ...] = ({"type": "http.request"},),
    guard: Guard | None = None,
) -> list[Message]:
    """Return what a request is answered with."""
    sent: list[Message] = []
    headers = [(b"host", host.encode())]
    headers += [] if origin is None else [(b"origin", origin.encode())]
    headers += more
    scope = {
        "type": kind,
        "path": path,
        "method": method,
        "headers": headers,
        "query_string": query,
    }
    waiting = list(body)

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    names = ("localhost", "127.0.0.1", "::1")
    guard = guard or Guard(
        app or pages, names=names, assets=folder, any_address=any_address, root_path=root_path
    )
    asyncio.run(guard(scope, receive, send))
    return sent


@pytest.mark.parametrize("host", [HOST, "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_it_answers_to_its_own_names(host: str, tmp_path: Path) -> None:
    assert asked(tmp_path, host=host)[0]["status"] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "192.0.2.7:80", "", "[", "evil@127.0.0.1:8765"],
)
def test_it_answers_to_no_other_name(host: str, tmp_path: Path) -> None:
    assert asked(tmp_path, host=host)[0]["status"] == 421


def test_on_a_network_it_answers_to_addresses_but_not_to_names(tmp_path: Path) -> None:
    assert asked(tmp_path, host="192.0.2.7:8765", any_address=True)[0]["status"] == 200
    assert asked(tmp_path, host="evil.example", any_address=True)[0]["status"] == 421


def test_a_page_of_its_own_may_open_a_websocket(tmp_path: Path) -> None:
    sent = asked(tmp_path, SOCKET, kind="websocket", origin=f"http://{HOST}")

    assert sent[0]["type"] == "websocket.accept"


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "http://evil.example",
        "http://127.0.0.1:1",
        "null",
        f"file://{HOST}",
        f"chrome-extension://{HOST}",
        "http://[",
    ],
)
def test_no_other_page_may_open_a_websocket(origin: str | None, tmp_path: Path) -> None:
    sent = asked(tmp_path, SOCKET, kind="websocket", origin=origin)

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


def test_refusals_carry_the_same_headers(tmp_path: Path) -> None:
    for path in ("/", "/resourcez"):
        names = {name for name, _ in asked(tmp_path, path)[0]["headers"]}
        assert {
            b"content-security-policy",
            b"permissions-policy",
            b"cross-origin-opener-policy",
            b"x-frame-options",
        } <= names


def test_a_name_that_no_file_can_have_is_not_found(tmp_path: Path) -> None:
    assert asked(tmp_path, "/_solara/cdn/" + "a" * 5000)[0]["status"] == 404
    assert asked(tmp_path, "/_solara/cdn/a\0b")[0]["status"] == 404


def test_nobody_closes_a_page_without_naming_it(tmp_path: Path) -> None:
    path = "/_solara/api/close/1"

    assert asked(tmp_path, path, method="POST", query=b"")[0]["status"] == 400
    assert asked(tmp_path, path, method="POST", query=b"session_id=%00")[0]["status"] == 400
    assert asked(tmp_path, path, method="POST")[0]["status"] == 200


@pytest.mark.parametrize("path", ["/jupyter/api/kernels/1/shell", "/jupyter/api/kernels//channels"])
def test_a_socket_is_of_a_page(path: str, tmp_path: Path) -> None:
    sent = asked(tmp_path, path, kind="websocket", origin=f"http://{HOST}")
    assert sent[0]["type"] == "websocket.close"
    sent = asked(tmp_path, SOCKET, kind="websocket", origin=f"http://{HOST}", query=b"")
    assert sent[0]["type"] == "websocket.close"


def test_no_request_says_where_the_pages_live(tmp_path: Path) -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await pages(scope, receive, send)

    more = ((b"X-Script-Name", b"/broken"), (b"script-name", b"/x"), (b"accept", b"*/*"))
    asked(tmp_path, "/demo/static/a.js", more=more, app=app, root_path="/demo")
    asked(tmp_path, "/demo", app=app, root_path="/demo")
    asked(tmp_path, "/demonstration", app=app, root_path="/demo")

    assert [scope["path"] for scope in seen] == ["/static/a.js", "/", "/demonstration"]
    assert {name for name, _ in seen[0]["headers"]} == {b"host", b"accept"}


def test_a_body_that_is_too_large_is_cut_off(tmp_path: Path) -> None:
    got: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        got.extend([await receive(), await receive()])
        await pages(scope, receive, send)

    part = {"type": "http.request", "body": b"x" * 40_000, "more_body": True}
    asked(tmp_path, method="POST", app=app, body=(part, part))

    assert [message["type"] for message in got] == ["http.request", "http.disconnect"]


def test_a_fault_is_told_and_the_server_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del receive, send
        raise KeyError(scope["path"])

    assert asked(tmp_path, app=app)[0]["status"] == 500
    asked(tmp_path, SOCKET, kind="websocket", origin=f"http://{HOST}", app=app)
    assert [record.getMessage() for record in caplog.records] == [
        "A request could not be answered",
        "A page could not go on",
    ]


class Pages:
    """Hears which pages have a browser."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def back(self, session: str) -> None:
        """Hear that a page has one."""
        self.heard.append(f"{session} is there")

    def away(self, session: str) -> None:
        """Hear that a page has none."""
        self.heard.append(f"{session} is gone")


def test_who_listens_hears_of_browsers_that_come_and_go(tmp_path: Path) -> None:
    heard = Pages()
    guard = Guard(pages, names=("127.0.0.1",), assets=tmp_path, listener=heard)
    asked(tmp_path, SOCKET, kind="websocket", origin=f"http://{HOST}", guard=guard)

    assert heard.heard == ["0a-1b is there", "0a-1b is gone"]


def test_when_there_are_too_many_pages_that_is_said(tmp_path: Path) -> None:
    guard = Guard(pages, names=("127.0.0.1",), assets=tmp_path, kernels=lambda: 1000)

    sent = asked(tmp_path, guard=guard)
    assert sent[0]["status"] == 503
    assert b"vol" in sent[1]["body"]
    sent = asked(tmp_path, SOCKET, kind="websocket", origin=f"http://{HOST}", guard=guard)
    assert sent[0]["type"] == "websocket.close"


def test_a_socket_that_sends_nonsense_is_closed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, send
        got.append(await receive())

    bomb = {"type": "websocket.receive", "bytes": b"\x60\x00\x00\x00" + b"x" * 6}
    asked(tmp_path, SOCKET, kind="websocket", origin=f"http://{HOST}", app=app, body=(bomb,))

    assert got == [{"type": "websocket.disconnect", "code": 1008}]
    assert "promises more parts" in caplog.text
