"""Priors: what is believed of a number before it is held against anything.

A law and two points. A uniform prior is given by its ends; a normal, lognormal or logit-normal one
by the points below which 5% and 95% of it lie, the form in which evidence states a range. What
reaches over a number's hard limits is cut off there.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from statistics import NormalDist
from typing import Any, Literal, cast, get_args

Law = Literal["fixed", "uniform", "normal", "lognormal", "logit_normal"]
LAWS: tuple[Law, ...] = get_args(Law)

_STANDARD = NormalDist()
_TAIL = 0.05
_REACH = _STANDARD.inv_cdf(1.0 - _TAIL)


@dataclass(frozen=True, slots=True)
class Prior:
    """A law with its two points; `low` and `high` are the ends of a uniform law, else 5% and 95%.

    Raises ValueError for an unknown law, and for points that the law does not have.
    """

    law: Law
    low: float = math.nan
    high: float = math.nan

    def __post_init__(self) -> None:
        """Refuse an unknown law, points that are not in order, or that the law cannot have."""
        if self.law not in LAWS:
            message = f"a prior has the law {self.law!r}, not one of {', '.join(LAWS)}"
            raise ValueError(message)
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


Grade = Literal["A", "B", "C", "D"]
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
GRADE_MEANINGS: dict[str, str] = {
    "A": "stated in the letter",
    "B": "read on a public page",
    "C": "recalled, not verified",
    "D": "assumption with a range",
}

UNVERIFIED: tuple[Grade, ...] = ("C", "D")
"""Grades of numbers that nobody read: nothing says that such a number is an end of its limits."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known about one number; `fitted` says to what it was fitted, "" for not at all."""

    unit: str
    low: float
    high: float
    prior: Prior
    source: str
    grade: Grade
    fitted: str


def number(
    value: float,
    unit: str,
    limits: tuple[float, float],
    prior: Prior,
    *,
    source: str,
    grade: Grade,
    fitted: str = "",
) -> float:
    """Declare a parameter. `source`, of the value, is a key of `model/evidence/sources.toml`.

    `fitted` says how, and to which patterns or figures: "by hand: P1a vsv.vo_eu11".

    Raises ValueError for a value or a prior outside the limits, for an unverified value (grade C or
    D) on an end of its limits, for limits of one point under a prior that is not fixed, and for a
    value that was fitted without saying to what.
    """
    fault = _fault(value, limits, prior, grade) or _fault_of_fitting(fitted)
    if fault:
        message = f"{value} {unit} ({source}, grade {grade}): {fault}"
        raise ValueError(message)
    low, high = limits
    evidence = Evidence(
        unit=unit,
        low=low,
        high=high,
        prior=prior,
        source=source,
        grade=grade,
        fitted=fitted,
    )
    declared: Any = field(default=float(value), metadata={"evidence": evidence})
    return cast("float", declared)


def assumed(
    value: float, unit: str, limits: tuple[float, float], prior: Prior, *, fitted: str = ""
) -> float:
    """Declare a parameter whose value no source gives: an assumption, grade D."""
    return number(value, unit, limits, prior, source="assumption", grade="D", fitted=fitted)


def _fault(value: float, limits: tuple[float, float], prior: Prior, grade: Grade) -> str:
    """Return what is wrong with a declaration and what to do, "" for nothing."""
    low, high = limits
    if not low <= value <= high:
        return f"the value lies outside its limits {low} to {high}; widen them or mend the value"
    if low == high:
        return "" if prior.is_fixed else "limits of one point need the prior FIXED"
    if grade in UNVERIFIED and value in limits:
        return (
            f"an unverified value lies on an end of its limits {low} to {high}; widen them: nothing"
            " says that the world ends just there"
        )
    if not prior.is_fixed and not low <= prior.low < prior.high <= high:
        return (
            f"the prior's points {prior.low} and {prior.high} lie outside the limits {low} to"
            f" {high}; narrow the prior or widen the limits"
        )
    return ""


def _fault_of_fitting(fitted: str) -> str:
    """Return what is missing from how a value was fitted, "" for nothing."""
    how, _, to = fitted.partition(":")
    if fitted and not (how.strip() and to.strip()):
        return (
            f"fitted = {fitted!r} does not say to what; write how, a colon, and the patterns or"
            ' figures, as in "by hand: P1a"'
        )
    return ""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One row of the ledger; `name` is dotted: submodel and field. `low`, `high`: hard limits."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    prior: Prior
    source: str
    grade: Grade
    fitted: str = ""

    @property
    def field(self) -> str:
        """The part after the dot; unique over all submodels."""
        return self.name.split(".")[1]

    @property
    def is_free(self) -> bool:
        """Return whether the number has more than one value by its prior."""
        return not self.prior.is_fixed

    def at(self, share: float) -> float:
        """Return the number below which a share (0 to 1) of its prior lies; its value if fixed."""
        if not self.is_free:
            return self.value
        return self.prior.quantile(share, limits=(self.low, self.high))

    @property
    def likely(self) -> tuple[float, float]:
        """Return the 5% and the 95% point of the prior, cut at the limits."""
        return self.at(0.05), self.at(0.95)


def rows(parameters: Any) -> list[Parameter]:  # noqa: ANN401 - any dataclass of dataclasses
    """Return the ledger rows of a dataclass whose fields are submodels, in order of declaration."""
    found = []
    for group in fields(parameters):
        submodel = getattr(parameters, group.name)
        if not is_dataclass(submodel):
            continue
        for item in fields(submodel):
            evidence: Evidence = item.metadata["evidence"]
            found.append(
                Parameter(
                    name=f"{group.name}.{item.name}",
                    value=getattr(submodel, item.name),
                    unit=evidence.unit,
                    low=evidence.low,
                    high=evidence.high,
                    prior=evidence.prior,
                    source=evidence.source,
                    grade=evidence.grade,
                    fitted=evidence.fitted,
                )
            )
    return found


def digest(ledger: Iterable[Parameter]) -> str:
    """Return the SHA-256 (hex) of names, limits and priors: the same for the same draws."""
    lines = [
        f"{row.name} {row.low!r} {row.high!r} {row.prior.law} {row.prior.low!r} {row.prior.high!r}"
        + (f" {row.value!r}" if not row.is_free else "")
        for row in sorted(ledger, key=lambda row: row.name)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
