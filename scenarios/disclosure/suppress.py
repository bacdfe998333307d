"""Small groups: cells under ten children are not shown, nor what they could be worked out from.

A cell is an outcome of a group in a school year. Where it rests on fewer than ten children (or
families), it is hidden; and because groups add up to everybody, and the levels of mbo to mbo,
further cells are hidden until no hidden number follows from the shown ones, and until those that
are hidden together are ten or more. A cell that is hidden in one run or scenario is hidden in all.
Complementary suppression: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from model.outcomes.registry import BY_OUTCOME, MINIMUM_CELL, POOLED, STANDARDISED
from scenarios.disclosure.rules import CELL, MARK, SIZES
from scenarios.disclosure.secondary import hidden_in_block
from scenarios.format.layout import SIZED_AS

if TYPE_CHECKING:
    import pandas as pd

BLOCK = ("population", "school_year")

_NUMBERS = {
    "value", "numerator", "denominator", "level_base", "level", "difference", "low", "high",
    "p_sign", "sd_chance", "sd_not_knowing", "standard_error", "behind",
    "low_not_knowing", "high_not_knowing", "p_sign_not_knowing",
}  # fmt: skip
"""Columns that are emptied in a hidden cell."""


def sizes(table: pd.DataFrame) -> pd.DataFrame:
    """Return the sizes (columns SIZES) of the cells of a tidy table, over all its runs together."""
    runs = [name for name in ("scenario", "replicate", "draw") if name in table]
    is_count = table["outcome"].map(lambda name: BY_OUTCOME[name].level == "count")
    n = table["numerator"].where(is_count, table["denominator"])
    cells = table.assign(n=n).loc[~table["outcome"].isin(SIZED_AS), [*CELL, *runs, "n"]]
    n_runs = len(cells[runs].drop_duplicates())
    grouped = cells[cells["n"] > 0].groupby(list(CELL), observed=True)["n"]
    found: pd.DataFrame = grouped.agg(least_seen="min", total="sum", seen="count").reset_index()
    found["least"] = found["least_seen"].where(found["seen"] == n_runs, 0)
    return found.loc[:, list(SIZES)]


def hidden(sizes: pd.DataFrame, sized_as: Mapping[str, str] = SIZED_AS) -> pd.DataFrame:
    """Return the cells (columns CELL) that are not to be shown, given sizes (columns SIZES).

    `sized_as` names, for outcomes without a size of their own, who counts the same children. A
    standardised number is hidden where the crude one is, in its year or in the first, whose
    children it is weighted by.
    """
    import pandas as pd

    is_held = sizes["dimension"].isin((STANDARDISED, POOLED))
    frames = [
        hidden_in_block(block).assign(population=str(population), school_year=str(year))
        for (population, year), block in sizes[~is_held].groupby(list(BLOCK), observed=True)
        if block["least_seen"].min() < MINIMUM_CELL
    ]
    if not frames:
        return pd.DataFrame(columns=list(CELL))
    cells = pd.concat(frames)[list(CELL)]
    alike = [
        cells[(cells["outcome"] == other) & (cells["dimension"] == "all")].assign(outcome=name)
        for name, other in sized_as.items()
    ]
    held = _standardised(sizes.loc[is_held, list(CELL)], cells, str(sizes["school_year"].min()))
    return pd.concat([cells, *alike, held], ignore_index=True)


def _standardised(held: pd.DataFrame, gone: pd.DataFrame, first: str) -> pd.DataFrame:
    """Return the standardised cells of which the crude ones are gone, then or in the first year."""
    import pandas as pd

    crude = gone[gone["dimension"] == "all"]
    is_hidden = np.zeros(len(held), bool)
    for rows, by in (
        (crude, ["population", "layer", "outcome", "school_year"]),
        (crude[crude["school_year"] == first], ["population", "layer", "outcome"]),
    ):
        keys = pd.MultiIndex.from_frame(rows[by].drop_duplicates())
        is_hidden |= np.asarray(pd.MultiIndex.from_frame(held[by]).isin(keys))
    return held[is_hidden]


def are_hidden(table: pd.DataFrame, cells: pd.DataFrame) -> np.ndarray:
    """Return which rows (n,) of a table are of hidden cells; of the gap, where one side is."""
    import pandas as pd

    both = cells.assign(population="gap").drop_duplicates() if len(cells) else cells
    keys = pd.concat([cells, both])
    by = [name for name in CELL if name in table]
    rows = pd.MultiIndex.from_frame(table[by])
    return np.asarray(rows.isin(pd.MultiIndex.from_frame(keys[by].drop_duplicates())))


def suppress(table: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the numbers of hidden cells; a column `mark` says where they were.

    Takes the tidy table, and tables of comparisons: the gap between the populations is hidden
    where one of them is. Where the table has runs, a hidden cell stands there for each of them, so
    that a run in which nobody was seen does not show either.
    """
    by = [name for name in CELL if name in table]
    is_hidden = are_hidden(table, cells)
    result = table.assign(mark=np.where(is_hidden, MARK, ""))
    for name in _NUMBERS.intersection(table.columns):
        result[name] = result[name].astype(float).mask(is_hidden)
    return _completed(result, by)


def _completed(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Add the hidden cells of runs in which nobody was seen, at the end."""
    import pandas as pd

    runs = [name for name in ("scenario", "replicate", "draw") if name in table]
    gone = table.loc[table["mark"] == MARK, by].drop_duplicates()
    if not runs or gone.empty:
        return table
    grid = table[runs].drop_duplicates().merge(gone, how="cross")
    there = pd.MultiIndex.from_frame(table[[*runs, *by]])
    missing = grid[~pd.MultiIndex.from_frame(grid[[*runs, *by]]).isin(there)]
    if missing.empty:
        return table
    return pd.concat([table, missing.assign(mark=MARK)], ignore_index=True)[list(table.columns)]
