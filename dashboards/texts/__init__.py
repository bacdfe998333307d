"""Texts for people, in Dutch and English: labels, meanings, sentences, numbers and months.

Every visible string stands in `nl.toml` or `en.toml`; what is said of the letter and of the causal
graph in `letter.nl.toml` or `letter.en.toml`, and of how sure it is in `certainty.nl.toml` or
`certainty.en.toml`. Both languages hold the same keys. The tables are `[page]`, `[figure]` and the
like for the pages, and `[lever]`, `[outcome]`, `[enum]`, `[status]`, `[grade]`, `[unit]`,
`[parameter]`, `[recommendation]`, `[node]` and `[arrow]` for what the model declares.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from model.calendar import MONTHS_PER_YEAR
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
"""Dutch comes first: it is the default."""

MONTH_NAMES = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
SEPARATORS = {"nl": ",.", "en": ".,"}
"""Decimal sign and thousands sign, as Plotly's `layout.separators` wants them."""


@cache
def texts(language: str) -> Texts:
    """Return the texts in a language. Raises KeyError for a language that is not there."""
    known: dict[str, Language] = {code: code for code in LANGUAGES}
    code = known[language]
    found: dict[str, str] = {}
    for name in (f"{code}.toml", f"letter.{code}.toml", f"certainty.{code}.toml"):
        found |= flat(tomllib.loads(Path(__file__).with_name(name).read_text("utf-8")))
    return Texts(code, found)


def lever_sentences(language: str) -> dict[str, str]:
    """Return for each lever by name what it means, in one sentence."""
    return _entries("lever", "meaning", language)


def labels(language: str) -> dict[str, str]:
    """Return what levers are called by name, and parameters by dotted name."""
    return _entries("lever", "label", language) | _entries("parameter", "label", language)


def _entries(kind: str, field: str, language: str) -> dict[str, str]:
    ending = f".{field}"
    found = texts(language).part(kind)
    return {key.removesuffix(ending): text for key, text in found.items() if key.endswith(ending)}


def flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return nested tables as one table with dotted keys."""
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = str(value)
    return found


class Texts:
    """The texts of one language; call it with a key. A key that is missing raises KeyError."""

    def __init__(self, language: Language, table: Mapping[str, str]) -> None:
        self.language = language
        self.separators = SEPARATORS[language]
        self._table = dict(table)
        self._parts: dict[str, dict[str, str]] = {}

    def __call__(self, key: str, /, **values: str) -> str:
        """Return the text of a key, with the named values filled in."""
        return self._table[key].format(**values)

    def names(self) -> frozenset[str]:
        """Return the keys of all texts."""
        return frozenset(self._table)

    def part(self, prefix: str) -> dict[str, str]:
        """Return the texts whose key starts with `prefix.`, by the rest of the key."""
        found = self._parts.get(prefix)
        if found is None:
            start = prefix + "."
            found = self._parts[prefix] = {
                key.removeprefix(start): text
                for key, text in self._table.items()
                if key.startswith(start)
            }
        return dict(found)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number as written in this language: 1.234,5 or 1,234.5."""
        decimal, thousands = self.separators[0], self.separators[1]
        # A true minus sign is as wide as a plus and is read aloud as minus.
        plain = f"{value:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")
        swap = str.maketrans({",": thousands, ".": decimal})
        text = plain.translate(swap)
        zero = "0" if decimals == 0 else f"0{decimal}{'0' * decimals}"
        return zero if text == f"\N{MINUS SIGN}{zero}" else text

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share (0 to 1) as a percentage."""
        return self.number(100 * share, decimals) + "%"

    def two_percents(self, first: float, second: float) -> tuple[str, str]:
        """Return two shares with as many decimals as show that they differ, three at most."""
        for decimals in (1, 2, 3):
            found = self.percent(first, decimals), self.percent(second, decimals)
            if found[0] != found[1]:
                return found
        return self.percent(first, 1), self.percent(second, 1)

    def month(self, number: float) -> str:
        """Return a month number (`model.calendar`) as 'januari 2028'."""
        year, month = divmod(int(number), MONTHS_PER_YEAR)
        return f"{MONTH_NAMES[self.language].split()[month]} {year}"

    def lever_value(self, lever: Lever, value: float) -> str:
        """Return a value of a lever with its unit, such as '80% van deze woningen'."""
        return self._with_unit("unit_one" if value == 1 else "unit", lever, value)

    def lever_short(self, lever: Lever, value: float) -> str:
        """Return a value of a lever for beside its name, with the unit only where it is needed."""
        short = f"unit_short.{lever.unit}" in self._table
        return (
            self._with_unit("unit_short", lever, value) if short else self.lever_value(lever, value)
        )

    def _with_unit(self, kind: str, lever: Lever, value: float) -> str:
        key = f"{kind}.{lever.unit}"
        key = key if key in self._table else f"unit.{lever.unit}"
        return self(key, value=self.lever_bare(lever, value))

    def lever_bare(self, lever: Lever, value: float) -> str:
        """Return a value of a lever without its unit."""
        if lever.kind == "boolean":
            return self("page.yes" if value else "page.no")
        if lever.kind == "month":
            return self.month(value)
        if lever.kind == "choice":
            return self(f"choice.{lever.name}.{EXTRA_EDUCATION_TARGETS[int(value)]}")
        if lever.unit.startswith(("share", "probability")):
            return self.percent(value)
        if lever.unit == "clock hour":
            return f"{int(value)}{':' if self.language == 'en' else '.'}{round(value % 1 * 60):02d}"
        if lever.unit == "year":
            return str(int(value))
        return self.number(value, 0 if float(value).is_integer() else decimals(lever.increment))


def decimals(increment: float) -> int:
    """Return how many decimals a multiple of `increment` needs, at most two."""
    return 0 if float(increment).is_integer() else 1 if float(increment * 10).is_integer() else 2
