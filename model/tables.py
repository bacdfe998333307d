"""From sums to the tidy table of outcomes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.outcomes import COLUMNS, MINIMUM_CELL, OUTCOMES, POPULATIONS, SLOTS

LAYERS = ("true", "registered")


def tidy(sums: dict[str, np.ndarray], scenario: str, replicate: int) -> pd.DataFrame:
    """Return the tidy table of a run.

    `sums` maps a school year to (2 layers, outcomes, 2 populations, slots, 2); one row per number,
    with columns COLUMNS. Groups without observations are left out; groups by origin from
    MINIMUM_CELL observations on.
    """
    frames = [_year(year, cells) for year, cells in sums.items()]
    if not frames:
        return pd.DataFrame({name: [] for name in COLUMNS})
    table = pd.concat(frames, ignore_index=True)
    table.insert(0, "replicate", replicate)
    table.insert(0, "scenario", scenario)
    return table[list(COLUMNS)]


def _year(year: str, cells: np.ndarray) -> pd.DataFrame:
    layer, outcome, population, slot = np.nonzero(cells[..., 1])
    found = cells[layer, outcome, population, slot]
    dimensions = np.array([dimension for dimension, _ in SLOTS], dtype=object)[slot]
    is_large = (dimensions != "origin") | (found[:, 1] >= MINIMUM_CELL)
    is_count = np.array([item.level == "count" for item in OUTCOMES])[outcome]
    denominator = np.where(is_count, 1.0, found[:, 1])
    table = pd.DataFrame(
        {
            "school_year": year,
            "population": np.array(POPULATIONS, dtype=object)[population],
            "dimension": dimensions,
            "group": np.array([group for _, group in SLOTS], dtype=object)[slot],
            "outcome": np.array([item.name for item in OUTCOMES], dtype=object)[outcome],
            "layer": np.array(LAYERS, dtype=object)[layer],
            "value": found[:, 0] / denominator,
            "numerator": found[:, 0],
            "denominator": denominator,
        }
    )
    kept: pd.DataFrame = table.loc[is_large]
    return kept
