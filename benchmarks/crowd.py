"""A crowd of simulated phones that join a room, listen, and choose, over plain sockets.

Each phone is a little client of its own: it keeps its cookie, listens to the events, and posts with
sequence numbers until a post is answered. Nothing of it is known to the server's code.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SECONDS_TO_ANSWER = 60.0
SECONDS_TO_CALM = 1.0
"""How long a phone waits that is told that its address is too fast: all of these share one."""

OK, SEE_OTHER, TOO_MANY = 200, 303, 429


async def asked(
    address: str, method: str, path: str, sent: str = "", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body of a request on a connection of its own."""
    reader, writer = await connected(address, method, path, sent, **headers)
    try:
        whole = await asyncio.wait_for(reader.read(), SECONDS_TO_ANSWER)
    finally:
        writer.close()
    head, _, body = whole.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    found = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), found, body


async def connected(
    address: str, method: str, path: str, sent: str = "", **headers: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send a request, and return the connection on which the answer comes."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    lines = [f"{method} {path} HTTP/1.1", f"host: {place.netloc}", "connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines.append(f"content-length: {len(sent.encode())}")
    writer.write(("\r\n".join(lines) + "\r\n\r\n" + sent).encode())
    await writer.drain()
    return reader, writer


@dataclass
class Phone:
    """One simulated phone: its cookie, the state that it heard last, and what it chose."""

    address: str
    code: str
    cookie: str = ""
    state: dict[str, object] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)
    sequence: int = 0
    is_over: bool = False
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    _listening: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Come in, and listen from then on."""
        status = TOO_MANY
        while status == TOO_MANY:
            path = f"/z/{self.code}/join"
            status, headers, _ = await asked(self.address, "POST", path, "table=0")
            if status == TOO_MANY:
                await asyncio.sleep(SECONDS_TO_CALM)
        if status != SEE_OTHER:
            raise RuntimeError(f"A phone could not join: {status}")
        self.cookie = headers["set-cookie"].partition(";")[0]
        self.listen()
        await asyncio.wait_for(self.heard.wait(), SECONDS_TO_ANSWER)

    def listen(self) -> None:
        """Open the stream of events."""
        self._listening = asyncio.ensure_future(self._listen())

    def die(self) -> None:
        """Lose the line without a word."""
        if self._listening is not None:
            self._listening.cancel()

    async def _listen(self) -> None:
        path = f"/z/{self.code}/stream"
        reader, writer = await connected(self.address, "GET", path, cookie=self.cookie)
        try:
            name = ""
            while line := (await reader.readline()).decode():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ").strip()
                elif line.startswith("data: ") and name == "state":
                    self.state = json.loads(line.removeprefix("data: "))
                    self.heard.set()
                elif name == "gone":
                    self.is_over = True
        finally:
            writer.close()

    async def post(self, **sent: object) -> int:
        """Post for the phase that was heard last; return the status."""
        self.sequence = max(self.sequence, int(str(self.state["sequence"]))) + 1
        whole = {"at": self.state["at"], "phase": self.state["phase"], "sequence": self.sequence}
        path = f"/z/{self.code}/post"
        status, _, _ = await asked(
            self.address, "POST", path, json.dumps(whole | sent), cookie=self.cookie
        )
        return status

    async def choose(self, lever: str, place: int) -> int:
        """Set a slider, again if the server says that it is too fast; return the status."""
        status = TOO_MANY
        while status == TOO_MANY:
            status = await self.post(places={lever: place})
            if status == TOO_MANY:
                await asyncio.sleep(SECONDS_TO_CALM)
        if status == OK:
            self.chosen[lever] = place
        return status
