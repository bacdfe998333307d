"""The numbers that are fitted, on the scale of their own priors.

Every one of them is standard normal before anything is fitted: z = 0 is the middle of its prior,
and its prior share is the normal share of z. On that scale a posterior that is as wide as the prior
has a standard deviation of 1, whatever the number is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.priors.bounds import bounds
from model.errors import InputError
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

USUAL = (
    "work.p_hire",
    "work.p_fixed_permanent",
    "work.q_renewal",
    "work.share_change_permanent",
    "work.p_offer_self_employed",
    "work.p_end_fixed",
    "work.p_end_permanent",
    "housing.p_upgrade_owner",
    "housing.p_upgrade_lease",
    "population.trust_comparable",
    "early_years.take_up_intercept",
    "early_years.eligibility_good_dutch",
    "early_years.take_up_knowledge",
    "school.leave_vo",
    "school.leave_vo_lower",
    "school.leave_pro",
    "school.leave_mbo1",
    "school.leave_mbo2",
    "school.leave_18_vo",
    "school.leave_18_mbo",
    "school.leave_learning",
    "school.leave_language",
    "school.p_repeat_vo",
    "school.p_switch_mbo",
)
"""What is fitted when nobody says otherwise: what moves a fitted figure by an error or more."""

MOST = 40
"""Numbers that are fitted at once: a quadratic of more needs more runs than a calibration has."""


@dataclass(frozen=True)
class Unknowns:
    """The numbers that are fitted, rows of the ledger with a prior."""

    rows: tuple[Parameter, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their dotted names, in order."""
        return tuple(row.name for row in self.rows)

    def values(self, z: np.ndarray) -> dict[str, float]:
        """Return the numbers at one place (numbers,) of the scale, by dotted name.

        They never lie outside the limits of the ledger, not by the last digit either.
        """
        from scipy.special import ndtr

        shares = ndtr(np.asarray(z, float))
        return {
            row.name: float(min(row.high, max(row.low, row.at(float(share)))))
            for row, share in zip(self.rows, shares, strict=True)
        }

    def regressors(self, z: np.ndarray) -> np.ndarray:
        """Return (places, numbers) on which the model is nearly a line: mean 0 and variance 1.

        That is z, and for a uniform prior the number itself.
        """
        from scipy.special import ndtr

        is_flat = np.array([row.prior.law == "uniform" for row in self.rows])
        return np.where(is_flat, math.sqrt(12.0) * (ndtr(z) - 0.5), z)


def unknowns(names: Sequence[str] = USUAL) -> Unknowns:
    """Return the named numbers; a submodel such as "school" stands for all that are free in it.

    Raises InputError for a name that is not there, a number that is fixed, and too many at once.
    """
    found = tuple(BY_PARAMETER[str(name)] for name in bounds(*names).index)
    if len(found) > MOST:
        message = (
            f"{len(found)} parameters at once are too many to fit: at most {MOST}. Name fewer"
            " (`veerkracht sensitivity` ranks them)."
        )
        raise InputError(message)
    return Unknowns(found)


def spread_out(n: int, numbers: int, seed: int) -> np.ndarray:
    """Return n places (n, numbers) that fill the prior evenly: a Latin hypercube."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    shares = qmc.LatinHypercube(numbers, rng=np.random.default_rng(seed)).random(n)
    return np.asarray(ndtri(np.clip(shares, 1e-6, 1.0 - 1e-6)))
