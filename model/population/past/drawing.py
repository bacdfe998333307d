"""The start of a family: the life of one that is like it, from the model's own long run."""

from __future__ import annotations

import numpy as np

from model.calendar import FOUR, NEVER
from model.enums import Population
from model.kernel.random_numbers import Block, draw4_many
from model.population.past.donors import (
    ADULT_MONTHS,
    CHILD_LIVED,
    CHILD_MONTHS,
    FAMILY_LIVED,
    FAMILY_MONTHS,
    Lives,
    kind_of_children,
    kind_of_families,
    score_of,
)

NEAREST = 40
"""Lives of nearly the same stay among which a family's is drawn."""
NEAREST_CHILDREN = 5
"""Lives of nearly the same score among which a child's is drawn."""
_FAR = 1 << 20


def draw_families(
    families: np.ndarray,
    adults: np.ndarray,
    rows: np.ndarray,
    dealt: np.ndarray,
    span: np.ndarray,
    is_recent: np.ndarray,
    entry_month: np.ndarray,
    lives: Lives,
) -> None:
    """Give families in `rows` (k,), with adults (n, 2), the life of one alike.

    `dealt` (k,) says which of those with nearly the same `span` (k,), in order of how secure they
    stand. `is_recent` (k,) asks for one that came with children. Pay is the adults' own.
    """
    own = families[rows]
    kind = kind_of_families(own["population"], is_recent, own["n_adults"], own["parent_education"])
    kind = _nearest(lives.family_kind, kind)
    first = np.searchsorted(lives.family_kind, kind)
    end = np.searchsorted(lives.family_kind, kind, side="right")
    place = lives.family_kind.astype(np.int64) * _FAR + lives.span
    middle = np.searchsorted(place, kind * _FAR + span)
    low = np.clip(middle - NEAREST // 2, first, np.maximum(first, end - NEAREST))
    n = np.minimum(NEAREST, end - low)
    window = np.minimum(low[:, None] + np.arange(NEAREST), end[:, None] - 1)
    standing = lives.adults["contract"][window, 0].astype(np.int64) * 8
    standing += lives.families["housing"][window]
    standing[np.arange(NEAREST) >= n[:, None]] = _FAR
    chosen = np.argsort(standing, axis=1, kind="stable")
    pick = np.take_along_axis(chosen, (dealt * n).astype(np.int64)[:, None], axis=1)[:, 0]
    donor = low + pick
    for name in FAMILY_LIVED:
        families[name][rows] = _moved(
            lives.families[name][donor], entry_month, is_month=name in FAMILY_MONTHS
        )
    families["registration_month"][rows] = np.where(
        families["is_registered"][rows] != 0, families["registration_month"][rows], NEVER
    )
    wage = adults["wage_eur_hour"][rows]
    taken = lives.adults[donor].copy()
    taken["wage_eur_hour"] = wage
    for name in ADULT_MONTHS:
        taken[name] = _moved(lives.adults[name][donor], entry_month[:, None], is_month=True)
    adults[rows] = taken


def _moved(values: np.ndarray, by: np.ndarray, *, is_month: bool) -> np.ndarray:
    if not is_month:
        return values
    return np.where(values == NEVER, NEVER, np.maximum(NEVER + 1, values.astype(np.int64) + by))


def draw_children(
    seed: np.uint64,
    children: np.ndarray,
    rows: np.ndarray,
    luck_keys: np.ndarray,
    population: np.ndarray,
    arrived_at: np.ndarray,
    is_abroad: np.ndarray,
    w_language: float,
    lives: Lives,
) -> None:
    """Give children in `rows` (k,), born by the start, the life at school of one alike.

    `arrived_at` (k,) is their age in months when they came. Of those with nearly the same score one
    is drawn; a child and its match have the same luck (`luck_keys` (k,)).
    """
    age = -children["birth_month"][rows].astype(np.int64)
    kind = kind_of_children(population, arrived_at, age, is_abroad)
    kind = _nearest(lives.child_kind, kind)
    score = score_of(children[rows], w_language, age < FOUR)
    donor = np.zeros(rows.size, np.int64)
    luck = draw4_many(seed, luck_keys, Block.POPULATION_SCHOOL, 99)[:, 0]
    bounds = (
        np.searchsorted(lives.child_kind, kind),
        np.searchsorted(lives.child_kind, kind, side="right"),
    )
    for one in np.unique(kind):
        mine = np.flatnonzero(kind == one)
        low, end = bounds[0][mine[0]], bounds[1][mine[0]]
        middle = low + np.searchsorted(lives.score[low:end], score[mine])
        start = np.clip(middle - NEAREST_CHILDREN // 2, low, max(low, end - NEAREST_CHILDREN))
        n = min(NEAREST_CHILDREN, end - low)
        donor[mine] = start + (luck[mine] * n).astype(np.int64)
    for name in CHILD_LIVED:
        values = lives.children[name][donor]
        if name in CHILD_MONTHS:
            values = np.where(values == NEVER, NEVER, values)
        children[name][rows] = values


def is_lived(population: np.ndarray, at_start: np.ndarray, begins_here: np.ndarray) -> np.ndarray:
    """Return which families (n,) had a life before they enter: all but those who arrive now."""
    return np.asarray(at_start | begins_here | (population == Population.COMPARABLE))


def _nearest(known: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return the nearest kinds (n,) of which there are lives."""
    u = np.unique(known)
    k = np.clip(np.searchsorted(u, kind), 0, u.size - 1)
    low = np.maximum(k - 1, 0)
    return np.where(np.abs(u[low] - kind) < np.abs(u[k] - kind), u[low], u[k])
