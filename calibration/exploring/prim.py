"""PRIM: the box of assumptions in which cases of interest are dense (Friedman and Fisher 1999).

From the whole, a twentieth of what is left is peeled off again and again, at the end of a number
after which cases are densest. The box that is told balances density and coverage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PEEL = 0.05
LEAST = 0.05
"""Share of all worlds that a box keeps."""

SHUFFLES = 20
"""How often labels are dealt anew, to see what a box finds where there is nothing to find."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """Limits by number, `inside` for each world, and how well they tell cases of interest.

    `density` is the share of cases among the worlds inside, `coverage` the share of all cases that
    lie inside.
    """

    limits: dict[str, tuple[float, float]]
    inside: np.ndarray
    density: float
    coverage: float

    @property
    def score(self) -> float:
        """Density times coverage: both have to be there."""
        return self.density * self.coverage


def densest(worlds: np.ndarray, names: tuple[str, ...], cases: np.ndarray) -> Box:
    """Return the best box of worlds (worlds, numbers) for cases (worlds,); without limits if none.

    Limits are open where nothing was peeled: -inf or inf.
    """
    low = np.full(worlds.shape[1], -np.inf)
    high = np.full(worlds.shape[1], np.inf)
    best = _box(worlds, names, cases, low, high)
    inside = np.ones(len(worlds), bool)
    while cases[inside].any() and inside.sum() * (1.0 - PEEL) > LEAST * len(worlds):
        peeled = _peeled(worlds, cases, inside)
        if peeled is None:
            break
        k, is_low, limit = peeled
        (low if is_low else high)[k] = limit
        inside = ((worlds >= low) & (worlds <= high)).all(axis=1)
        box = _box(worlds, names, cases, low, high)
        best = max(best, box, key=lambda one: one.score)
    return best


def by_chance(
    worlds: np.ndarray, names: tuple[str, ...], cases: np.ndarray, seed: int
) -> np.ndarray:
    """Return the scores (SHUFFLES,) of the best boxes where labels are dealt anew."""
    luck = np.random.default_rng(seed)
    return np.array(
        [densest(worlds, names, luck.permutation(cases)).score for _ in range(SHUFFLES)]
    )


def _peeled(
    worlds: np.ndarray, cases: np.ndarray, inside: np.ndarray
) -> tuple[int, bool, float] | None:
    """Return which end of which number to peel, and the limit that is left; None if none can be."""
    mine, told = worlds[inside], cases[inside]
    best: tuple[int, bool, float] | None = None
    densest_yet = -1.0
    for k in range(mine.shape[1]):
        for is_low, share in ((True, PEEL), (False, 1.0 - PEEL)):
            limit = float(np.quantile(mine[:, k], share))
            kept = mine[:, k] >= limit if is_low else mine[:, k] <= limit
            if kept.any() and not kept.all() and told[kept].mean() > densest_yet:
                densest_yet, best = float(told[kept].mean()), (k, is_low, limit)
    return best


def _box(
    worlds: np.ndarray,
    names: tuple[str, ...],
    cases: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> Box:
    inside = ((worlds >= low) & (worlds <= high)).all(axis=1)
    limits = {
        name: (float(low[k]), float(high[k]))
        for k, name in enumerate(names)
        if np.isfinite([low[k], high[k]]).any()
    }
    found = float(cases[inside].sum())
    return Box(
        limits=limits,
        inside=inside,
        density=found / max(1, int(inside.sum())),
        coverage=found / max(1.0, float(cases.sum())),
    )
