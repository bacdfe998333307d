"""One printed cell: a number with its rounding, an interval, or a mark that keeps its meaning.

    read("1.234,5*", style="comma", unit=Unit.of("x 1 000"))

A mark is never a zero, and a zero is a number. A unit such as "x 1 000" is applied here, once. What
holds digits and is no number is refused; a word without digits is kept as it was sent.

Source of the marks: the legends under StatLine tables ("." unknown, "x" secret, "-" nil, "*" and
"**" provisional, empty: cannot be) and of Eurostat (":" and letters behind the number).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model.errors import InputError

Style = Literal["comma", "point"]
STYLES: tuple[Style, ...] = ("comma", "point")
"""What stands before decimals."""

Meaning = Literal["number", "interval", "unknown", "secret", "nil", "impossible", "empty", "other"]
"""`nil` is what the source prints as "-"; `other` is a word that this program does not know."""

MEANINGS: dict[str, Meaning] = {
    "": "empty",
    ".": "unknown",
    "..": "unknown",
    ":": "unknown",
    "unknown": "unknown",
    "x": "secret",
    "confidential": "secret",
    "-": "nil",
    "–": "nil",
    "impossible": "impossible",
}
"""Marks in small letters. "Unknown" and "Confidential" were not seen; they mean what they say."""

PROVISIONAL = frozenset({"*", "**", "p", "voorlopig", "nadervoorlopig", "provisional"})
"""What marks a number or a period as not final; in small letters, without blanks."""

_BLANKS = "[ \u00a0\u2009\u202f']"
_NUMBER = {
    style: re.compile(
        rf"(?P<sign>[-+−–]?)(?:[1-9]\d{{0,2}}(?P<sep>{thousands}|{_BLANKS})\d{{3}}(?:(?P=sep)\d{{3}})*"
        rf"|\d+)(?:{decimals}\d+)?"
    )
    for style, thousands, decimals in (("comma", r"\.", ","), ("point", ",", r"\."))
}
_BEHIND = re.compile(
    r"^(?P<body>.*?\d)(?P<status>\s*\*{1,2}|\s*[¹²³⁴-⁹]+⁾?|\s+\d\)|\s+[bcdefnprsuz]{1,3})$"
)
_INTERVAL = re.compile(r"(?P<sign><=|>=|[<>≤≥])\s*(?P<bound>.+)")
_UNIT = re.compile(
    rf"(?P<times>x\s*)?(?P<n>1(?:{_BLANKS}?000|\.000)+|(?:mln|miljoen|million|mld|miljard|duizend)\b)"
    r"\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_WORDS = {
    "mln": 6,
    "miljoen": 6,
    "million": 6,
    "mld": 9,
    "miljard": 9,
    "duizend": 3,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as sent, what one printed 1 stands for, and the decimals if the source tells them."""

    text: str = ""
    factor: int = 1
    decimals: int | None = None

    @classmethod
    def of(cls, text: str, decimals: int | None = None) -> Unit:
        """Return the unit that a source writes: "x 1 000", "1 000 euro", "mln kg", "%", "aantal".

        "per 1 000 inwoners" is a rate and multiplies nothing.
        """
        plain = text.strip()
        match = _UNIT.fullmatch(plain)
        if match is None:
            return cls(plain, 1, decimals)
        n = match["n"].lower()
        power = _WORDS[n] if n in _WORDS else n.count("0")
        return cls(plain, 10**power, decimals)

    @property
    def name(self) -> str:
        """What is counted once the factor is applied: "euro" of "1 000 euro"."""
        match = _UNIT.fullmatch(self.text)
        return self.text if match is None else match["rest"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says, in the unit with its factor applied.

    `low` and `high` are what the true number lies between: half a printed digit below and above, or
    the bounds of `<5`. They are NaN where nothing is known, as `value` is for all but a number.
    `mark` is what was sent instead of a number; `status` is what hung on the number.
    """

    value: float
    low: float
    high: float
    mark: str
    meaning: Meaning
    status: str = ""


def read(text: str, *, style: Style, unit: Unit, where: str) -> Reading:
    """Return what a printed cell says. Raises InputError, with `where`, for what cannot be read."""
    plain = text.strip().strip("\u00a0")
    if (known := MEANINGS.get(plain.lower())) is not None:
        return marked(plain, known)
    body, status = _split(plain, style)
    if (number := _number(body, style)) is not None:
        return rounded(number, unit=unit, status=status)
    interval = _INTERVAL.fullmatch(body)
    if interval and (bound := _number(interval["bound"].strip(), style)) is not None:
        return _between(interval["sign"], bound, unit=unit, mark=plain, status=status)
    if any(sign.isdigit() for sign in plain):
        raise InputError(
            f"{where}: '{text}' is neither a number with a decimal {style} nor a mark."
            " Correct the cell, or say with --decimal what stands before decimals."
        )
    head, _, tail = plain.partition(" ")
    if head == ":":  # Eurostat: not there, and a letter that says why
        return marked(plain, "secret" if "c" in tail else "unknown", tail)
    return marked(plain, "other")


def marked(mark: str, meaning: Meaning | None = None, status: str = "") -> Reading:
    """Return a cell without a number; the mark stays as it was sent."""
    known = meaning or MEANINGS.get(mark.strip().lower(), "other")
    return Reading(math.nan, math.nan, math.nan, mark, known, status)


def rounded(number: Decimal, *, unit: Unit, status: str = "") -> Reading:
    """Return a number in its unit, with the bounds that its decimals leave open."""
    told = -int(number.as_tuple().exponent)
    half = Decimal(5).scaleb(-(told if unit.decimals is None else unit.decimals) - 1)
    low, value, high = (x * unit.factor for x in (number - half, number, number + half))
    return Reading(float(value), float(low), float(high), "", "number", status)


def style_of(texts: Iterable[tuple[str, str]]) -> Style:
    """Return what stands before decimals in cells (where, text) that belong together.

    Raises InputError when two cells contradict each other, or when all that there is could be read
    both ways, such as 1.234.
    """
    only: dict[Style, str] = {}
    unclear = ""
    for where, text in texts:
        body = text.strip().lstrip("<>=≤≥ ")
        found = {style: _number(_split(body, style)[0], style) for style in STYLES}
        comma, point = found["comma"], found["point"]
        if comma is not None and point is not None:
            unclear = unclear or (f"{where}: '{text}'" if comma != point else "")
        elif comma is not None:
            only.setdefault("comma", f"{where}: '{text}'")
        elif point is not None:
            only.setdefault("point", f"{where}: '{text}'")
    if len(only) > 1:
        raise InputError(
            f"{only['comma']} has a decimal comma and {only['point']} a decimal point."
            " Write all numbers of the file in one way."
        )
    if unclear and not only:
        raise InputError(
            f"{unclear} can be read in two ways, and no other number in the columns that are"
            " read decides. Say what stands before decimals: --decimal comma or --decimal point."
        )
    return next(iter(only), "comma")


def is_provisional(status: str) -> bool:
    """Whether what hangs on a number or stands with its period says that it may still change."""
    return status.replace(" ", "").lower() in PROVISIONAL


def _split(text: str, style: Style) -> tuple[str, str]:
    """Return a cell without what hangs on its number, and what hangs there."""
    if _number(text, style) is not None:
        return text, ""
    match = _BEHIND.fullmatch(text)
    return (text, "") if match is None else (match["body"], match["status"].strip())


def _number(text: str, style: Style) -> Decimal | None:
    match = _NUMBER[style].fullmatch(text)
    if match is None:
        return None
    digits = text[len(match["sign"]) :]
    if match["sep"]:
        digits = digits.replace(match["sep"], "")
    number = Decimal(digits.replace(",", "."))
    return -number if match["sign"] in {"-", "−", "–"} else number


def _between(sign: str, bound: Decimal, *, unit: Unit, mark: str, status: str) -> Reading:
    """Return the interval of `<5` (0 to 5) or `>95` (95 and on; to 100 for a percentage)."""
    edge = float(bound * unit.factor)
    if sign in {"<", "<=", "≤"}:
        return Reading(math.nan, min(0.0, edge), edge, mark, "interval", status)
    top = 100.0 if unit.text == "%" else math.inf
    return Reading(math.nan, edge, max(top, edge), mark, "interval", status)
