"""How every page is shown: language, theme and screen, which change nothing of what is asked."""

from __future__ import annotations

from typing import Any, Protocol

from dashboards.pages.declared import Field, one_of, plain
from dashboards.texts import LANGUAGES

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
