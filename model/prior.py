"""Priors: what is believed of a number before it is held against anything.

A law and two points. A uniform prior is given by its ends; a normal, lognormal or logit-normal one
by the points below which 5% and 95% of it lie, the form in which evidence states a range. What
reaches over a number's hard limits is cut off there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, get_args

Law = Literal["fixed", "uniform", "normal", "lognormal", "logit_normal"]
LAWS: tuple[Law, ...] = get_args(Law)

_STANDARD = NormalDist()
_TAIL = 0.05
_REACH = _STANDARD.inv_cdf(1.0 - _TAIL)


@dataclass(frozen=True, slots=True)
class Prior:
    """A law with its two points; `low` and `high` are the ends of a uniform law, else 5% and 95%.

    Raises ValueError for points that the law does not have.
    """

    law: Law
    low: float = math.nan
    high: float = math.nan

    def __post_init__(self) -> None:
        """Refuse points that are not in order, or that the law cannot have."""
        if self.law == "fixed":
            return
        if not self.low < self.high:
            message = f"a {self.law} prior needs two points in order, not {self.low}, {self.high}"
            raise ValueError(message)
        if self.law == "lognormal" and self.low <= 0.0:
            message = f"a lognormal prior lies above 0, but its 5% point is {self.low}"
            raise ValueError(message)
        if self.law == "logit_normal" and not 0.0 < self.low < self.high < 1.0:
            message = (
                f"a logit_normal prior lies between 0 and 1, but its points are {self.low}"
                f" and {self.high}"
            )
            raise ValueError(message)

    @property
    def is_fixed(self) -> bool:
        """Return whether the number has one value: a definition, or the letter of the law."""
        return self.law == "fixed"

    def quantile(self, share: float, *, limits: tuple[float, float]) -> float:
        """Return the number below which a share (0 to 1) of the prior lies, within hard limits.

        Raises ValueError for a fixed number, which has none.
        """
        low, high = limits
        if self.law == "fixed":
            message = "a fixed number has no quantiles"
            raise ValueError(message)
        if self.law == "uniform":
            return self.low + share * (self.high - self.low)
        below, above = (self._share_below(limit) for limit in limits)
        inside = min(max(below + share * (above - below), 1e-12), 1.0 - 1e-12)
        scale = (self._scaled(self.high) - self._scaled(self.low)) / (2.0 * _REACH)
        centre = (self._scaled(self.high) + self._scaled(self.low)) / 2.0
        return min(high, max(low, self._unscaled(centre + scale * _STANDARD.inv_cdf(inside))))

    def _share_below(self, value: float) -> float:
        if self.law != "normal" and value <= 0.0:
            return 0.0
        if self.law == "logit_normal" and value >= 1.0:
            return 1.0
        scale = (self._scaled(self.high) - self._scaled(self.low)) / (2.0 * _REACH)
        centre = (self._scaled(self.high) + self._scaled(self.low)) / 2.0
        return _STANDARD.cdf((self._scaled(value) - centre) / scale)

    def _scaled(self, value: float) -> float:
        if self.law == "lognormal":
            return math.log(value)
        if self.law == "logit_normal":
            return math.log(value / (1.0 - value))
        return value

    def _unscaled(self, value: float) -> float:
        if self.law == "lognormal":
            return math.exp(value)
        if self.law == "logit_normal":
            return 1.0 / (1.0 + math.exp(-value))
        return value


FIXED = Prior("fixed")
"""One value: a definition, a count, or the letter of the law."""


def uniform(low: float, high: float) -> Prior:
    """Return the prior that finds every value from `low` to `high` equally likely."""
    return Prior("uniform", low, high)


def normal(p05: float, p95: float) -> Prior:
    """Return the normal prior with these 5% and 95% points."""
    return Prior("normal", p05, p95)


def lognormal(p05: float, p95: float) -> Prior:
    """Return the prior of a positive number, even in ratios, with these 5% and 95% points."""
    return Prior("lognormal", p05, p95)


def logit_normal(p05: float, p95: float) -> Prior:
    """Return the prior of a share, normal in log-odds, with these 5% and 95% points."""
    return Prior("logit_normal", p05, p95)
