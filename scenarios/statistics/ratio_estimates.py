"""Sums by cell, scenario and run as arrays, of a tidy table or of a stored ensemble.

And what each run does to a level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.errors import InputError
from model.outcomes.registry import ACTUAL, Choice, chosen_layers
from scenarios.statistics import answer
from scenarios.statistics.answer import ratio

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.store.query import Stored

LEDGER = 0
"""The value of `draw` for runs at the parameter values of the ledger; other draws count from 1."""

CELL = ("outcome", "population", "dimension", "group", "school_year")
"""What a number is of, whatever the scenario and the replicate."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A tidy table as arrays: sums by cell, scenario and run.

    `keys` (cells, columns CELL), `scenarios` with the base first, `runs` (runs, columns draw and
    replicate); `numerators` and `denominators` (cells, scenarios, runs), 0 where nobody was seen.
    """

    keys: pd.DataFrame
    scenarios: tuple[str, ...]
    runs: pd.DataFrame
    numerators: np.ndarray
    denominators: np.ndarray

    @property
    def at_ledger(self) -> Cells:
        """The same cells over the runs at the ledger's values of the parameters."""
        return self.of((self.runs["draw"] == LEDGER).to_numpy())

    def together(self, years: Sequence[str]) -> Cells:
        """Return the cells with some school years taken together, as `pooled_years` does."""
        recent = np.flatnonzero(self.keys["school_year"].isin(list(years)).to_numpy())
        named = self.keys.iloc[recent].assign(school_year=span(years))
        keys, place = _numbered(named)
        shape = (len(keys), *self.numerators.shape[1:])
        sums = [np.zeros(shape), np.zeros(shape)]
        for one, whole in zip(sums, (self.numerators, self.denominators), strict=True):
            np.add.at(one, place, whole[recent])
        return Cells(keys, self.scenarios, self.runs, *sums)

    def of(self, runs: np.ndarray) -> Cells:
        """Return the same cells over a selection of the runs (a mask)."""
        return Cells(
            self.keys,
            self.scenarios,
            self.runs[runs].reset_index(drop=True),
            self.numerators[..., runs],
            self.denominators[..., runs],
        )

    def where(self, chosen: pd.Series) -> Cells:
        """Return a selection of the cells (a mask over `keys`)."""
        mask = chosen.to_numpy(bool)
        keys = self.keys[mask].reset_index(drop=True)
        sums = (self.numerators[mask], self.denominators[mask])
        return Cells(keys, self.scenarios, self.runs, *sums)

    def levels(self) -> np.ndarray:
        """Return the level (cells, scenarios) of all runs together; NaN where nobody was seen."""
        return answer.levels(self.numerators, self.denominators)

    def deviations(self) -> np.ndarray:
        """Return how each run (cells, scenarios, runs) moves the level of its cell."""
        return answer.deviations(self.numerators, self.denominators)


def pooled_years(table: pd.DataFrame, years: Sequence[str]) -> pd.DataFrame:
    """Return the table with some school years taken together.

    Numerators and denominators are added up over `years`; `school_year` names the first and the
    last of them. A count becomes its mean.
    """
    recent = table[table["school_year"].isin(list(years))].assign(school_year=span(years))
    by = [c for c in recent.columns if c not in {"value", "numerator", "denominator"}]
    sums = recent.groupby(by, sort=False, observed=True)[["numerator", "denominator"]].sum()
    sums = sums.reset_index()
    value = ratio(sums["numerator"].to_numpy(float), sums["denominator"].to_numpy(float))
    return sums.assign(value=value)[list(table.columns)]


def cells(table: pd.DataFrame, base: str, layer: str = ACTUAL) -> Cells:
    """Return the sums of a tidy table as arrays; scenarios in their order, the base first.

    Raises InputError when the base is not in the table, when a run lacks a scenario, and for a
    layer that does not exist.
    """
    import pandas as pd

    names = [str(name) for name in pd.unique(table["scenario"])]
    if base not in names:
        message = f"'{base}' is not in this table; it holds {', '.join(names) or 'nothing'}."
        raise InputError(message)
    rows = table[table["layer"].isin(chosen_layers(layer))]
    scenarios = (base, *(name for name in names if name != base))
    if "draw" not in rows:
        rows = rows.assign(draw=LEDGER)
    keys, key_of = _numbered(rows[list(CELL)])
    runs, run_of = _numbered(rows[["draw", "replicate"]])
    place = {name: k for k, name in enumerate(scenarios)}
    scenario_of = rows["scenario"].map(place).to_numpy(np.int64)
    _check_complete(scenario_of, run_of, scenarios, runs)
    shape = (len(keys), len(scenarios), len(runs))
    numerators, denominators = np.zeros(shape), np.zeros(shape)
    numerators[key_of, scenario_of, run_of] = rows["numerator"].to_numpy(float)
    denominators[key_of, scenario_of, run_of] = rows["denominator"].to_numpy(float)
    return Cells(keys, scenarios, runs, numerators, denominators)


def stored_cells(
    stored: Stored,
    base: str,
    *,
    outcomes: Sequence[str],
    layer: str = ACTUAL,
    cells: Mapping[str, Choice] | None = None,
) -> Cells:
    """Return the sums of some outcomes of a stored ensemble as arrays; scenarios, the base first.

    `cells` chooses as in `Stored.columns`. A count is of 1 in each run. Raises InputError when the
    base is not there, StorageError when a part cannot be read.
    """
    import pandas as pd

    if base not in stored.scenarios:
        message = f"'{base}' is not in this run; it holds {', '.join(stored.scenarios)}."
        raise InputError(message)
    series, keys, numbers = stored.columns(outcomes, layer, cells or {})
    there = [one for one in stored.scenarios if one in set(keys["scenario"].cat.categories)]
    scenarios = (base, *(one for one in there if one != base))
    place = {name: k for k, name in enumerate(scenarios)}
    scenario_of = keys["scenario"].map(place).to_numpy(np.int64)
    who, cell_of = _numbered(keys[list(CELL[1:])].apply(_sorted))
    who = who.astype(str)
    runs, run_of = _numbered(keys[["draw", "replicate"]].astype(np.int64))
    shape = (len(who), len(scenarios), len(runs))
    at = np.ravel_multi_index((cell_of, scenario_of, run_of), shape)
    names, found = [], []
    for one in series:
        total, of = (numbers[one[end]] for end in ("total", "of"))
        is_seen = ~np.isnan(of)
        sums = np.zeros((2, *shape))
        flat = sums.reshape(2, -1)
        flat[0, at[is_seen]] = total[is_seen]
        flat[1, at[is_seen]] = 1.0 if one["level"] == "count" else of[is_seen]
        seen = np.unique(cell_of[is_seen])
        found.append(sums[:, seen])
        names.append(who.iloc[seen].assign(outcome=one["outcome"]))
    empty = pd.DataFrame(columns=list(CELL))
    whole = pd.concat(names, ignore_index=True)[list(CELL)] if names else empty
    top, bottom = np.concatenate(found, axis=1) if found else np.zeros((2, *shape))
    return Cells(whole, scenarios, runs, top, bottom)


def _sorted(column: pd.Series) -> pd.Series:
    return column.cat.reorder_categories(sorted(column.cat.categories))


def _check_complete(
    scenario_of: np.ndarray, run_of: np.ndarray, scenarios: Sequence[str], runs: pd.DataFrame
) -> None:
    seen = np.zeros((len(scenarios), len(runs)), bool)
    seen[scenario_of, run_of] = True
    if not seen.all():
        scenario, run = (int(place[0]) for place in np.nonzero(~seen))
        message = (
            f"replicate {runs['replicate'].iloc[run]} has no run of '{scenarios[scenario]}', so"
            " there is nothing to pair it with. Let the ensemble finish (run it again to resume)."
        )
        raise InputError(message)


def _numbered(rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the distinct rows in order, and for each row the number of its distinct row."""
    grouped = rows.groupby(list(rows.columns), sort=True, observed=True)
    numbers = grouped.ngroup().to_numpy()
    distinct = rows.assign(number=numbers).drop_duplicates("number").sort_values("number")
    return distinct.drop(columns="number").reset_index(drop=True), numbers


def span(years: Sequence[str]) -> str:
    """Return how school years that are taken together are called, as '2032/33-2036/37'."""
    return years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
