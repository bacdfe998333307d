"""Screening: every free number is moved on its own, from many places (Morris 1991).

A trajectory walks through the world with one luck, and moves each number once over two thirds of
the range between the 5% and 95% points of its prior. What moves, on average and whichever way, says
how much hangs on a number; where it spreads, the way depends on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.fitting.chain import needed
from model.evidence.ledger import Parameter

LEVELS = 4
"""Places of a number on its range."""

ENDS = (0.05, 0.95)
"""Shares of the prior between which numbers are moved."""

WHOLE = LEVELS / 2 / (LEVELS - 1)
"""Part of the range that a step goes; what it moves is told for the whole range."""

DEALT = 2.0
"""No number moves most of what is shown: the middle of all that it moves, in sizes of luck, tells
how much luck it deals anew. So many times that much is taken for luck, and never more than all."""

DRAWN = 500
"""Times that trajectories are drawn anew for an interval."""

FEWEST = 2
"""Trajectories from which on there is an interval."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What numbers do over the range of their priors: each array (numbers, what is shown).

    `size` is the mean of what they move, whichever way, `low` to `high` hold 90% of what other
    trajectories would have given; `mean` has the sign, `spread` is the standard deviation over
    trajectories. `luck` is the size of a number that moves nothing and deals as much luck anew.
    """

    size: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    luck: np.ndarray

    @property
    def is_telling(self) -> np.ndarray:
        """Which sizes are more than luck would give (numbers, what is shown)."""
        return np.asarray(self.low > self.luck)


def design(numbers: int, trajectories: int, seed: int) -> np.ndarray:
    """Return shares of the priors (trajectories, numbers + 1, numbers), by SALib.

    Within a trajectory each place differs from the one before it in one number, each in its turn.
    """
    morris = needed("SALib.sample.morris")
    problem = {
        "num_vars": numbers,
        "names": [str(k) for k in range(numbers)],
        "bounds": [list(ENDS)] * numbers,
    }
    places = morris.sample(problem, trajectories, num_levels=LEVELS, seed=seed)
    return np.asarray(places).reshape(trajectories, numbers + 1, numbers)


def values(rows: Sequence[Parameter], shares: np.ndarray) -> dict[str, float]:
    """Return parameters at shares of their priors (numbers,); never outside the ledger's limits."""
    return {
        row.name: float(min(row.high, max(row.low, row.at(float(share)))))
        for row, share in zip(rows, shares, strict=True)
    }


def steps(places: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Return what each number moved (trajectories, numbers, what is shown), over its whole range.

    `places` are those of `design`, `shown` (trajectories, numbers + 1, what is shown) what they
    showed; a step to or from a run that failed is NaN.
    """
    moved = np.diff(places, axis=1)
    which = np.abs(moved).argmax(axis=2)
    way = np.sign(np.take_along_axis(moved, which[..., None], axis=2))
    by_step = way * np.diff(shown, axis=1) / WHOLE
    found = np.full_like(by_step, np.nan)
    np.put_along_axis(found, which[..., None], by_step, axis=1)
    return found


def moved(steps: np.ndarray, luck: np.ndarray, seed: int) -> Moved:
    """Return what numbers do, of their steps (trajectories, numbers, what is shown).

    `luck` (what is shown,) are standard deviations of runs alike. What more than one trajectory did
    not show is NaN.
    """
    chance = np.random.default_rng(seed)
    n = len(steps)
    seen = (~np.isnan(steps)).sum(axis=0) >= max(1, n - 1)
    sizes = np.where(seen, np.abs(steps), np.nan)
    again = np.stack(
        [_mean(sizes[chance.integers(0, n, n)]) for _ in range(DRAWN if n >= FEWEST else 1)]
    )
    ordered = np.sort(np.where(np.isnan(again), np.inf, again), axis=0)
    low, high = (ordered[round(share * (len(again) - 1))] for share in ENDS)
    size, mean = _mean(sizes), _mean(np.where(seen, steps, np.nan))
    by_luck = 2.0 / np.sqrt(np.pi) * luck / WHOLE
    return Moved(
        size=size,
        low=np.where(seen, low, np.nan),
        high=np.where(seen & np.isfinite(high), high, np.nan),
        mean=mean,
        spread=np.sqrt(_mean((steps - mean) ** 2) * n / max(1, n - 1)),
        luck=by_luck * _dealt(size, by_luck),
    )


def _dealt(size: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """Return for each number (numbers, 1) which part of all luck it may have dealt anew."""
    in_luck = np.divide(size, luck, out=np.full_like(size, np.nan), where=luck > 0.0)
    middle = np.array(
        [np.median(row[~np.isnan(row)]) if (~np.isnan(row)).any() else 1.0 for row in in_luck]
    )
    return np.asarray(np.minimum(1.0, DEALT * middle)[:, None])


def stability(steps: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    """Return how alike two halves of the trajectories, with other luck, rank the numbers.

    That is Spearman's correlation of the sizes, and the share of the `top` numbers of one half that
    are among those of the other, for each of what is shown; NaN with fewer than two trajectories.
    """
    from scipy.stats import rankdata

    n_shown = steps.shape[2]
    if len(steps) < FEWEST:
        nothing = np.full(n_shown, np.nan)
        return nothing, nothing
    halves = [np.nan_to_num(_mean(np.abs(steps[k::2]))) for k in (0, 1)]
    alike, common = np.full(n_shown, np.nan), np.full(n_shown, np.nan)
    for k in range(n_shown):
        first, second = (half[:, k] for half in halves)
        if first.std() > 0.0 and second.std() > 0.0:
            alike[k] = np.corrcoef(rankdata(first), rankdata(second))[0, 1]
            largest = [set(np.argsort(-half, kind="stable")[:top]) for half in (first, second)]
            common[k] = len(largest[0] & largest[1]) / min(top, len(first))
    return alike, common


def _mean(numbers: np.ndarray) -> np.ndarray:
    """Return the mean over the first axis of what is not NaN; NaN where nothing is."""
    seen = ~np.isnan(numbers)
    total = np.where(seen, numbers, 0.0).sum(axis=0)
    n = seen.sum(axis=0)
    return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan))
