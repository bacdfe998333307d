"""An ensemble in one table for people: levels, paired differences, and how sure of them we are.

One row per scenario, cell and population (with the gap between the two). Small groups are hidden,
and cells where chance swamps the number are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from model.errors import InputError
from model.outcomes.registry import ACTUAL, OUTCOMES, POOLED, Choice, chosen_layers
from scenarios.disclosure.cell_sizes import sizes_of
from scenarios.disclosure.rules import MARK
from scenarios.disclosure.suppress import hidden, suppress
from scenarios.statistics.answer import CONFIDENCE, GAP
from scenarios.statistics.paired import matched, paired
from scenarios.statistics.parameter_uncertainty import not_knowing
from scenarios.statistics.ratio_estimates import CELL, LEDGER, cells, pooled_years, span
from scenarios.store.query import Stored

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.runs.run import Ensemble

CHANCE, UNKNOWN = "chance", "one replicate"
"""Marks: chance swamps the number; how large chance is cannot be said from one replicate."""

LARGEST_ERROR = 0.5
"""Standard error over level above which chance swamps a level. Statistical offices (such as the
Australian Bureau of Statistics) call an estimate with more than this unfit for general use."""

LARGEST_ERROR_SD = 0.1
"""The same for levels in SD, which may lie around 0: half of what is called a small difference."""

COLUMNS = (
    "scenario", "population", "school_year", "dimension", "group", "outcome", "layer", "unit",
    "level", "standard_error", "replicates", "behind", "mark",
    "difference", "low", "high", "p_sign", "mark_difference",
    "low_not_knowing", "high_not_knowing", "p_sign_not_knowing",
)  # fmt: skip
"""Columns of the overview. `standard_error` is that of chance in `level`, `behind` the number of
children or families that it is of, on average per replicate and school year; `low` and `high` hold
95% of what chance leaves possible of `difference` from the base; `p_sign` is the probability that
its sign is right. The base has no difference. The last three are about not knowing the parameters
(`scenarios.statistics.parameter_uncertainty`), and empty without draws of them."""

COUNTS = tuple(one.name for one in OUTCOMES if one.level == "count")
"""Outcomes that are numbers of children or families: behind them stands nobody else."""

FEWEST_DRAWS = 2
"""Draws, and scenarios, that a spread of differences needs."""


def overview(
    ensemble: Ensemble,
    *,
    outcome: Choice = None,
    dimension: Choice = None,
    school_year: Choice = None,
    layer: Choice = ACTUAL,
    years: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return levels and differences (columns COLUMNS) at the ledger's values of the parameters.

    `layer` is what is actually so, "registered", or None for both. With `years`, these school years
    are taken together. Outcomes are read one by one, so that memory does not grow with all of them.
    Raises InputError for an unknown name.
    """
    import pandas as pd

    gone = hidden_cells(ensemble.stored)
    frames = []
    for one in ensemble.stored.outcomes(outcome):
        for which in chosen_layers(layer):
            table = ensemble.table(
                outcome=one, layer=which, dimension=dimension, school_year=years or school_year
            )
            table = table[table["dimension"] != POOLED]  # a part of what is standardised
            if not table.empty:
                found = _of_outcome(table, ensemble.base, which, gone, years)
                found = found.assign(unit=ensemble.layout.units[one])
                frames.append(_marked(found)[list(COLUMNS)])
    if not frames:
        message = "there are no such numbers in this run. Ask for other outcomes, groups or years."
        raise InputError(message)
    return pd.concat(frames, ignore_index=True)


@lru_cache(maxsize=4)
def hidden_cells(stored: Stored) -> pd.DataFrame:
    """Return the cells of an ensemble that are not shown; it takes a while, so they are kept."""
    return hidden(sizes_of(stored), stored.layout.sized_as)


def _of_outcome(
    table: pd.DataFrame, base: str, layer: str, gone: pd.DataFrame, years: Sequence[str] | None
) -> pd.DataFrame:
    import pandas as pd

    if years is not None:
        gone = pooled_cells(gone, years)
    joined = compared(table, base, layer, years=years)
    order = {name: k for k, name in enumerate([base, *pd.unique(table["scenario"])])}
    joined = joined.sort_values(
        ["scenario", "school_year", "dimension", "group", "population"],
        key=lambda column: column.map(order) if column.name == "scenario" else column,
        kind="stable",
    )
    return suppress(joined, gone)


def pooled_cells(gone: pd.DataFrame, years: Sequence[str]) -> pd.DataFrame:
    """Return the cells of years taken together of which one year is hidden."""
    mine = gone[gone["school_year"].isin(list(years))]
    return mine.assign(school_year=span(years)).drop_duplicates()


def compared(
    table: pd.DataFrame,
    base: str,
    layer: str,
    *,
    years: Sequence[str] | None = None,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Return levels and differences of a tidy table, small groups among them.

    Columns COLUMNS without unit and marks; with `years`, these school years are taken together.
    """
    if years is not None:
        table = pooled_years(table, years)
    at_ledger = table[table["draw"] == LEDGER]
    levels = _levels(at_ledger, base, layer, 1 if years is None else len(years))
    differences = paired(table, base, layer=layer, confidence=confidence)[
        [*CELL, "scenario", "level_base", "difference", "low", "high", "p_sign", "n"]
    ]
    joined = levels.merge(differences, on=[*CELL, "scenario"], how="left")
    joined = joined.merge(_spread(table, base, layer), on=[*CELL, "scenario"], how="left")
    return joined.assign(layer=layer)


def _spread(table: pd.DataFrame, base: str, layer: str) -> pd.DataFrame:
    """Return what not knowing the parameters leaves possible of each difference, if it is there."""
    import pandas as pd

    drawn = table[table["draw"] != LEDGER]
    renamed = {name: f"{name}_not_knowing" for name in ("low", "high", "p_sign")}
    if drawn["draw"].nunique() < FEWEST_DRAWS or drawn["scenario"].nunique() < FEWEST_DRAWS:
        return pd.DataFrame(columns=[*CELL, "scenario", *renamed.values()])
    found = not_knowing(table, base, layer=layer)
    return found[[*CELL, "scenario", *renamed]].rename(columns=renamed)


def _levels(table: pd.DataFrame, base: str, layer: str, n_years: int) -> pd.DataFrame:
    """Return level, its standard error of chance, replicates and who is behind it, with the gap."""
    import pandas as pd

    whole = cells(table, base, layer)
    is_count = whole.keys["outcome"].isin(COUNTS).to_numpy()
    behind = whole.denominators.mean(axis=-1) / n_years
    behind[is_count] = np.nan
    levels, moves = whole.levels(), whole.deviations()
    n = len(whole.runs)
    first, other = matched(whole.keys)
    keys = pd.concat([whole.keys, whole.keys.iloc[first].assign(population=GAP)])
    levels = np.concatenate([levels, levels[first] - levels[other]])
    moves = np.concatenate([moves, moves[first] - moves[other]])
    behind = np.concatenate([behind, np.minimum(behind[first], behind[other])])
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt((np.nan_to_num(moves) ** 2).sum(axis=-1) / (n - 1) / n)
    frames = [
        keys.assign(
            scenario=name,
            level=levels[:, k],
            standard_error=error[:, k] if n > 1 else np.nan,
            replicates=n,
            behind=behind[:, k],
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
