"""What a visitor of Vergelijk has chosen: frozen, checked, and written into the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dashboards.figures.scales import OUTCOMES
from dashboards.pages import declared, shown
from dashboards.pages.declared import Field, one_of, plain
from dashboards.pages.plans import own
from dashboards.pages.shown import SCREENS, SHOWN, THEMES
from dashboards.service.prepared import TODAY
from dashboards.texts import LANGUAGES
from model.aliases import current
from scenarios.pairs.cohorts import BYS, By

SEEN_ONLY = frozenset({*SHOWN, "view", "by", "cohort"})
PLACES = ("first", "second", "third")
VIEWS = ("years", "groups", "municipalities", "cohorts", "flows", "reach", "take")
"""Closer looks, one at a time."""

DIMENSIONS = ("letter_group", "family_type", "years_in_nl", "origin")
NOBODY = ""
"""What stands at a place where no scenario was chosen."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Up to three scenarios, shipped or own, the outcome that is ranked, and the closer look."""

    first: str = "s02_bandwidth"
    second: str = "s05_flex_law"
    third: str = "s19_housing"
    outcome: str = OUTCOMES[0]
    view: str = VIEWS[0]
    by: str = DIMENSIONS[0]
    cohort: By = BYS[0]
    language: str = LANGUAGES[0]
    theme: str = THEMES[0]
    screen: str = SCREENS[0]

    @property
    def compared(self) -> tuple[str, ...]:
        """The scenarios that were chosen, each once, in their order."""
        found = (self.first, self.second, self.third)
        return tuple(dict.fromkeys(one for one in found if one != NOBODY))

    @property
    def free_place(self) -> str:
        """Where another scenario goes: the first place that is empty, else the last one."""
        return next((one for one in PLACES if getattr(self, one) == NOBODY), PLACES[-1])


START = Choice()


@lru_cache(maxsize=8)
def fields(scenarios: tuple[str, ...]) -> tuple[Field[Choice, Any], ...]:
    """Return every field of the page, in the order of the address."""
    names = tuple(name for name in scenarios if name != TODAY)
    return (
        plain("first", own.plan_in(names), str, START),
        plain("second", own.plan_in((*names, NOBODY)), str, START),
        plain("third", own.plan_in((*names, NOBODY)), str, START),
        plain("outcome", one_of(OUTCOMES), str, START),
        plain("view", one_of(VIEWS), str, START),
        plain("by", one_of(DIMENSIONS), str, START),
        plain("cohort", one_of(BYS), str, START),
        *shown.fields(START),
    )


def changed(choice: Choice, name: str, value: object, scenarios: Sequence[str]) -> Choice | None:
    """Return the choice after one thing was set, or None when that does not exist."""
    known = {field.name: field for field in fields(tuple(scenarios))}
    today, text = _named(name, str(value))
    return known[today].changed(choice, text) if today in known else None


def as_before(now: Choice, before: Choice) -> Choice:
    """Return the choice of before, shown as it is shown now."""
    return replace(before, **{name: getattr(now, name) for name in SEEN_ONLY})


def query(choice: Choice, scenarios: Sequence[str]) -> str:
    """Return the part of the address after '?'."""
    return declared.query(choice, fields(tuple(scenarios)))


def from_query(text: str | None, scenarios: Sequence[str]) -> tuple[Choice, tuple[str, ...]]:
    """Return the choice in an address, and the parts left out because they do not fit."""
    return declared.from_query(text, START, fields(tuple(scenarios)), _named)


def _named(name: str, value: str) -> tuple[str, str]:
    return name, current("scenario", value) if name in PLACES and value else value
