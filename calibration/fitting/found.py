"""What a fit found: numbers and directions that the figures pin down, what not, and how it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from calibration.fitting.chain import Chain, sample
from calibration.fitting.held import Held
from calibration.fitting.unknowns import Unknowns
from calibration.fitting.waves import Fit, Wave

PINNED = 0.5
"""Posterior over prior deviation below which the figures have pinned something down."""

ASSUMED = 0.9
"""The same, above which a number is as much an assumption as it was."""

DRAWN = 1000
"""Places of the posterior of which figures are told."""

LOADS = 3
"""Numbers of a direction that are named."""

VARIANTS = {
    "without discrepancy": (0.0, 1.0),
    "as judged": (1.0, 1.0),
    "twice as judged": (2.0, 1.0),
    "priors halved": (1.0, 0.5),
}
"""How many times the discrepancies, and how wide the priors, under which numbers are told too."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A fitted number: 5%, 50% and 95% points, its prior's own, and posterior over prior sd."""

    name: str
    low: float
    middle: float
    high: float
    prior: tuple[float, float, float]
    left: float

    @property
    def is_assumption(self) -> bool:
        """Whether it is hardly better known than before."""
        return self.left > ASSUMED


@dataclass(frozen=True, kw_only=True)
class Direction:
    """Numbers that move together: posterior over prior sd along it, and its largest loads."""

    left: float
    loads: tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure in the fit, in its unit; `distance` in total errors of its own.

    `model` is the mean at the posterior; for one out of reach, or not seen, that of the first wave.
    """

    target: str
    verdict: str
    model: float | None = None
    low: float | None = None
    high: float | None = None
    distance: float | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """All that a fit found. `chi2` is the mean square distance of the figures that are numbers."""

    numbers: tuple[Number, ...]
    directions: tuple[Direction, ...]
    figures: tuple[Figure, ...]
    chi2: float

    @property
    def pinned(self) -> int:
        """How many directions the figures pin down."""
        return sum(one.left < PINNED for one in self.directions)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a calibration says. `checks` are the figures kept apart, by runs of the last wave.

    `variants` has what becomes of each number under other discrepancies and halved priors, and
    `agreement` is by how many deviations two chains differ; `identify` has neither.
    """

    waves: tuple[Wave, ...]
    found: Found
    checks: tuple[Figure, ...]
    variants: Mapping[str, Mapping[str, Mapping[str, float]]]
    agreement: float | None
    restricted: bool


def found(fit: Fit, unknowns: Unknowns, held: Held) -> Found:
    """Return what a fit found; `held` are the figures that it was given, out of reach or not."""
    z = fit.chain.flat
    figures, distances = _figures(fit, held)
    return Found(
        numbers=tuple(_numbers(unknowns, z)),
        directions=tuple(_directions(unknowns, z)),
        figures=figures,
        chi2=float(np.mean(distances**2)) if len(distances) else 0.0,
    )


def variants(fit: Fit, unknowns: Unknowns, seed: int) -> dict[str, dict[str, dict[str, float]]]:
    """Return what becomes of each number under other discrepancies and with priors half as wide.

    By variant and number: the `middle`, and posterior over (whole) prior sd, `left`.
    """
    told = {}
    for name, (times, prior_sd) in VARIANTS.items():
        judged = fit.likelihood
        if (times, prior_sd) == (judged.times, judged.prior_sd):
            chain = fit.chain
        else:
            asked = replace(judged, times=times, prior_sd=prior_sd)
            chain = sample(asked, len(unknowns.rows), seed)
        told[name] = {
            one.name: {"middle": one.middle, "left": one.left}
            for one in _numbers(unknowns, chain.flat)
        }
    return told


def agreement(fit: Fit, unknowns: Unknowns, seed: int) -> float:
    """Return by how many deviations at most the means of a second chain, from a seed, differ."""
    other: Chain = sample(fit.likelihood, len(unknowns.rows), seed)
    sd = fit.chain.flat.std(axis=0)
    return float((np.abs(other.flat.mean(axis=0) - fit.chain.flat.mean(axis=0)) / sd).max())


def _numbers(unknowns: Unknowns, z: np.ndarray) -> list[Number]:
    from scipy.special import ndtri

    points = np.percentile(z, [5, 50, 95], axis=0)
    values = [unknowns.values(point) for point in points]
    prior = [unknowns.values(np.full(z.shape[1], ndtri(q))) for q in (0.05, 0.5, 0.95)]
    left = z.std(axis=0)
    return [
        Number(
            name=name,
            low=values[0][name],
            middle=values[1][name],
            high=values[2][name],
            prior=(prior[0][name], prior[1][name], prior[2][name]),
            left=float(left[k]),
        )
        for k, name in enumerate(unknowns.names)
    ]


def _directions(unknowns: Unknowns, z: np.ndarray) -> list[Direction]:
    variance, axes = np.linalg.eigh(np.atleast_2d(np.cov(z, rowvar=False)))
    told = []
    for k in range(len(variance)):
        largest = np.argsort(-np.abs(axes[:, k]))[:LOADS]
        sign = np.sign(axes[largest[0], k])
        loads = tuple((unknowns.names[j], round(float(sign * axes[j, k]), 2)) for j in largest)
        told.append(Direction(left=float(np.sqrt(max(variance[k], 0.0))), loads=loads))
    return told


def _figures(fit: Fit, held: Held) -> tuple[tuple[Figure, ...], np.ndarray]:
    """Return each figure as the fit shows it, and the distances of those that are numbers."""
    near = fit.likelihood.held
    thin = fit.chain.drawn(min(DRAWN, len(fit.chain.flat)), 0)
    shown = fit.likelihood.emulators.mean(thin)
    points = np.full((3, len(held.names)), np.nan)
    points[:, fit.in_reach] = [shown.mean(axis=0), *np.percentile(shown, [5, 95], axis=0)]
    for k, reach in enumerate(fit.reach):
        if reach.verdict == "out of reach":
            points[:, k] = reach.middle, reach.low, reach.high
    distance = held.distances(points[:1])[0]
    told = held.in_unit(points)
    figures = tuple(
        Figure(target=name, verdict="not seen")
        if np.isnan(distance[k])
        else Figure(
            target=name,
            verdict=fit.reach[k].verdict,
            model=float(told[0, k]),
            low=float(told[1, k]),
            high=float(told[2, k]),
            distance=float(distance[k]),
        )
        for k, name in enumerate(held.names)
    )
    return figures, distance[fit.in_reach][near.is_number]
