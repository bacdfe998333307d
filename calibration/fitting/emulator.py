"""What stands in for the model: a line or a curve for each figure, chosen by leaving one out.

Each of four forms, with each of a few strengths by which its slopes are drawn to nothing (ridge),
tells every run from all the others; the form that tells best is taken. What it still misses is the
luck of a run, what the form does not have, and what it was taught by too few runs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calibration.fitting.unknowns import Unknowns

FORMS = ("level", "line", "curves", "curves together")
"""A level that nothing moves; a line; a curve for each number; and products of two numbers."""

STRENGTHS = tuple(10.0**power for power in range(-4, 2))
"""Ridge strengths, in units of the number of runs: 1 halves a slope."""

SURE = 1.0
"""Standard errors by which a richer form must miss less than a simpler one to be taken."""

FEWEST = 20
"""Runs in which a figure was seen, below which nothing is learned of it."""


@dataclass(frozen=True)
class Emulator:
    """One figure's stand-in. `missed` (runs,) is what it says of a run that it was not taught.

    NaN stands for a run that did not show the figure. `leverage` is how much of a run's own luck
    comes back in what is said of a place like those of the runs, on average.
    """

    form: str
    level: float
    centre: np.ndarray
    slopes: np.ndarray
    missed: np.ndarray
    leverage: float


@dataclass(frozen=True)
class Emulators:
    """Stand-ins for all figures, of the same unknowns."""

    unknowns: Unknowns
    each: tuple[Emulator, ...]

    def mean(self, z: np.ndarray) -> np.ndarray:
        """Return what the model shows on average at places (places, numbers): (places, figures)."""
        terms = {form: _terms(form, self.unknowns.regressors(z)) for form in self.forms}
        return np.stack(
            [one.level + (terms[one.form] - one.centre) @ one.slopes for one in self.each], axis=1
        )

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that were chosen, each once."""
        return tuple(dict.fromkeys(one.form for one in self.each))

    def of_a_run(self) -> np.ndarray:
        """Return the covariance (figures, figures) of what a single run shows beside the mean.

        It holds the run's luck, what the forms miss, and what they were taught by too few runs.
        """
        missed = np.stack([one.missed for one in self.each], axis=1)
        seen = ~np.isnan(missed)
        filled = np.where(seen, missed, 0.0)
        together = seen.T.astype(float) @ seen.astype(float)
        covariance = filled.T @ filled / np.maximum(together, 1.0)
        sd = np.sqrt(np.diag(covariance))
        # With gaps in different runs a correlation could come out above 1; it is drawn in a little.
        kept = 1.0 - 1.0 / math.sqrt(len(missed))
        off = np.where(np.eye(len(sd), dtype=bool), 1.0, kept)
        return np.asarray(covariance * off)

    def of_the_mean(self, luck: np.ndarray) -> np.ndarray:
        """Return the variance (figures,) of the model's own mean about what is said of it.

        `luck` (figures,) is the variance of runs alike. What is missed beyond luck is what the form
        does not have; a part of the luck comes back by the runs that taught it.
        """
        missed = np.array([np.nanmean(one.missed**2) for one in self.each])
        leverage = np.array([one.leverage for one in self.each])
        return np.asarray(np.maximum(0.0, missed - luck) + leverage * missed)


def emulators(
    unknowns: Unknowns, z: np.ndarray, shown: np.ndarray, judged: np.ndarray
) -> Emulators:
    """Return stand-ins taught by runs at places z (runs, numbers) that showed (runs, figures).

    `judged` (runs,) are the runs on which forms are chosen: those where the posterior lies.
    """
    x = unknowns.regressors(z)
    terms = {form: _terms(form, x) for form in FORMS}
    chosen = [_chosen(terms, shown[:, k], judged) for k in range(shown.shape[1])]
    return Emulators(unknowns, tuple(chosen))


def _chosen(terms: dict[str, np.ndarray], shown: np.ndarray, judged: np.ndarray) -> Emulator:
    seen = ~np.isnan(shown)
    counted = judged & seen if (judged & seen).sum() >= FEWEST else seen

    def misses(one: Emulator) -> np.ndarray:
        return one.missed[counted] ** 2

    best, *richer = (
        min(_taught(form, terms[form], shown, seen), key=lambda one: float(misses(one).mean()))
        for form in FORMS
    )
    for one in richer:
        gain = misses(best) - misses(one)
        if gain.mean() > SURE * gain.std(ddof=1) / math.sqrt(len(gain)):
            best = one
    return best


def _taught(
    form: str, terms: np.ndarray, shown: np.ndarray, seen: np.ndarray
) -> Iterator[Emulator]:
    """Give a stand-in of one form for each strength; the level has none."""
    x, y = terms[seen], shown[seen]
    n = len(y)
    centre, level = x.mean(axis=0), float(y.mean())
    left, size, right = np.linalg.svd(x - centre, full_matrices=False)
    along = left.T @ (y - level)
    for strength in STRENGTHS if terms.shape[1] else (1.0,):
        kept = size**2 / (size**2 + n * strength)
        own = np.minimum(1.0 / n + left**2 @ kept, 1.0 - 1e-6)
        missed = np.full(len(shown), np.nan)
        missed[seen] = (y - level - left @ (kept * along)) / (1.0 - own)
        slopes = right.T @ (size * along / (size**2 + n * strength))
        variance = 1.0 / n + left**2 @ kept**2
        yield Emulator(form, level, centre, slopes, missed, float(variance.mean()))


def _terms(form: str, x: np.ndarray) -> np.ndarray:
    """Return the columns of a form at places (places, numbers)."""
    if form == "level":
        return x[:, :0]
    if form == "line":
        return x
    curves = (x**2 - 1.0) / math.sqrt(2.0)
    if form == "curves":
        return np.hstack([x, curves])
    first, second = np.triu_indices(x.shape[1], k=1)
    return np.hstack([x, curves, x[:, first] * x[:, second]])
