"""Paired differences between scenarios in one table, each with its own interval of chance.

Every scenario of a replicate meets the same families with the same luck, so the difference within
a replicate is observed, and only its spread over replicates counts. What comes of not knowing the
parameters is kept apart: `scenarios.statistics.parameter_uncertainty`. Methods and sources:
docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.errors import InputError
from model.outcomes.registry import ACTUAL, POPULATIONS
from scenarios.statistics.answer import CONFIDENCE, GAP, bounds
from scenarios.statistics.ratio_estimates import CELL, Cells, cells

if TYPE_CHECKING:
    import pandas as pd

PAIRED_COLUMNS = (
    "outcome",
    "scenario",
    "population",
    "dimension",
    "group",
    "school_year",
    "level_base",
    "level",
    "difference",
    "low",
    "high",
    "p_sign",
    "n",
)


def paired(
    table: pd.DataFrame, base: str, *, layer: str = ACTUAL, confidence: float = CONFIDENCE
) -> pd.DataFrame:
    """Return the paired difference of every scenario with a base, with its interval of chance.

    One row per outcome, scenario, population (with `gap`: EU-11 minus comparable), group and school
    year, columns PAIRED_COLUMNS. Levels are pooled over replicates (sum of numerators over sum of
    denominators). The interval is Student's t over the replicates; `p_sign` is the probability that
    the true difference has the sign of `difference`, `n` the replicates in which somebody was seen
    in both worlds. Where replicates do not differ from each other, interval and `p_sign` are NaN.
    The formulas are those of `scenarios.statistics.answer`.

    Takes the tidy table of `model.outcomes.registry.COLUMNS`, with or without a column `draw`; only
    runs at the ledger's values count. Raises InputError without such runs, or without the base.
    """
    return with_gap(checked_ledger(cells(table, base, layer)), confidence)


def checked_ledger(whole: Cells) -> Cells:
    """Return the cells over the runs at the ledger's values. Raises InputError without any."""
    at_ledger = whole.at_ledger
    if at_ledger.runs.empty:
        message = (
            "there is no run at the values of the ledger in this table, so chance cannot be told"
            " from not knowing. Run the same scenarios without draws as well."
        )
        raise InputError(message)
    return at_ledger


def with_gap(whole: Cells, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Return paired differences of both populations, and of the gap between them."""
    import pandas as pd

    levels, deviations = whole.levels(), whole.deviations()
    seen = (whole.denominators > 0).sum(axis=-1)
    frames = [_differences(whole.keys, whole.scenarios, levels, deviations, seen, confidence)]
    first, other = matched(whole.keys)
    if first.size:
        frames.append(
            _differences(
                whole.keys.iloc[first].assign(population=GAP),
                whole.scenarios,
                levels[first] - levels[other],
                deviations[first] - deviations[other],
                np.minimum(seen[first], seen[other]),
                confidence,
            )
        )
    order = ["outcome", "scenario", "dimension", "group", "school_year", "population"]
    return pd.concat(frames).sort_values(order, kind="stable").reset_index(drop=True)


def matched(keys: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of the EU-11 cells that have a comparable cell, and those of the latter."""
    by = [name for name in CELL if name != "population"]
    places = keys.assign(place=np.arange(len(keys)))
    first, other = (places[places["population"] == name] for name in POPULATIONS)
    both = first.merge(other, on=by, suffixes=("", "_other"))
    return both["place"].to_numpy(np.int64), both["place_other"].to_numpy(np.int64)


def t_interval(
    differences: np.ndarray, confidence: float = CONFIDENCE
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return mean, low, high and `p_sign` of paired differences (..., replicates)."""
    mean = differences.mean(axis=-1)
    return mean, *bounds(mean, differences - mean[..., None], confidence)


def _differences(
    keys: pd.DataFrame,
    scenarios: Sequence[str],
    levels: np.ndarray,
    deviations: np.ndarray,
    seen: np.ndarray,
    confidence: float,
) -> pd.DataFrame:
    import pandas as pd

    frames = [pd.DataFrame(columns=list(PAIRED_COLUMNS))] if len(scenarios) == 1 else []
    for k in range(1, len(scenarios)):
        difference = levels[:, k] - levels[:, 0]
        apart = deviations[:, k] - deviations[:, 0]
        low, high, p_sign = bounds(difference, apart, confidence)
        frame = keys.assign(
            scenario=scenarios[k],
            level_base=levels[:, 0],
            level=levels[:, k],
            difference=difference,
            low=low,
            high=high,
            p_sign=p_sign,
            n=np.minimum(seen[:, 0], seen[:, k]),
        )
        frames.append(frame[list(PAIRED_COLUMNS)])
    return pd.concat(frames)
