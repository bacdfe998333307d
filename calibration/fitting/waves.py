"""Waves: runs that fill the priors, then runs from where the posterior before them lies.

The first wave shows which figures are out of reach. Each later one is a check (its runs are new to
the emulator that chose them) before it teaches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from calibration.fitting.chain import Chain, sample
from calibration.fitting.emulator import Emulators, emulators
from calibration.fitting.held import Held, Reach, reaches
from calibration.fitting.kept import Folder, Shown, matrix
from calibration.fitting.likelihood import Likelihood
from calibration.fitting.plan import CENTRE, Plan
from calibration.fitting.unknowns import Unknowns, spread_out
from model.errors import InputError, VeerkrachtError
from scenarios.runs.parameter_samples import replicate_seed

MOVED, NARROWED = 0.3, 0.15
"""Of a posterior that stands still: by how much, in its own deviations, a mean and the log of a
deviation may move."""

HONEST = (0.85, 1.15)
"""Between which the spread of new runs lies, in what the emulator says that it is."""

FAILING = 0.2
"""Share of failed runs above which a wave tells nothing."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One run that is asked: where, with which luck and which parameters by dotted name."""

    wave: int
    number: int
    seed: int
    parameters: Mapping[str, float]


class World(Protocol):
    """What lives runs, in any order: the model by the harness, or a toy."""

    def __call__(self, places: Sequence[Place]) -> Iterator[Shown]:
        """Live runs and give each as it ends."""


@dataclass(frozen=True, kw_only=True)
class Wave:
    """What a wave told. Numbers are of the figures in reach.

    `runs` and `failed` count its own. `fresh` is the mean and the spread of how far its runs lay
    from what the emulator before it said, in what that said the spread is; `moved` and `narrowed`
    are the largest of all numbers against the posterior before it. None for the first wave.
    """

    number: int
    runs: int
    failed: int
    forms: Mapping[str, int]
    lengths: float
    fresh: tuple[float, float] | None
    moved: float | None
    narrowed: float | None

    @property
    def is_last(self) -> bool:
        """Whether the posterior stands still and the emulator is honest."""
        return (
            self.fresh is not None
            and self.moved is not None
            and self.narrowed is not None
            and self.moved <= MOVED
            and self.narrowed <= NARROWED
            and HONEST[0] <= self.fresh[1] <= HONEST[1]
        )


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Where the waves ended: how the gate saw each figure, the posterior by those in reach."""

    names: tuple[str, ...]
    waves: tuple[Wave, ...]
    reach: tuple[Reach, ...]
    in_reach: np.ndarray
    likelihood: Likelihood
    chain: Chain


Say = Callable[[Fit], None]


def fitted(
    world: World,
    unknowns: Unknowns,
    held: Held,
    plan: Plan,
    folder: Folder,
    *,
    say: Say,
    most: int | None = None,
) -> Fit:
    """Live waves until the posterior stands still, or there are as many as were asked.

    `held` are the figures to fit. `say` hears of each wave. `most` ends after so many waves.
    Raises InputError where no figure is in reach, VeerkrachtError where too many runs of a wave
    fail; what has ended stays in the folder.
    """
    z, shown, failed = _lived(world, unknowns, held, plan, folder, wave=0)
    reach = tuple(reaches(held, shown[CENTRE:]))
    in_reach = np.array([one.verdict == "in reach" for one in reach])
    if not in_reach.any():
        raise InputError(
            "no run comes near any of the figures: there is nothing to fit. Out of reach:"
            f" {', '.join(held.names)}."
        )
    luck = _luck(shown[:CENTRE, in_reach])
    new = np.arange(len(z)) >= CENTRE
    fit, fresh = None, None
    for number in range(plan.waves if most is None else most):
        if fit is not None:
            places, more, failed = _lived(
                world, unknowns, held, plan, folder, wave=number, chain=fit.chain
            )
            fresh = _fresh(fit.likelihood.emulators, places, more[:, in_reach])
            z, shown = np.vstack([z, places]), np.vstack([shown, more])
            new = np.arange(len(z)) >= len(z) - len(places)
        stand_in = emulators(unknowns, z, shown[:, in_reach], new)
        likelihood = Likelihood(held.of(in_reach), stand_in, np.diag(stand_in.of_the_mean(luck)))
        chain = sample(likelihood, len(unknowns.rows), plan.seed + number)
        moved, narrowed = _moved(fit, chain)
        wave = Wave(
            number=number,
            runs=len(z) if fit is None else int(new.sum()),
            failed=failed,
            forms=dict(Counter(one.form for one in stand_in.each)),
            lengths=chain.lengths,
            fresh=fresh,
            moved=moved,
            narrowed=narrowed,
        )
        fit = Fit(
            names=held.names,
            waves=(*(fit.waves if fit else ()), wave),
            reach=reach,
            in_reach=in_reach,
            likelihood=likelihood,
            chain=chain,
        )
        say(fit)
        if wave.is_last:
            break
    assert fit is not None  # noqa: S101 - a plan has at least one wave
    return fit


def chosen(unknowns: Unknowns, plan: Plan, wave: int, chain: Chain | None) -> np.ndarray:
    """Return where the runs of a wave are to lie: (runs, numbers).

    The first wave has CENTRE runs at the middle of the priors, and then those that fill them; a
    later one draws from the posterior before it.
    """
    numbers = len(unknowns.rows)
    if chain is not None:
        return chain.drawn(plan.later, plan.seed + wave)
    filling = spread_out(plan.first - CENTRE, numbers, plan.seed)
    return np.vstack([np.zeros((CENTRE, numbers)), filling])


def _lived(
    world: World,
    unknowns: Unknowns,
    held: Held,
    plan: Plan,
    folder: Folder,
    *,
    wave: int,
    chain: Chain | None = None,
) -> tuple[np.ndarray, np.ndarray, int]:
    """Live what is missing of a wave; return its places, what they showed, and how many failed."""
    z = folder.places(wave)
    if z is None:
        z = chosen(unknowns, plan, wave, chain)
        folder.keep_places(wave, z)
    places = [
        Place(
            wave=wave,
            number=number,
            seed=replicate_seed(plan.seed, 100_000 * (wave + 1) + number),
            parameters=unknowns.values(place),
        )
        for number, place in enumerate(z)
    ]
    runs = completed(world, folder, places, wave)
    failed = [run for run in runs.values() if run.failed]
    return z, held.scaled(matrix(runs, len(z), held.names)), len(failed)


def completed(world: World, folder: Folder, places: Sequence[Place], wave: int) -> dict[int, Shown]:
    """Live those places of a wave that have not ended yet; return all its runs, by number.

    Raises VeerkrachtError where too many fail; what has ended stays in the folder.
    """
    runs = folder.runs(wave)
    for run in world([place for place in places if place.number not in runs]):
        folder.keep_run(run)
        runs[run.number] = run
    failed = [run for run in runs.values() if run.failed]
    if len(failed) > FAILING * len(places):
        raise VeerkrachtError(
            f"{len(failed)} of {len(places)} runs of wave {wave} failed, the first with:"
            f" {failed[0].failed}"
        )
    return runs


def _luck(alike: np.ndarray) -> np.ndarray:
    """Return the variance of runs alike (runs, figures); 0 where fewer than two showed a figure."""
    seen = (~np.isnan(alike)).sum(axis=0)
    filled = np.where(np.isnan(alike), 0.0, alike)
    mean = filled.sum(axis=0) / np.maximum(seen, 1)
    squares = np.where(np.isnan(alike), 0.0, (alike - mean) ** 2).sum(axis=0)
    return np.asarray(squares / np.maximum(seen - 1, 1))


def _fresh(stand_in: Emulators, z: np.ndarray, shown: np.ndarray) -> tuple[float, float]:
    """Return the mean and spread of how far new runs lie from what was said of them."""
    apart = (shown - stand_in.mean(z)) / np.sqrt(np.diag(stand_in.of_a_run()))
    told = apart[~np.isnan(apart)]
    return float(told.mean()), float(told.std())


def _moved(before: Fit | None, chain: Chain) -> tuple[float | None, float | None]:
    """Return the largest move of a mean, in deviations, and of the log of a deviation."""
    if before is None:
        return None, None
    old, new = before.chain.flat, chain.flat
    sd = old.std(axis=0)
    moved = np.abs(new.mean(axis=0) - old.mean(axis=0)) / sd
    return float(moved.max()), float(np.abs(np.log(new.std(axis=0) / sd)).max())
