"""An ensemble in one table for people: levels, paired differences, and how sure of them we are.

One row per scenario, cell and population (with the gap between the two). Small groups are hidden,
and cells where chance swamps the number are marked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.errors import InputError
from model.outcomes import ACTUAL, BY_OUTCOME, Choice, chosen_layers
from scenarios.cells import CELL, LEDGER, cells, pooled_years
from scenarios.ensemble import Ensemble
from scenarios.not_knowing import not_knowing
from scenarios.results import names
from scenarios.sizing import sizes_of
from scenarios.small_cells import MARK
from scenarios.statistics import GAP, matched, paired
from scenarios.suppression import hidden, suppress

CHANCE, UNKNOWN = "chance", "one replicate"
"""Marks: chance swamps the number; how large chance is cannot be said from one replicate."""

LARGEST_ERROR = 0.5
"""Standard error over level above which chance swamps a level. Statistical offices (such as the
Australian Bureau of Statistics) call an estimate with more than this unfit for general use."""

LARGEST_ERROR_SD = 0.1
"""The same for levels in SD, which may lie around 0: half of what is called a small difference."""

COLUMNS = (
    "scenario", "population", "school_year", "dimension", "group", "outcome", "layer", "unit",
    "level", "standard_error", "replicates", "mark",
    "difference", "low", "high", "p_sign", "mark_difference",
    "low_not_knowing", "high_not_knowing", "p_sign_not_knowing",
)  # fmt: skip
"""Columns of the overview. `standard_error` is that of chance in `level`; `low` and `high` hold 95%
of what chance leaves possible of `difference` from the base; `p_sign` is the probability that its
sign is right. The base has no difference. The last three are about not knowing the parameters
(`scenarios.not_knowing`), and empty without draws of them."""

FEWEST_DRAWS = 2
"""Draws, and scenarios, that a spread of differences needs."""


def overview(
    ensemble: Ensemble,
    *,
    outcome: Choice = None,
    dimension: Choice = None,
    school_year: Choice = None,
    layer: Choice = ACTUAL,
    years: int | None = None,
) -> pd.DataFrame:
    """Return levels and differences (columns COLUMNS) at the ledger's values of the parameters.

    `layer` is what is actually so, "registered", or None for both. With `years`, the last so many
    school years of each outcome are taken together. Outcomes are
    read one by one, so that memory does not grow with all of them. Raises InputError for an
    unknown name.
    """
    gone = hidden(sizes_of(ensemble.parts))
    frames = []
    for one in names("outcome", outcome):
        for which in chosen_layers(layer):
            table = ensemble.table(
                outcome=one, layer=which, dimension=dimension, school_year=school_year
            )
            if not table.empty:
                frames.append(_of_outcome(table, ensemble.base, which, gone, years))
    if not frames:
        message = "there are no such numbers in this run. Ask for other outcomes, groups or years."
        raise InputError(message)
    return pd.concat(frames, ignore_index=True)


def _of_outcome(
    table: pd.DataFrame, base: str, layer: str, gone: pd.DataFrame, years: int | None
) -> pd.DataFrame:
    gone = gone[(gone["layer"] == layer) & gone["outcome"].isin(table["outcome"])]
    if years is not None:
        wanted = sorted(set(table["school_year"]))[-years:]
        table = pooled_years(table, years)
        gone = gone[gone["school_year"].isin(wanted)]
        gone = gone.assign(school_year=table["school_year"].iloc[0]).drop_duplicates()
    levels = _levels(table[table["draw"] == LEDGER], base, layer)
    differences = paired(table, base, layer=layer)[
        [*CELL, "scenario", "difference", "low", "high", "p_sign"]
    ]
    joined = levels.merge(differences, on=[*CELL, "scenario"], how="left")
    joined = joined.merge(_spread(table, base, layer), on=[*CELL, "scenario"], how="left")
    joined = joined.assign(layer=layer, unit=[BY_OUTCOME[one].unit for one in joined["outcome"]])
    order = {name: k for k, name in enumerate([base, *pd.unique(table["scenario"])])}
    joined = joined.sort_values(
        ["scenario", "school_year", "dimension", "group", "population"],
        key=lambda column: column.map(order) if column.name == "scenario" else column,
        kind="stable",
    )
    return _marked(suppress(joined, gone))[list(COLUMNS)]


def _spread(table: pd.DataFrame, base: str, layer: str) -> pd.DataFrame:
    """Return what not knowing the parameters leaves possible of each difference, if it is there."""
    drawn = table[table["draw"] != LEDGER]
    renamed = {name: f"{name}_not_knowing" for name in ("low", "high", "p_sign")}
    if drawn["draw"].nunique() < FEWEST_DRAWS or drawn["scenario"].nunique() < FEWEST_DRAWS:
        return pd.DataFrame(columns=[*CELL, "scenario", *renamed.values()])
    found = not_knowing(table, base, layer=layer)
    return found[[*CELL, "scenario", *renamed]].rename(columns=renamed)


def _levels(table: pd.DataFrame, base: str, layer: str) -> pd.DataFrame:
    """Return level, its standard error of chance and the number of replicates, with the gap."""
    whole = cells(table, base, layer)
    levels, moves = whole.levels(), whole.deviations()
    n = len(whole.runs)
    first, other = matched(whole.keys)
    keys = pd.concat([whole.keys, whole.keys.iloc[first].assign(population=GAP)])
    levels = np.concatenate([levels, levels[first] - levels[other]])
    moves = np.concatenate([moves, moves[first] - moves[other]])
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt((np.nan_to_num(moves) ** 2).sum(axis=-1) / (n - 1) / n)
    frames = [
        keys.assign(
            scenario=name,
            level=levels[:, k],
            standard_error=error[:, k] if n > 1 else np.nan,
            replicates=n,
        )
        for k, name in enumerate(whole.scenarios)
    ]
    everything = pd.concat(frames, ignore_index=True)
    return everything[everything["level"].notna()]


def _marked(table: pd.DataFrame) -> pd.DataFrame:
    """Say where chance swamps a level or a difference, or cannot be told."""
    is_sd = (table["unit"] == "SD").to_numpy()
    error, level = table["standard_error"].to_numpy(), table["level"].to_numpy()
    most = np.where(is_sd, LARGEST_ERROR_SD, LARGEST_ERROR * np.abs(level))
    is_hidden = (table["mark"] == MARK).to_numpy()
    one = np.isnan(error) & ~is_hidden
    swamped = np.where(one, UNKNOWN, np.where(error > most, CHANCE, ""))
    has = table["difference"].notna().to_numpy()
    unsure = ~((table["low"] > 0) | (table["high"] < 0)).to_numpy()
    unsure &= (table["difference"] != 0).to_numpy()
    told = np.where(one, UNKNOWN, np.where(unsure, CHANCE, ""))
    hide = np.where(is_hidden, MARK, "")
    error = np.where(is_hidden, np.nan, error)
    return table.assign(
        standard_error=error,
        mark=np.where(is_hidden, hide, swamped),
        mark_difference=np.where(is_hidden, hide, np.where(has, told, "")),
    )


def chosen(table: pd.DataFrame, outcomes: Sequence[str]) -> pd.DataFrame:
    """Return the rows of some outcomes, in their order."""
    order = {name: k for k, name in enumerate(outcomes)}
    rows = table[table["outcome"].isin(order)]
    return rows.sort_values("outcome", key=lambda column: column.map(order), kind="stable")
