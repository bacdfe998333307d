"""Intervals that may be looked at again and again: confidence sequences of paired differences.

The chance that one of them ever misses the true mean, over all looks together, is at most the
stated error; exact for normal differences of unknown variance (Lai 1976; Wang and Ramdas 2024).
See docs/statistics.md.
"""

from __future__ import annotations

import numpy as np

TUNED_FOR = 40
"""Pairs at which the intervals are narrowest; wrong for other numbers only in width."""


def confidence_sequence(
    differences: np.ndarray, error: float, tuned_for: int = TUNED_FOR
) -> tuple[np.ndarray, np.ndarray]:
    """Return low and high for the mean of differences (..., n), valid at every look together.

    The set of means that a mixture over normal effect sizes (variance g) does not reject: with
    t² = n mean² / variance, v = n - 1 and c = ((1 + n g) / error²)^(1 / n), those with
    t² < v (c - 1) / (1 - c / (1 + n g)). Unbounded while n is too small for any statement, and
    where all differences are zero, which says nothing about their spread.
    """
    n = differences.shape[-1]
    mean = differences.mean(axis=-1)
    g = _mixture(error, tuned_for)
    c = ((1 + n * g) / error**2) ** (1 / n)
    if n < 2 or c >= 1 + n * g:  # noqa: PLR2004 - one pair has no spread
        return np.full(np.shape(mean), -np.inf), np.full(np.shape(mean), np.inf)
    squared = (n - 1) * (c - 1) / (1 - c / (1 + n * g))
    half = np.sqrt(squared / n) * differences.std(axis=-1, ddof=1)
    half = np.where(np.any(differences != 0, axis=-1), half, np.inf)
    return mean - half, mean + half


def pairs_needed(differences: np.ndarray, error: float, most: int = 1_000_000) -> np.ndarray:
    """Return about how many pairs would settle each sign if mean and spread stay as seen.

    Rounded up on a grid of steps of a tenth; NaN where more than `most` would be needed.
    """
    sizes = np.unique(np.geomspace(2, most, 140).astype(np.int64))
    g = _mixture(error, TUNED_FOR)
    c = ((1 + sizes * g) / error**2) ** (1 / sizes)
    possible = c < 1 + sizes * g
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(possible, (sizes - 1) * (c - 1) / (1 - c / (1 + sizes * g)), np.inf)
        effect = (differences.mean(axis=-1) / differences.std(axis=-1, ddof=1)) ** 2
    enough = sizes * effect[..., None] > needed
    return np.where(enough.any(axis=-1), sizes[enough.argmax(axis=-1)], np.nan)


def _mixture(error: float, tuned_for: int) -> float:
    """Return the variance of effect sizes that makes intervals narrowest at `tuned_for` pairs.

    The approximation of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024) for its own kind of
    mixture, which has the same form.
    """
    spread = 2 * np.log(1 / error)
    return float((spread + np.log(1 + spread)) / tuned_for)
