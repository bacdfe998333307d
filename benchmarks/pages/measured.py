"""What is measured in a browser: bytes that pass, and a row of the table."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page


class Traffic:
    """Bytes that a page sent and got, over HTTP (packed, as they came) and the socket."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.on("Network.webSocketFrameSent", self._framed)

    def _loaded(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _framed(self, event: dict[str, dict[str, str]]) -> None:
        self.bytes += len(event["response"]["payloadData"])


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table: what, what was found, with the numbers that have an aim."""

    what: str
    found: str
    aim: str
    numbers: tuple[float, ...]
    aims: tuple[float, ...]

    @property
    def is_met(self) -> bool:
        """Whether every number is at most its aim."""
        return all(number <= aim for number, aim in zip(self.numbers, self.aims, strict=True))
