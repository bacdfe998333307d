"""Answers about a stored ensemble: each difference from a base with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.errors import InputError
from model.outcomes.registry import ACTUAL, BY_OUTCOME, Choice, chosen_layers, last_years
from scenarios.disclosure.suppress import are_hidden
from scenarios.statistics.answer import CONFIDENCE, Answer, NotKnowing, check_confidence
from scenarios.statistics.overview import compared, hidden_cells, pooled_cells
from scenarios.statistics.ratio_estimates import CELL, stored_cells

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.runs.run import Ensemble


def answers(
    run: Ensemble,
    *,
    outcome: Choice = None,
    base: str | None = None,
    scenario: Choice = None,
    population: Choice = None,
    dimension: Choice = "all",
    years: Sequence[str] | None = None,
    together: bool = True,
    layer: str = ACTUAL,
    confidence: float = CONFIDENCE,
) -> list[Answer]:
    """Return the difference of each scenario from a base, at the ledger's values.

    `base` is that of the run unless another is named, `scenario` all others. `years` are the last
    complete school years if None; they are taken `together`, or told one by one. Answers stand in
    the order of outcomes, scenarios, groups, years and populations (EU-11, comparable, gap).

    Raises InputError for names that do not exist, and when nobody was seen at all.
    """
    check_confidence(confidence)
    (layer,) = chosen_layers(layer)
    base = base or run.base
    others = _others(run, base, scenario)
    wanted = last_years(run.school_years) if years is None else tuple(years)
    gone = hidden_cells(run.stored)
    gone = gone[gone["layer"] == layer]
    if together:
        gone = pooled_cells(gone, wanted)
    outcomes = run.stored.outcomes(outcome)
    whole = stored_cells(
        run.stored,
        base,
        outcomes=outcomes,
        layer=layer,
        cells={"dimension": dimension, "school_year": wanted, "scenario": (base, *others)},
    )
    rows = compared(whole, layer, years=wanted if together else None, confidence=confidence)
    order = {
        "outcome": {name: k for k, name in enumerate(outcomes)},
        "scenario": {name: k for k, name in enumerate(others)},
        "population": _POPULATIONS,
    }
    found = _answers(rows, base, order, wanted if together else None, gone, confidence)
    if population is not None:
        asked = {population} if isinstance(population, str) else set(population)
        found = [one for one in found if one.population in asked]
    if not found:
        raise InputError(_nobody(outcomes, dimension))
    return found


def _nobody(outcomes: Sequence[str], dimension: Choice) -> str:
    """Return why there is no answer: families are in none of the letter's groups, children are."""
    levels = {BY_OUTCOME[one].level for one in outcomes if one in BY_OUTCOME}
    if dimension == "letter_group" and levels == {"family"}:
        told = f"{', '.join(outcomes)}: told of families, and a letter group is one of children."
        return f"{told} Ask for an outcome of children, or for groups by family_type."
    return "nobody was seen of whom this could be told. Ask for other outcomes or groups."


_POPULATIONS = {"eu11": 0, "comparable": 1, "gap": 2}


def _answers(
    rows: pd.DataFrame,
    base: str,
    order: Mapping[str, Mapping[str, int]],
    years: tuple[str, ...] | None,
    gone: pd.DataFrame,
    confidence: float,
) -> list[Answer]:
    """Return the answers in rows; `years` were taken together, or None."""
    on_base = rows.loc[rows["scenario"] == base, [*CELL, "behind"]]
    both = rows[rows["scenario"] != base].merge(
        on_base, on=list(CELL), how="left", suffixes=("", "_base")
    )
    both["is_small"] = are_hidden(both, gone)
    both = both.sort_values(
        ["outcome", "scenario", "dimension", "group", "school_year", "population"],
        key=lambda column: (
            column.map(order[str(column.name)]) if str(column.name) in order else column
        ),
        kind="stable",
    )
    return [_answer(row, base, years, confidence) for row in both.to_dict("records")]


def _answer(
    row: dict[Any, Any], base: str, years: tuple[str, ...] | None, confidence: float
) -> Answer:
    import pandas as pd

    group = row["group"] if row["dimension"] == "all" else f"{row['dimension']}:{row['group']}"
    ends = (row["low_not_knowing"], row["high_not_knowing"], row["p_sign_not_knowing"])
    return Answer(
        outcome=row["outcome"],
        population=row["population"],
        group=group,
        layer=row["layer"],
        base=base,
        alternative=row["scenario"],
        years=years or (row["school_year"],),
        level_base=float(row["level_base"]),
        level=float(row["level"]),
        value=float(row["difference"]),
        low=float(row["low"]),
        high=float(row["high"]),
        p_sign=float(row["p_sign"]),
        confidence=confidence,
        n=int(row["n"]),
        behind=float(np.fmin(row["behind"], row["behind_base"])),
        is_small=bool(row["is_small"]),
        not_knowing=None if pd.isna(ends[0]) else NotKnowing(*map(float, ends)),
    )


def _others(run: Ensemble, base: str, scenario: Choice) -> tuple[str, ...]:
    """Return the scenarios of a run that are asked, without the base. Raises InputError."""
    chosen = [scenario] if isinstance(scenario, str) else list(scenario or run.scenarios)
    for name in (base, *chosen):
        if name not in run.scenarios:
            known = ", ".join(run.scenarios)
            message = f"there is no scenario '{name}' in this run; it has {known}."
            raise InputError(message)
    found = tuple(name for name in dict.fromkeys(chosen) if name != base)
    if not found:
        message = f"'{base}' is compared with nothing but itself. Name another scenario."
        raise InputError(message)
    return found
