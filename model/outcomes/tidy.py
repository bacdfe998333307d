"""From sums to the tidy table of outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from model.outcomes.registry import (
    ACTUAL,
    BY_OUTCOME,
    COLUMNS,
    DENOMINATOR,
    MINIMUM_CELL,
    NUMERATOR,
    Choice,
    chosen_layers,
)

if TYPE_CHECKING:
    from model.outcomes.sums import Sums


def tidy(sums: Sums, scenario: str, replicate: int, layer: Choice = ACTUAL) -> pd.DataFrame:
    """Return the tidy table of a run: one row per number, with columns COLUMNS.

    It has one layer or, with None, both. Groups without observations are left out; groups by origin
    from MINIMUM_CELL observations on. Raises InputError for a layer that does not exist.
    """
    sums = sums.of_layers(sums.layers if layer is None else chosen_layers(layer))
    places = np.nonzero(sums.numbers[..., DENOMINATOR])
    found = sums.numbers[places]
    year, which, outcome, population, group = places
    dimensions = [name.partition(":")[0] for name in sums.groups]
    is_count = np.array([BY_OUTCOME[name].level == "count" for name in sums.outcomes])[outcome]
    denominator = np.where(is_count, 1.0, found[:, DENOMINATOR])
    table = pd.DataFrame(
        {
            "scenario": scenario,
            "replicate": replicate,
            "school_year": _named(sums.school_years, year),
            "population": _named(sums.populations, population),
            "dimension": _named(dimensions, group),
            "group": _named([name.rpartition(":")[2] for name in sums.groups], group),
            "outcome": _named(sums.outcomes, outcome),
            "layer": _named(sums.layers, which),
            "value": found[:, NUMERATOR] / denominator,
            "numerator": found[:, NUMERATOR],
            "denominator": denominator,
        },
        columns=list(COLUMNS),
    )
    is_large = (table["dimension"] != "origin") | (found[:, DENOMINATOR] >= MINIMUM_CELL)
    kept: pd.DataFrame = table.loc[is_large].reset_index(drop=True)
    return kept


def _named(names: tuple[str, ...] | list[str], places: np.ndarray) -> np.ndarray:
    return np.asarray(np.array(names, dtype=object)[places])
