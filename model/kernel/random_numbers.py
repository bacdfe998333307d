"""The only source of luck: a draw is a pure function of (seed, entity, process, month).

No generator, no stream, no order: the same child meets the same luck in every scenario, whatever
happened before and on however many threads. The generator is Philox4x32-10 (Salmon, Moraes, Dror
and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"); its published known-answer vectors
are in the tests. One call gives four words, so processes are numbered in blocks of four: process
`4 b + k` is word `k` of block `b`. A step that needs several processes of one block asks for the
block once and gets what it would have got one by one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from model.kernel.compile import step

type Key = int | np.uint64
"""A 64-bit key: the seed of a run, or an entity."""

type Word = Any
"""A 32-bit word: a NumPy number outside compiled code, a machine word within."""

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint32(0x9E3779B9)
_W1 = np.uint32(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_SCALE = 2.0**-32


class Block(IntEnum):
    """A group of four processes that one call of the generator serves. Append only."""

    WORK = 0
    HIRE = 1
    HIRE_PLACE = 2
    RIGHTS = 3
    FAMILY_A = 4
    FAMILY_B = 5
    MOVE = 6
    LANGUAGE = 7
    EARLY = 8
    PRESCHOOL = 9
    SCHOOL = 10
    SCHOOL_MOVE = 11
    AUGUST = 12
    ADVICE = 13
    COUNT = 14
    CONVERSION = 15
    MEASURES = 16
    FAMILY_C = 17
    JOB_CHANGE = 18
    MOVE_AWAY = 19
    SETTLE = 20
    ALLOWANCES = 21
    POPULATION_FAMILY = 32
    POPULATION_PLACE = 33
    POPULATION_HOME = 34
    POPULATION_MIND = 35
    POPULATION_ADULT = 36
    POPULATION_JOB = 37
    POPULATION_TALENT = 39
    POPULATION_BIRTHS = 40
    POPULATION_DECK = 41
    NETWORK = 42
    SCHOOLS = 43
    PARAMETERS = 44
    POPULATION_PROGRAMMES = 45
    POPULATION_ENTRY = 46
    POPULATION_LEAVING = 47
    POPULATION_GROUP = 48
    POPULATION_STOCK = 49
    POPULATION_PAST = 51


@step
def philox4x32(
    c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word
) -> tuple[Word, Word, Word, Word]:
    """Return the four 32-bit words of Philox4x32-10 for a counter (c0..c3) and a key (k0, k1)."""
    for _ in range(10):
        p0 = _M0 * np.uint64(c0)
        p1 = _M1 * np.uint64(c2)
        c0, c1, c2, c3 = (
            np.uint32(p1 >> _SHIFT) ^ np.uint32(c1) ^ np.uint32(k0),
            np.uint32(p1 & _LOW),
            np.uint32(p0 >> _SHIFT) ^ np.uint32(c3) ^ np.uint32(k1),
            np.uint32(p0 & _LOW),
        )
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return c0, c1, c2, c3


@step
def draw4(seed: Key, entity: Key, block: int, month: int) -> tuple[float, float, float, float]:
    """Return four uniforms in the open interval (0, 1) for the four processes of a block.

    `seed` and `entity` are 64-bit keys, `month` may be negative (before the start).
    """
    w0, w1, w2, w3 = philox4x32(
        np.uint32(entity & _LOW),
        np.uint32(np.uint64(entity) >> _SHIFT),
        np.uint32(month),
        np.uint32(block),
        np.uint32(seed & _LOW),
        np.uint32(np.uint64(seed) >> _SHIFT),
    )
    return (
        (float(w0) + 0.5) * _SCALE,
        (float(w1) + 0.5) * _SCALE,
        (float(w2) + 0.5) * _SCALE,
        (float(w3) + 0.5) * _SCALE,
    )


@step
def draw(seed: Key, entity: Key, process: int, month: int) -> float:
    """Return the uniform in (0, 1) of one process; `draw4(…, process // 4, …)[process % 4]`."""
    words = draw4(seed, entity, process >> 2, month)
    return words[process & 3]


@step
def draw4_many(seed: Key, entities: np.ndarray, block: int, month: int) -> np.ndarray:
    """Return an array (n, 4) of uniforms for n entities (uint64), one block and one month."""
    result = np.empty((entities.size, 4))
    for i in range(entities.size):
        result[i, 0], result[i, 1], result[i, 2], result[i, 3] = draw4(
            seed, entities[i], block, month
        )
    return result
