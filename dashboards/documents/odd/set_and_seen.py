"""What policy may set, and what is observed: levers and outcomes."""

from __future__ import annotations

from dashboards.documents.markdown import table
from dashboards.documents.recommendations import STATUS, written_value
from dashboards.texts import texts
from model.outcomes.registry import OUTCOMES
from model.registry import LEVERS


def levers() -> str:
    """Return the table of levers, in the order of their numbers."""
    said = texts("en")
    rows = [
        (
            f"`{one.name}`",
            said(f"lever.{one.name}.label"),
            one.unit,
            f"{written_value(one, one.low)} to {written_value(one, one.high)}",
            f"{written_value(one, one.base)} → {written_value(one, one.reform)}",
            one.start,
            f"{one.status}, {STATUS[one.status]}",
            one.grade,
            one.effect_grade,
        )
        for one in LEVERS
    ]
    heading = ("lever", "what it is", "unit", "range", "2023 → reform", "from", "standing")
    return table((*heading, "grade of values", "grade of effect"), rows)


def outcomes() -> str:
    """Return the table of outcomes, in the order in which they are added up."""
    said = texts("en")
    rows = [
        (
            f"`{one.name}`",
            said(f"outcome.{one.name}.label"),
            one.unit,
            one.of or one.level,
            "at the count of 1 October" if one.moment == "october" else "at the end of July",
            "actual, registered" if one.has_registered else "actual",
            f"{one.smallest.value:g}",
        )
        for one in OUTCOMES
    ]
    heading = ("outcome", "what it is", "unit", "of", "observed", "layers")
    return table((*heading, "smallest difference that matters"), rows)
