"""How every page is shown: language, theme and screen, which change nothing of what is asked."""

from __future__ import annotations

from typing import Any, Protocol

from dashboards.pages.declared import Field, one_of, plain, query
from dashboards.pages.places import menu
from dashboards.texts import LANGUAGES, Texts, texts

THEMES = ("auto", "light", "dark")
SCREENS = ("near", "far")
"""A screen before one's nose, or one that a room looks at."""

SHOWN = ("language", "theme", "screen")


class Shown(Protocol):
    """A choice that says how it is shown."""

    @property
    def language(self) -> str:
        """The language of the page."""

    @property
    def theme(self) -> str:
        """Light, dark, or what the reader's machine says."""

    @property
    def screen(self) -> str:
        """Near, or far for a room."""


def fields[Choice: Shown](start: Choice) -> tuple[Field[Choice, Any], ...]:
    """Return the fields of how a page is shown, as the address has them."""
    return (
        plain("language", one_of(LANGUAGES), str, start),
        plain("theme", one_of(THEMES), str, start),
        plain("screen", one_of(SCREENS), str, start),
    )


def top[Choice: Shown](choice: Choice, start: Choice, page: str, t: Texts) -> dict[str, Any]:
    """Return the bar at the top of a page: menu, languages, themes and screens."""
    return {
        "words": t.part("page.bar"),
        "menu": menu(page, query(choice, fields(start)), t),
        "languages": [{"code": code, "name": texts(code)("page.name")} for code in LANGUAGES],
        "language": choice.language,
        "themes": [{"code": code, "name": t(f"page.theme.{code}")} for code in THEMES],
        "theme": choice.theme,
        "screens": [{"code": code, "name": t(f"page.screen.{code}")} for code in SCREENS],
        "screen": choice.screen,
    }
