"""PRIM: the box of assumptions in which cases of interest are dense (Friedman and Fisher 1999).

From the whole, a twentieth of what is left is peeled off again and again, at the end of a number
after which cases are densest. The box that is told balances density and coverage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PEEL = 0.05
LEAST = 0.1
"""Share of all worlds that a box keeps."""

LOOKED_AT = 12
"""Numbers that may limit a box: those whose ranks go with the cases most, whichever way."""

MOST_LIMITS = 3
"""Numbers that limit a box at most: a sentence has no room for more, and 400 worlds no strength."""

SHUFFLES = 99
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


@dataclass(frozen=True, kw_only=True)
class Found:
    """The best box, and the density and coverage of the best boxes of shuffled labels (shuffles,).

    `chance` is the share of those that score as well or better, the found one counted.
    """

    box: Box
    shuffled_density: np.ndarray
    shuffled_coverage: np.ndarray
    chance: float


def found(worlds: np.ndarray, names: tuple[str, ...], cases: np.ndarray, seed: int) -> Found:
    """Return the best box of worlds (worlds, numbers) for cases (worlds,), and what luck finds."""
    luck = np.random.default_rng(seed)
    box = densest(worlds, names, cases)
    shuffled = [densest(worlds, names, luck.permutation(cases)) for _ in range(SHUFFLES)]
    as_well = sum(one.score >= box.score for one in shuffled)
    return Found(
        box=box,
        shuffled_density=np.array([one.density for one in shuffled]),
        shuffled_coverage=np.array([one.coverage for one in shuffled]),
        chance=(1 + as_well) / (1 + SHUFFLES),
    )


def densest(worlds: np.ndarray, names: tuple[str, ...], cases: np.ndarray) -> Box:
    """Return the best box of worlds (worlds, numbers) for cases (worlds,); without limits if none.

    Limits are open where nothing was peeled: -inf or inf. Which numbers are looked at is chosen by
    the same cases, so that labels dealt anew choose for themselves too.
    """
    looked_at = _looked_at(worlds, cases)
    limits: dict[int, tuple[float, float]] = {}
    inside = np.ones(len(worlds), bool)
    best = _box(limits, inside, cases)
    while cases[inside].any() and inside.sum() * (1.0 - PEEL) > LEAST * len(worlds):
        limiting = np.array(sorted(limits)) if len(limits) == MOST_LIMITS else looked_at
        peeled = _peeled(worlds, cases, inside, limiting)
        if peeled is None:
            break
        k, is_low, limit = peeled
        low, high = limits.get(k, (-np.inf, np.inf))
        limits[k] = (limit, high) if is_low else (low, limit)
        inside = inside & (worlds[:, k] >= limits[k][0]) & (worlds[:, k] <= limits[k][1])
        best = max(best, _box(limits, inside, cases), key=lambda one: one[0])
    _, chosen, kept = best
    return Box(
        limits={names[k]: ends for k, ends in sorted(chosen.items())},
        inside=kept,
        density=float(cases[kept].mean()),
        coverage=float(cases[kept].sum()) / max(1.0, float(cases.sum())),
    )


def _looked_at(worlds: np.ndarray, cases: np.ndarray) -> np.ndarray:
    """Return the numbers whose ranks correlate most with the cases, in the order of the ledger."""
    if cases.all() or not cases.any():
        return np.arange(min(LOOKED_AT, worlds.shape[1]))
    ranks = worlds.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    apart = np.abs(ranks[cases].mean(axis=0) - ranks[~cases].mean(axis=0))
    return np.sort(np.argsort(-apart, kind="stable")[:LOOKED_AT])


def _peeled(
    worlds: np.ndarray, cases: np.ndarray, inside: np.ndarray, numbers: np.ndarray
) -> tuple[int, bool, float] | None:
    """Return which end of which number to peel, and the limit that is left; None if none can be."""
    mine, told = worlds[np.ix_(inside, numbers)], cases[inside].astype(float)
    ordered = np.sort(mine, axis=0)
    cut = max(1, round(PEEL * len(mine)))
    limits = ordered[cut], ordered[-1 - cut]
    kept = np.stack([mine >= limits[0], mine <= limits[1]])
    left = kept.sum(axis=1)
    density = np.where(left < len(mine), np.einsum("ewn,w->en", kept, told) / left, -1.0)
    end, best = np.unravel_index(int(density.argmax()), density.shape)
    if density[end, best] < 0.0:
        return None
    return int(numbers[best]), end == 0, float(limits[end][best])


def _box(
    limits: dict[int, tuple[float, float]], inside: np.ndarray, cases: np.ndarray
) -> tuple[float, dict[int, tuple[float, float]], np.ndarray]:
    """Return how well limits by number tell the cases, the limits, and which worlds are inside."""
    cases_inside = float(cases[inside].sum())
    score = cases_inside**2 / (max(1, int(inside.sum())) * max(1.0, float(cases.sum())))
    return score, dict(limits), inside
