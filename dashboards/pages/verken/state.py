"""What a visitor of Verken has chosen: frozen, checked, and written into the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from dashboards.figures.scales import OUTCOMES
from dashboards.pages import declared, shown
from dashboards.pages.declared import Field, one_of, plain
from dashboards.pages.plans import own
from dashboards.pages.shown import SCREENS, SHOWN, THEMES
from dashboards.pages.verken import levers as board
from dashboards.texts import LANGUAGES
from model.aliases import current
from scenarios.asking.question import SAMPLE

SIZES: tuple[int | None, ...] = (SAMPLE, 1000, 2000, 5000, 10_000, None)
"""Families in a sample, both populations together; None is the full size."""

YEARS = (5, 20)
"""The shortest and the longest horizon on the page, in years."""

SEED_LIMIT = 2**31
DEFAULT_YEARS, DEFAULT_SEED = 15, 1
TODAY, BANDWIDTH = "s01_reference", "s02_bandwidth"
FULL = "all"
SEEN_ONLY = frozenset({*SHOWN, "outcome"})
"""Fields that change how the answer is shown and not what is asked."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Two scenarios, the samples, the levers moved by hand, and how it is shown.

    `levers` holds only what stands elsewhere than in the alternative's file; `fade` is None where
    the scenarios say how fast gains fade.
    """

    base: str
    alternative: str
    families: int | None = SAMPLE
    years: int = DEFAULT_YEARS
    seed: int = DEFAULT_SEED
    levers: tuple[tuple[str, float], ...] = ()
    fade: float | None = None
    outcome: str = OUTCOMES[0]
    language: str = LANGUAGES[0]
    theme: str = THEMES[0]
    screen: str = SCREENS[0]


def default(scenarios: Sequence[str]) -> Choice:
    """Return the choice a visitor starts with: today's policy beside the bandwidth contract."""
    base = TODAY if TODAY in scenarios else scenarios[0]
    return Choice(base=base, alternative=BANDWIDTH if BANDWIDTH in scenarios else scenarios[-1])


@lru_cache(maxsize=8)
def fields(scenarios: tuple[str, ...]) -> tuple[Field[Choice, Any], ...]:
    """Return every field of the page, in the order of the address."""
    start = default(scenarios)
    return (
        plain("base", own.plan_in(scenarios), str, start),
        Field(
            name="alternative",
            parse=own.plan_in(scenarios),
            text=str,
            default=start.alternative,
            get=lambda choice: choice.alternative,
            # Another alternative puts the levers where its file has them.
            put=lambda choice, value: replace(choice, alternative=value, levers=()),
            is_first=True,
        ),
        Field(
            name="families",
            parse={FULL if size is None else str(size): size or FULL for size in SIZES}.get,
            text=str,
            default=SAMPLE,
            get=lambda choice: choice.families or FULL,
            put=lambda choice, size: replace(choice, families=None if size == FULL else size),
        ),
        plain("years", partial(_whole, limits=YEARS), str, start),
        plain("seed", partial(_whole, limits=(0, SEED_LIMIT)), str, start),
        *(_lever(name) for name in board.BOARD_LEVERS),
        Field(
            name=board.FADE,
            parse=_fade,
            text=lambda value: f"{value:g}",
            default=None,
            get=lambda choice: choice.fade,
            put=lambda choice, value: replace(choice, fade=value),
        ),
        plain("outcome", one_of(OUTCOMES), str, start),
        *shown.fields(start),
    )


def changed(choice: Choice, name: str, value: object, scenarios: Sequence[str]) -> Choice | None:
    """Return the choice after one thing was set, or None when that thing or value does not exist.

    Another alternative puts all levers back, and "levers" with an empty value does, and the fading.
    """
    if name == "levers":
        return None if str(value) else replace(choice, levers=(), fade=None)
    today, text = _named(name, str(value))
    known = {field.name: field for field in fields(tuple(scenarios))}
    return known[today].changed(choice, text) if today in known else None


def asked(choice: Choice) -> Choice:
    """Return a choice as far as it is asked: how it is shown is the same for all."""
    return as_before(Choice(base="", alternative=""), choice)


def as_before(now: Choice, before: Choice) -> Choice:
    """Return the choice of before, shown as it is shown now."""
    return replace(before, **{name: getattr(now, name) for name in SEEN_ONLY})


def query(choice: Choice, scenarios: Sequence[str]) -> str:
    """Return the part of the address after '?'."""
    return declared.query(choice, fields(tuple(scenarios)))


def from_query(text: str | None, scenarios: Sequence[str]) -> tuple[Choice, tuple[str, ...]]:
    """Return the choice in an address, and the parts left out because they do not fit."""
    return declared.from_query(text, default(scenarios), fields(tuple(scenarios)), _named)


def _named(name: str, value: str) -> tuple[str, str]:
    """Return the names of today of a field and of its value."""
    today = current("lever", name)
    return today, current("scenario", value) if today in {"base", "alternative"} else value


def _lever(name: str) -> Field[Choice, float]:
    def put(choice: Choice, value: float) -> Choice:
        rest = dict(choice.levers) | {name: value}
        return replace(
            choice, levers=tuple((key, rest[key]) for key in board.BOARD_LEVERS if key in rest)
        )

    return Field(
        name=name,
        parse=lambda text: board.snapped(board.SCALES[name], _number(text)),
        text=lambda value: f"{value:g}",
        default=None,
        get=lambda choice: dict(choice.levers).get(name),
        put=put,
    )


def _fade(text: str) -> float | None:
    return board.snapped(board.SCALES[board.FADE], _number(text))


def _number(text: str) -> float:
    """Return the number that a text is; NaN for another text."""
    try:
        return float(text) if text.isascii() else float("nan")
    except ValueError:
        return float("nan")


def _whole(text: str, limits: tuple[int, int]) -> int | None:
    if not re.fullmatch(r"[0-9]{1,10}", text):
        return None
    low, high = limits
    return int(text) if low <= int(text) <= high else None
