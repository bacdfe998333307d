"""Who is counted, and rates held to one composition of them.

Children of other ages and from other generations are counted from year to year, and that alone
moves a crude number. A standardised one is what the year would have shown with the children of the
first full school year: the rates of its cells (stage, age, generation), weighted by how many were
in each cell then. This is direct standardisation (Keiding and Clayton 2014, Statistical Science
29(4), 529-558).
"""

from __future__ import annotations

import numpy as np

from model.calendar import MONTHS_PER_YEAR
from model.enums import Stage
from model.kernel.compile import step

_HOME, _PRIMARY, _TRACKS = 0, 1, 2
_STAGES = 14
"""At home or preschool, primary school, each track and level, and who has finished or left."""

_STAGE_OF = np.array(
    [
        _HOME
        if stage < Stage.PO1
        else _PRIMARY
        if stage <= Stage.PO8
        else min(_TRACKS + stage - Stage.ISK, _STAGES - 1)
        for stage in range(max(Stage) + 1)
    ]
)

AGE_ENDS = (4, 8, 12, 13, 14, 15, 16, 17, 18, 20, 23)
"""Ends of the bands of age, in years: single years where leaving changes most."""

_OLDEST = AGE_ENDS[-1] - 1
_BAND_OF = np.array([int(np.searchsorted(AGE_ENDS, year, "right")) for year in range(_OLDEST + 1)])

GENERATIONS = ("born here", "arrived early", "arrived late")
"""Born here; arrived before 12; arrived at 12 or older."""

SHAPE = (_STAGES, len(AGE_ENDS), len(GENERATIONS))
N_CELLS = int(np.prod(SHAPE))

TOTAL, WEIGHT, POOLED = 0, 1, 2
"""Places of what standardising gives: the sum, its weight, and how much of it was pooled."""


@step
def cell_of(stage: int, age: int, is_born_here: bool, is_late: bool) -> int:
    """Return the cell of a child in a stage, of an age in months."""
    year = min(max(age // MONTHS_PER_YEAR, 0), _OLDEST)
    generation = 0 if is_born_here else (2 if is_late else 1)
    cell = (_STAGE_OF[stage] * len(AGE_ENDS) + _BAND_OF[year]) * len(GENERATIONS) + generation
    return int(cell)


def standardised(cells: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return sums (..., 3) of a year by the weights of another: TOTAL, WEIGHT and POOLED.

    `cells` (..., N_CELLS, 2) are what was added up and of how many, `weights` (..., N_CELLS) how
    many there were when it is weighted as. TOTAL over WEIGHT is the standardised number. A cell in
    which nobody is this year takes the rate of all generations of its stage and age, of its stage,
    or of all, the first of these in which somebody is; POOLED is the weight of such cells. All
    three are 0 where nobody is at all.
    """
    total, number = np.ascontiguousarray(np.moveaxis(cells, -1, 0))
    is_here = number > 0.0
    is_empty = (weights > 0.0) & ~is_here
    rates = total / np.where(is_here, number, 1.0)
    rates[is_empty] = _nearest_rates(total, number, is_empty)
    is_seen = ~np.isnan(rates)
    by_weight = np.where(is_seen, weights, 0.0)
    found = np.empty((*weights.shape[:-1], 3))
    found[..., TOTAL] = (by_weight * np.where(is_seen, rates, 0.0)).sum(axis=-1)
    found[..., WEIGHT] = by_weight.sum(axis=-1)
    found[..., POOLED] = (by_weight * is_empty).sum(axis=-1)
    return found


def _nearest_rates(total: np.ndarray, number: np.ndarray, empty: np.ndarray) -> np.ndarray:
    """Return the rates (n,) that empty cells (a mask, n true) take; NaN where nobody is at all."""
    shape = (*empty.shape[:-1], *SHAPE)
    *outcome, stage, age, _ = np.unravel_index(np.flatnonzero(empty), shape)
    added, counted = total.reshape(shape), number.reshape(shape)
    rates = np.full(stage.shape, np.nan)
    for place in ((*outcome, stage, age), (*outcome, stage), tuple(outcome)):
        added, counted = added.sum(axis=-1), counted.sum(axis=-1)
        there = np.isnan(rates) & (counted[place] > 0.0)
        np.divide(added[place], counted[place], out=rates, where=there)
    return rates
