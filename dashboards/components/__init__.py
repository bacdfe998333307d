"""Building blocks of the pages, each a Vue file beside this one.

They take values and callbacks and know neither the model nor the state of the app. What a browser
sends arrives in Python as it is: whoever takes a callback checks it.
"""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara

Words = Mapping[str, str]
Row = Mapping[str, Any]
Event = Callable[[Any], None]


@solara.component_vue("doc.vue")
def Doc(*, language: str, title: str, theme: str, screen: str, query: str) -> None:
    """Set language, title, theme and screen of the page, and what stands after '?' in its address.

    Must be there before any part that sends something: it counts the moves of the reader.
    """


@solara.component_vue("top.vue")
def Top(
    *,
    words: Words,
    menu: Sequence[Row],
    languages: Sequence[Row],
    language: str,
    themes: Sequence[Row],
    theme: str,
    screens: Sequence[Row],
    screen: str,
    event_commit: Event,
) -> None:
    """Show the menu of pages and how the page is shown; sends `{name, value, move}`."""


@solara.component_vue("pill.vue")
def Pill(*, state: str, text: str, shown: str, asked: str, n: int, move: int, words: Words) -> None:
    """Show how far the answer is; `move` is the last move of the reader that was heard."""


@solara.component_vue("notices.vue")
def Notices(*, items: Sequence[Row]) -> None:
    """Show messages: `title` and `text`."""


@solara.component_vue("board.vue")
def Board(
    *,
    words: Words,
    groups: Sequence[Row],
    standing: Mapping[str, int],
    moved: bool,
    unreached: Sequence[str],
    event_commit: Event,
) -> None:
    """Show groups of levers; sends `{name, value, move}` when one is let go."""


@solara.component_vue("answer.vue")
def Answer(
    *,
    words: Words,
    fault: Row | None,
    message: str,
    way: str,
    beside: str,
    basis: str,
    cards: Sequence[Row],
    chosen: str,
    outcomes: Sequence[Row],
    shown: str,
    asked: str,
    context: str,
    standing: Mapping[str, int],
    announced: str,
    event_commit: Event,
) -> None:
    """Show an answer: a sentence, and cards with number, range, word and a strip of dots.

    `fault` (`title` and `text`, and `years` with the words of a button, 0 for none) stands in its
    place when there is none.
    """


@solara.component_vue("chart.vue")
def Chart(
    *,
    name: str,
    language: str,
    save: Words,
    title: str,
    subtitle: str,
    lines: Sequence[Row],
    band: Sequence[Sequence[float | None]],
    years: Sequence[str],
    low: float,
    high: float,
    ticks: Sequence[Sequence[Any]],
    mark: Row | None,
    ends: Sequence[str],
    caption: str,
) -> None:
    """Show lines over the school years, with labels at their ends, and a band."""


@solara.component_vue("summary.vue")
def Summary(*, words: Words, settings: Sequence[Row], way: str) -> None:
    """Show in words what was set otherwise, and the way to compare it with other plans."""


@solara.component_vue("numbers.vue")
def Numbers(
    *,
    words: Words,
    what: str,
    shown: str,
    n: int,
    outcome: str,
    scale: float,
    many: int,
    language: str,
) -> None:
    """Offer the numbers of the charts; they are fetched over HTTP when they are opened."""


@solara.component_vue("about.vue")
def About(*, title: str, entries: Sequence[Row]) -> None:
    """Show what words and numbers mean."""
