"""A difference as a strip of dots: one dot per replicate, a bar for its interval, a line at zero.

The axis of an outcome is always the same, so that a small difference looks small; what lies beyond
it stands at its end, and is said to. Places are percentages of the width, for the page to draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.statistics.answer import Answer
from scenarios.statistics.words import Look

HALF_AXIS = {
    "vsv_vo_expected": 0.004,
    "vsv_mbo_expected": 0.02,
    "forced_moves": 0.04,
    "language_at_12": 0.06,
}
"""How far an axis reaches to either side of zero, in the stored unit. A choice: wide enough that a
difference which hardly matters looks so."""

ROWS = 5
"""Heights at which dots lie, so that those with nearly the same place can be told apart."""


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Places from 0 to 100: dots with their row, the ends of the bar, zero in the middle, the gap.

    `gap` is where the difference between EU-11 and comparable children would be gone; None when it
    is not known. `beyond` says that something lies outside the axis.
    """

    dots: tuple[tuple[float, int], ...]
    bar: tuple[float, float] | None
    middle: float
    gap: float | None
    beyond: bool


def strip(look: Look, gap: Answer | None) -> Strip | None:
    """Return the strip of a look; None when nothing may be shown."""
    answer = look.answer
    if answer.is_small or np.isnan(answer.value):
        return None
    half = HALF_AXIS[answer.outcome]
    known = not np.isnan(answer.low)
    inside = [*look.dots, *((answer.low, answer.high) if known else ())]
    gone = None if gap is None or gap.is_small or np.isnan(gap.level_base) else -gap.level_base
    return Strip(
        dots=tuple((_place(dot, half), k % ROWS) for k, dot in enumerate(look.dots)),
        bar=(_place(answer.low, half), _place(answer.high, half)) if known else None,
        middle=_place(answer.value, half),
        gap=None if gone is None else _place(gone, half),
        beyond=any(abs(one) > half for one in inside),
    )


def _place(value: float, half: float) -> float:
    return round(float(np.clip(50 + 50 * value / half, 0.0, 100.0)), 2)
