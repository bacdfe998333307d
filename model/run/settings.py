"""The settings of a run: how many families, how long, which seed; checked where they come in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.calendar import MONTHS_PER_YEAR
from model.errors import LONGEST, InputError, shortened

YEARS_MAX = 40
"""Longest run in years; beyond it nothing in the evidence says anything."""
FAMILIES_MIN, FAMILIES_MAX = 2, 2_000_000
_TOO_LONG = 10**20


def checked_settings(parameters: Mapping[str, float] | None) -> dict[str, float]:
    """Return values by dotted name. Raises InputError for what has no names."""
    if parameters is None:
        return {}
    if not isinstance(parameters, Mapping):
        message = (
            f"parameters = {shortened(repr(parameters), LONGEST)} is a {type(parameters).__name__};"
            ' give values by name, such as parameters={"school.fade_rate": 0.2}.'
        )
        raise InputError(message)
    return dict(parameters)


def checked_families(families: int | str | None) -> int | None:
    """Return the number of families, None for the full size. Raises InputError."""
    if families is None or families == "all":
        return None
    if isinstance(families, bool) or not isinstance(families, int | np.integer):
        message = f"families = {families!r} is not a number; give a whole number or 'all'."
        raise InputError(message)
    if not FAMILIES_MIN <= families <= FAMILIES_MAX:
        message = (
            f"families = {told_number(families)} is outside {FAMILIES_MIN} to {FAMILIES_MAX:,};"
            " 2,000 gives a first picture, 'all' is the full size."
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
            f"years = {told_number(years)} is outside 1 to {YEARS_MAX}; the model says nothing"
            f" beyond {YEARS_MAX} years. 15 years lets a newborn reach mbo age."
        )
        raise InputError(message)
    return int(years) * MONTHS_PER_YEAR


def seed_of(rng: object) -> int | None:
    """Return the seed that is meant by what Mesa and NumPy take for `rng`; None for None.

    A generator gives its next number, so two runs by one generator differ; a seed sequence, and a
    list of numbers, give the same seed every time. Raises InputError for anything else.
    """
    if rng is None:
        return None
    if isinstance(rng, int | np.integer):
        return checked_seed(rng)
    if isinstance(rng, np.random.BitGenerator):
        rng = np.random.Generator(rng)
    if isinstance(rng, np.random.Generator):
        return int(rng.integers(2**63))
    if isinstance(rng, list | tuple | np.ndarray) and len(rng):
        rng = np.random.SeedSequence([checked_seed(one) for one in rng])
    if isinstance(rng, np.random.SeedSequence):
        return int(rng.generate_state(1, np.uint64)[0])
    message = (
        f"rng = {rng!r} is not a whole number, a list of them, or a generator of NumPy. Give a"
        " seed, such as rng=1."
    )
    raise InputError(message)


def checked_seed(seed: int | np.integer) -> int:
    """Return the seed as a Python integer. Raises InputError."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**64:
        message = f"the seed {told_number(seed)} is not a whole number from 0 to 2**64 - 1."
        raise InputError(message)
    return int(seed)


def told_number(value: object) -> str:
    """Return a value as it was given; of a whole number that is too long to write, that it is."""
    if isinstance(value, int) and abs(value) >= _TOO_LONG:
        return "a number of more than twenty digits"
    return shortened(repr(value), LONGEST)
