"""On which scale a page shows the difference in an outcome: so many in so many, and how far.

The axis of an outcome is always the same, so that a small difference looks small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How a difference is read and drawn.

    People read `many` times the stored number ("so many in 10,000"); the axis of a card reaches to
    `half` on either side of zero, in the stored unit. Both are choices: an axis is wide enough that
    a difference which hardly matters looks so.
    """

    many: int
    half: float


SCALES = {
    "vsv_vo_expected": Scale(many=10_000, half=0.004),
    "vsv_mbo_expected": Scale(many=1000, half=0.02),
    "forced_moves": Scale(many=1000, half=0.04),
    "language_at_12": Scale(many=100, half=0.06),
    "language_at_4": Scale(many=100, half=0.06),
    "voluntary_moves": Scale(many=1000, half=0.04),
    "contract_permanent": Scale(many=1000, half=0.1),
    "contract_zero_hours": Scale(many=1000, half=0.4),
    "poor_share": Scale(many=1000, half=0.1),
    "startkwalificatie_at_22": Scale(many=1000, half=0.1),
}

OUTCOMES = tuple(SCALES)
"""The outcomes that a page can show; the first four have a card at all times."""

HEADLINES = OUTCOMES[:4]
"""The outcomes that always have a card; an answer is settled when they are."""


def step_of(distance: float) -> float:
    """Return a round step (1, 2 or 5 times a power of ten) that makes three to six lines."""
    rough = distance / 4 if distance > 0 else 0.25
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if rough <= factor * power)
