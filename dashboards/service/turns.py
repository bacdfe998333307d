"""Whose chunk comes next, when many sessions ask: fair, and without a thread or a clock.

Chunks go round the sessions, one at a time each; only of a preview a worker that would be idle
lives the next one beside it. A preview goes before a refinement and that before full size; what
nobody waits for comes last, when it has been quiet. One worker is for previews alone, so that none
waits for the end of another chunk, and full size leaves one to refinements where there are three.
Who asks the same shares one chunk. A session that is away costs nothing.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable
from enum import IntEnum

MOST_SESSIONS = 60
"""Sessions that may wait at once; whoever comes next hears that it is full."""


class Rank(IntEnum):
    """What goes before what."""

    PREVIEW = 0
    REFINEMENT = 1
    FULL_SIZE = 2
    WHEN_QUIET = 3


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
        self._most_beside = max(1, workers - 1)
        self._most_alike = max(1, workers - 2)
        self._wants: OrderedDict[str, Key] = OrderedDict()
        self._away: set[str] = set()
        self._at_work: Counter[Key] = Counter()
        self._ranks: dict[Key, Rank] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being worked at."""
        return not self._ranks

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

    def take(self, idle: Iterable[Key] = (), *, is_quiet: bool = True) -> Key | None:
        """Return the question whose next chunk is to be lived now; None when there is none.

        `idle` are questions that need no session to want them. They go before what is worked out
        when nobody waits, and after all else. What nobody waits for is only given when it is quiet.
        """
        found: tuple[Rank, int, Key] | None = None
        for session in self._waiting():
            key = self._wants[session]
            rank, beside = self._rank_of(key), self._at_work[key]
            if rank is None or (beside and rank is not Rank.PREVIEW):
                continue
            if not self._has_worker(rank) or (rank is Rank.WHEN_QUIET and not is_quiet):
                continue
            if found is None or (rank, beside) < found[:2]:
                found = (rank, beside, key)
        is_free = found is None or found[0] is Rank.WHEN_QUIET
        if is_free and self._has_worker(Rank.WHEN_QUIET):
            free = next((key for key in idle if key not in self._ranks), None)
            found = found if free is None else (Rank.WHEN_QUIET, 0, free)
        if found is None:
            return None
        rank, _, key = found
        self._at_work[key] += 1
        self._ranks[key] = rank
        for session in [one for one, wanted in self._wants.items() if wanted == key]:
            self._wants.move_to_end(session)
        return key

    def _has_worker(self, rank: Rank) -> bool:
        """Whether a chunk of a rank leaves the workers free that are for others."""
        at_work = [one for key, one in self._ranks.items() for _ in range(self._at_work[key])]
        previews = at_work.count(Rank.PREVIEW)
        if rank is Rank.PREVIEW:
            return previews < self._most_beside
        refined = at_work.count(Rank.REFINEMENT)
        alike = refined if rank is Rank.REFINEMENT else len(at_work) - previews - refined
        return len(at_work) - previews < self._most_beside and alike < self._most_alike

    def done(self, key: Key) -> None:
        """Note that a chunk was lived, or stopped."""
        self._at_work[key] -= 1
        if not self._at_work[key]:
            del self._at_work[key]
            self._ranks.pop(key, None)

    def is_wanted(self, key: Key) -> bool:
        """Return whether anybody who is there wants a question."""
        return any(
            wanted == key and session not in self._away for session, wanted in self._wants.items()
        )

    def holds(self, key: Key) -> bool:
        """Return whether anybody, there or away, wants a question, or it is being worked at."""
        return key in self._ranks or key in self._wants.values()

    def _is_pressed(self, session: str) -> bool:
        """Return whether a session waits for an answer, not for what is worked out when idle."""
        rank = self._rank_of(self._wants[session])
        return rank is not None and rank is not Rank.WHEN_QUIET

    def _waiting(self) -> list[str]:
        """Return the sessions that are there and wait for something, in the order of the round."""
        return [
            session
            for session, key in self._wants.items()
            if session not in self._away and self._rank_of(key) is not None
        ]
