"""Building blocks of the pages, each a Vue file beside this one.

They take values and callbacks and know neither the model nor the state of the app. What a browser
sends arrives in Python as it is: whoever takes a callback checks it.
"""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import plotly
import solara
from solara.server import settings


def _digest(path: Path) -> str:
    """Return what Solara wants to see of a file in an address."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()[:12]


PLOTLY_FOLDER = Path(plotly.__file__).parent / "package_data"
"""Holds the JavaScript of the installed Plotly; the server hands it out as an asset."""

PLOTLY_URL = "".join(
    (
        settings.main.root_path or "",
        "/static/assets/plotly.min.js?v=",
        _digest(PLOTLY_FOLDER / "plotly.min.js"),
    )
)
"""The digest in the address lets browsers keep the file for good."""

Words = Mapping[str, str]
Row = Mapping[str, Any]
Event = Callable[[Any], None]


@solara.component_vue("doc.vue")
def Doc(*, language: str, title: str, query: str) -> None:
    """Set the language and title of the page, and what stands after '?' in its address."""


@solara.component_vue("heading.vue")
def Heading(*, words: Words, languages: Sequence[Row], language: str, event_choose: Event) -> None:
    """Show the title of the page and the choice of language; sends the code of a language."""


@solara.component_vue("notices.vue")
def Notices(*, items: Sequence[Row]) -> None:
    """Show messages: `kind` (fault or note), `title` and `text`."""


@solara.component_vue("controls.vue")
def Controls(*, groups: Sequence[Row], event_commit: Event, event_reset: Event) -> None:
    """Show groups of fields; sends `{name, value}` when a field is let go."""


@solara.component_vue("status.vue")
def Status(
    *,
    state: str,
    text: str,
    percent: int,
    announced: str,
    words: Words,
) -> None:
    """Show how far the run behind the figures is."""


@solara.component_vue("cards.vue")
def AnswerCards(
    *,
    message: str,
    basis: str,
    announced: str,
    cards: Sequence[Row],
    words: Words,
    state: str,
    shown: str,
    asked: str,
    n: int,
) -> None:
    """Show an answer: a sentence, and cards with number, range, word and a strip of dots."""


@solara.component_vue("summary.vue")
def Summary(
    *, words: Words, settings: Sequence[Row], sentences: Sequence[Row], stale: bool
) -> None:
    """Show in words what was set otherwise and what came of it."""


@solara.component_vue("figure.vue")
def FigureCard(
    *,
    name: str,
    fig: str,
    lead: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    csv: str,
    file: str,
    words: Words,
    stale: bool,
    src: str = PLOTLY_URL,
) -> None:
    """Show a figure (JSON) with its text, its table and its downloads."""
