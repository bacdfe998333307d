"""An ensemble in one table for people: levels, paired differences, and how sure of them we are.

One row per scenario, cell and population (with the gap between the two). Small groups are hidden,
and cells where chance swamps the number are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.errors import InputError
from model.outcomes.registry import ACTUAL, OUTCOMES, POOLED, Choice, chosen_layers
from scenarios.disclosure.cell_sizes import sizes_of
from scenarios.disclosure.rules import MARK, SMALL
from scenarios.disclosure.suppress import are_hidden, hidden, suppress
from scenarios.runs.parameter_samples import RESTRICTED
from scenarios.statistics.answer import CONFIDENCE, GAP, bounds
from scenarios.statistics.paired import checked_ledger, matched
from scenarios.statistics.parameter_uncertainty import not_knowing_of
from scenarios.statistics.ratio_estimates import CELL, LEDGER, Cells, span, stored_cells
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

MOST_NUMBERS = 3_000_000
"""Numbers of an outcome times outcomes that are worked on at once: some 200 MB."""

MOST_KEPT = 8
"""Ensembles of which the hidden cells are kept."""

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
    all_cells: bool = False,
) -> pd.DataFrame:
    """Return levels and differences (columns COLUMNS) at the ledger's values of the parameters.

    `layer` is what is actually so, "registered", or None for both. With `years`, these school years
    are taken together. With `all_cells` small groups have their numbers and a mark; their people
    are made up. Raises InputError for an unknown name, and for small groups of a run whose
    posterior is restricted.
    """
    import pandas as pd

    chosen = {"dimension": dimension, "school_year": years or school_year}
    frames = []
    for which in chosen_layers(layer):
        for some in _batches(ensemble, ensemble.stored.outcomes(outcome)):
            whole = stored_cells(
                ensemble.stored, ensemble.base, outcomes=some, layer=which, cells=chosen
            )
            whole = whole.where(whole.keys["dimension"] != POOLED)  # a part of the standardised
            frames.append(compared(whole, which, years=years))
    found = pd.concat(frames, ignore_index=True)
    if found.empty:
        message = "there are no such numbers in this run. Ask for other outcomes, groups or years."
        raise InputError(message)
    gone = hidden_cells(ensemble.stored)
    gone = gone if years is None else pooled_cells(gone, years)
    if all_cells:
        check_all_cells(ensemble)
        is_small = are_hidden(found, gone)
        told = found.assign(mark="")
    else:
        told = suppress(found, gone)
        is_small = np.zeros(len(told), bool)
    told = _marked(told.assign(unit=told["outcome"].map(ensemble.layout.units)), is_small)
    return _in_order(told, ensemble)[list(COLUMNS)]


def check_all_cells(ensemble: Ensemble) -> None:
    """Raise InputError when small cells of a run may not be shown.

    The people of a run are made up, and so are its small cells; but what a run was fitted to may
    not be, and a posterior says so of itself.
    """
    if ensemble.about["settings"]["draws_from"].endswith(RESTRICTED):
        message = (
            "the parameters of this run come from a posterior that is restricted: it was fitted to"
            " figures that may not be shown in small cells. Leave --all-cells out."
        )
        raise InputError(message)


def _batches(ensemble: Ensemble, outcomes: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield outcomes, so many at a time that memory does not grow with all of them."""
    settings, layout = ensemble.about["settings"], ensemble.layout
    runs = sum(len(part.runs) for part in ensemble.parts)
    at_once = max(1, MOST_NUMBERS // (runs * settings["years"] * layout.per_year))
    for first in range(0, len(outcomes), at_once):
        yield outcomes[first : first + at_once]


def _in_order(table: pd.DataFrame, ensemble: Ensemble) -> pd.DataFrame:
    order: dict[str, dict[str, int]] = {
        "outcome": {name: k for k, name in enumerate(ensemble.outcomes)},
        "layer": {str(name): k for k, name in enumerate(chosen_layers(None))},
        "scenario": {name: k for k, name in enumerate(ensemble.scenarios)},
    }
    by = ["outcome", "layer", "scenario", "school_year", "dimension", "group", "population"]
    sorted_: pd.DataFrame = table.sort_values(
        by,
        key=lambda column: (
            column.map(order[str(column.name)]) if str(column.name) in order else column
        ),
        kind="stable",
        ignore_index=True,
    )
    return sorted_


_HIDDEN: dict[tuple[str, ...], pd.DataFrame] = {}
"""Cells that are not shown, by the checksums of the parts: they are asked again and again."""


def hidden_cells(stored: Stored) -> pd.DataFrame:
    """Return the cells of an ensemble that are not shown; it takes a while, so they are kept.

    They hang on the numbers alone, so another look at the same folder finds them again. Raises
    StorageError when a part cannot be read.
    """
    key = tuple(part.sha256 for part in stored.parts)
    if key not in _HIDDEN:
        while len(_HIDDEN) >= MOST_KEPT:
            del _HIDDEN[next(iter(_HIDDEN))]
        _HIDDEN[key] = hidden(sizes_of(stored), stored.layout.sized_as)
    return _HIDDEN[key]


def pooled_cells(gone: pd.DataFrame, years: Sequence[str]) -> pd.DataFrame:
    """Return the cells of years taken together of which one year is hidden."""
    mine = gone[gone["school_year"].isin(list(years))]
    return mine.assign(school_year=span(years)).drop_duplicates()


def compared(
    whole: Cells,
    layer: str,
    *,
    years: Sequence[str] | None = None,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Return levels and differences of cells, small groups among them.

    Columns COLUMNS without unit and marks, and `level_base` and `n`; with `years`, these school
    years are taken together. The formulas are those of `scenarios.statistics.answer`. Raises
    InputError without runs at the ledger's values.
    """
    import pandas as pd

    whole = whole if years is None else whole.together(years)
    ledger = checked_ledger(whole)
    first, other = matched(ledger.keys)
    keys = pd.concat(
        [ledger.keys, ledger.keys.iloc[first].assign(population=GAP)], ignore_index=True
    )
    levels, moves = ledger.levels(), ledger.deviations()
    levels = np.concatenate([levels, levels[first] - levels[other]])
    moves = np.concatenate([moves, moves[first] - moves[other]])
    seen = (ledger.denominators > 0).sum(axis=-1)
    seen = np.concatenate([seen, np.minimum(seen[first], seen[other])])
    behind = ledger.denominators.mean(axis=-1) / (1 if years is None else len(years))
    behind[ledger.keys["outcome"].isin(COUNTS).to_numpy()] = np.nan
    behind = np.concatenate([behind, np.minimum(behind[first], behind[other])])
    n = len(ledger.runs)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt((np.nan_to_num(moves) ** 2).sum(axis=-1) / (n - 1) / n)
    frames = []
    for k, name in enumerate(ledger.scenarios):
        is_base = k == 0
        nothing = np.full(len(keys), np.nan)
        difference = nothing if is_base else levels[:, k] - levels[:, 0]
        ends = bounds(difference, moves[:, k] - moves[:, 0], confidence)
        low, high, p_sign = (nothing,) * 3 if is_base else ends
        frame = keys.assign(
            scenario=name,
            layer=layer,
            level=levels[:, k],
            standard_error=error[:, k] if n > 1 else np.nan,
            replicates=n,
            behind=behind[:, k],
            level_base=nothing if is_base else levels[:, 0],
            difference=difference,
            low=low,
            high=high,
            p_sign=p_sign,
            n=np.minimum(seen[:, 0], seen[:, k]),
        )
        frames.append(frame[~np.isnan(levels[:, k])])
    found = pd.concat(frames, ignore_index=True)
    return _with_spread(found, whole)


def _with_spread(found: pd.DataFrame, whole: Cells) -> pd.DataFrame:
    """Add what not knowing the parameters leaves possible of each difference, if it is there."""
    renamed = {name: f"{name}_not_knowing" for name in ("low", "high", "p_sign")}
    draws = whole.runs["draw"]
    if draws[draws != LEDGER].nunique() < FEWEST_DRAWS or len(whole.scenarios) < FEWEST_DRAWS:
        return found.assign(**dict.fromkeys(renamed.values(), np.nan))
    spread = not_knowing_of(whole)[[*CELL, "scenario", *renamed]].rename(columns=renamed)
    return found.merge(spread, on=[*CELL, "scenario"], how="left")


def _marked(table: pd.DataFrame, is_small: np.ndarray) -> pd.DataFrame:
    """Say where a group is small, chance swamps a level or a difference, or cannot be told."""
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
    told = np.where(has, told, "")
    mark = np.where(is_hidden, MARK, np.where(is_small, SMALL, swamped))
    return table.assign(
        standard_error=np.where(is_hidden, np.nan, error),
        mark=mark,
        mark_difference=np.where(is_hidden, MARK, np.where(is_small & has, SMALL, told)),
    )
