"""Sampling the posterior with emcee, long enough that where it began no longer tells.

emcee comes with the extra 'calibration'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.errors import InputError

LENGTHS = 50.0
"""Autocorrelation times that a chain is kept for."""

BLOCK, MOST_BLOCKS = 250, 120
"""Steps between two looks, and looks after which a chain that is still too short is told so."""

LEAST_WALKERS = 40
TRIED = 5000
"""Places of the prior among which the walkers begin at the most likely ones."""

Log = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Chain:
    """What walkers did (steps, walkers, numbers), and their longest autocorrelation time."""

    z: np.ndarray
    tau: float

    @property
    def lengths(self) -> float:
        """How many autocorrelation times were kept."""
        return len(self.z) / self.tau

    @property
    def flat(self) -> np.ndarray:
        """All places (places, numbers)."""
        return self.z.reshape(-1, self.z.shape[-1])

    def drawn(self, n: int, seed: int) -> np.ndarray:
        """Return n places (n, numbers), drawn apart."""
        return self.flat[np.random.default_rng(seed).choice(len(self.flat), n, replace=False)]


def sample(log: Log, numbers: int, seed: int) -> Chain:
    """Return a chain of at least LENGTHS autocorrelation times, or the longest that is worth it.

    `log` gives the log posterior of places (places, numbers). The same seed gives the same chain.
    Raises InputError when emcee is not there.
    """
    emcee = needed("emcee")
    luck = np.random.default_rng(seed)
    walkers = 2 * max(LEAST_WALKERS // 2, numbers + 1)
    tried = luck.standard_normal((TRIED, numbers))
    start = tried[np.argsort(-log(tried), kind="stable")[:walkers]]
    # Not the snooker move that emcee puts beside it: up to 3.1.6 it accepts by half the power that
    # it should (pull request 531), and a normal law of 24 numbers comes out an eighth too narrow.
    moves = [(emcee.moves.DEMove(), 0.8), (emcee.moves.StretchMove(), 0.2)]
    sampler = emcee.EnsembleSampler(walkers, numbers, log, vectorize=True, moves=moves)
    state = emcee.State(start, random_state=np.random.RandomState(seed % 2**32).get_state())
    state = sampler.run_mcmc(state, BLOCK)
    blocks: list[np.ndarray] = []
    tau = np.inf
    for _ in range(MOST_BLOCKS):
        sampler.reset()
        state = sampler.run_mcmc(state, BLOCK)
        blocks.append(sampler.get_chain().copy())
        kept = np.concatenate(blocks[len(blocks) // 5 :])
        tau = float(np.max(emcee.autocorr.integrated_time(kept, quiet=True, tol=0)))
        if len(kept) >= LENGTHS * tau:
            return Chain(kept, tau)
    return Chain(np.concatenate(blocks[len(blocks) // 5 :]), tau)


def needed(package: str) -> Any:  # noqa: ANN401 - a package without types
    """Return a package of the extra 'calibration'. Raises InputError saying how to get it."""
    from importlib import import_module

    try:
        return import_module(package)
    except ImportError:
        message = (
            f"this needs {package.partition('.')[0]}, which comes with the extra 'calibration'."
            " In the folder of the program: pip install '.[calibration]'."
        )
        raise InputError(message) from None
