"""What the fit is held to, where a model may miss a figure either way; and the gate before it.

A figure that no run comes near cannot teach anything. Fitted all the same it would push numbers to
the ends of their priors, and make them look known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

AWAY = 3.0
"""Total errors beyond the middle 98% of the runs from which a figure is out of reach."""

SEEN = 0.5
"""Share of the runs that have to show a figure."""

Verdict = Literal["in reach", "out of reach", "not seen"]


@dataclass(frozen=True)
class Held:
    """Figures, all arrays in their order; a figure that is one number has both ends alike.

    `low` and `high` are what the figure allows, -inf and inf where an end is open; `is_log`
    says which figures are on a log scale. `error` and
    `discrepancy` (figures, 2) are standard deviations at either end: of the figure, and of what the
    quantity of the model is for another thing than the figure.
    """

    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    error: np.ndarray
    discrepancy: np.ndarray
    is_log: np.ndarray

    def scaled(self, shown: np.ndarray) -> np.ndarray:
        """Return numbers (places, figures) of the figures' units on the scale of the fit."""
        return scaled(shown, self.is_log)

    def in_unit(self, shown: np.ndarray) -> np.ndarray:
        """Return numbers (places, figures) of that scale in the figures' units."""
        return np.where(self.is_log, np.exp(np.where(self.is_log, shown, 0.0)), shown)

    @property
    def is_number(self) -> np.ndarray:
        """Which figures are one number, and not a range with a soft end."""
        return np.asarray(self.low == self.high)

    def of(self, chosen: np.ndarray) -> Held:
        """Return some of the figures, by a truth value each."""
        names = tuple(name for name, is_in in zip(self.names, chosen, strict=True) if is_in)
        return Held(
            names,
            self.low[chosen],
            self.high[chosen],
            self.error[chosen],
            self.discrepancy[chosen],
            self.is_log[chosen],
        )

    def gaps(self, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return by how much numbers (places, figures) lie outside, and beyond which end (0 or 1).

        Below it is negative; inside it is 0. NaN stays NaN.
        """
        gap = shown - np.clip(shown, self.low, self.high)
        return gap, (gap > 0.0).astype(int)

    def variance(self, ends: np.ndarray, times: float = 1.0) -> np.ndarray:
        """Return the variance of each figure at an end (places, figures).

        `times` is by how much the discrepancies are taken larger than they were judged to be.
        """
        both = self.error**2 + (times * self.discrepancy) ** 2
        return np.take_along_axis(both[None], ends[..., None], axis=-1)[..., 0]

    def distances(self, shown: np.ndarray) -> np.ndarray:
        """Return how far numbers (places, figures) are from the figures, in total errors."""
        gap, end = self.gaps(shown)
        return gap / np.sqrt(self.variance(end))


def scaled(shown: np.ndarray, is_log: np.ndarray) -> np.ndarray:
    """Return numbers (places, figures) of the units on the scale; the log of nothing is NaN."""
    is_taken = is_log & (shown > 0.0) & np.isfinite(shown)
    logs = np.log(np.where(is_taken, shown, 1.0))
    nothing = is_log & (shown <= 0.0) & np.isfinite(shown)
    return np.where(is_taken, logs, np.where(nothing, np.nan, shown))


@dataclass(frozen=True)
class Reach:
    """Of one figure: the 1%, 50% and 99% points of the runs, on the scale of the fit."""

    verdict: Verdict
    seen: int
    low: float
    middle: float
    high: float


def reaches(held: Held, shown: np.ndarray) -> list[Reach]:
    """Return how runs (runs, figures) that fill the priors lie to each figure."""
    return [_reach(held, shown[:, k], k) for k in range(len(held.names))]


def _reach(held: Held, shown: np.ndarray, k: int) -> Reach:
    seen = shown[~np.isnan(shown)]
    if len(seen) < max(1.0, SEEN * len(shown)):
        return Reach("not seen", len(seen), np.nan, np.nan, np.nan)
    low, middle, high = (float(one) for one in np.percentile(seen, [1, 50, 99]))
    total = np.hypot(held.error[k], held.discrepancy[k])
    is_near = held.low[k] - AWAY * total[0] <= high and low <= held.high[k] + AWAY * total[1]
    return Reach("in reach" if is_near else "out of reach", len(seen), low, middle, high)
