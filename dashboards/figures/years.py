"""Two charts of one outcome over the school years: the levels, and the difference with its band.

Plain values for a page to draw, in the unit that people read; axes are worked out from the first
replicates alone, so that they stay while an answer is refined.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dashboards.figures.scales import SCALES, step_of
from model.outcomes.registry import BY_OUTCOME, POPULATIONS
from scenarios.asking.paired_sums import ByYear, PairedSums

EU11, COMPARABLE = POPULATIONS.index("eu11"), POPULATIONS.index("comparable")
NARROWER = 4
"""A year's difference is drawn on an axis so many times as narrow as that of a card, and twice as
wide, or four times, where the differences of the first replicates need it."""

DIGITS = 4
Values = tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """From where to where an axis goes, and the values at which it has a line."""

    low: float
    high: float
    ticks: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Charts:
    """Values per school year; None where nobody, or too few, were seen.

    Levels are in the unit of the outcome as people read it, differences as so many in so many.
    """

    years: tuple[str, ...]
    base: Values
    alternative: Values
    comparable: Values
    difference: Values
    low: Values
    high: Values
    levels: Axis
    differences: Axis


def charts(sums: PairedSums, outcome: str, first: int) -> Charts:
    """Return the charts of an outcome; the axes are those of the `first` replicates."""
    by_year, early = sums.by_year(outcome), sums.first(first).by_year(outcome)
    seen = np.flatnonzero(~np.isnan(by_year.levels[EU11, 0]))
    kept = slice(seen[0], seen[-1] + 1) if seen.size else slice(0, 0)
    by, many = BY_OUTCOME[outcome].measure.scale, SCALES[outcome].many
    known = ~np.isnan(by_year.low)
    low = np.where(known, by_year.low, by_year.difference)
    high = np.where(known, by_year.high, by_year.difference)

    def read(values: np.ndarray, factor: float) -> Values:
        return tuple(_plain(factor * value) for value in values[kept])

    return Charts(
        years=sums.school_years[kept],
        base=read(by_year.levels[EU11, 0], by),
        alternative=read(by_year.levels[EU11, 1], by),
        comparable=read(by_year.levels[COMPARABLE, 0], by),
        difference=read(by_year.difference, many),
        low=read(low, many),
        high=read(high, many),
        levels=_levels(early, by),
        differences=_differences(early, outcome, many),
    )


def _levels(early: ByYear, by: float) -> Axis:
    values = by * early.levels[[EU11, EU11, COMPARABLE], [0, 1, 0]]
    known = values[~np.isnan(values)]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    step = step_of(1.05 * (high - low))
    return _axis(math.floor(low / step) * step, math.ceil(1.02 * high / step) * step, step)


def _differences(early: ByYear, outcome: str, many: int) -> Axis:
    half = SCALES[outcome].half / NARROWER
    known = np.abs(early.difference[~np.isnan(early.difference)])
    while known.size and half < known.max():
        half *= 2
    return _axis(-many * half, many * half, many * half / 2)


def _axis(low: float, high: float, step: float) -> Axis:
    count = round((high - low) / step)
    ticks = tuple(round(low + k * step, 6) for k in range(count + 1))
    return Axis(low=round(low, 6), high=round(high, 6), ticks=ticks)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), DIGITS)
