"""Set levels on targets: damped Gauss-Newton steps on paired seeds, held by the priors.

Each level is told in standard deviations of its prior (0 its middle). What is made small is the sum
of the squared distances of the targets, in total errors, and of the squared ways that levels go
from the ledger's values: a level moves only where the targets tell more than its prior lets it. No
level leaves the 5% and 95% points of its prior.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

World = Callable[[np.ndarray], np.ndarray]
"""Lives the base at levels (k,) and returns the distances (s, t) of the targets for each of some
seeds, always the same; NaN for not seen."""

END = 1.645
"""Standard deviations at the 5% and 95% points."""
STEP = 0.6
"""Standard deviations by which a level is moved to see what hangs on it."""
SHARES = (1.0, 0.5, 0.25, 0.125)
"""Parts of a step that are tried until one is better."""
ERRORS = 2.0
"""Standard errors over the seeds from which a slope is taken for more than chance."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Levels (k,) before and after, distances (t,) at both, and what moves what (t, k)."""

    before: np.ndarray
    after: np.ndarray
    distance_before: np.ndarray
    distance_after: np.ndarray
    slopes: np.ndarray


def loss(way: np.ndarray, distances: np.ndarray) -> float:
    """Return what is made small, `way` (k,) from the start; what is not seen counts for nothing."""
    return float(np.nansum(distances**2) + (way**2).sum())


def fit(start: np.ndarray, world: World, rounds: int) -> Fit:
    """Return levels that lie nearer to the targets than those of the start, or the same.

    Slopes are seen once, and mended by every step that is lived (Broyden).
    """
    levels, seen = start, world(start)
    first = distances = mean_of(seen)
    slopes = _slopes(levels, seen, world)
    for _ in range(rounds):
        found = _better(start, levels, distances, slopes, world)
        if found is None:
            break
        moved = found[0] - levels
        told = np.nan_to_num(found[1] - distances) - slopes @ moved
        slopes = slopes + np.outer(told, moved) / float(moved @ moved)
        levels, distances = found
    return Fit(start, levels, first, distances, slopes)


def _slopes(levels: np.ndarray, before: np.ndarray, world: World) -> np.ndarray:
    """Return by how much each distance changes with each level (t, k), a step inwards each.

    A slope that chance may have made counts for nothing: the seeds have to agree on it.
    """
    columns = []
    for k in range(levels.size):
        step = -STEP if levels[k] > 0.0 else STEP
        moved = levels.copy()
        moved[k] += step
        change = np.nan_to_num(world(moved) - before) / step
        slope = change.mean(axis=0)
        error = change.std(axis=0, ddof=1) / np.sqrt(len(change)) if len(change) > 1 else 0.0
        columns.append(np.where(np.abs(slope) >= ERRORS * error, slope, 0.0))
    return np.column_stack(columns)


def _better(
    start: np.ndarray, levels: np.ndarray, distances: np.ndarray, slopes: np.ndarray, world: World
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return levels with a smaller loss and their distances; None when no part of a step is."""
    known = np.nan_to_num(distances)
    pull = slopes.T @ known + levels - start
    step = -np.linalg.solve(slopes.T @ slopes + np.eye(levels.size), pull)
    for share in SHARES:
        tried = np.clip(levels + share * step, -END, END)
        if np.array_equal(tried, levels):
            return None
        seen = mean_of(world(tried))
        if loss(tried - start, seen) < loss(levels - start, distances):
            return tried, seen
    return None


def mean_of(distances: np.ndarray) -> np.ndarray:
    """Return the mean distances (t,) over the seeds (s, t) in which each is seen."""
    seen = np.isfinite(distances).sum(axis=0)
    total = np.nansum(distances, axis=0)
    return np.where(seen > 0, total / np.maximum(1, seen), np.nan)
