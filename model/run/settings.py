"""The settings of a run: how many families, how long, which seed; checked where they come in."""

from __future__ import annotations

import numpy as np

from model.calendar import MONTHS_PER_YEAR
from model.errors import InputError

YEARS_MAX = 40
"""Longest run in years; beyond it nothing in the evidence says anything."""
FAMILIES_MIN, FAMILIES_MAX = 2, 2_000_000


def checked_families(families: int | str | None) -> int | None:
    """Return the number of families, None for the full size. Raises InputError."""
    if families is None or families == "all":
        return None
    if isinstance(families, bool) or not isinstance(families, int | np.integer):
        message = f"families = {families!r} is not a number; give a whole number or 'all'."
        raise InputError(message)
    if not FAMILIES_MIN <= families <= FAMILIES_MAX:
        message = (
            f"families = {families} is outside {FAMILIES_MIN} to {FAMILIES_MAX:,}; 2,000 gives a"
            " first picture, 'all' is the full size."
        )
        raise InputError(message)
    return int(families)


def checked_months(years: int) -> int:
    """Return how many months a run of so many years may live. Raises InputError."""
    if isinstance(years, bool) or not isinstance(years, int | np.integer):
        message = f"years = {years!r} is not a number of years; give a whole number."
        raise InputError(message)
    if not 1 <= years <= YEARS_MAX:
        message = (
            f"years = {years} is outside 1 to {YEARS_MAX}; the model says nothing beyond"
            f" {YEARS_MAX} years. 15 years lets a newborn reach mbo age."
        )
        raise InputError(message)
    return int(years) * MONTHS_PER_YEAR


def checked_seed(seed: int) -> int:
    """Return the seed as a Python integer. Raises InputError."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**64:
        message = f"the seed {seed!r} is not a whole number from 0 to 2**64 - 1."
        raise InputError(message)
    return int(seed)
