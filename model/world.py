"""What the steps of a month read and write, in one place."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

WAIT_LEVELS = 16
LOT_LEVELS = 8
QUEUE_LEVELS = WAIT_LEVELS * LOT_LEVELS
"""Priorities on a waiting list: months waited, and a lot within the month."""

PRESCHOOL, COURSE = 0, 1
"""The two waiting lists."""

VE_ENROLLED, VE_TARGET_GROUP, COURSE_ADULTS, COURSE_ADMITTED = 0, 1, 2, 3
N_COUNTS = 4
"""What is counted per municipality in a month, for the next month."""


class World(NamedTuple):
    """The arrays of a run, as one thread sees them in a month.

    `signals` (n, 2) is what families showed last month, `signals_next` what they show now.
    `queue` (2, 9, QUEUE_LEVELS), `counts` (9, N_COUNTS) and `newcomers` (schools,) are the thread's
    own tallies of this month; whole numbers, so that their sum does not depend on the threads.
    """

    seed: np.uint64
    families: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    schools: np.ndarray
    key_persons: np.ndarray
    places: np.ndarray
    ties: np.ndarray
    signals: np.ndarray
    signals_next: np.ndarray
    levers: np.ndarray
    parameters: np.ndarray
    targets: np.ndarray
    queue: np.ndarray
    counts: np.ndarray
    newcomers: np.ndarray
