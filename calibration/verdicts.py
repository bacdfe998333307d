"""What several runs, each with other luck, say about one quantity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

YES, NO, OPEN, NOT_SEEN = "holds", "does not hold", "too close to say", "not seen"
NOT_JUDGED, FED_IN, TOLD = "not judged", "as fed in", "told"
NO_TARGET, NOT_HELD = "no target", "not in the model"
VERDICTS = (YES, NO, OPEN, NOT_SEEN, NOT_JUDGED, FED_IN, TOLD, NOT_HELD, NO_TARGET)
"""What a report can say of a quantity.

"holds" and "does not hold" are said when the whole interval of the mean lies on one side of the
bounds; between them more seeds would decide. "not seen" means that the runs were too short or too
small, "not judged" that one seed says nothing about luck. "as fed in" is a number that the model
was given: that it agrees proves nothing; one that does not agree does not hold. "told" has no
figure to be held to, "not in the model" no number either.
"""

CONFIDENCE = 0.95
LEAST_SEEDS = 2
"""Seeds from which the error of a mean is known."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mean over the seeds that saw a quantity, its standard error, and what it comes to.

    `held` of `seen` seeds lie within the bounds by themselves. `error` is NaN for one seed.
    """

    mean: float
    error: float
    held: int
    seen: int
    verdict: str


def judged(values: Sequence[float], low: float, high: float) -> Verdict:
    """Return the verdict on one value for each seed; NaN in a seed that did not see it.

    `low` and `high` are in the unit of the values, infinite for an open end. The interval is that
    of Student's t for the mean. A seed in which the value is infinite (a ratio to nothing) does not
    hold, and neither does the quantity.
    """
    from scipy import special

    seen = [value for value in values if not math.isnan(value)]
    held = sum(low <= value <= high for value in seen)
    if not seen:
        return Verdict(math.nan, math.nan, 0, 0, NOT_SEEN)
    n = len(seen)
    mean = sum(seen) / n
    if n < LEAST_SEEDS:
        return Verdict(mean, math.nan, held, n, NOT_JUDGED if len(values) == 1 else NOT_SEEN)
    if math.isinf(mean) or math.isnan(mean):
        return Verdict(mean, math.nan, held, n, NO)
    error = math.sqrt(sum((value - mean) ** 2 for value in seen) / (n - 1) / n)
    half = float(special.stdtrit(n - 1, 0.5 + CONFIDENCE / 2.0)) * error
    if low <= mean - half and mean + half <= high:
        return Verdict(mean, error, held, n, YES)
    is_outside = mean + half < low or mean - half > high
    return Verdict(mean, error, held, n, NO if is_outside else OPEN)
