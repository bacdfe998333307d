"""How a page asks: the lists to choose from, plans of the visitor's own, and what was refused."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara

Words = Mapping[str, str]
Row = Mapping[str, Any]
Event = Callable[[Any], None]


@solara.component_vue("question.vue")
def Question(
    *,
    words: Words,
    fields: Sequence[Row],
    undoable: bool,
    event_commit: Event,
    event_undo: Event,
    event_given: Event,
    lead: Row | None = None,
    more: Row | None = None,
) -> None:
    """Show what is asked, as lists to choose from; sends `{name, value, move}`.

    A field has `name`, `label`, `value` and `options`; a `quiet` one has a label for the ear only,
    and one that `takes_own` offers the plans that this browser keeps, which are sent as `given`
    `{value, place, move}`. `lead` are words before the lists; `more` is what opens under them:
    `title`, whether it is `open`, `lines`, `fields` with their `help`, and a `link`.
    """


@solara.component_vue("plans.vue")
def Plans(
    *,
    words: Words,
    own: Sequence[Row],
    named: Row,
    board: bool,
    most: int,
    event_given: Event,
    event_name: Event,
) -> None:
    """Show plans of the visitor's own, and those that this browser keeps.

    A file is sent as `given` `{file, text, move}`, a kept plan as `{file, value, move}`. What is to
    be kept or gets another name is sent as `name` `{name, value, move}`, the board without a value;
    `named` (`count`, `label`, `value`, `was`) says what became of it, and is kept then.
    """


@solara.component_vue("refused.vue")
def Refused(*, words: Words, title: str, items: Sequence[Row]) -> None:
    """Show what is wrong with a file: `line` (0 where there is none) and `text`."""
