"""Choosing the families of the start: candidates are raked and drawn once; no weights are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model import calendar
from model.calendar import MONTHS_PER_YEAR
from model.evidence.stock_2023 import SIZES
from model.kernel.random_numbers import Block, draw4_many
from model.population.stock.margins import N_CELLS, cells_of, targets
from model.registry import ParameterRow

if TYPE_CHECKING:
    from model.population.stock.candidates import Candidates

LATE_UNTIL = 5 * MONTHS_PER_YEAR
"""A late arrival is here for fewer months than this."""

_CANDIDATES_PER_FAMILY = 1.75
_FEWEST = 1500
"""Candidates at least, so that every cell of the stock has some when few families are asked."""

_ROUNDS = 60
_DIGITS = 6


def candidates_per_family(n: int, p: ParameterRow) -> float:
    """Return how many candidates to lay down for one family of the full size, to choose n."""
    return max(_FEWEST, _CANDIDATES_PER_FAMILY * n) / float(p.n_families)


def chosen(
    seed: np.uint64, families: Candidates, n: int, scale: float, p: ParameterRow
) -> Candidates:
    """Return n of the candidates, in order of entry; `scale` is that with which they were laid.

    Candidates are raked to the stock of children and to the sizes of families. The draw is
    systematic over families in order of: is there a late arrival, did it begin here, the age of the
    oldest, the stay; so each of these has its share in small samples.
    """
    weights = _at_most_once(raked(families, scale, p), n)
    rows = _drawn(seed, families, weights, n)
    return families.take(rows[np.argsort(families.keys[rows])])


def raked(families: Candidates, scale: float, p: ParameterRow) -> np.ndarray:
    """Return weights (n,) by which children fall in cells, and families in sizes, as in the stock.

    A cell in which nobody is stays empty.
    """
    wanted = scale * targets(p)
    family, cell = _members(families)
    most = np.bincount(family, minlength=families.keys.size)
    log_weight = np.zeros(families.keys.size)
    is_there = np.bincount(cell, minlength=wanted.size) > 0
    pull = np.zeros(wanted.size)
    for _ in range(_ROUNDS):
        found = np.bincount(cell, np.exp(log_weight)[family], minlength=wanted.size)
        pull[is_there] = np.log(wanted[is_there] / found[is_there])
        log_weight += np.bincount(family, pull[cell], minlength=log_weight.size) / most
    return np.round(np.exp(log_weight), _DIGITS)


def _members(families: Candidates) -> tuple[np.ndarray, np.ndarray]:
    """Return family and cell of each child under 23, then of each family by its minors."""
    family, child = np.nonzero(families.is_here)
    birth = families.born[family, child]
    cell = cells_of(birth, families.entry[family], families.is_abroad[family, child])
    minors = (families.is_here & (families.born > -calendar.EIGHTEEN)).sum(axis=1)
    with_minors = np.flatnonzero(minors)
    size = N_CELLS - 1 + np.minimum(minors[with_minors], len(SIZES))
    return np.concatenate([family, with_minors]), np.concatenate([cell, size])


def _at_most_once(weights: np.ndarray, n: int) -> np.ndarray:
    """Return weights (m,) with which no family is drawn twice when n are."""
    weights = weights.copy()
    for _ in range(_ROUNDS):
        most = weights.sum() / n
        if weights.max() <= most:
            break
        weights = np.minimum(weights, most)
    return weights


def has_late_arrival(families: Candidates) -> np.ndarray:
    """Return which families (n,) have a child of 13 to 17 that is under five years here."""
    is_teen = (families.born <= -calendar.THIRTEEN) & (families.born > -calendar.EIGHTEEN)
    is_new = families.entry > -LATE_UNTIL
    return np.asarray((is_teen & families.is_abroad).any(axis=1) & is_new)


def _drawn(seed: np.uint64, families: Candidates, weights: np.ndarray, n: int) -> np.ndarray:
    """Return the rows (n,) of one systematic draw over the weights (m,)."""
    oldest = np.where(families.is_here, families.born, 1).min(axis=1)
    order = np.lexsort(
        (
            families.keys,
            families.arrival,
            oldest,
            families.begun_here,
            ~has_late_arrival(families),
        )
    )
    turn = draw4_many(seed, np.zeros(1, np.uint64), Block.POPULATION_STOCK, 0)[0, 0]
    ends = np.cumsum(weights[order])
    places = (np.arange(n) + turn) / n * ends[-1]
    return np.asarray(order[np.searchsorted(ends, places, side="right")])
