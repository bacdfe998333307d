"""Which pages there are, at which address each stands, and the bar at the top of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dashboards.pages.declared import query
from dashboards.pages.shown import SCREENS, THEMES, Shown, fields
from dashboards.service.prepared import TODAY
from dashboards.texts import LANGUAGES, Texts, texts

PLACES: Mapping[str, str] = {
    "verken": "",
    "vergelijk": "vergelijk",
    "levens": "levens",
    "aanbevelingen": "aanbevelingen",
    "zekerheid": "zekerheid",
}
"""The pages in the order of the menu, each with its address after the root."""

BOARD = "board"
"""What brings the board of Verken along, as the query of that page."""

PLANS = ("shipped", "changed")
"""Whether a plan that a page leads to is as it is shipped, or was changed by the visitor."""

ADDRESSES = frozenset(f"/{place}" for place in PLACES.values())
"""The paths at which a page begins."""


def top[Choice: Shown](choice: Choice, start: Choice, page: str, t: Texts) -> dict[str, Any]:
    """Return the bar at the top of a page: menu, languages, themes and screens."""
    return {
        "words": t.part("page.bar"),
        "menu": _menu(page, query(choice, fields(start)), t),
        "languages": [{"code": code, "name": texts(code)("page.name")} for code in LANGUAGES],
        "language": choice.language,
        "themes": [{"code": code, "name": t(f"page.theme.{code}")} for code in THEMES],
        "theme": choice.theme,
        "screens": [{"code": code, "name": t(f"page.screen.{code}")} for code in SCREENS],
        "screen": choice.screen,
    }


def way_to_verken[Choice: Shown](scenario: str, outcome: str, choice: Choice, start: Choice) -> str:
    """Return the address of Verken with a scenario beside today's policy, shown as this page is."""
    asked = {"base": TODAY, "alternative": scenario, "outcome": outcome}
    how = query(choice, fields(start))
    return "./?" + urlencode(asked) + (f"&{how}" if how else "")


def way_to_zekerheid[Choice: Shown](
    scenario: str, outcome: str, choice: Choice, start: Choice, *, is_changed: bool = False
) -> str:
    """Return the address of Zekerheid for an outcome of a shipped scenario, shown as this page is.

    `is_changed` says that the page shows that scenario with other settings, or beside another base.
    """
    asked = {"scenario": scenario, "outcome": outcome}
    if is_changed:
        asked["plan"] = PLANS[1]
    how = query(choice, fields(start))
    return PLACES["zekerheid"] + "?" + urlencode(asked) + (f"&{how}" if how else "")


def way_to_vergelijk[Choice: Shown](board: str, choice: Choice, start: Choice) -> str:
    """Return the address of Vergelijk with what stands on the board, shown as this page is.

    `board` is the query of Verken.
    """
    how = query(choice, fields(start))
    return PLACES["vergelijk"] + "?" + urlencode({BOARD: board}) + (f"&{how}" if how else "")


def way_to_lives[Choice: Shown](scenario: str, choice: Choice, start: Choice) -> str:
    """Return the address of Levens with a scenario beside today's policy, shown as this page is."""
    how = query(choice, fields(start))
    asked = urlencode({"alternative": scenario})
    return f"{PLACES['levens']}?{asked}" + (f"&{how}" if how else "")


def _menu(current: str, query: str, t: Texts) -> list[dict[str, object]]:
    """Return each page with its name and address, which keeps how this one is shown."""
    ending = f"?{query}" if query else ""
    return [
        {
            "name": t(f"page.menu.{name}"),
            "address": f"{place or './'}{ending}",
            "current": name == current,
        }
        for name, place in PLACES.items()
    ]
