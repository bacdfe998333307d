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


def use_choice[Choice](ways: Ways[Choice]) -> Chosen[Choice]:
    """Return what the address says, and from then on what the visitor does."""
    address = solara.use_router().search
    start, dropped = solara.use_memo(lambda: ways.read(address), [])
    choice = solara.use_reactive(start)
    moves = solara.use_reactive(0)
    nothing: tuple[Choice, ...] = ()
    past = solara.use_reactive(nothing)

    def heard(event: Any) -> None:  # noqa: ANN401 - whatever a browser sends
        move = event.get("move") if isinstance(event, dict) else None
        if isinstance(move, int) and move > moves.value:
            moves.set(move)

    def commit(event: Any) -> None:  # noqa: ANN401
        found = None
        if isinstance(event, dict):
            found = ways.changed(choice.value, str(event.get("name")), event.get("value"))
        if found is not None and found != choice.value:
            if str(event.get("name")) not in ways.seen_only:
                past.set((*past.value, choice.value)[-MOST_BACK:])
            choice.set(found)
        # Only now: a page that has heard of a move must no longer show the question before it.
        heard(event)

    def undo(event: Any) -> None:  # noqa: ANN401
        if past.value:
            choice.set(ways.before(choice.value, past.value[-1]))
            past.set(past.value[:-1])
        heard(event)

    return Chosen(
        choice=choice.value,
        dropped=dropped,
        moves=moves.value,
        can_undo=bool(past.value),
        commit=commit,
        undo=undo,
    )
