"""How numbers are written for people: one place for all digits of terminal, page and report.

Unit and decimals of a level stand with its outcome (`model.outcomes.registry`), the words in the
texts. A difference and the ends of its interval have as many decimals as half the width of the
interval needs for two figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.texts import Texts
from model.outcomes.registry import BY_OUTCOME
from scenarios.statistics.answer import Answer
from scenarios.statistics.over_time import OverTime
from scenarios.statistics.ranking import so_many_people

MISSING = "–"
ALMOST_SURE = 0.999
"""Probabilities above this are not told apart."""

MOST_DECIMALS, MORE_DECIMALS = 6, 2
"""Most decimals, and how many are added so that an end that is not 0 does not read as 0."""

SO_MANY = (100, 1000, 10_000)
"""A difference in shares is told as so many in so many: the first in which it is ten or more."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """The digits of an answer; what is not known or not shown is a dash.

    `base` and `level` as beside a heading with the unit, `level_long` with the unit in words;
    `difference`, `low` and `high` with sign and without unit, `size` without sign but with its
    unit; `p_sign` as a percentage, `behind` with the people it counts.
    """

    base: str
    level: str
    level_long: str
    difference: str
    low: str
    high: str
    size: str
    p_sign: str
    behind: str


def written(answer: Answer, t: Texts) -> Written:
    """Return an answer in digits; those of a small group are not shown."""
    if answer.is_small:
        dashes = dict.fromkeys(Written.__dataclass_fields__, MISSING)
        return Written(**dashes)
    difference, low, high = differences(answer.outcome, t, answer.value, answer.low, answer.high)
    return Written(
        base=level(answer.outcome, answer.level_base, t),
        level=level(answer.outcome, answer.level, t),
        level_long=level_long(answer.outcome, answer.level, t),
        difference=difference,
        low=low,
        high=high,
        size=with_unit(answer.outcome, unsigned(difference), t),
        p_sign=certainty(answer.p_sign, t),
        behind=behind(answer, t),
    )


def level(outcome: str, value: float | None, t: Texts) -> str:
    """Return a value in its unit, as beside a heading that names the unit."""
    if value is None or math.isnan(value):
        return MISSING
    measure = BY_OUTCOME[outcome].measure
    number = t.number(measure.scale * value, measure.decimals)
    return f"{number}%" if measure.is_share else number


def level_long(outcome: str, value: float | None, t: Texts) -> str:
    """Return a value with its unit in words, as in '8.2 per 100 families per year'."""
    number = level(outcome, value, t)
    if number == MISSING or BY_OUTCOME[outcome].measure.is_share:
        return number
    return f"{number} {unit(outcome, t)}"


def unit(outcome: str, t: Texts) -> str:
    """Return the unit of an outcome in words, as in 'per 100 families per year'."""
    return t(f"measure.{BY_OUTCOME[outcome].unit}")


def unit_apart(outcome: str, t: Texts) -> str:
    """Return the unit of a difference in words; that of shares is percentage points."""
    return t("answer.points") if BY_OUTCOME[outcome].measure.is_share else unit(outcome, t)


def with_unit(outcome: str, number: str, t: Texts) -> str:
    """Return a difference that was written, with its unit in words."""
    return number if number == MISSING else f"{number} {unit_apart(outcome, t)}"


def differences(outcome: str, t: Texts, *values: float) -> list[str]:
    """Return a difference and the ends of its interval, with sign and without unit.

    Exactly nothing is 0; what is too small for the decimals is 0 with decimals, without a sign.
    """
    measure = BY_OUTCOME[outcome].measure
    scaled = [measure.scale * value for value in values]
    known = [value for value in scaled if not math.isnan(value)]
    digits = decimals_for(known, measure.decimals)
    return [_signed(value, digits, t) for value in scaled]


def interval(outcome: str, *values: float, t: Texts) -> str:
    """Return a difference with its interval in brackets, where chance is known."""
    difference, low, high = differences(outcome, t, *values)
    if MISSING in (low, high):
        return difference
    return f"{difference} ({t('terminal.between', low=low, high=high)})"


def on_scale(values: Sequence[float], many: int, t: Texts, least: int = 0) -> list[str]:
    """Return a difference and its ends as so many in `many`, with sign and without unit."""
    scaled = [many * value for value in values]
    digits = decimals_for([value for value in scaled if not math.isnan(value)], least)
    return [_signed(value, digits, t) for value in scaled]


def decimals_for(known: list[float], least: int = 0) -> int:
    """Return how many decimals a difference and its ends need: half the width has two figures."""
    sizes = [abs(value) for value in known]
    half = (max(known, default=0.0) - min(known, default=0.0)) / 2.0 or max(sizes, default=0.0)
    if half == 0.0:
        return least
    digits = min(MOST_DECIMALS, max(least, 1 - math.floor(math.log10(half))))
    smallest = min(size for size in sizes if size > 0.0)
    more = range(digits, min(MOST_DECIMALS, digits + MORE_DECIMALS) + 1)
    return next((n for n in more if round(smallest, n) > 0.0), digits)


def changes(one: OverTime, t: Texts) -> list[str]:
    """Return how an outcome changed, with sign and without unit.

    Standardised in base and alternative, and crude in both.
    """
    return differences(one.answer.outcome, t, *one.standardised, *one.crude)


def unsigned(number: str) -> str:
    """Return a difference that was written, without its sign."""
    return number.lstrip("+\N{MINUS SIGN}")


def certainty(p_sign: float, t: Texts) -> str:
    """Return the probability that a sign is right; chance is never put at certainty."""
    if math.isnan(p_sign):
        return MISSING
    if p_sign < ALMOST_SURE:
        return t.percent(p_sign, 1)
    return f">{t.percent(ALMOST_SURE, 1)}"


def behind(answer: Answer, t: Texts) -> str:
    """Return how many children or families a level is of, as in '1,234 students'."""
    if math.isnan(answer.behind):
        return MISSING
    return f"{t.number(answer.behind)} {t(f'counted.{answer.of}')}"


def limit(outcome: str, value: float, t: Texts) -> str:
    """Return a limit in the unit of a difference, with the decimals that it has."""
    number = f"{BY_OUTCOME[outcome].measure.scale * value:.6f}".rstrip("0").rstrip(".")
    decimals = len(number.partition(".")[2])
    return with_unit(outcome, t.number(float(number), decimals), t)


def so_many(answer: Answer, t: Texts) -> str:
    """Return a difference of shares as '12 in every 1,000 pupils', empty for other outcomes."""
    if not answer.measure.is_share:
        return ""
    size = abs(answer.value)
    many = next((many for many in SO_MANY if round(size * many) >= SO_MANY[0] // 10), SO_MANY[-1])
    count = round(size * many)
    return t(
        "answer.so_many" if count else "answer.less_than_one",
        count=t.number(count),
        many=t.number(many),
        who=t(f"counted.{answer.of}"),
    )


def people_a_year(answer: Answer, factor: float, t: Texts) -> str:
    """Return a difference as people or events at full size, such as '-40 students a year'.

    With its interval where chance is known. `factor` is how much larger the full size is. Empty
    where it cannot be said, or is nothing.
    """
    found = so_many_people(answer, factor)
    if found is None or not found[0] or math.isnan(found[0]):
        return ""
    digits = 0 if max(abs(one) for one in found if not math.isnan(one)) >= SO_MANY[0] / 10 else 1
    number, low, high = (_signed(one, digits, t) for one in found)
    told = t(f"national.{answer.unit}", n=number, who=t(f"counted.{answer.of or answer.unit}"))
    return told if low == MISSING else f"{told} ({t('terminal.between', low=low, high=high)})"


def span(years: tuple[str, ...], t: Texts) -> str:
    """Return which school years an answer takes together, as '2032/33 to 2036/37'."""
    if len(years) == 1:
        return years[0]
    return t("answer.span", first=years[0], last=years[-1])


def _signed(value: float, digits: int, t: Texts) -> str:
    if math.isnan(value):
        return MISSING
    if value == 0.0:
        return "0"
    number = t.number(value, digits)
    return f"+{number}" if round(value, digits) > 0.0 else number
