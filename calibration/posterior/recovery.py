"""Does a fit find what is true? Runs of the model itself are held back, and taken for the truth.

The runs of a calibration that fill its priors are read; none is lived. The rest teaches the
stand-in. The figures of a truth are what its run showed, each with an error of its own. Where the
intervals of a right likelihood hold the truth as often as they say, those of one that leaves out
the luck of a run have to hold it less often, or the question was too easy.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import numpy as np

from calibration.fitting.asked import held_to
from calibration.fitting.chain import sample
from calibration.fitting.emulator import emulators
from calibration.fitting.held import Held, reaches
from calibration.fitting.kept import Folder, matrix
from calibration.fitting.likelihood import Likelihood
from calibration.fitting.plan import CENTRE
from calibration.fitting.unknowns import unknowns
from calibration.posterior.shipped import Recovered
from calibration.targets.target import Target
from model.errors import InputError

SHARES = (0.5, 0.8, 0.95)
"""Shares of the truths that intervals are asked to hold."""

TRUTHS = 100

KNOWN = 0.75
"""Posterior over prior width below which the figures speak of a number at all."""

WITH_LUCK, WITHOUT = "with the luck of a run", "without it"
"""The likelihoods: that of a fit, and one that has to hold too little."""


def allowed(share: float, truths: int) -> float:
    """Return two binomial errors of a share of truths."""
    return 2.0 * float(np.sqrt(share * (1.0 - share) / truths))


def recovered(
    folder: Folder, plan: Mapping[str, Any], targets: Sequence[Target], truths: int = TRUTHS
) -> dict[str, Recovered]:
    """Hold the last runs of a calibration back, find each again, and say how, by likelihood.

    `targets` are those of the plan that were fitted. Chains are sampled on all cores. Raises
    InputError where a folder has too few runs that fill its priors.
    """
    numbers, held = unknowns(plan["parameters"]), held_to(targets)
    z = folder.places(0)
    if z is None:
        raise InputError(f"{folder.path} has no runs yet. Run veerkracht identify or calibrate.")
    shown = held.scaled(matrix(folder.runs(0), len(z), held.names))
    near = np.array([one.verdict == "in reach" for one in reaches(held, shown[CENTRE:])])
    near &= held.is_number
    held, shown = held.of(near), shown[:, near]
    is_whole = ~np.isnan(shown).any(axis=1) & (np.arange(len(z)) >= CENTRE)
    if not 1 <= truths <= is_whole.sum() // 2:
        raise InputError(
            f"{truths} truths cannot be held back of {is_whole.sum()} whole runs that fill the"
            f" priors: give 1 to {is_whole.sum() // 2}."
        )
    back = np.flatnonzero(is_whole)[-truths:]
    taught = np.setdiff1d(np.arange(len(z)), back)
    stand_in = emulators(numbers, z[taught], shown[taught], taught >= CENTRE)
    luck = np.nanvar(shown[:CENTRE], axis=0, ddof=1)
    errors = np.sqrt(held.variance(np.zeros((1, len(held.names)), int)))[0]
    chance = np.random.default_rng(plan["seed"])
    seen = shown[back] + errors * chance.normal(size=(truths, len(errors)))
    told = {
        WITH_LUCK: Likelihood(held, stand_in, stand_in.of_a_run()),
        WITHOUT: Likelihood(held, stand_in, np.diag(stand_in.of_the_mean(luck))),
    }
    with _cores() as cores:
        return {
            kind: _judged(z[back], list(_chains(cores, one, held, seen, back)), len(held.names))
            for kind, one in told.items()
        }


def _cores() -> Executor:
    """Return processes that each use one core, so that a chain's small sums do not share it."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"))


def _chains(
    cores: Executor, told: Likelihood, held: Held, seen: np.ndarray, back: np.ndarray
) -> Iterator[np.ndarray]:
    """Give the chain (places, numbers) of each truth, of which the figures are `seen`."""
    n = len(told.emulators.unknowns.rows)
    asked = [
        cores.submit(_chain, replace(told, held=replace(held, low=row, high=row)), n, int(seed))
        for row, seed in zip(seen, back, strict=True)
    ]
    for one in asked:
        yield one.result()


def _chain(told: Likelihood, numbers: int, seed: int) -> np.ndarray:
    return sample(told, numbers, seed).flat


def _judged(truths: np.ndarray, chains: Sequence[np.ndarray], figures: int) -> Recovered:
    """Return how chains, one for each of truths (truths, numbers), hold them."""
    ranks = np.array([(chain < z).mean(axis=0) for z, chain in zip(truths, chains, strict=True)])
    left = np.median([chain.std(axis=0) for chain in chains], axis=0)
    known = left < KNOWN
    return Recovered(
        truths=len(truths),
        numbers=truths.shape[1],
        figures=figures,
        known=int(known.sum()),
        covered=_covered(ranks),
        covered_known=_covered(ranks[:, known]),
        uniform=_uniform(ranks),
        uniform_known=_uniform(ranks[:, known]),
    )


def _covered(ranks: np.ndarray) -> tuple[float, ...]:
    if not ranks.size:
        return ()
    return tuple(float((np.abs(ranks - 0.5) <= share / 2).mean()) for share in SHARES)


def _uniform(ranks: np.ndarray) -> float | None:
    from scipy.stats import kstest

    return float(kstest(ranks.ravel(), "uniform").pvalue) if ranks.size else None
