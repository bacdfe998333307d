"""Variance shares: how much of what is not known each number is behind, by the stand-in.

The stand-in is a sum of terms that are independent where the priors lie (lines, curves, products of
two numbers), so that its variance is theirs added up: first-order and total shares of Sobol, exact
for the stand-in. What it was taught by too few runs is seen by leaving out groups of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.fitting.emulator import Emulator, emulators
from calibration.fitting.unknowns import Unknowns

FLAT_CURVE = 0.4
"""Variance of (x^2 - 1) / sqrt(2) for a uniform x of variance 1; of a normal one it is 1."""

GROUPS = 10
"""Parts of the runs that are left out one by one, for intervals."""

SURE = 1.645
"""Standard errors on either side that hold 90%."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Shares of the variance that numbers make (numbers, what is shown), with 90% intervals.

    `first` is what a number does alone, `total` with all that it does together with others. `told`
    (what is shown,) is the share of the variance of runs that numbers explain; the rest is luck and
    what the stand-in misses. `alike` is the correlation of the totals by two halves of the runs.
    """

    first: np.ndarray
    total: np.ndarray
    low: np.ndarray
    high: np.ndarray
    told: np.ndarray
    alike: np.ndarray


def shares(unknowns: Unknowns, z: np.ndarray, shown: np.ndarray) -> Shares:
    """Return shares by runs at places z (runs, numbers) that showed (runs, what is shown)."""
    first, total, told = _taught(unknowns, z, shown)
    group = np.arange(len(z)) % GROUPS
    without = np.stack(
        [_taught(unknowns, z[group != g], shown[group != g])[1] for g in range(GROUPS)]
    )
    error = np.sqrt((GROUPS - 1) / GROUPS * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    halves = [_taught(unknowns, z[k::2], shown[k::2])[1] for k in (0, 1)]
    return Shares(
        first=first,
        total=total,
        low=np.clip(total - SURE * error, 0.0, 1.0),
        high=np.clip(total + SURE * error, 0.0, 1.0),
        told=told,
        alike=np.array([_correlation(*(half[:, k] for half in halves)) for k in range(len(told))]),
    )


def _taught(
    unknowns: Unknowns, z: np.ndarray, shown: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    is_flat = np.array([row.prior.law == "uniform" for row in unknowns.rows])
    found = emulators(unknowns, z, shown, np.ones(len(z), bool))
    parts = [split(one, is_flat) for one in found.each]
    first, total = (np.stack([part[k] for part in parts], axis=1) for k in (0, 1))
    missed = np.array([np.nanmean(one.missed**2) for one in found.each])
    variance = np.nanvar(shown, axis=0)
    told = np.clip(
        1.0 - np.divide(missed, variance, out=np.ones_like(missed), where=variance > 0), 0, 1
    )
    return first, total, told


def split(one: Emulator, is_flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first-order and total shares (numbers,) of a stand-in's variance; 0 for a level."""
    k = len(is_flat)
    lines, curves, together = one.slopes[:k], one.slopes[k : 2 * k], one.slopes[2 * k :]
    alone = np.zeros(k)
    alone[: len(lines)] = lines**2
    alone[: len(curves)] += curves**2 * np.where(is_flat, FLAT_CURVE, 1.0)[: len(curves)]
    shared = np.zeros((k, k))
    if len(together):
        shared[np.triu_indices(k, k=1)] = together**2
    whole = alone.sum() + shared.sum()
    if whole == 0.0:
        return np.zeros(k), np.zeros(k)
    return alone / whole, (alone + shared.sum(axis=0) + shared.sum(axis=1)) / whole


def _correlation(first: np.ndarray, second: np.ndarray) -> float:
    is_told = first.std() > 0.0 and second.std() > 0.0
    return float(np.corrcoef(first, second)[0, 1]) if is_told else float("nan")
