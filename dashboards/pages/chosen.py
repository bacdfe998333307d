"""What a visitor chose on a page: read from the address, moved by the browser, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara

MOST_BACK = 50
"""Choices that can be undone."""


@dataclass(frozen=True, kw_only=True)
class Chosen[Choice]:
    """What a visitor chose, how many moves of theirs have been heard, and how to make one.

    `commit` takes what a browser sends, `{name, value, move}`, and ignores what does not fit.
    """

    choice: Choice
    dropped: tuple[str, ...]
    moves: int
    can_undo: bool
    commit: Callable[[Any], None]
    undo: Callable[[Any], None]


@dataclass(frozen=True, kw_only=True)
class Ways[Choice]:
    """How a page reads and changes a choice.

    `read` gives the choice in an address and the parts left out; `changed` the choice after one
    thing was set, None for what does not exist; `before` a choice of before, shown as now.
    Setting what is in `seen_only` is nothing to undo.
    """

    read: Callable[[str | None], tuple[Choice, tuple[str, ...]]]
    changed: Callable[[Choice, str, object], Choice | None]
    before: Callable[[Choice, Choice], Choice]
    seen_only: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Standing[Choice]:
    """What stands, what stood before, and the last move that was heard: told at once.

    A page that has heard of a move must no longer show the question before it.
    """

    choice: Choice
    past: tuple[Choice, ...] = ()
    moves: int = 0


def use_choice[Choice](ways: Ways[Choice]) -> Chosen[Choice]:
    """Return what the address says, and from then on what the visitor does."""
    address = solara.use_router().search
    start, dropped = solara.use_memo(lambda: ways.read(address), [])
    stands = solara.use_reactive(_Standing(choice=start))

    def heard(event: Any) -> int:  # noqa: ANN401 - whatever a browser sends
        move, moves = event.get("move") if isinstance(event, dict) else None, stands.value.moves
        return max(moves, move) if isinstance(move, int) else moves

    def commit(event: Any) -> None:  # noqa: ANN401
        now, found = stands.value, None
        if isinstance(event, dict):
            found = ways.changed(now.choice, str(event.get("name")), event.get("value"))
        choice, past = now.choice if found is None else found, now.past
        if choice != now.choice and str(event.get("name")) not in ways.seen_only:
            past = (*past, now.choice)[-MOST_BACK:]
        stands.set(_Standing(choice=choice, past=past, moves=heard(event)))

    def undo(event: Any) -> None:  # noqa: ANN401
        now = stands.value
        choice, past = now.choice, now.past
        if past:
            choice, past = ways.before(choice, past[-1]), past[:-1]
        stands.set(_Standing(choice=choice, past=past, moves=heard(event)))

    return Chosen(
        choice=stands.value.choice,
        dropped=dropped,
        moves=stands.value.moves,
        can_undo=bool(stands.value.past),
        commit=commit,
        undo=undo,
    )
