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
from model.kernel.compile import loop, step

_HOME, _PRIMARY, _TRACKS = 0, 1, 2
STAGES = (
    "home or preschool",
    "primary",
    *(stage.name.lower() for stage in Stage if Stage.ISK <= stage <= Stage.MBO4),
    "finished or left",
)
"""At home or preschool, primary school, each track and level, and who has finished or left."""

_STAGE_OF = np.array(
    [
        _HOME
        if stage < Stage.PO1
        else _PRIMARY
        if stage <= Stage.PO8
        else min(_TRACKS + stage - Stage.ISK, len(STAGES) - 1)
        for stage in range(max(Stage) + 1)
    ]
)

AGE_ENDS = (4, 8, 12, 13, 14, 15, 16, 17, 18, 20, 23)
"""Ends of the bands of age, in years: single years where leaving changes most."""

_OLDEST = AGE_ENDS[-1] - 1
_BAND_OF = np.array([int(np.searchsorted(AGE_ENDS, year, "right")) for year in range(_OLDEST + 1)])

GENERATIONS = ("born here", "arrived early", "arrived late")
"""Born here; arrived before 12; arrived at 12 or older."""

SHAPE = (len(STAGES), len(AGE_ENDS), len(GENERATIONS))
N_CELLS = int(np.prod(SHAPE))

_PER_STAGE = len(AGE_ENDS) * len(GENERATIONS)


@step
def cell_of(stage: int, age: int, is_born_here: bool, is_late: bool) -> int:
    """Return the cell of a child in a stage, of an age in months."""
    year = min(max(age // MONTHS_PER_YEAR, 0), _OLDEST)
    generation = 0 if is_born_here else (2 if is_late else 1)
    cell = (_STAGE_OF[stage] * len(AGE_ENDS) + _BAND_OF[year]) * len(GENERATIONS) + generation
    return int(cell)


@step
def _added(cells: np.ndarray, first: int, n: int) -> tuple[float, float]:
    """Return what was added up in `n` cells from the first on, and of how many."""
    total, number = 0.0, 0.0
    for cell in range(first, first + n):
        total += cells[cell, 0]
        number += cells[cell, 1]
    return total, number


@step
def standardised(cells: np.ndarray, weights: np.ndarray) -> tuple[float, float, float, float]:
    """Return the sum of a year by the weights of another, its weight, and what is pooled of both.

    `cells` (N_CELLS, 2) are what was added up and of how many, `weights` (N_CELLS,) how many there
    were when it is weighted as. Sum over weight is the standardised number. A cell in which nobody
    is this year takes the rate of all generations of its stage and age, of its stage, or of all,
    the first of these in which somebody is: it is pooled. All four are 0 where nobody is at all.
    """
    total, weight, pooled_total, pooled = 0.0, 0.0, 0.0, 0.0
    for cell in range(N_CELLS):
        if weights[cell] <= 0.0:
            continue
        added, number = cells[cell, 0], cells[cell, 1]
        is_empty = number <= 0.0
        if is_empty:
            added, number = _added(cells, cell - cell % len(GENERATIONS), len(GENERATIONS))
        if number <= 0.0:
            added, number = _added(cells, cell - cell % _PER_STAGE, _PER_STAGE)
        if number <= 0.0:
            added, number = _added(cells, 0, N_CELLS)
        if number <= 0.0:
            return 0.0, 0.0, 0.0, 0.0
        share = weights[cell] * (added / number)
        total += share
        weight += weights[cell]
        if is_empty:
            pooled_total += share
            pooled += weights[cell]
    return total, weight, pooled_total, pooled


@loop
def weigh(cells: np.ndarray, weights: np.ndarray) -> None:
    """Weigh as in `cells` (outcomes, 2, N_CELLS, 2) where `weights` (the same, but one) has nobody.

    Weights that were given are those of the base of a pair; they stay.
    """
    for o in range(cells.shape[0]):
        for who in range(cells.shape[1]):
            if weights[o, who].max() <= 0.0:
                weights[o, who] = cells[o, who, :, 1]


@loop
def hold(cells: np.ndarray, weights: np.ndarray, sums: np.ndarray) -> None:
    """Write the standardised sums of outcomes into `sums` (outcomes, 2, 2, 2).

    Its last two axes are all and pooled, and what was added up and of how many; the other arrays
    are those of `weigh`.
    """
    for o in range(cells.shape[0]):
        for who in range(cells.shape[1]):
            total, weight, pooled_total, pooled = standardised(cells[o, who], weights[o, who])
            sums[o, who, 0, 0], sums[o, who, 0, 1] = total, weight
            sums[o, who, 1, 0], sums[o, who, 1, 1] = pooled_total, pooled
