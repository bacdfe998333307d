"""Tying families: rings that are rewired, those who join later, and chance at work.

Compiled; each tie hangs on a key. `neighbours` (n, most) and `degree` (n,) hold the ties so far.
"""

from __future__ import annotations

import numpy as np

from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4

_RING, _WORK = 1, 64
"""Where the draws of rings and of work begin; place 0 is the order in the ring."""

_TRIES = 3


@step
def _is_tied(neighbours: np.ndarray, degree: np.ndarray, a: int, b: int) -> bool:
    for k in range(degree[a]):  # noqa: SIM110 - the compiler takes no generators
        if neighbours[a, k] == b:
            return True
    return False


@step
def _tie(neighbours: np.ndarray, degree: np.ndarray, a: int, b: int) -> bool:
    """Tie two families, unless they are one, are tied already, or one has too many ties."""
    most = neighbours.shape[1]
    if a == b or degree[a] >= most or degree[b] >= most or _is_tied(neighbours, degree, a, b):
        return False
    neighbours[a, degree[a]] = b
    neighbours[b, degree[b]] = a
    degree[a] += 1
    degree[b] += 1
    return True


@step
def _untie(neighbours: np.ndarray, degree: np.ndarray, a: int, b: int) -> None:
    for one, other in ((a, b), (b, a)):
        last = degree[one] - 1
        for k in range(degree[one]):
            if neighbours[one, k] == other:
                neighbours[one, k] = neighbours[one, last]
        neighbours[one, last] = -1
        degree[one] = last


@step
def tie_circles(
    seed: np.uint64,
    keys: np.ndarray,
    members: np.ndarray,
    firsts: np.ndarray,
    starts: np.ndarray,
    neighbours: np.ndarray,
    degree: np.ndarray,
    reach: int,
    p_rewire: float,
    share_older: float,
) -> None:
    """Tie every ring: `reach` neighbours on each side, then rewire as Watts and Strogatz do.

    `members` (n,) rows ring after ring, `firsts` (g + 1,) their first places, `starts` (g,) how
    many are there at the start; `neighbours` (n, most) and `degree` (n,) are written.
    """
    for g in range(starts.size):
        ring = members[firsts[g] : firsts[g + 1]]
        n = starts[g]
        for distance in range(1, reach + 1):
            for i in range(n):
                _tie(neighbours, degree, ring[i], ring[(i + distance) % n])
        for distance in range(1, reach + 1):
            for i in range(n):
                _rewire(seed, keys, ring, neighbours, degree, i, distance, n, p_rewire)
        for i in range(n, ring.size):
            _join(seed, keys, ring, neighbours, degree, i, reach, max(n, reach + 1), share_older)


@step
def _rewire(
    seed: np.uint64,
    keys: np.ndarray,
    ring: np.ndarray,
    neighbours: np.ndarray,
    degree: np.ndarray,
    i: int,
    distance: int,
    n: int,
    p_rewire: float,
) -> None:
    """Put the far end of a tie elsewhere in the ring of the start, with a probability."""
    a, b = ring[i], ring[(i + distance) % n]
    d = draw4(seed, keys[a], Block.NETWORK, _RING + distance)
    if d[0] >= p_rewire or degree[a] >= n - 1 or not _is_tied(neighbours, degree, a, b):
        return
    for k in range(1, _TRIES + 1):
        other = ring[int(d[k] * n)]
        if _tie(neighbours, degree, a, other):
            _untie(neighbours, degree, a, b)
            return


@step
def _join(
    seed: np.uint64,
    keys: np.ndarray,
    ring: np.ndarray,
    neighbours: np.ndarray,
    degree: np.ndarray,
    i: int,
    reach: int,
    window: int,
    share_older: float,
) -> None:
    """Tie a family that comes later to those just before it, or to some of a `window` of others."""
    a = ring[i]
    for distance in range(1, min(reach, i) + 1):
        d = draw4(seed, keys[a], Block.NETWORK, _RING + distance)
        is_tied = False
        if d[0] < share_older:
            for k in range(1, _TRIES + 1):
                back = 1 + int(d[k] * min(window, i))
                if _tie(neighbours, degree, a, ring[i - back]):
                    is_tied = True
                    break
        if not is_tied:
            _tie(neighbours, degree, a, ring[i - distance])


@step
def tie_at_work(
    seed: np.uint64,
    keys: np.ndarray,
    members: np.ndarray,
    firsts: np.ndarray,
    starts: np.ndarray,
    neighbours: np.ndarray,
    degree: np.ndarray,
    n_made: float,
) -> None:
    """Tie families with flexible work at random: each makes `n_made` ties on average.

    At the start with anybody there, later with one of as many who came last.
    """
    for g in range(starts.size):
        pool = members[firsts[g] : firsts[g + 1]]
        for i in range(pool.size):
            a = pool[i]
            d = draw4(seed, keys[a], Block.NETWORK, _WORK)
            n = int(n_made + d[0])
            for k in range(n):
                e = draw4(seed, keys[a], Block.NETWORK, _WORK + 1 + k)
                if i < starts[g]:
                    other = int(e[0] * starts[g])
                elif i > 0:
                    other = i - 1 - int(e[0] * min(max(starts[g], 1), i))
                else:
                    continue
                _tie(neighbours, degree, a, pool[other])
