"""Municipalities that learn from each other."""

from __future__ import annotations

import numpy as np

from model.enums import BRABANT, Municipality

PROVINCES = (
    (Municipality.DEN_HAAG, Municipality.ROTTERDAM, Municipality.WESTLAND),
    BRABANT,
    (Municipality.AMSTERDAM,),
)


def learning_weights(province_learning_ratio: float) -> np.ndarray:
    """Return how much each municipality (row) learns from each other one: (9, 9), rows add up to 1.

    The seven of the study learn from each other (letter, lines 459-475), more within a province;
    the rest of the country learns from the seven, the border region from Brabant and the rest.
    """
    weights = np.zeros((len(Municipality), len(Municipality)))
    studied = [m for m in Municipality if m < Municipality.OTHER_NL]
    for learner in studied:
        near = next(province for province in PROVINCES if learner in province)
        for teacher in studied:
            if teacher != learner:
                weights[learner, teacher] = province_learning_ratio if teacher in near else 1.0
    weights[Municipality.OTHER_NL, studied] = 1.0
    weights[Municipality.BORDER, [*BRABANT, Municipality.OTHER_NL]] = 1.0
    # Added up one after the other, so that the last digit does not hang on how NumPy adds.
    totals = np.cumsum(weights, axis=1)[:, -1:]
    result: np.ndarray = weights / totals
    return result
