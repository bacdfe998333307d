"""The parameter ledger: what is known of every number of the world, and how well.

A number has hard limits, within which a scenario may set it; a prior, from which it is drawn when
not knowing is to be shown; a value, with which the world is lived; a source and a grade; and, where
it was fitted, to what. Limits and prior answer different questions: what is possible at all, and
what is believed on the evidence. `calibration/priors.csv` says for each prior where it comes from.

Parameters are declared as fields of frozen dataclasses with `number` or `assumed`, which have no
optional arguments but `fitted`, so that a missing source or a misspelt name is caught by the type
checker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from numbers import Real
from typing import Any, Literal, cast

from model.errors import InputError, nearest
from model.prior import Prior

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
    """Declare a parameter. `source`, of the value, is a key of `model/sources.toml`.

    Raises ValueError for a value or a prior outside the limits, for an unverified value (grade C or
    D) on an end of its limits, and for limits of one point under a prior that is not fixed.
    """
    fault = _fault(value, limits, prior, grade)
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


def checked(known: Mapping[str, Parameter], name: str, value: float, where: str) -> Parameter:
    """Return the ledger row of a dotted name, after checking that the value is in its limits.

    Raises InputError with the nearest known name, or with the allowed range.
    """
    if name not in known:
        message = f"{where}: there is no parameter '{name}'.{nearest(str(name), known)}"
        raise InputError(message)
    row = known[name]
    check_number(value, where, name)
    if not row.low <= value <= row.high:
        message = (
            f"{where}: {name} = {value:g} lies outside its range {row.low:g} to {row.high:g}"
            f" ({row.unit}). Choose a value within it."
        )
        raise InputError(message)
    return row


def check_number(value: object, where: str, name: str) -> None:
    """Raise InputError unless a value is a number: a text or a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, Real):
        message = f"{where}: {name} = {value!r} is not a number. Give one, such as 0.2."
        raise InputError(message)
