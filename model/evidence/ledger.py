"""The parameter ledger: every number of the world with its unit, range, source and grade.

Parameters are declared as fields of frozen dataclasses with `number`, which has no optional
arguments, so that a missing source or a misspelt name is caught by the type checker.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal, cast

Grade = Literal["A", "B", "C", "D"]
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
GRADE_MEANINGS: dict[str, str] = {
    "A": "stated in the letter",
    "B": "read on a public page",
    "C": "recalled, not verified",
    "D": "assumption with a range",
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known about one number."""

    unit: str
    low: float
    high: float
    source: str
    grade: Grade


def number(value: float, *, unit: str, low: float, high: float, source: str, grade: Grade) -> float:
    """Declare a parameter. `source` is a key of `sources.toml`; the range holds the value.

    Raises ValueError when the value lies outside its range.
    """
    if not low <= value <= high:
        message = f"{value} lies outside {low} to {high} ({source})"
        raise ValueError(message)
    evidence = Evidence(unit=unit, low=low, high=high, source=source, grade=grade)
    declared: Any = field(default=float(value), metadata={"evidence": evidence})
    return cast("float", declared)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One row of the ledger; `name` is dotted: submodel and field."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    source: str
    grade: Grade

    @property
    def field(self) -> str:
        """The part after the dot; unique over all submodels."""
        return self.name.split(".")[1]


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
                    source=evidence.source,
                    grade=evidence.grade,
                )
            )
    return found
