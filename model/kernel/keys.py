"""Keys of families, adults and children: who draws which luck, whatever the policy.

A key has 64 bits. Bits 60 to 63 say of which kind the family is (`Kind`), bits 52 to 59 who in the
family it is (0 the family, 1 and 2 its adults, 16 and up its children by birth order), the rest is
the family's number: its place among the families at the start, or its arrival month and its place
in the queue of that month. A policy moves none of these.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from model.kernel.compile import rule, step
from model.kernel.random_numbers import Block, draw4

KIND_BITS, ROLE_BITS, MONTH_BITS = 60, 52, 24
FIRST_ADULT, FIRST_CHILD = 1, 16
_NUMBER = np.uint64((1 << ROLE_BITS) - 1)
_ROLE = np.uint64(ROLE_BITS)
_GOLDEN = (5.0**0.5 - 1.0) / 2.0


class Kind(IntEnum):
    """The kinds of families: a comparable one has that of its match plus two, a border one four."""

    INITIAL_EU11 = 1
    ARRIVING_EU11 = 2
    INITIAL_COMPARABLE = 3
    ARRIVING_COMPARABLE = 4
    INITIAL_BORDER = 5
    ARRIVING_BORDER = 6


TO_MATCH = Kind.INITIAL_COMPARABLE - Kind.INITIAL_EU11
TO_BORDER = Kind.INITIAL_BORDER - Kind.INITIAL_EU11


@rule
def adult_key(family_key: np.uint64, which: int) -> np.uint64:
    """Return the key of adult 0 or 1 of a family."""
    return np.uint64(family_key) | (np.uint64(which + FIRST_ADULT) << _ROLE)


@rule
def border_rank(seed: np.uint64, family_key: np.uint64) -> float:
    """Return a family's fixed place between 0 and 1: a border family counts below the share.

    Successive families lie a golden section apart, so that any share of a small sample holds too.
    A border family has the place of the family here whose like it is.
    """
    number = float(np.uint64(family_key) & _NUMBER)
    start = draw4(np.uint64(seed), np.uint64(0), Block.POPULATION_PLACE, 0)[0]
    return (start + number * _GOLDEN) % 1.0


def family_keys(kind: int, numbers: np.ndarray) -> np.ndarray:
    """Return the keys (n,) of families of one kind, by number."""
    return numbers.astype(np.uint64) | np.uint64(kind << KIND_BITS)


def arrival_numbers(months: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the numbers (n,) of arriving families, by run month and place in its queue."""
    return months.astype(np.uint64) << np.uint64(MONTH_BITS) | places.astype(np.uint64)


def match_keys(eu11_keys: np.ndarray) -> np.ndarray:
    """Return the keys (n,) of the comparable families of EU-11 families."""
    return np.asarray(eu11_keys + np.uint64(TO_MATCH << KIND_BITS))


def border_keys(eu11_keys: np.ndarray) -> np.ndarray:
    """Return the keys (n,) of the families across the border that are like EU-11 families."""
    return np.asarray(eu11_keys + np.uint64(TO_BORDER << KIND_BITS))


def roles(keys: np.ndarray, first: int, numbers: np.ndarray) -> np.ndarray:
    """Return the keys (n,) of adults (`FIRST_ADULT`) or children (`FIRST_CHILD`) of families."""
    return np.asarray(keys | (numbers + first).astype(np.uint64) << _ROLE)


@step
def border_ranks(seed: np.uint64, keys: np.ndarray) -> np.ndarray:
    """Return `border_rank` for family keys (n,)."""
    result = np.empty(keys.size)
    for i in range(keys.size):
        result[i] = border_rank(seed, keys[i])
    return result
