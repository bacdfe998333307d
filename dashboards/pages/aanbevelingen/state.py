"""What a visitor of Aanbevelingen has chosen: frozen, checked, and written into the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dashboards.figures.scales import OUTCOMES
from dashboards.pages import declared, shown
from dashboards.pages.declared import Field, one_of, plain
from dashboards.pages.shown import SCREENS, SHOWN, THEMES
from dashboards.texts import LANGUAGES
from model.evidence.graph import recommendations

SEEN_ONLY = frozenset(SHOWN)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The recommendation that is read, by its number, the outcome of the effects, how it looks."""

    number: int = 1
    outcome: str = OUTCOMES[0]
    language: str = LANGUAGES[0]
    theme: str = THEMES[0]
    screen: str = SCREENS[0]


START = Choice()


@cache
def fields() -> tuple[Field[Choice, Any], ...]:
    """Return every field of the page, in the order of the address."""
    numbers = {str(one.number): one.number for one in recommendations()}
    return (
        plain("number", numbers.get, str, START),
        plain("outcome", one_of(OUTCOMES), str, START),
        *shown.fields(START),
    )


def changed(choice: Choice, name: str, value: object) -> Choice | None:
    """Return the choice after one thing was set, or None when that does not exist."""
    known = {field.name: field for field in fields()}
    return known[name].changed(choice, str(value)) if name in known else None


def as_before(now: Choice, before: Choice) -> Choice:
    """Return the choice of before, shown as it is shown now."""
    return replace(before, **{name: getattr(now, name) for name in SEEN_ONLY})


def query(choice: Choice) -> str:
    """Return the part of the address after '?'."""
    return declared.query(choice, fields())


def from_query(text: str | None) -> tuple[Choice, tuple[str, ...]]:
    """Return the choice in an address, and the parts left out because they do not fit."""
    return declared.from_query(text, START, fields(), lambda name, value: (name, value))
