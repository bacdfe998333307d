"""A difference as a strip of dots: one dot per replicate, a bar for its interval, a line at zero.

The axis of an outcome is always the same, so that a small difference looks small; what lies beyond
it stands at its end, and is said to. Places are thousandths of the width, for the page to draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboards.figures.scales import SCALES
from scenarios.statistics.answer import Answer, NotKnowing
from scenarios.statistics.words import Look


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Places from 0 to 1000: dots, the ends of the bar, the mean, the gap, zero at 500.

    `gap` is where the difference between EU-11 and comparable children would be gone, `unknown`
    what other assumptions leave possible; None when it is not known. `beyond` says that something
    lies outside the axis.
    """

    dots: tuple[int, ...]
    bar: tuple[int, int] | None
    middle: int
    gap: int | None
    unknown: tuple[int, int] | None
    beyond: bool


def strip(look: Look, gap: Answer | None, unknown: NotKnowing | None = None) -> Strip | None:
    """Return the strip of a look; None when nothing may be shown."""
    answer = look.answer
    if answer.is_small or np.isnan(answer.value):
        return None
    half = SCALES[answer.outcome].half
    known = not np.isnan(answer.low)
    inside = [*look.dots, *((answer.low, answer.high) if known else ())]
    gone = None if gap is None or gap.is_small or np.isnan(gap.level_base) else -gap.level_base
    return Strip(
        dots=tuple(place(dot, half) for dot in look.dots),
        bar=(place(answer.low, half), place(answer.high, half)) if known else None,
        middle=place(answer.value, half),
        gap=None if gone is None else place(gone, half),
        unknown=None if unknown is None else (place(unknown.low, half), place(unknown.high, half)),
        beyond=any(abs(one) > half for one in inside),
    )


def bar(value: float, low: float, high: float, half: float) -> Strip | None:
    """Return a strip without dots, on an axis that reaches to `half` on either side of zero."""
    if np.isnan(value):
        return None
    known = not np.isnan(low)
    return Strip(
        dots=(),
        bar=(place(low, half), place(high, half)) if known else None,
        middle=place(value, half),
        gap=None,
        unknown=None,
        beyond=max(map(abs, (low, high) if known else (value,))) > half,
    )


def place(value: float, half: float) -> int:
    """Return where a difference lies on an axis that reaches to `half` on either side of zero."""
    return round(float(np.clip(500 + 500 * value / half, 0.0, 1000.0)))
