"""Questions to a stored ensemble, answered by DuckDB from its parts; only what is asked is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from model.errors import InputError, nearest
from model.outcomes import (
    BY_OUTCOME,
    COLUMNS,
    DIMENSIONS,
    POPULATIONS,
    SERIES,
    Choice,
    chosen_layers,
    full_name,
)
from scenarios.parts import Part, column

if TYPE_CHECKING:
    import pandas as pd

TIDY = (*COLUMNS[:2], "draw", *COLUMNS[2:])
"""Columns of the tidy table of an ensemble."""

_KNOWN: dict[str, tuple[str, ...]] = {
    "outcome": tuple(BY_OUTCOME),
    "dimension": tuple(name for name, _ in DIMENSIONS),
    "population": POPULATIONS,
    "group": tuple(dict.fromkeys(group for _, groups in DIMENSIONS for group in groups)),
}


def connect() -> duckdb.DuckDBPyConnection:
    """Return a connection that keeps nothing on disk and goes nowhere else."""
    return duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )


def tidy(
    parts: Sequence[Part],
    scenarios: Sequence[str],
    outcome: Choice,
    layer: Choice,
    chosen: Mapping[str, Any],
) -> pd.DataFrame:
    """Return the tidy table (columns TIDY) of an ensemble, for some outcomes, layers and cells.

    `chosen` maps a column to the values wanted, None for all. Raises InputError for a name that
    does not exist.
    """
    import pandas as pd

    series = _series(outcome, layer)
    where, values = _where(chosen, scenarios)
    if not series or not parts:
        return pd.DataFrame({name: [] for name in TIDY})
    query = f"""
        SELECT scenario, replicate::BIGINT AS replicate, draw::BIGINT AS draw,
               school_year, population, dimension, "group",
               seen.outcome AS outcome, seen.layer AS layer,
               seen.total / CASE WHEN seen.is_count THEN 1 ELSE seen.n END AS value,
               seen.total AS numerator,
               CASE WHEN seen.is_count THEN 1 ELSE seen.n END::DOUBLE AS denominator
        FROM (SELECT * EXCLUDE (series), unnest(series) AS seen
              FROM (SELECT scenario, replicate, draw, school_year, population, dimension, "group",
                           place, [{", ".join(map(_struct, series))}] AS series
                    FROM read_parquet($files) WHERE {where}))
        WHERE seen.n IS NOT NULL
        ORDER BY list_position($scenarios, scenario), draw, replicate, school_year, seen.number,
                 list_position($populations, population), place
    """  # noqa: S608 - names of our own; values go apart
    values |= {
        "files": [str(part.path) for part in parts],
        "scenarios": list(scenarios),
        "populations": list(POPULATIONS),
    }
    with connect() as connection:
        return connection.execute(query, values).df()


def _struct(item: tuple[int, str, str]) -> str:
    number, outcome, layer = item
    is_count = BY_OUTCOME[outcome].level == "count"
    return (
        f"{{number: {number}, outcome: '{outcome}', layer: '{layer}', is_count: {is_count},"
        f' total: "{column(outcome, layer, "sum")}",'
        f' n: "{column(outcome, layer, "of")}"::DOUBLE}}'
    )


def _series(outcome: Choice, layer: Choice) -> list[tuple[int, str, str]]:
    """Return number, outcome and layer of what is asked."""
    outcomes, layers = names("outcome", outcome), chosen_layers(layer)
    return [
        (k, name, which)
        for k, (name, which) in enumerate(SERIES)
        if name in outcomes and which in layers
    ]


def _where(chosen: Mapping[str, Any], scenarios: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the condition on rows, and its values."""
    conditions, values = ["TRUE"], {}
    for name, wanted in chosen.items():
        if wanted is None:
            continue
        if name == "scenario":
            found: list[Any] = _checked("scenario", wanted, scenarios)
        elif name in _KNOWN:
            found = names(name, wanted)
        else:
            found = [wanted] if isinstance(wanted, str | int) else list(wanted)
        conditions.append(f'list_contains($wanted_{name}, "{name}")')
        values[f"wanted_{name}"] = found
    return " AND ".join(conditions), values


def names(kind: str, wanted: Choice) -> list[str]:
    """Return the names of a kind that are wanted; other names of an outcome mean that outcome.

    Raises InputError for one that does not exist.
    """
    if wanted is None:
        return list(_KNOWN[kind])
    if kind == "outcome":
        asked = [wanted] if isinstance(wanted, str) else wanted
        return list(dict.fromkeys(map(full_name, asked)))
    return _checked(kind, wanted, _KNOWN[kind])


def _checked(kind: str, wanted: Choice, known: Sequence[str]) -> list[str]:
    found = [wanted] if isinstance(wanted, str) else list(wanted or ())
    for name in found:
        if name not in known:
            message = f"there is no {kind} '{name}' here.{nearest(name, known)}"
            raise InputError(message)
    return found
