"""Work: what a job brings on its first day, and the law that a running contract keeps."""

from __future__ import annotations

import math

from model.kernel.compile import rule

_UNIFORM_SPREAD = 1.0 / math.sqrt(12.0)


@rule
def variance_of_hours(hours_week: float, cv: float) -> float:
    """Return the variance of the hours a week in a job, by its coefficient of variation (e01).

    A job begins with it: what was not worked before the first day is no variation.
    """
    return (cv * hours_week) * (cv * hours_week)


@rule
def cv_bandwidth(share_extra: float) -> float:
    """Return the coefficient of variation of hours even between the minimum and the maximum.

    `share_extra` is the extra availability as a share of the minimum; 0.30 gives 0.075 (map, e01).
    """
    return share_extra * _UNIFORM_SPREAD / (1.0 + share_extra / 2.0)


@rule
def whole_limit(limit: float) -> int:
    """Return a limit of the law in whole weeks or months, as a running contract remembers it."""
    return int(limit + 0.5)
