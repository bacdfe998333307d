"""How far a paired difference moves because the parameters are not known, apart from chance.

Runs with draws of the parameters vary for two reasons: the draw, and luck. One-way analysis of
variance separates the two, and the effects of the draws are drawn together by what luck added
(constrained empirical Bayes, Louis 1984). Methods and sources: docs/statistics.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.errors import InputError
from model.outcomes.registry import ACTUAL
from scenarios.statistics.answer import CONFIDENCE, GAP, NotKnowing
from scenarios.statistics.paired import PAIRED_COLUMNS, matched
from scenarios.statistics.ratio_estimates import LEDGER, Cells, cells

if TYPE_CHECKING:
    import pandas as pd

SPREAD_COLUMNS = (
    *PAIRED_COLUMNS[:6],
    "difference",
    "low",
    "high",
    "p_sign",
    "sd_not_knowing",
    "sd_chance",
    "n_draws",
)


def not_knowing(
    table: pd.DataFrame, base: str, *, layer: str = ACTUAL, confidence: float = CONFIDENCE
) -> pd.DataFrame:
    """Return the spread of every paired difference over draws of the parameters.

    One row per cell, scenario and population (with `gap`), columns SPREAD_COLUMNS: `difference` is
    the mean over draws, `low` and `high` hold the middle 95% of the effects of single draws, chance
    taken out; `p_sign` is the share of draws whose effect has the sign of the difference at the
    ledger's values, or of the mean where there are no such replicates.
    `sd_chance` is that of one replicate. With one replicate per draw, chance is taken from the
    replicates at the ledger's values; without those it is NaN, and the range holds both.

    Raises InputError without at least two draws, or without the base.
    """
    return not_knowing_of(cells(table, base, layer), confidence)


def not_knowing_of(whole: Cells, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Return the table of `not_knowing` for sums that are arrays already."""
    draws = whole.runs["draw"].to_numpy()
    drawn = [draw for draw in np.unique(draws) if draw != LEDGER]
    if len(drawn) < 2:  # noqa: PLR2004 - one draw has no spread
        message = (
            "not knowing shows only in runs with two or more draws of the parameters"
            f" (--draws prior); this table has {len(drawn)}."
        )
        raise InputError(message)
    parts = [whole.of(draws == draw) for draw in drawn]
    at_ledger = whole.at_ledger
    noise = _variance_of_chance(parts, at_ledger)
    sign = np.sign(_effects(at_ledger)) if len(at_ledger.runs) else None
    return _spread(whole, parts, noise, sign, confidence)


def levels_left_possible(whole: Cells, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Return where the levels of the base may lie because the parameters are not known.

    One row per cell and population (with `gap`): the columns of the cell, and `low` to `high`,
    between which the middle 95% of the levels of single draws lie. Chance is taken out where there
    are two replicates or more at the ledger's values; else it is in the range. Without two draws
    there is no row.
    """
    import pandas as pd

    first, other = matched(whole.keys)
    gap = whole.keys.iloc[first].assign(population=GAP)
    keys = pd.concat([whole.keys, gap], ignore_index=True)
    draws = whole.runs["draw"].to_numpy()
    parts = [whole.of(draws == draw) for draw in np.unique(draws) if draw != LEDGER]
    if len(parts) < 2:  # noqa: PLR2004 - one draw has no spread
        return keys.iloc[:0].assign(low=[], high=[])
    by_draw = np.stack([_with_gaps(part.levels()[:, 0], first, other) for part in parts])
    noise = np.full(by_draw.shape[1], np.nan)
    if len(whole.at_ledger.runs) > 1:
        moved = whole.at_ledger.deviations()[:, 0]
        noise = np.nanvar(_with_gaps(np.nan_to_num(moved), first, other), axis=-1, ddof=1)
    shrunk, _ = _without_chance(by_draw, noise)
    tail = 100 * (1 - confidence) / 2
    low, high = np.nanpercentile(shrunk, [tail, 100 - tail], axis=0)
    return keys.assign(low=low, high=high)


def _with_gaps(numbers: np.ndarray, first: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return numbers of cells (cells, ...) with those of the gaps after them."""
    return np.concatenate([numbers, numbers[first] - numbers[other]])


def left_possible(
    effects: np.ndarray, noise: float, difference: float, confidence: float = CONFIDENCE
) -> NotKnowing:
    """Return what draws of the parameters leave possible of one difference, chance taken out.

    `effects` (draws,) are those of single replicates, `noise` is the variance over replicates that
    luck gives one of them, `difference` the one whose sign is asked about.
    """
    shrunk, _ = _without_chance(effects[:, None], np.array([noise]))
    tail = 100 * (1 - confidence) / 2
    low, high = np.percentile(shrunk, [tail, 100 - tail])
    agree = float((np.sign(shrunk) == np.sign(difference)).mean())
    return NotKnowing(float(low), float(high), agree if difference else float("nan"))


def _variance_of_chance(parts: list[Cells], at_ledger: Cells) -> np.ndarray:
    """Return the variance over replicates of one paired difference (cells, scenarios - 1, gap too).

    Within draws where these have replicates, else at the ledger's values; NaN without either.
    """
    repeated = [part for part in parts if len(part.runs) > 1] or [
        part for part in (at_ledger,) if len(part.runs) > 1
    ]
    if not repeated:
        return np.full(_effects(parts[0]).shape, np.nan)
    squares = sum((_deviations(part) ** 2).sum(axis=-1) for part in repeated)
    return np.asarray(squares) / sum(len(part.runs) - 1 for part in repeated)


def _effects(part: Cells) -> np.ndarray:
    """Return paired differences (cells and gaps, scenarios - 1) of runs taken together."""
    levels = part.levels()
    difference = levels[:, 1:] - levels[:, :1]
    first, other = matched(part.keys)
    return np.concatenate([difference, difference[first] - difference[other]])


def _deviations(part: Cells) -> np.ndarray:
    """Return how each run moves those differences (cells and gaps, scenarios - 1, runs)."""
    moves = np.nan_to_num(part.deviations())
    difference = moves[:, 1:] - moves[:, :1]
    first, other = matched(part.keys)
    return np.concatenate([difference, difference[first] - difference[other]])


def _spread(
    whole: Cells,
    parts: list[Cells],
    noise: np.ndarray,
    sign: np.ndarray | None,
    confidence: float,
) -> pd.DataFrame:
    """Return the table of `not_knowing`; what is in no draw is left out.

    `sign` (cells and gaps, scenarios - 1) is that of the difference at the ledger's values.
    """
    import pandas as pd

    effects = np.stack([_effects(part) for part in parts])
    n_draws = (~np.isnan(effects)).sum(axis=0)
    per_draw = float(np.mean([1 / len(part.runs) for part in parts]))
    tail = 100 * (1 - confidence) / 2
    gap = whole.keys.iloc[matched(whole.keys)[0]].assign(population=GAP)
    keys = pd.concat([whole.keys, gap], ignore_index=True)
    frames = []
    for k, name in enumerate(whole.scenarios[1:]):
        seen = n_draws[:, k] > 1
        shrunk, between = _without_chance(effects[:, seen, k], noise[seen, k] * per_draw)
        mean = np.nanmean(shrunk, axis=0)
        low, high = np.nanpercentile(shrunk, [tail, 100 - tail], axis=0)
        which = np.sign(mean) if sign is None else sign[seen, k]
        agree = (np.sign(shrunk) == which).sum(axis=0) / n_draws[seen, k]
        frame = keys[seen].assign(
            scenario=name,
            difference=mean,
            low=low,
            high=high,
            p_sign=np.where(np.nan_to_num(which) == 0, np.nan, agree),
            sd_not_knowing=np.sqrt(between),
            sd_chance=np.sqrt(noise[seen, k]),
            n_draws=n_draws[seen, k],
        )
        frames.append(frame[list(SPREAD_COLUMNS)])
    return pd.concat(frames, ignore_index=True)


def _without_chance(effects: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return effects (draws, cells) drawn together so that their spread is that of the draws alone.

    What luck leaves open of their mean stays in the spread, so that it never shows more certainty
    than the runs give. `noise` (cells,) is the variance that luck gives one draw's effect, NaN
    where it is unknown; then the effects stay as they are. Also returns the variance between draws
    (cells,).
    """
    mean = np.nanmean(effects, axis=0)
    total = np.nanvar(effects, axis=0, ddof=1)
    between = np.maximum(0.0, total - np.nan_to_num(noise))
    of_mean = total / (~np.isnan(effects)).sum(axis=0)
    spread = np.minimum(total, between + of_mean)
    kept = np.sqrt(np.divide(spread, total, out=np.zeros_like(total), where=total > 0))
    return mean + (effects - mean) * kept, between
