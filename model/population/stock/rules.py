"""How families come in: a parent before the children, and the ages of siblings who come."""

from __future__ import annotations

import numpy as np

from model.kernel.compile import rule


@rule
def months_parent_first(luck: float, share: float, mean_years: float) -> float:
    """Return the months that a parent was here before the children came, exponential (D).

    Of a share of the families a parent came first; of the others all came together.

    Equation: months_parent_first = −12 · mean_years · ln(min(1, max(10^(−9), luck / share)))
    """
    months: float = -12.0 * mean_years * np.log(np.minimum(1.0, np.maximum(1e-9, luck / share)))
    return months


@rule
def age_of_next(
    luck: float, older_years: float, n_after: float, gap_min_months: float, gap_spread_months: float
) -> float:
    """Return the age in years of the child after one of `older_years`.

    The gap is the shortest one and an exponential time, such that this child is born and there is
    room for `n_after` more.

    Equation: age_of_next = older_years − (gap_min_months − gap_spread_months · ln(1 − luck · (1 −
    exp(−max(0, 12 · older_years − gap_min_months · (1 + n_after)) / gap_spread_months)))) / 12
    """
    room = np.maximum(0.0, 12.0 * older_years - gap_min_months * (1.0 + n_after))
    inside = 1.0 - np.exp(-room / gap_spread_months)
    gap = gap_min_months - gap_spread_months * np.log1p(-luck * inside)
    years: float = older_years - gap / 12.0
    return years


@rule
def grown(years: float, per_year: float) -> float:
    """Return how many times as much comes in after some years of even growth.

    Equation: grown = (1 + per_year)^years
    """
    ratio: float = (1.0 + per_year) ** years
    return ratio
