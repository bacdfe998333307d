"""Rows as bytes: quick to copy, and to compare whatever lies between their fields."""

from __future__ import annotations

import math

import numpy as np


def copied(array: np.ndarray) -> np.ndarray:
    """Return a copy of an array that lies whole in memory, made of bytes.

    NumPy copies rows field by field, which takes fifty times as long.
    """
    return array.view(np.uint8).copy().view(array.dtype).reshape(array.shape)


def solid(array: np.ndarray) -> np.ndarray:
    """Return the bytes of each row (rows, bytes of a row), 0 where no field lies.

    What lies between fields means nothing, and may differ from copy to copy.
    """
    dtype = array.dtype
    whole = np.ascontiguousarray(array)
    row_bytes = dtype.itemsize * math.prod(array.shape[1:])
    result = whole.view(np.uint8).reshape(array.shape[0], row_bytes)
    if dtype.fields is None:
        return result
    is_field = np.zeros(dtype.itemsize, bool)
    for kind, offset, *_ in dtype.fields.values():
        is_field[offset : offset + kind.itemsize] = True
    return result * is_field
