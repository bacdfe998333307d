"""Intervals hold what they say, on a hundred truths; those of a broken likelihood do not."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kstest

from calibration.fitting.emulator import Emulators, emulators
from calibration.fitting.likelihood import Likelihood
from tests.calibration.fitting.toy import LUCK, SLOPES, figures, toy_unknowns

TRUTHS, TAUGHT, TRIED = 100, 120, 6000
SHARES = np.array([0.5, 0.8, 0.95])


@pytest.fixture(scope="module")
def taught() -> Emulators:
    chance = np.random.default_rng(1)
    z = chance.standard_normal((TAUGHT, 2))
    shown = z @ SLOPES.T + LUCK * chance.normal(size=(TAUGHT, len(SLOPES)))
    return emulators(toy_unknowns(), z, shown, np.ones(TAUGHT, bool))


def ranks(taught: Emulators, unsure: np.ndarray) -> np.ndarray:
    """Return where held-back truths lie in their posteriors: shares (truths, numbers).

    The figures of a truth are those of a run there, with the error of a figure.
    """
    chance = np.random.default_rng(2)
    tried = chance.standard_normal((TRIED, 2))
    found = []
    for _ in range(TRUTHS):
        truth = chance.standard_normal(2)
        run = SLOPES @ truth + LUCK * chance.normal(size=len(SLOPES))
        held = figures(run + 0.1 * chance.normal(size=len(run)), discrepancy=0.0)
        log = Likelihood(held, taught, unsure)(tried) + 0.5 * (tried**2).sum(axis=1)
        weight = np.exp(log - log.max())
        found.append((weight[:, None] * (tried < truth)).sum(axis=0) / weight.sum())
    return np.array(found)


def covered(shares: np.ndarray) -> np.ndarray:
    """Return which part of the truths the middle 50, 80 and 95% of their posteriors hold."""
    return np.array([(np.abs(shares - 0.5) <= share / 2).mean() for share in SHARES])


def test_intervals_hold_a_hundred_truths_as_often_as_they_say(taught: Emulators) -> None:
    shares = ranks(taught, taught.of_a_run())

    errors = np.sqrt(SHARES * (1 - SHARES) / TRUTHS)
    assert (np.abs(covered(shares) - SHARES) <= 2 * errors).all()
    assert kstest(shares.ravel(), "uniform").pvalue > 0.05


def test_without_the_luck_of_a_run_intervals_hold_too_little(taught: Emulators) -> None:
    luck = np.full(len(SLOPES), LUCK**2)
    shares = ranks(taught, np.diag(taught.of_the_mean(luck)))

    errors = np.sqrt(SHARES * (1 - SHARES) / TRUTHS)
    assert (covered(shares) < SHARES - 2 * errors).all()
    assert kstest(shares.ravel(), "uniform").pvalue < 0.001


def test_a_range_pulls_only_beyond_its_ends(taught: Emulators) -> None:
    held = figures(np.zeros(len(SLOPES)))
    wide = replace(held, low=held.low - 100.0, high=held.high + 100.0)
    above = replace(wide, low=np.array([1.0, *wide.low[1:]]))
    z = np.array([[3.0, 0.0], [-1.0, 0.0]])
    unsure = np.zeros((len(SLOPES),) * 2)

    flat, pulled = (Likelihood(one, taught, unsure)(z) for one in (wide, above))

    assert np.allclose(flat, -0.5 * (z**2).sum(axis=1))
    assert pulled[0] == flat[0]
    gap = taught.mean(z)[1, 0] - 1.0
    assert pulled[1] - flat[1] == pytest.approx(-0.5 * gap**2 / (0.1**2 + 0.3**2))


def test_twice_the_discrepancy_leaves_more_open(taught: Emulators) -> None:
    held = figures(np.ones(len(SLOPES)))
    far = np.array([[4.0, 4.0]])
    unsure = np.zeros((len(SLOPES),) * 2)

    once, twice = (Likelihood(held, taught, unsure, times=times)(far) for times in (1.0, 2.0))

    assert twice > once


def test_a_range_that_knows_no_error_leaves_its_inside_open_and_forbids_the_rest(
    taught: Emulators,
) -> None:
    held = figures(np.zeros(len(SLOPES)))
    sure = replace(
        held,
        low=np.array([1.0, *held.low[1:] - 100.0]),
        high=held.high + 100.0,
        error=np.zeros_like(held.error),
        discrepancy=np.zeros_like(held.discrepancy),
    )
    z = np.array([[3.0, 0.0], [-1.0, 0.0]])

    inside, outside = Likelihood(sure, taught, np.zeros((len(SLOPES),) * 2))(z)

    assert inside == -0.5 * 9.0
    assert outside == -np.inf
