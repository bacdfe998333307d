"""Which pages there are, and at which address each stands."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.texts import Texts

PLACES: Mapping[str, str] = {
    "verken": "",
    "vergelijk": "vergelijk",
    "aanbevelingen": "aanbevelingen",
}
"""The pages in the order of the menu, each with its address after the root."""

ADDRESSES = frozenset(f"/{place}" for place in PLACES.values())
"""The paths at which a page begins."""


def menu(current: str, query: str, t: Texts) -> list[dict[str, object]]:
    """Return the menu: each page with its name and address, with how it is shown kept.

    `query` says how the page is shown, as an address says it.
    """
    ending = f"?{query}" if query else ""
    return [
        {
            "name": t(f"page.menu.{name}"),
            "address": f"{place or './'}{ending}",
            "current": name == current,
        }
        for name, place in PLACES.items()
    ]
