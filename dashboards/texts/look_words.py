"""A look in words: what may be said of a difference by now, its number and its range."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dashboards.texts import Texts
from dashboards.texts.numbers import MISSING, on_scale, unsigned
from scenarios.statistics.answer import NotKnowing
from scenarios.statistics.words import Look


@dataclass(frozen=True, kw_only=True)
class Told:
    """A look in words: the outcome, the number with sign and unit, the range, and the word."""

    what: str
    number: str
    unit: str
    range: str
    word: str
    sentence: str


def told(look: Look, many: int, t: Texts) -> Told:
    """Return a look in words, as so many in `many`; numbers of a small group are not shown."""
    answer = look.answer
    what, unit = t(f"told.{answer.outcome}.what"), t(f"told.{answer.outcome}.unit")
    if look.word in {"hidden", "nobody"}:
        number, span = MISSING, ""
    else:
        number, low, high = on_scale((answer.value, answer.low, answer.high), many, t)
        span = "" if MISSING in (low, high) else t("look.between", low=low, high=high)
    word = t(f"look.{look.word}")
    is_little = look.word in {"less", "more"} and look.is_minor
    return Told(
        what=what,
        number=number,
        unit=unit if number != MISSING else "",
        range=span,
        word=t("look.but_small", word=word) if is_little else word,
        sentence=t(
            f"look.sentence.{look.word}",
            what=what,
            stem=_stem(look, many, t),
            number=number,
            unit=unit,
            range=span,
            smallest=smallest(look, many, t),
        ).strip(),
    )


def gap(look: Look, many: int, t: Texts) -> str:
    """Return how far EU-11 children are from comparable ones in the base; empty if not shown.

    `look` is that of the gap.
    """
    level = look.answer.level_base
    if look.answer.is_small or math.isnan(level):
        return ""
    (size,) = on_scale((level,), many, t)
    return t("look.gap", size=unsigned(size), unit=t(f"told.{look.answer.outcome}.unit"))


def not_knowing(found: NotKnowing | None, many: int, n: int, t: Texts) -> str:
    """Return what other assumptions leave possible of a difference, with the number of draws."""
    if found is None:
        return t("look.not_yet")
    low, high = on_scale((found.low, found.high), many, t)
    return t("look.not_knowing", low=low, high=high, n=str(n))


def smallest(look: Look, many: int, t: Texts) -> str:
    """Return the smallest difference that matters, with its unit."""
    number = f"{many * look.answer.smallest.value:.6f}".rstrip("0").rstrip(".")
    decimals = len(number.partition(".")[2])
    return f"{t.number(float(number), decimals)} {t(f'told.{look.answer.outcome}.unit')}"


def _stem(look: Look, many: int, t: Texts) -> str:
    """Return which way it goes and by how much, in a few words; empty where there is no direction.

    The ends of the range have no sign, as the words say the direction.
    """
    answer = look.answer
    way = look.word.removeprefix("seems_")
    if way not in {"less", "more"}:
        return ""
    number, *ends = on_scale((answer.value, answer.low, answer.high), many, t)
    stem = t(f"told.{answer.outcome}.{way}", size=unsigned(number))
    if MISSING in ends:
        return stem
    low, high = ends if way == "more" else reversed(ends)
    is_one_sided = answer.low > 0 or answer.high < 0
    between = (unsigned(low), unsigned(high)) if is_one_sided else tuple(ends)
    return f"{stem}, {t('look.between', low=between[0], high=between[1])}"
