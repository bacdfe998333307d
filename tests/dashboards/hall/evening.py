"""What a host and phones do, for tests that ask the app directly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

from dashboards.hall.live import Live
from dashboards.hall.room import Phase
from tests.dashboards.hall.conftest import QUESTION, Answer, Browser, Hall

LEVER = "housing_decoupled"


def run[Value](made: Coroutine[Any, Any, Value]) -> Value:
    return asyncio.run(made)


async def opened(hall: Hall, phase: Phase = Phase.LOBBY) -> tuple[Browser, Live]:
    """Return a host and the room that it opened, in a phase of the first round."""
    host = hall.browser("127.0.0.1")
    answer = await host.form("/zaal")
    live = hall.lives.find(answer.headers["location"].rpartition("/")[2])
    assert live is not None
    await do(host, live, **QUESTION)
    while live.room.phase is not phase:
        await do(host, live, do="forward", seen=live.room.moves)
    return host, live


async def do(host: Browser, live: Live, **fields: object) -> Answer:
    return await host.form(f"/zaal/{live.room.code}/do", **fields)


async def joined(hall: Hall, live: Live, n: int = 1, **fields: object) -> list[Browser]:
    """Return phones that joined, each at an address of its own."""
    phones = [hall.browser(f"192.0.2.{100 + k}") for k in range(n)]
    for phone in phones:
        assert (await phone.form(f"/z/{live.room.code}/join", **fields)).status == 303
    return phones


async def post(phone: Browser, live: Live, sequence: int = 1, **sent: object) -> Answer:
    room = live.room
    whole = {"at": room.at, "phase": room.phase, "sequence": sequence} | sent
    return await phone.ask("POST", f"/z/{room.code}/post", json.dumps(whole).encode())
