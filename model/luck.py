"""Random numbers for whoever samples parameters: by key, as in a run, and never one of a run's."""

from __future__ import annotations

import numpy as np

from model.kernel.random_numbers import Block, draw4


def parameter_luck(seed: int, entity: int, number: int) -> float:
    """Return a number from 0 to under 1 that hangs on nothing but the three (each 64 bits)."""
    return float(draw4(np.uint64(seed), np.uint64(entity), int(Block.PARAMETERS), number)[0])
