"""Dealing: how shares become whole families.

An independent lottery per family would make a small sample wander from the shares it stands for.
Here families are dealt: put in order of the strata that matter, with a keyed draw between equals,
and given numbers a golden section apart (a Kronecker sequence, turned by a draw of the seed). So
any share holds as exactly as whole families allow, in every stratum too. Families at the start get
exact quotas. Those who come later are dealt year after year in the same sequence, so that a longer
run changes nothing in the earlier years. All luck comes from `model.kernel.random_numbers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from model.kernel.random_numbers import Block, draw4_many

GOLDEN = (5.0**0.5 - 1.0) / 2.0
START = -1
"""The cohort of the families at the start; later cohorts are run years."""


def deviates(words: np.ndarray) -> np.ndarray:
    """Return the standard normal deviates (n,) below which shares (n,) of 0 to 1 lie."""
    from scipy.special import ndtri  # noqa: PLC0415 - people that are kept are read without it

    return np.asarray(ndtri(words))


class Deck(IntEnum):
    """What is dealt, each with luck of its own. Append only."""

    SIZE = 0
    ORDER = 1
    LATE_SIBLING = 2
    OLDEST = 3
    SECOND = 4
    THIRD = 5
    RANK = 6
    STAY = 7
    BEGINS_HERE = 8
    ADULTS = 9
    EARNERS = 10
    MUNICIPALITY = 11
    ORIGIN = 12
    EDUCATION = 13
    CONTRACT_MAIN = 14
    CONTRACT_SECOND = 15
    WITHOUT_WORK = 16
    SEEKING = 17
    FULL_TIME_MAIN = 18
    FULL_TIME_SECOND = 19
    HOME = 20
    REGISTRATION = 21
    NEIGHBOURHOOD = 22
    REGION = 23
    TIED = 24


class Kin(IntEnum):
    """How families came to be there: at the start, then those who enter in the run."""

    SETTLED = 0
    """Began here, with a first birth."""
    LATE = 1
    """Came with children, one of whom is 13 to 17 and under five years here."""
    CAME = 2
    """Came with children, none of them such."""
    ARRIVING = 3
    """Comes with children in the run."""
    BEGINNING = 4
    """Begins here in the run."""


@dataclass(frozen=True, slots=True)
class Dealer:
    """Deals to n families with `keys` (n,), in cohorts (n,): `START` first, then run years."""

    seed: np.uint64
    keys: np.ndarray
    cohorts: np.ndarray

    def words(self, block: Block, month: int = 0) -> np.ndarray:
        """Return four uniforms per family (n, 4) that hang on nothing but the family's key."""
        return draw4_many(self.seed, self.keys, int(block), month)

    def turn(self, deck: Deck) -> float:
        """Return the draw of the seed by which a deck is turned."""
        word: float = draw4_many(
            self.seed, np.array([int(deck)], np.uint64), Block.POPULATION_DECK, 0
        )[0, 0]
        return word

    def deal(self, deck: Deck, *strata: np.ndarray) -> np.ndarray:
        """Return numbers (n,) between 0 and 1, spread evenly overall and within the strata.

        The first stratum weighs most in the order.
        """
        luck = draw4_many(self.seed, self.keys, Block.POPULATION_DECK, 1 + int(deck))[:, 0]
        order = np.lexsort((luck, *reversed(strata), self.cohorts))
        turn = self.turn(deck)
        spread = np.empty(self.keys.size)
        spread[order] = (turn + GOLDEN * np.arange(self.keys.size)) % 1.0
        at_start = self.cohorts == START
        n_start = int(at_start.sum())
        spread[at_start] = (ranks(spread[at_start]) + turn) / max(1, n_start)
        return spread


def ranks(values: np.ndarray) -> np.ndarray:
    """Return the rank (n,) of each value, from 0."""
    result = np.empty(values.size, np.int64)
    result[np.argsort(values, kind="stable")] = np.arange(values.size)
    return result


def ranks_within(groups: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank (n,) of each value in its group, from 0, and the size (n,) of its group."""
    order = np.lexsort((values, groups))
    sorted_groups = groups[order]
    is_first = np.ones(groups.size, bool)
    is_first[1:] = sorted_groups[1:] != sorted_groups[:-1]
    firsts = np.flatnonzero(is_first)
    sizes = np.diff(np.append(firsts, groups.size))
    rank, size = np.empty(groups.size, np.int64), np.empty(groups.size, np.int64)
    rank[order] = np.arange(groups.size) - np.repeat(firsts, sizes)
    size[order] = np.repeat(sizes, sizes)
    return rank, size


def cut(dealt: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return the category (n,) of dealt numbers, for shares (k,) or shares per family (n, k)."""
    ends = np.cumsum(shares, axis=-1)
    ends = ends / ends[..., -1:]
    if ends.ndim == 1:
        ends = ends[None, :]
    return np.asarray((dealt[:, None] >= ends[:, :-1]).sum(axis=1))


def tilt(dealt: np.ndarray, score: np.ndarray, weight: float, strata: np.ndarray) -> np.ndarray:
    """Return the dealt numbers handed out anew within each stratum, more in order of the score.

    `weight` 0 leaves them as they are, 1 orders them fully. Shares stay as they were dealt.
    """
    rank, size = ranks_within(strata, score)
    mixed = (1.0 - weight) * dealt + weight * (rank + 0.5) / size
    by_mix = np.lexsort((mixed, strata))
    by_deal = np.lexsort((dealt, strata))
    result = np.empty_like(dealt)
    result[by_mix] = dealt[by_deal]
    return np.asarray(result)


def mixed_place(dealt: np.ndarray, place: np.ndarray, weight: float) -> np.ndarray:
    """Return dealt numbers (n,) as `tilt` hands them out to many at a place (n,) of 0 to 1.

    What `tilt` orders by is the sum of two even numbers, one of 0 to `weight`; this is the share
    that lies below.
    """
    mixed = (1.0 - weight) * dealt + weight * place
    low, high = sorted((weight, 1.0 - weight))
    if low <= 0.0:
        return np.asarray(mixed)
    middle = (mixed - low / 2.0) / high
    below = mixed**2 / (2.0 * low * high)
    above = 1.0 - (1.0 - mixed) ** 2 / (2.0 * low * high)
    return np.where(mixed < low, below, np.where(mixed > high, above, middle))


def quotas(total: int, shares: np.ndarray) -> np.ndarray:
    """Return whole numbers (k,) with this sum, nearest to the shares (largest remainder)."""
    exact = shares / shares.sum() * total
    result = np.floor(exact).astype(np.int64)
    missing = total - int(result.sum())
    result[np.argsort(result - exact, kind="stable")[:missing]] += 1
    return np.asarray(result)
