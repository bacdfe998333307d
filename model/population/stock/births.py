"""Births after a family's entry, by how many children it has and how long ago the last was born."""

from __future__ import annotations

import numpy as np

from model.calendar import NO_CHILD, NOT_BORN
from model.kernel.compile import plain
from model.kernel.keys import FIRST_CHILD, roles
from model.kernel.random_numbers import Block, draw4_many
from model.population import rules
from model.registry import ParameterRow

MOST_BIRTHS = 3
"""Births laid down after a family's entry, at most."""


def births_after(
    seed: np.uint64, keys: np.ndarray, entry_month: np.ndarray, ages: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return the run months (n, 3) of the births after entry, NOT_BORN for none.

    `ages` (n, k) are those of the children at entry, in months. A family that ever has another
    child waits a minimum and an exponential time after the last one, so the longer ago that was,
    the less likely is another.
    """
    gaps = {
        "gap_min_months": p.birth_gap_min_months,
        "gap_spread_months": p.birth_gap_spread_months,
    }
    ever = np.array(
        [0.0, p.share_second_child, p.share_third_child, p.share_fourth_child, 0.0, 0.0]
    )
    births = np.full((keys.size, MOST_BIRTHS), NOT_BORN, np.int64)
    n_children = (ages != NO_CHILD).sum(axis=1)
    since = np.where(ages == NO_CHILD, NOT_BORN, ages).min(axis=1).astype(float)
    now = entry_month.astype(float)
    is_open = np.ones(keys.size, bool)
    for k in range(MOST_BIRTHS):
        words = draw4_many(seed, roles(keys, FIRST_CHILD, n_children), Block.POPULATION_BIRTHS, 0)
        is_open &= words[:, 0] < plain(rules.p_another_child)(
            share_ever=ever[n_children], months_since_last=since, **gaps
        )
        now = now + plain(rules.months_to_birth)(luck=words[:, 1], months_since_last=since, **gaps)
        births[is_open, k] = now[is_open]
        n_children = n_children + is_open
        since = np.zeros(keys.size)
    return births
