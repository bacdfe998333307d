"""What a visitor of Zekerheid has chosen: frozen, checked, and written into the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dashboards.figures.scales import OUTCOMES
from dashboards.pages import declared, shown
from dashboards.pages.declared import Field, one_of, plain
from dashboards.pages.places import PLANS
from dashboards.pages.shown import SCREENS, SHOWN, THEMES
from dashboards.service.prepared import TODAY
from dashboards.texts import LANGUAGES
from model.aliases import current

SEEN_ONLY = frozenset(SHOWN)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The plan and the outcome that it is about, and how it looks.

    `plan` says whether the visitor came from the plan as it is shipped, or from a changed one.
    """

    scenario: str = "s05_flex_law"
    outcome: str = OUTCOMES[0]
    plan: str = PLANS[0]
    language: str = LANGUAGES[0]
    theme: str = THEMES[0]
    screen: str = SCREENS[0]

    @property
    def is_changed(self) -> bool:
        """Whether the visitor came from a plan that was changed."""
        return self.plan == PLANS[1]


START = Choice()


@lru_cache(maxsize=8)
def fields(scenarios: tuple[str, ...]) -> tuple[Field[Choice, Any], ...]:
    """Return every field of the page, in the order of the address."""
    names = tuple(name for name in scenarios if name != TODAY)
    return (
        plain("scenario", one_of(names), str, START),
        plain("outcome", one_of(OUTCOMES), str, START),
        plain("plan", one_of(PLANS), str, START),
        *shown.fields(START),
    )


def changed(choice: Choice, name: str, value: object, scenarios: Sequence[str]) -> Choice | None:
    """Return the choice after one thing was set, or None when that does not exist.

    Whoever chooses another plan means the one that is shipped.
    """
    known = {field.name: field for field in fields(tuple(scenarios))}
    today, text = _named(name, str(value))
    found = known[today].changed(choice, text) if today in known else None
    if found is not None and today == "scenario":
        return replace(found, plan=PLANS[0])
    return found


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
    return name, current("scenario", value) if name == "scenario" and value else value
