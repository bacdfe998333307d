"""The opening: "loading" from the first moment, then the pages, and a fault that is heard of."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, MutableMapping
from typing import Any

from dashboards.serving.guard import App, Receive, Scope, Send
from dashboards.serving.opening import Opening
from model.kernel.compile import tell

Message = MutableMapping[str, Any]
SOON = 10


class Pages:
    """The pages, once they are made: they begin, answer and end."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an ASGI app."""
        if scope["type"] != "lifespan":
            await send({"type": "http.response.start", "status": 200})
            return
        for kind in ("startup", "shutdown"):
            assert (await receive())["type"] == f"lifespan.{kind}"
            self.heard.append(kind)
            await send({"type": f"lifespan.{kind}.complete"})


class Server:
    """Drives an opening as uvicorn does."""

    def __init__(self, make: Callable[[], App]) -> None:
        self.ready, self.fault = asyncio.Event(), asyncio.Event()
        self.faults: list[BaseException] = []
        self.opening = Opening(make, ready=self.ready.set, failed=self._failed)
        self._in: asyncio.Queue[Message] = asyncio.Queue()
        self._out: asyncio.Queue[Message] = asyncio.Queue()
        self._life = asyncio.ensure_future(
            self.opening({"type": "lifespan"}, self._in.get, self._out.put)
        )

    def _failed(self, error: BaseException) -> None:
        self.faults.append(error)
        self.fault.set()

    async def start(self) -> None:
        """Begin; it does not wait for what is slow."""
        await self._in.put({"type": "lifespan.startup"})
        assert (await self._out.get())["type"] == "lifespan.startup.complete"

    async def stop(self) -> None:
        """End."""
        await self._in.put({"type": "lifespan.shutdown"})
        assert (await self._out.get())["type"] == "lifespan.shutdown.complete"
        await self._life

    async def asks(self, kind: str = "http") -> list[Message]:
        """Return what a request is answered with."""
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        await self.opening({"type": kind, "path": "/", "headers": []}, self._in.get, send)
        return sent


def test_it_says_loading_until_the_model_is_ready() -> None:
    async def story() -> None:
        gate, pages = threading.Event(), Pages()

        def make() -> App:
            gate.wait(SOON)
            return pages

        server = Server(make)
        await server.start()
        sent = await server.asks()
        assert sent[0]["status"] == 503
        assert b"Het model wordt geladen" in sent[1]["body"]
        assert (await server.asks("websocket"))[0]["type"] == "websocket.close"
        gate.set()
        await asyncio.wait_for(server.ready.wait(), SOON)
        assert (await server.asks())[0]["status"] == 200
        await server.stop()
        assert pages.heard == ["startup", "shutdown"]

    asyncio.run(story())


def test_it_says_what_is_being_compiled() -> None:
    async def story() -> None:
        gate, told = threading.Event(), threading.Event()

        def make() -> App:
            tell("model.run.engine", 140)
            told.set()
            gate.wait(SOON)
            return Pages()

        server = Server(make)
        await server.start()
        await asyncio.to_thread(told.wait, SOON)
        sent = await server.asks()
        assert sent[0]["status"] == 503
        assert "klaargemaakt: maanden, ongeveer 25%" in sent[1]["body"].decode()
        assert "compiled: months, about 25%" in sent[1]["body"].decode()
        gate.set()
        await asyncio.wait_for(server.ready.wait(), SOON)
        tell("model.outcomes.observe", 140)  # nobody listens any more
        await server.stop()

    asyncio.run(story())


def test_whoever_started_it_hears_of_a_fault() -> None:
    async def story() -> None:
        fault = OSError("no room")

        def make() -> App:
            raise fault

        server = Server(make)
        await server.start()
        await asyncio.wait_for(server.fault.wait(), SOON)
        assert server.faults == [fault]
        assert (await server.asks())[0]["status"] == 503
        await server.stop()

    asyncio.run(story())


def test_it_ends_at_once_while_it_is_loading() -> None:
    async def story() -> None:
        gate = threading.Event()

        def make() -> App:
            gate.wait(SOON)
            return Pages()

        server = Server(make)
        await server.start()
        await server.stop()
        gate.set()

    asyncio.run(story())
