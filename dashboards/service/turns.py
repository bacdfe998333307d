"""Whose chunk comes next, when many sessions ask: fair, and without a thread or a clock.

Chunks go round the sessions, one at a time each. A preview goes before a refinement, full size only
when nobody waits for either, and what nobody waits for last of all; these two never take the last
worker, so that a preview need not wait for them. Who asks the same shares one chunk. A session that
is away costs nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from enum import IntEnum

MOST_SESSIONS = 60
"""Sessions that may wait at once; whoever comes next hears that it is full."""


class Rank(IntEnum):
    """What goes before what."""

    PREVIEW = 0
    REFINEMENT = 1
    FULL_SIZE = 2
    WHEN_IDLE = 3


class Turns[Key: Hashable]:
    """What sessions want, one question each, and what is being worked at.

    `rank_of` gives the rank of the next chunk of a question, None when it is answered.
    """

    def __init__(
        self,
        rank_of: Callable[[Key], Rank | None],
        *,
        workers: int,
        most_sessions: int = MOST_SESSIONS,
    ) -> None:
        self._rank_of = rank_of
        self._most = most_sessions
        self._most_long = max(1, workers - 1)
        self._wants: OrderedDict[str, Key] = OrderedDict()
        self._away: set[str] = set()
        self._busy: dict[Key, Rank] = {}

    def want(self, session: str, key: Key) -> bool:
        """Note what a session wants from now on, and nothing else; return whether there is room.

        A session that asks again keeps its place in the round.
        """
        others = [one for one in self._waiting() if one != session and self._is_pressed(one)]
        if self._rank_of(key) is not None and len(others) >= self._most:
            self._wants.pop(session, None)
            return False
        self._wants[session] = key
        return True

    def leave(self, session: str) -> None:
        """Let a session go for good."""
        self._wants.pop(session, None)
        self._away.discard(session)

    def away(self, session: str) -> None:
        """Let a session wait, whose browser is gone; it may come back."""
        self._away.add(session)

    def back(self, session: str) -> None:
        """Take a session up again where it was."""
        self._away.discard(session)

    def take(self, beside: Iterable[Key] = ()) -> Key | None:
        """Return the question whose next chunk is to be lived now; None when there is none.

        `beside` are questions that need no session to want them. They go before what is worked out
        when nobody waits, and after all else.
        """
        found: tuple[Rank, Key] | None = None
        long = sum(rank >= Rank.FULL_SIZE for rank in self._busy.values())
        for session in self._waiting():
            key = self._wants[session]
            rank = self._rank_of(key)
            if key in self._busy or rank is None:
                continue
            if rank >= Rank.FULL_SIZE and long >= self._most_long:
                continue
            if found is None or rank < found[0]:
                found = (rank, key)
        if (found is None or found[0] is Rank.WHEN_IDLE) and long < self._most_long:
            free = next((key for key in beside if key not in self._busy), None)
            found = found if free is None else (Rank.WHEN_IDLE, free)
        if found is None:
            return None
        rank, key = found
        self._busy[key] = rank
        for session in [one for one, wanted in self._wants.items() if wanted == key]:
            self._wants.move_to_end(session)
        return key

    def done(self, key: Key) -> None:
        """Note that a chunk was lived, or stopped."""
        self._busy.pop(key, None)

    def is_wanted(self, key: Key) -> bool:
        """Return whether anybody who is there wants a question."""
        return any(
            wanted == key and session not in self._away for session, wanted in self._wants.items()
        )

    def holds(self, key: Key) -> bool:
        """Return whether anybody, there or away, wants a question, or it is being worked at."""
        return key in self._busy or key in self._wants.values()

    def _is_pressed(self, session: str) -> bool:
        """Return whether a session waits for an answer, not for what is worked out when idle."""
        rank = self._rank_of(self._wants[session])
        return rank is not None and rank is not Rank.WHEN_IDLE

    def _waiting(self) -> list[str]:
        """Return the sessions that are there and wait for something, in the order of the round."""
        return [
            session
            for session, key in self._wants.items()
            if session not in self._away and self._rank_of(key) is not None
        ]
