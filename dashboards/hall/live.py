"""Rooms that are being looked at: who hears of a change, and when.

Every event holds the whole state, so one that is lost costs nothing. Between events a beat says
that the line is there.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress

from dashboards.hall.asking import Asking
from dashboards.hall.posed import question
from dashboards.hall.room import COUNTED, Room
from dashboards.hall.rooms import Rooms
from dashboards.service.answering import Answering
from model.policy.scenario import Scenario
from scenarios.asking.question import Question

BEAT_SECONDS = 8.0
GATHER_SECONDS = 0.25
"""Changes within this time are sent together."""

MOST_STREAMS = 4
"""Open pages of one phone."""


class Bell:
    """Wakes all who wait, at once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def next(self) -> asyncio.Event:
        """Return what the next ring sets; take it before looking, so that nothing is missed."""
        return self._event

    def ring(self) -> None:
        """Wake all who wait."""
        rung, self._event = self._event, asyncio.Event()
        rung.set()


class Live:
    """A room with who looks at it, what it asks of the model, and its address on the screen."""

    def __init__(self, room: Room, answering: Answering, scenarios: Mapping[str, Scenario]) -> None:
        self.room = room
        self.phones, self.screens = Bell(), Bell()
        self.asking = Asking(answering, f"hall-{room.code}", self._answered)
        self.streams: Counter[str] = Counter()
        self.address = 0
        self._scenarios = scenarios

    def moved(self) -> None:
        """Tell everybody that the room moved; ask the model for what is frozen."""
        if self.room.phase in COUNTED:
            self.asking.ask([one for one in self.questions() if one is not None])
        else:
            self.asking.stop()
        self.phones.ring()
        self.screens.ring()

    def questions(self, at: int | None = None) -> list[Question | None]:
        """Return what is asked of a round: the group's settings, then those of each cluster."""
        place = self.room.at if at is None else at
        counted = self.room.tally(place)
        if counted is None:
            return []
        asked = self.room.rounds[place].asked
        settings = [counted.group, *(one.places for one in counted.clusters)]
        return [question(asked, places, self._scenarios) for places in settings]

    def _answered(self) -> None:
        self.phones.ring()
        self.screens.ring()


class Lives:
    """The rooms of a server as they are looked at."""

    def __init__(
        self, rooms: Rooms, answering: Answering, scenarios: Mapping[str, Scenario]
    ) -> None:
        self.rooms, self.scenarios = rooms, scenarios
        self.has_been_reached = False
        self._answering = answering
        self._lives: dict[str, Live] = {}

    def open(self) -> Live:
        """Open a room. Raises Refused when there are too many."""
        room = self.rooms.open()
        self._forget()
        live = self._lives[room.code] = Live(room, self._answering, self.scenarios)
        return live

    def find(self, code: str) -> Live | None:
        """Return the room with a code, if it is open."""
        room = self.rooms.find(code)
        if room is None:
            self._forget()
            return None
        return self._lives.get(room.code)

    def end(self, live: Live) -> None:
        """Close a room; everybody in it hears so."""
        self.rooms.end(live.room)
        live.phones.ring()
        live.screens.ring()
        self._forget()

    def is_open(self, live: Live) -> bool:
        """Return whether a room is still there."""
        is_there = self.rooms.find(live.room.code) is live.room
        if not is_there:
            self._forget()
        return is_there

    def _forget(self) -> None:
        """Let go of rooms that ended, or whose time has passed."""
        known = set(self.rooms)
        for code, live in list(self._lives.items()):
            if live.room not in known:
                live.asking.stop()
                del self._lives[code]


async def events(
    state: Callable[[], str], bell: Bell, is_open: Callable[[], bool]
) -> AsyncIterator[str]:
    """Yield server-sent events: the state whenever it changed, a beat otherwise, the end."""
    last = ""
    while is_open():
        rung, now = bell.next(), state()
        yield f"event: state\ndata: {now}\n\n" if now != last else "event: beat\ndata: -\n\n"
        last = now
        with suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), BEAT_SECONDS)
            await asyncio.sleep(GATHER_SECONDS)
    yield "event: gone\ndata: -\n\n"
