"""How likely places are: their prior, and how near the model comes to the figures there.

A figure that is one number falls off either way, with its own error, its discrepancy, and what is
not known of the model's number. A range falls off beyond its ends alone, as half a normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calibration.fitting.emulator import Emulators
from calibration.fitting.held import Held


@dataclass(frozen=True)
class Likelihood:
    """The log posterior of places, up to a constant.

    `unsure` (figures, figures) is the covariance of what is not known of the model's numbers:
    `Emulators.of_the_mean` on its diagonal, or `of_a_run` where the figures are those of one run.
    `times` is how much larger than judged the discrepancies are taken, `prior_sd` how wide the
    priors are against those of the ledger.
    """

    held: Held
    emulators: Emulators
    unsure: np.ndarray
    times: float = 1.0
    prior_sd: float = 1.0

    def __call__(self, z: np.ndarray) -> np.ndarray:
        """Return it at places (places, numbers): (places,)."""
        from scipy.linalg import cho_solve

        gap, end = self.held.gaps(self.emulators.mean(z))
        number = self.held.is_number
        variance = self.held.variance(end, self.times) + np.diag(self.unsure)
        soft = _fall(gap[:, ~number], variance[:, ~number]).sum(axis=1)
        apart = gap[:, number].T
        hard = (apart * cho_solve(self._factor, apart)).sum(axis=0) if number.any() else 0.0
        return np.asarray(-0.5 * ((z**2).sum(axis=1) / self.prior_sd**2 + soft + hard))

    @cached_property
    def _factor(self) -> tuple[np.ndarray, bool]:
        """The covariance of the figures that are numbers, factored; their ends are alike."""
        from scipy.linalg import cho_factor

        number = self.held.is_number
        ends = np.zeros((1, len(number)), int)
        own = self.held.variance(ends, self.times)[0, number]
        factor: tuple[np.ndarray, bool] = cho_factor(
            self.unsure[np.ix_(number, number)] + np.diag(own)
        )
        return factor


def _fall(gap: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Return squared distances; 0 inside a range and infinite outside one that knows no error."""
    with np.errstate(divide="ignore"):
        fall: np.ndarray = np.divide(gap**2, variance, out=np.zeros_like(gap), where=gap != 0.0)
    return fall
