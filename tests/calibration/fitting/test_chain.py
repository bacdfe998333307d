"""A chain is as wide as the law that it samples, in as many numbers as a calibration has."""

import numpy as np
import pytest

from calibration.fitting.chain import LENGTHS, sample

NUMBERS = 24


@pytest.mark.parametrize("seed", [1, 2])
def test_a_chain_has_the_middle_and_the_width_of_the_law_that_it_samples(seed: int) -> None:
    chance = np.random.default_rng(0)
    slopes = chance.normal(size=(3, NUMBERS))
    precision = np.eye(NUMBERS) + slopes.T @ slopes
    covariance = np.linalg.inv(precision)
    middle = 0.5 * chance.normal(size=NUMBERS)

    def log(z: np.ndarray) -> np.ndarray:
        off = z - middle
        return np.asarray(-0.5 * np.einsum("ij,jk,ik->i", off, precision, off))

    chain = sample(log, NUMBERS, seed)

    assert chain.lengths >= LENGTHS
    widths = chain.flat.std(axis=0) / np.sqrt(np.diag(covariance))
    assert widths.mean() == pytest.approx(1.0, abs=0.02)
    assert np.abs(widths - 1.0).max() < 0.06
    off = (chain.flat.mean(axis=0) - middle) / np.sqrt(np.diag(covariance))
    assert np.sqrt((off**2).mean()) < 0.05
