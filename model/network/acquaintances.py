"""Who knows whom: ties between families, and key persons as hubs.

Families of one municipality and home language form a small world (Watts and Strogatz 1998): a ring
in which each is tied to its nearest, those who came or began at about the same time, and some ties
go to somebody far away. Who comes later is tied to those who came just before, and partly to older
families. Families with flexible work are tied to others with flexible work in the municipality. The
two populations are not tied to each other: the comparable families are a mirror, not the
neighbours. No tie looks at origin.

networkx reads and analyses the network (`model.network.graphs`); it does not build it. Its
`watts_strogatz_graph` draws from a generator with a state, in which one more family would move the
luck of all after it, and reading 140,000 families out of a graph takes seconds where this takes a
tenth of one. Here each tie hangs on a key (`model.kernel.random_numbers`), in compiled code, and a
longer run only adds ties. The tests hold the rings against those of networkx in degree, clustering
and path length.

Groups too small for a ring share one in their municipality.
"""

from __future__ import annotations

import numpy as np

from model.enums import FLEXIBLE, HomeLanguage, Municipality
from model.kernel.random_numbers import Block, draw4_many
from model.network.key_persons import lay_key_persons
from model.network.ties import tie_at_work, tie_circles
from model.registry import ParameterRow

MOST_TIES = 48
"""Ties of a family at most."""

_ORDER = 0
_MIXED = 16


def lay_network(
    seed: np.uint64, families: np.ndarray, contracts: np.ndarray, n_start: int, p: ParameterRow
) -> tuple[np.ndarray, np.ndarray]:
    """Return ties (t,) and key persons (k,), and write both into the families (n,) in row order.

    The first `n_start` rows are there at the start; `contracts` (n,) are the main earners'. `ties`
    holds for every family, from `first_tie` on, the rows of those it is tied to.
    """
    neighbours = np.full((families.size, MOST_TIES), -1, np.int32)
    degree = np.zeros(families.size, np.int32)
    members, firsts, starts = _circles(seed, families, n_start, round(p.n_ties_language) + 1)
    tie_circles(
        seed, families["key"], members, firsts, starts, neighbours, degree,
        round(p.n_ties_language) // 2, float(p.p_rewire), float(p.share_ties_older),
    )  # fmt: skip
    is_flexible = np.isin(contracts, FLEXIBLE)
    members, firsts, starts = _workplaces(families, is_flexible, n_start)
    tie_at_work(
        seed, families["key"], members, firsts, starts, neighbours, degree,
        float(p.n_ties_work) / 2.0,
    )  # fmt: skip
    families["n_ties"] = degree
    families["first_tie"] = np.cumsum(degree) - degree
    ties = neighbours[np.arange(MOST_TIES) < degree[:, None]]
    return ties, lay_key_persons(seed, families, n_start, p)


def _circles(
    seed: np.uint64, families: np.ndarray, n_start: int, smallest: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return families ring by ring: rows (n,), first places (g + 1,), sizes at the start (g,).

    A ring is of one municipality and home language; languages with fewer families at the start than
    a ring needs share one. All stand in order of entry; those at the start, of whom many came in
    one month of the account, in keyed order within it.
    """
    place = families["municipality"].astype(np.int64)
    language = families["home_language"].astype(np.int64)
    counts = np.bincount((place * 32 + language)[:n_start], minlength=32 * len(Municipality))
    is_small = counts[place * 32 + language] < smallest
    is_mixed = is_small & (language != HomeLanguage.DUTCH)
    ring = place * 32 + np.where(is_mixed, _MIXED, language)
    luck = draw4_many(seed, families["key"], Block.NETWORK, _ORDER)[:, 0]
    row = np.arange(families.size)
    order = np.where(row < n_start, families["entry_month"] - 1.0 + luck, row)
    return _grouped(ring, order, n_start)


def _workplaces(
    families: np.ndarray, is_flexible: np.ndarray, n_start: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return families with flexible work by municipality and population, as `_circles` does."""
    rows = np.flatnonzero(is_flexible)
    pool = 2 * families["municipality"][rows].astype(np.int64) + families["population"][rows]
    members, firsts, starts = _grouped(pool, rows.astype(float), int((rows < n_start).sum()))
    return rows[members].astype(np.int32), firsts, starts


def _grouped(
    group: np.ndarray, order: np.ndarray, n_start: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    members = np.lexsort((order, group)).astype(np.int32)
    names, firsts = np.unique(group[members], return_index=True)
    at_start = np.bincount(group[:n_start], minlength=int(names.max(initial=0)) + 1)
    return members, np.append(firsts, group.size), at_start[names]
