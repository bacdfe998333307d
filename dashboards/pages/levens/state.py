"""What a visitor of Levens has chosen: frozen, checked, and written into the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dashboards.pages import declared, shown
from dashboards.pages.declared import Field, one_of, plain
from dashboards.pages.plans import own
from dashboards.pages.shown import SCREENS, SHOWN, THEMES
from dashboards.service.prepared import TODAY
from dashboards.texts import LANGUAGES
from model.aliases import current
from model.enums import FamilyType, Municipality

SEEN_ONLY = frozenset(SHOWN)
ENDINGS = ("all", "less", "more", "same")
"""How two lives part: the child leaves less, more, or all end the same; "all" has them in turn."""

ANY = ""
"""Any municipality, or any type of family."""

MUNICIPALITIES = tuple(one.name.lower() for one in Municipality)
FAMILY_TYPES = tuple(one.name.lower() for one in FamilyType)
FIRST = 0
"""The child that stands first, whoever it is."""

PICKS = frozenset({"alternative", "ending", "municipality", "family_type"})
"""What decides which families there are to see: another one begins with the first of them."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The plan beside today's policy, which families are looked for, and the child in view."""

    alternative: str = "s02_bandwidth"
    ending: str = ENDINGS[0]
    municipality: str = ANY
    family_type: str = ANY
    child: int = FIRST
    language: str = LANGUAGES[0]
    theme: str = THEMES[0]
    screen: str = SCREENS[0]


START = Choice()


@lru_cache(maxsize=8)
def fields(scenarios: tuple[str, ...]) -> tuple[Field[Choice, Any], ...]:
    """Return every field of the page, in the order of the address."""
    names = tuple(name for name in scenarios if name != TODAY)
    return (
        plain("alternative", own.plan_in(names), str, START),
        plain("ending", one_of(ENDINGS), str, START),
        plain("municipality", one_of((ANY, *MUNICIPALITIES)), str, START),
        plain("family_type", one_of((ANY, *FAMILY_TYPES)), str, START),
        plain("child", _number, str, START),
        *shown.fields(START),
    )


def changed(choice: Choice, name: str, value: object, scenarios: Sequence[str]) -> Choice | None:
    """Return the choice after one thing was set, or None when that does not exist."""
    known = {field.name: field for field in fields(tuple(scenarios))}
    today, text = _named(name, str(value))
    found = known[today].changed(choice, text) if today in known else None
    return replace(found, child=FIRST) if found is not None and name in PICKS else found


def as_before(now: Choice, before: Choice) -> Choice:
    """Return the choice of before, shown as it is shown now."""
    return replace(before, **{name: getattr(now, name) for name in SEEN_ONLY})


def query(choice: Choice, scenarios: Sequence[str]) -> str:
    """Return the part of the address after '?'."""
    return declared.query(choice, fields(tuple(scenarios)))


def from_query(text: str | None, scenarios: Sequence[str]) -> tuple[Choice, tuple[str, ...]]:
    """Return the choice in an address, and the parts left out because they do not fit."""
    return declared.from_query(text, START, fields(tuple(scenarios)), _named)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None  # noqa: PLR2004


def _named(name: str, value: str) -> tuple[str, str]:
    return name, current("scenario", value) if name == "alternative" and value else value
