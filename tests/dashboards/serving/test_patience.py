"""Patience: a connection that says nothing, or half a request, is closed. The clock is a stub."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from unittest.mock import MagicMock

import uvicorn
from uvicorn.server import ServerState

from dashboards.serving.patience import SECONDS_FOR_REQUEST, Patience


class Loop:
    """Remembers who wants to be called later."""

    def __init__(self) -> None:
        self.later: list[tuple[float, Callable[[], None], MagicMock]] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> MagicMock:
        """Note a call."""
        handle = MagicMock()
        self.later.append((seconds, call, handle))
        return handle

    def create_task(self, work: Coroutine[object, object, object]) -> MagicMock:
        """Take no work."""
        work.close()
        return MagicMock()

    def passes(self) -> None:
        """Let the time of all calls come that were not taken back."""
        for _, call, handle in self.later:
            if not handle.cancel.called:
                call()


def connected() -> tuple[Patience, Loop, MagicMock]:
    config = uvicorn.Config(MagicMock(), interface="asgi3", http=Patience, log_config=None)
    config.load()
    loop, transport = Loop(), MagicMock()
    transport.is_closing.return_value = False
    transport.get_extra_info.return_value = None
    protocol = Patience(config, ServerState(), {}, loop)  # type: ignore[arg-type]
    protocol.connection_made(transport)
    return protocol, loop, transport


def test_who_says_nothing_is_not_waited_for() -> None:
    _, loop, transport = connected()
    assert [seconds for seconds, *_ in loop.later] == [SECONDS_FOR_REQUEST]
    loop.passes()

    assert transport.close.called


def test_half_a_request_is_not_waited_for_longer_because_more_drips_in() -> None:
    protocol, loop, transport = connected()
    for part in (b"GET / HTTP/1.1\r\n", b"host: x\r\n", b"a: b\r\n"):
        protocol.data_received(part)
    assert len(loop.later) == 1
    loop.passes()

    assert transport.close.called


def test_a_whole_request_may_take_its_time_to_be_answered() -> None:
    protocol, loop, transport = connected()
    protocol.data_received(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    loop.passes()

    assert not transport.close.called


def test_a_connection_that_is_gone_is_forgotten() -> None:
    protocol, loop, transport = connected()
    protocol.connection_lost(None)
    transport.close.reset_mock()
    loop.passes()

    assert not transport.close.called
