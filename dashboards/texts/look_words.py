"""A look in words: what may be said of a difference by now, its number and its range."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.texts import Texts
from dashboards.texts.numbers import MISSING, differences, limit, unit_apart
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


def told(look: Look, t: Texts) -> Told:
    """Return a look in words; numbers of a small group are not shown."""
    answer = look.answer
    what = t(f"outcome.{answer.outcome}.label")
    word = t(f"look.{look.word}")
    is_little = look.word in {"less", "more"} and look.is_minor
    if is_little:
        word = t("look.but_small", word=word)
    if look.word in {"hidden", "nobody"}:
        number, span = MISSING, ""
    else:
        number, low, high = differences(answer.outcome, t, answer.value, answer.low, answer.high)
        span = "" if MISSING in (low, high) else t("look.between", low=low, high=high)
    smallest = limit(answer.outcome, answer.smallest.value, t)
    sentence = t(
        f"look.sentence.{look.word}",
        what=what,
        number=number,
        unit=unit_apart(answer.outcome, t),
        range=span,
        smallest=smallest,
    )
    if is_little:
        sentence = f"{sentence} {t('look.little', smallest=smallest)}"
    return Told(
        what=what,
        number=number,
        unit=unit_apart(answer.outcome, t) if number != MISSING else "",
        range=span,
        word=word,
        sentence=sentence,
    )
