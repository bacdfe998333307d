"""A logistic regression of shares: how log-odds go with covariates, all else in it equal."""

from __future__ import annotations

import numpy as np

ROUNDS = 50
"""Newton's steps that are taken at most."""

STILL = 1e-9
"""Largest move of a coefficient from which on nothing moves any more."""

FEWEST = 20
"""Rows for each coefficient below which nothing is told."""


def logistic(covariates: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return the coefficients (k,) of covariates (rows, k) for shares (rows,) of 0 to 1.

    Shares may be chances as well as what happened: the likelihood is that of Bernoulli (Papke and
    Wooldridge 1996). There is an intercept, which is not told. NaN for fewer than FEWEST rows a
    coefficient, and where the rows do not tell the coefficients apart.
    """
    rows, k = covariates.shape
    nothing = np.full(k, np.nan)
    if rows < FEWEST * (k + 1):
        return nothing
    spread = covariates.std(axis=0)
    mean = shares.mean()
    if (spread <= 0.0).any() or not 0.0 < mean < 1.0:
        return nothing
    x = np.column_stack([np.ones(rows), (covariates - covariates.mean(axis=0)) / spread])
    if np.linalg.matrix_rank(x) < k + 1:
        return nothing
    found = np.zeros(k + 1)
    found[0] = np.log(mean / (1.0 - mean))
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(x @ found, -30.0, 30.0)))
        curved = (x * (chance * (1.0 - chance))[:, None]).T @ x
        try:
            step = np.linalg.solve(curved, x.T @ (shares - chance))
        except np.linalg.LinAlgError:
            return nothing
        found += step
        if np.abs(step).max() < STILL:
            return np.asarray(found[1:] / spread)
    return nothing
