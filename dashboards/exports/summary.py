"""The first sheet of an Excel file: each outcome of everybody, in the words of people."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dashboards.texts import Texts
from dashboards.texts.numbers import decimals_for, span, unit, unit_apart
from model.outcomes.registry import BY_OUTCOME, Choice, last_years
from model.policy.record import from_record
from scenarios.statistics.answers import answers
from scenarios.statistics.overview import overview
from scenarios.statistics.ranking import full_size_factor, so_many_people

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble
    from scenarios.statistics.answer import Answer

COLUMNS = (
    "outcome", "population", "scenario", "unit", "level_base", "level", "unit_difference",
    "difference", "low", "high", "p_sign", "reading", "behind", "full_size", "low_full_size",
    "high_full_size", "outcome_name",
)  # fmt: skip
WIDTHS = {"A": 34, "B": 10, "C": 34, "D": 24, "G": 20, "L": 22}
"""Widths of columns, in characters."""
HEADING = 4
"""Rows above the first number."""


def summary(ensemble: Ensemble, outcomes: Choice, t: Texts) -> Iterator[list[Any]]:
    """Yield the rows: two that say what it is, an empty one, the heading, and the answers.

    A run of one scenario has levels only.
    """
    titles = {
        one.id: one.title_nl if t.language == "nl" else one.title_en
        for one in map(from_record, ensemble.about["scenarios"])
    }
    factor, years = full_size_factor(ensemble), last_years(ensemble.school_years)
    n = str(len(ensemble.replicates))
    yield [t("export.what", base=titles[ensemble.base], years=span(years, t), n=n)]
    yield [t("terminal.no_forecast")]
    yield []
    yield [t(f"export.column.{name}") for name in COLUMNS]
    if len(ensemble.scenarios) == 1:
        yield from _levels(ensemble, outcomes, titles, years, t)
        return
    known = [one for one in ensemble.stored.outcomes(outcomes) if one in BY_OUTCOME]
    for one in answers(ensemble, outcome=known, years=years):
        told = _answer(one, factor, t)
        told |= {"scenario": titles[one.alternative], **_named(one.outcome, one.population, t)}
        yield [told.get(name) for name in COLUMNS]


def _levels(
    ensemble: Ensemble, outcomes: Choice, titles: dict[str, str], years: tuple[str, ...], t: Texts
) -> Iterator[list[Any]]:
    found = overview(ensemble, outcome=outcomes, dimension="all", years=years)
    for row in found[found["outcome"].isin(list(BY_OUTCOME))].to_dict("records"):
        told = _named(row["outcome"], row["population"], t) | {
            "scenario": titles[row["scenario"]],
            "level": _scaled(row["outcome"], row["level"]),
            "behind": _whole(row["behind"]),
        }
        yield [told.get(name) for name in COLUMNS]


def _named(outcome: str, population: str, t: Texts) -> dict[str, Any]:
    return {
        "outcome": t(f"outcome.{outcome}.label"),
        "outcome_name": outcome,
        "population": t(f"terminal.who.{population}"),
        "unit": unit(outcome, t),
    }


def _answer(one: Answer, factor: float, t: Texts) -> dict[str, Any]:
    """Return the numbers of an answer; a small group has none."""
    if one.is_small:
        return {"reading": t("terminal.small_group")}
    measure = BY_OUTCOME[one.outcome].measure
    ends = [measure.scale * value for value in (one.value, one.low, one.high)]
    digits = decimals_for([value for value in ends if not math.isnan(value)], measure.decimals)
    people = so_many_people(one, factor) or (math.nan,) * 3
    return {
        "level_base": _scaled(one.outcome, one.level_base),
        "level": _scaled(one.outcome, one.level),
        "unit_difference": unit_apart(one.outcome, t),
        **dict(zip(("difference", "low", "high"), _rounded(ends, digits), strict=True)),
        "p_sign": None if math.isnan(one.p_sign) else round(100 * one.p_sign, 1),
        "reading": t(f"terminal.reading.{one.reading}"),
        "behind": _whole(one.behind),
        **dict(
            zip(("full_size", "low_full_size", "high_full_size"), _rounded(people, 1), strict=True)
        ),
    }


def _scaled(outcome: str, value: float) -> float | None:
    measure = BY_OUTCOME[outcome].measure
    (found,) = _rounded([measure.scale * value], measure.decimals)
    return found


def _whole(value: float) -> float | None:
    (found,) = _rounded([value], 0)
    return found


def _rounded(values: Any, digits: int) -> list[float | None]:  # noqa: ANN401 - some numbers
    """Return numbers with so many digits; a missing one is an empty cell, and none is -0."""
    return [None if math.isnan(value) else round(value, digits) + 0.0 for value in values]
