"""Words that hold: what may be said of a difference while replicates are still coming in.

A page shows a difference after 4 replicates, after 8, after 12; whoever says "less" as soon as a
usual interval excludes 0 says so by luck sooner or later, and with many levers and outcomes sooner.
So a direction is said only when an interval excludes 0 that holds over all looks together (a
confidence sequence, docs/statistics.md) with an error of one in a hundred, and never before 20
replicates differ. Until 20 are there it is a first impression, of which no more is said than how it
seems.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from model.outcomes.registry import BY_OUTCOME
from scenarios.statistics.answer import Answer, answered, differences_of
from scenarios.statistics.confidence_sequence import confidence_sequence
from scenarios.statistics.stopping_rule import FEWEST

ERROR = 0.01
"""The chance that a word about a direction, or about smallness, is ever wrong by luck."""

Word = Literal[
    "hidden",
    "nobody",
    "once",
    "none",
    "seems_less",
    "seems_more",
    "seems_small",
    "seems_unsure",
    "less",
    "more",
    "small",
    "unsure",
]
"""What may be said. "hidden" rests on too few; "nobody" was seen; "once" is one replicate; in
"none" no replicate differs at all; "seems" goes before all that is said of a first impression;
"small" is surely smaller than what matters, "unsure" neither that nor a direction."""

FIRST: frozenset[Word] = frozenset({"seems_less", "seems_more", "seems_small", "seems_unsure"})
SETTLED: frozenset[Word] = frozenset({"less", "more", "small", "none"})
"""Words that more replicates need not change."""


class Interval(NamedTuple):
    """The ends of an interval."""

    low: float
    high: float

    def excludes_zero(self) -> bool:
        """Return whether all of it lies on one side of 0."""
        return self.low > 0 or self.high < 0

    def within(self, size: float) -> bool:
        """Return whether all of it is smaller than a size."""
        return max(abs(self.low), abs(self.high)) < size


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A difference as it stands now, with what may be said of it.

    `dots` are what each replicate says of the difference (their mean is the difference); `held` is
    the interval that holds at any look, with an error of ERROR.
    """

    answer: Answer
    dots: tuple[float, ...]
    held: Interval
    word: Word

    @property
    def is_minor(self) -> bool:
        """Whether a direction is known and the difference yet surely smaller than what matters."""
        return self.held.within(self.answer.smallest.value)


def looked(
    numerators: np.ndarray,
    denominators: np.ndarray,
    *,
    outcome: str,
    population: str,
    layer: str,
    years: tuple[str, ...],
    base: str = "",
    alternative: str = "",
    is_small: bool,
) -> Look:
    """Return a difference of everybody as it stands, from sums.

    `numerators` and `denominators` (populations, 2, years, replicates) have the base first.
    """
    answer = answered(
        numerators,
        denominators,
        outcome=outcome,
        population=population,
        group="all",
        layer=layer,
        years=years,
        base=base,
        alternative=alternative,
        is_small=is_small,
    )
    dots = differences_of(numerators, denominators, population)
    held = holds(dots)
    return Look(
        answer=answer, dots=tuple(map(float, dots)), held=held, word=word(answer, dots, held)
    )


def holds(dots: np.ndarray) -> Interval:
    """Return the interval of the mean of differences (replicates,) that holds at any look."""
    if np.isnan(dots).any():
        return Interval(-np.inf, np.inf)
    low, high = confidence_sequence(dots, ERROR)
    return Interval(float(low), float(high))


def word(answer: Answer, dots: np.ndarray, held: Interval) -> Word:
    """Return what may be said of an answer whose replicates differ by `dots`."""
    if answer.is_small or np.isnan(answer.value):
        return "hidden" if answer.is_small else "nobody"
    if not dots.any():
        return "none"
    if dots.size == 1:
        return "once"
    smallest = BY_OUTCOME[answer.outcome].smallest.value
    if dots.size < FEWEST:
        return _impression(Interval(answer.low, answer.high), smallest)
    if held.excludes_zero() and np.count_nonzero(dots) >= FEWEST:
        return "more" if held.low > 0 else "less"
    return "small" if held.within(smallest) else "unsure"


def _impression(usual: Interval, smallest: float) -> Word:
    """Return how a first impression seems, by the usual interval; NaN without any spread."""
    if usual.excludes_zero():
        return "seems_more" if usual.low > 0 else "seems_less"
    return "seems_small" if usual.within(smallest) else "seems_unsure"
