"""How an outcome of children changed since the first school year: crude, and standardised.

From year to year other children are counted, and that alone moves a crude number. So a level is
told crude and a change over time standardised: with the children of the first school year of the
base (`model.outcomes.composition`), and both are named. Terminal, report and page tell it from
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.outcomes.registry import POOLED, POPULATIONS, STANDARDISED
from model.outcomes.sums import HELD
from scenarios.statistics.answer import GAP, Answer
from scenarios.statistics.ratio_estimates import LEDGER

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble

DIMENSIONS = ("all", STANDARDISED, POOLED)
"""What a change over time is made of, by the dimension in which it stands."""


_BY = ("scenario", "layer", "outcome", "dimension", "population")

type _Sums = Mapping[tuple[str, ...], np.ndarray]
"""Numerator and denominator by `_BY` and school year; where nobody was seen there is nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OverTime:
    """The standardised answer of a pair, and how the outcome changed since the `first` school year.

    `answer` compares the scenarios with the children of the base's first school year in both.
    `crude` and `standardised` are the changes in base and alternative, from the first school year
    to those of the answer together; NaN where nobody was seen. `pooled` says of how many children
    (in 1, the most of both scenarios) the rate had to be that of others, because nobody was in
    their cell. Where the answer is of a small group all of it is not to be shown.
    """

    answer: Answer
    first: str
    crude: tuple[float, float]
    standardised: tuple[float, float]
    pooled: float


def told_as(run: Ensemble) -> tuple[str, ...]:
    """Return the dimensions of what is told of everybody: crude, and standardised where it is."""
    return tuple(one for one in DIMENSIONS[:2] if one in run.layout.dimensions)


def over_times(run: Ensemble, found: Sequence[Answer]) -> list[OverTime]:
    """Return how the outcomes of standardised answers about a run changed; others are left out."""
    held = [one for one in found if one.group == HELD]
    if not held:
        return []
    first = run.school_years[0]
    table = run.table(
        outcome=tuple(dict.fromkeys(one.outcome for one in held)),
        dimension=DIMENSIONS,
        school_year=tuple(dict.fromkeys((first, *(year for one in held for year in one.years)))),
        layer=tuple(dict.fromkeys(one.layer for one in held)),
        draw=LEDGER,
    )
    added = table.groupby([*_BY, "school_year"], observed=True)[["numerator", "denominator"]].sum()
    sums = dict(zip(added.index, added.to_numpy(float), strict=True))
    return [_over_time(sums, one, first) for one in held]


def _over_time(sums: _Sums, answer: Answer, first: str) -> OverTime:
    sides = [(name, answer.layer, answer.outcome) for name in (answer.base, answer.alternative)]
    crude, standardised = (
        tuple(_change(sums, (*side, dimension), answer, first) for side in sides)
        for dimension in DIMENSIONS[:2]
    )
    pooled = [
        _sum(sums, (*side, POOLED, who), answer.years)[1]
        / max(1.0, _sum(sums, (*side, STANDARDISED, who), answer.years)[1])
        for side in sides
        for who in _people(answer)
    ]
    return OverTime(
        answer=answer,
        first=first,
        crude=(crude[0], crude[1]),
        standardised=(standardised[0], standardised[1]),
        pooled=float(max(pooled)),
    )


def _people(answer: Answer) -> tuple[str, ...]:
    return POPULATIONS if answer.population == GAP else (answer.population,)


def _change(sums: _Sums, which: tuple[str, ...], answer: Answer, first: str) -> float:
    changes = [
        _level(sums, (*which, who), answer.years) - _level(sums, (*which, who), (first,))
        for who in _people(answer)
    ]
    return changes[0] - changes[1] if answer.population == GAP else changes[0]


def _level(sums: _Sums, which: tuple[str, ...], years: Sequence[str]) -> float:
    number, of = _sum(sums, which, years)
    return float(number / of) if of > 0.0 else np.nan


def _sum(sums: _Sums, which: tuple[str, ...], years: Sequence[str]) -> np.ndarray:
    """Return numerator and denominator (2,) of years together."""
    there = [sums[(*which, year)] for year in years if (*which, year) in sums]
    return np.sum(there, axis=0) if there else np.zeros(2)
