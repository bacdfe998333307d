"""One check of the model against what is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from model.evidence.ledger import Grade

Block = Literal["pattern", "stay", "still", "young"]
BLOCKS: tuple[Block, ...] = ("pattern", "stay", "still", "young")
"""Patterns; what gets better with the years here; what stands still; who is seen of the young."""

SOME = 1e-6
"""Lower bound of what has to be more than nothing."""


@dataclass(frozen=True, slots=True)
class Check:
    """`model` must lie within `bounds` (low, high); None is an open end, NaN was not seen.

    `published` is what the source says, in its own number or word. Where a bound is our reading of
    it, `reading` is the reason; it is empty for a bound that the source states. What is only told
    has no bounds and no verdict.
    """

    key: str
    statement: str
    published: str
    bounds: tuple[float | None, float | None]
    model: float
    grade: Grade
    note: str
    reading: str = ""
    block: Block = "pattern"

    @property
    def is_told(self) -> bool:
        """Whether there is nothing to hold it to."""
        return self.bounds == (None, None)

    @property
    def is_seen(self) -> bool:
        """Whether the run was long and large enough to see it."""
        return not math.isnan(self.model)

    @property
    def holds(self) -> bool:
        """Whether the model lies within the bounds; what was not seen does not hold."""
        low, high = self.bounds
        is_low = low is None or self.model >= low
        is_high = high is None or self.model <= high
        return self.is_seen and is_low and is_high


def smallest(*values: float) -> float:
    """Return the smallest value; NaN when one of them was not seen."""
    return math.nan if any(math.isnan(value) for value in values) else min(values)


def ratio(part: float, whole: float) -> float:
    """Return part / whole; NaN when there is nothing to divide by."""
    return part / whole if whole > 0.0 else math.nan
