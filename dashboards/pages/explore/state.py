"""What a visitor has chosen: frozen, checked, and written into the address of the page.

The address is a link that others open, so nothing in it is trusted: what is unknown or out of
range is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from dashboards.pages.explore import page_levers
from dashboards.texts import LANGUAGES
from model.aliases import current
from model.registry import BY_NAME

SIZES: tuple[int | None, ...] = (500, 1000, 2000, 5000, 10_000, None)
"""Families at the start, both populations together; None is the full size."""

YEARS = (5, 20)
"""The shortest and the longest horizon on the page, in years."""

SEED_LIMIT = 2**31
DEFAULT_FAMILIES = 2000
DEFAULT_YEARS = 15
DEFAULT_SEED = 1
TODAY, BANDWIDTH = "s01_reference", "s02_bandwidth"
FULL = "all"
MOST_FIELDS = 100


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Two scenarios, the size and length of the run, the levers moved by hand, and the language.

    `levers` holds only levers of the board that stand elsewhere than in the alternative's file.
    """

    base: str
    alternative: str
    families: int | None = DEFAULT_FAMILIES
    years: int = DEFAULT_YEARS
    seed: int = DEFAULT_SEED
    levers: tuple[tuple[str, float], ...] = ()
    language: str = LANGUAGES[0]


def default(scenarios: Sequence[str]) -> Choice:
    """Return the choice a visitor starts with: today's policy beside the bandwidth contract."""
    base = TODAY if TODAY in scenarios else scenarios[0]
    return Choice(base=base, alternative=BANDWIDTH if BANDWIDTH in scenarios else scenarios[-1])


def changed(choice: Choice, name: str, value: object, scenarios: Sequence[str]) -> Choice | None:
    """Return the choice after one thing was set, or None when that thing or value does not exist.

    Another alternative, or an empty value for "levers", puts all levers back to where its file has
    them.
    """
    text, name = str(value), current("lever", name)
    if name in {"base", "alternative"}:
        text = current("scenario", text)
    if name in {"base", "alternative"} and text in scenarios:
        if name == "base":
            return replace(choice, base=text)
        return replace(choice, alternative=text, levers=())
    if name == "language" and text in LANGUAGES:
        return replace(choice, language=text)
    if name == "levers" and not text:
        return replace(choice, levers=())
    if name == "families":
        return _with_families(choice, text)
    if name in page_levers.BOARD_LEVERS:
        return _with_lever(choice, name, text)
    return _with_whole_number(choice, name, text)


def _with_families(choice: Choice, text: str) -> Choice | None:
    sizes = {FULL if size is None else str(size): size for size in SIZES}
    return replace(choice, families=sizes[text]) if text in sizes else None


def _with_whole_number(choice: Choice, name: str, text: str) -> Choice | None:
    limits = {"years": YEARS, "seed": (0, SEED_LIMIT)}
    if name not in limits or not re.fullmatch(r"[0-9]{1,10}", text):
        return None
    low, high = limits[name]
    number = int(text)
    if not low <= number <= high:
        return None
    return replace(choice, years=number) if name == "years" else replace(choice, seed=number)


def _with_lever(choice: Choice, name: str, text: str) -> Choice | None:
    try:
        value = page_levers.snapped(BY_NAME[name], float(text)) if text.isascii() else None
    except ValueError:
        return None
    if value is None:
        return None
    rest = dict(choice.levers) | {name: value}
    levers = tuple((key, rest[key]) for key in page_levers.BOARD_LEVERS if key in rest)
    return replace(choice, levers=levers)


def query(choice: Choice, scenarios: Sequence[str]) -> str:
    """Return the part of the address after '?'; what is as the visitor found it is left out."""
    start = default(scenarios)
    families = FULL if choice.families is None else str(choice.families)
    pairs = [
        ("base", choice.base, choice.base == start.base),
        ("alternative", choice.alternative, choice.alternative == start.alternative),
        ("families", families, choice.families == start.families),
        ("years", str(choice.years), choice.years == start.years),
        ("seed", str(choice.seed), choice.seed == start.seed),
        *((name, f"{value:g}", False) for name, value in choice.levers),
        ("language", choice.language, choice.language == start.language),
    ]
    return urlencode([(name, value) for name, value, is_default in pairs if not is_default])


def from_query(text: str | None, scenarios: Sequence[str]) -> tuple[Choice, tuple[str, ...]]:
    """Return the choice in an address, and the parts left out because they do not fit."""
    choice = default(scenarios)
    dropped = []
    try:
        fields = (text or "").removeprefix("?")
        pairs = parse_qsl(fields, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return choice, ("…",)
    # A field that stands there twice counts once, as it was last; the others are named.
    last = dict(pairs)
    dropped += [f"{name}={value}"[:60] for name, value in pairs if last[name] != value]
    pairs = list(last.items())
    # The alternative comes first, because setting it puts the levers back.
    for name, value in sorted(pairs, key=lambda pair: pair[0] != "alternative"):
        found = changed(choice, name, value, scenarios)
        if found is None:
            dropped.append(f"{name}={value}"[:60])
        else:
            choice = found
    return choice, tuple(dropped)
