"""A room: who is in it, which phase it is in, what was guessed and set. It knows no network.

Only the host moves it. A post of a phone says for which round and phase it is, and which post of
this phone; the same post twice counts once, and one that comes too late is refused. No clock of a
phone is ever read. Everything lives in memory and is gone when the room is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from dashboards.hall.asked import STEPS, Asked
from dashboards.hall.tally import Choice, Tally, tally

MOST_PHONES = 200
SECONDS = 4 * 3600.0
"""How long a room lives at most."""

TABLES = 8
LONGEST_NAME = 20
MADE_UP = 24
"""Participants of a rehearsal."""

MADE_UP_SILENT = 0.15
"""Part of them that leaves a slider alone."""


class Phase(StrEnum):
    """What a room is doing."""

    LOBBY = "lobby"
    GUESS = "guess"
    SET = "set"
    FREEZE = "freeze"
    REVEAL = "reveal"
    TALK = "talk"


ROUND = (Phase.GUESS, Phase.SET, Phase.FREEZE, Phase.REVEAL, Phase.TALK)
COUNTED = frozenset({Phase.FREEZE, Phase.REVEAL, Phase.TALK})
"""Phases in which nothing of a round changes any more."""


class Why(StrEnum):
    """Why a room refuses."""

    UNKNOWN = "unknown"
    PASSED = "passed"
    FULL = "full"
    WRONG = "wrong"
    UNPLANNED = "unplanned"


class Refused(Exception):  # noqa: N818 - that is what it says
    """A room does not do what it is asked, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(kw_only=True)
class Phone:
    """A participant: a name if they gave one, a table (0: none), and the last post that counted."""

    name: str = ""
    table: int = 0
    made_up: bool = False
    last: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Post:
    """What a phone sends: a guess, or the sliders that moved since the last post that arrived."""

    at: int
    phase: Phase
    sequence: int
    guess: int | None = None
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(kw_only=True)
class Round:
    """What was asked, guessed and set; `kept` is the count of a round from a saved file."""

    asked: Asked
    guesses: dict[str, int] = field(default_factory=dict)
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    kept: Tally | None = None


class Room:
    """A room with its code, the host's key, and the second in which it was opened."""

    def __init__(self, code: str, key: str, now: float) -> None:
        self.code, self.key, self.ends = code, key, now + SECONDS
        self.phase = Phase.LOBBY
        self.at = -1
        self.rounds: list[Round] = []
        self.phones: dict[str, Phone] = {}
        self.planned: Asked | None = None
        self.hidden = False
        self.names_shown = False
        self.rehearsing = False
        self.moves = 0

    @property
    def round(self) -> Round | None:
        """The round that the room is in; None in the lobby."""
        return self.rounds[self.at] if self.at >= 0 else None

    def join(self, token: str, name: str, table: int) -> Phone:
        """Let a phone in, or let one that is in change its name or table. Raises Refused."""
        if len(name) > LONGEST_NAME or not name.isprintable() or not 0 <= table <= TABLES:
            raise Refused(Why.WRONG)
        phone = self.phones.get(token)
        if phone is None:
            if sum(not one.made_up for one in self.phones.values()) >= MOST_PHONES:
                raise Refused(Why.FULL)
            phone = self.phones[token] = Phone()
        phone.name, phone.table = name.strip(), table
        return phone

    def post(self, token: str, post: Post) -> bool:
        """Count a post and return whether it was new; raises Refused for one that cannot be."""
        phone, current = self.phones.get(token), self.round
        if phone is None:
            raise Refused(Why.UNKNOWN)
        if current is None or (post.at, post.phase) != (self.at, self.phase):
            raise Refused(Why.PASSED)
        if not self._fits(post, current.asked):
            raise Refused(Why.WRONG)
        if post.sequence <= phone.last.get(self.at, 0):
            return False
        phone.last[self.at] = post.sequence
        if post.guess is not None:
            current.guesses[token] = post.guess
        if post.places:
            current.places.setdefault(self._voice(token), {}).update(post.places)
        return True

    def _fits(self, post: Post, asked: Asked) -> bool:
        if self.phase is Phase.GUESS:
            return post.guess is not None and abs(post.guess) <= STEPS and not post.places
        if self.phase is not Phase.SET or post.guess is not None or not post.places:
            return False
        sliders = {name: asked.slider(name) for name in post.places}
        return all(
            one is not None and 0 <= post.places[name] < one.places for name, one in sliders.items()
        )

    def _voice(self, token: str) -> str:
        """Return under which name choices of a phone are kept: its own, or that of its table."""
        table = self.phones[token].table
        by_table = self.round is not None and self.round.asked.by_table
        return f"table {table}" if by_table and table else token

    def places(self, token: str) -> Mapping[str, int]:
        """Return where the sliders stand that a phone, or somebody at its table, touched."""
        return {} if self.round is None else self.round.places.get(self._voice(token), {})

    def guess(self, token: str) -> int | None:
        """Return what a phone guessed."""
        return None if self.round is None else self.round.guesses.get(token)

    def tally(self, at: int | None = None) -> Tally | None:
        """Return the count of a round, without an index of this one; None in the lobby."""
        place = self.at if at is None else at
        if place < 0:
            return None
        found = self.rounds[place]
        if found.kept is not None:
            return found.kept
        people = Counter(f"table {one.table}" for one in self.phones.values())
        choices = [
            Choice(places=places, people=people.get(voice, 1))
            for voice, places in found.places.items()
        ]
        return tally(found.asked, list(found.guesses.values()), choices)

    def plan(self, asked: Asked) -> None:
        """Say what the next round asks."""
        self.planned = asked
        self.moves += 1

    def forward(self, seen: int) -> None:
        """Go to the next phase, or to the next round; raises Refused if somebody moved before.

        `seen` is `moves` as the host saw it, so that pressing twice moves once.
        """
        self._checked(seen)
        if self.phase in {Phase.LOBBY, Phase.TALK}:
            if self.planned is None:
                raise Refused(Why.UNPLANNED)
            following = self.rounds[self.at + 1 : self.at + 2]
            if not (following and following[0].asked == self.planned):
                self._forget_from(self.at + 1)
                self.rounds[self.at + 1 :] = [Round(asked=self.planned)]
            self.at += 1
            self.phase = Phase.GUESS
        else:
            self.phase = ROUND[ROUND.index(self.phase) + 1]
        self.hidden = False
        self._rehearse()

    def back(self, seen: int) -> None:
        """Go one step back; what was guessed and set stays. Raises Refused in the lobby."""
        self._checked(seen)
        if self.phase is Phase.LOBBY:
            raise Refused(Why.PASSED)
        if self.phase is Phase.GUESS:
            self.at -= 1
            self.phase = Phase.TALK if self.at >= 0 else Phase.LOBBY
        else:
            self.phase = ROUND[ROUND.index(self.phase) - 1]
            current = self.rounds[self.at]
            if self.phase not in COUNTED and current.kept is not None:
                # Of a saved round only the count is there: it is guessed and set anew.
                current.kept = None

    def _checked(self, seen: int) -> None:
        if seen != self.moves:
            raise Refused(Why.PASSED)
        self.moves += 1

    def _forget_from(self, place: int) -> None:
        for phone in self.phones.values():
            phone.last = {at: last for at, last in phone.last.items() if at < place}

    def rehearse(self, *, wanted: bool) -> None:
        """Begin or end a rehearsal with made-up participants: the room is as new after both.

        Real phones stay. Raises Refused when one would begin outside the lobby.
        """
        if wanted == self.rehearsing or (wanted and self.phase is not Phase.LOBBY):
            raise Refused(Why.PASSED)
        self.phones = {token: one for token, one in self.phones.items() if not one.made_up}
        self._forget_from(0)
        self.rounds, self.at, self.phase = [], -1, Phase.LOBBY
        self.rehearsing = wanted
        self.moves += 1
        if wanted:
            for k in range(MADE_UP):
                self.phones[f"made up {k}"] = Phone(table=1 + k % TABLES, made_up=True)

    def _rehearse(self) -> None:
        """Let made-up participants guess or set; the same room does the same every time."""
        current = self.round
        if current is None or self.phase not in {Phase.GUESS, Phase.SET}:
            return
        for token in [token for token, one in self.phones.items() if one.made_up]:
            luck = Random(f"{self.code} {self.at} {self.phase} {token}")  # noqa: S311 - no secret
            if self.phase is Phase.GUESS:
                guess = round(luck.triangular(-STEPS, STEPS, -1))
                current.guesses.setdefault(token, guess)
                continue
            # Two minds: most would do much, some little.
            mode = 0.8 if luck.random() < 0.7 else 0.1  # noqa: PLR2004
            for one in current.asked.sliders:
                if luck.random() >= MADE_UP_SILENT:
                    place = round(luck.triangular(0, one.places - 1, mode * (one.places - 1)))
                    current.places.setdefault(self._voice(token), {}).setdefault(one.name, place)
