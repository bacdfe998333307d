"""Arrays, and what is said of them, as the bytes of one file without pickle."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np

ABOUT = "about"
"""The member that says what the arrays are: JSON as bytes."""


def packed(about: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return arrays and what is said of them (JSON values) as the bytes of one .npz file.

    `numpy.load(file, allow_pickle=False)` reads it. Rows of several fields are kept byte by byte,
    with what lies between the fields, and described under "arrays"; so they come back to the bit.
    """
    shapes = {
        name: {"dtype": _told(array.dtype), "shape": list(array.shape)}
        for name, array in arrays.items()
    }
    text = json.dumps({**about, "arrays": shapes}, allow_nan=False)
    members = {name: _bytes(array) for name, array in arrays.items()}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, about=np.frombuffer(text.encode(), np.uint8), **members)
    return buffer.getvalue()


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return what `packed` was given; the arrays are new and may be written.

    Raises ValueError when the bytes are not whole or not of this kind.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as members:
            about = json.loads(bytes(members[ABOUT]))
            arrays = {
                name: _array(members[name], told) for name, told in about.pop("arrays").items()
            }
    except (
        AttributeError,
        EOFError,
        KeyError,
        MemoryError,
        NotImplementedError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        zipfile.BadZipFile,
    ) as error:
        message = f"not a whole file of arrays ({error})"
        raise ValueError(message) from None
    return about, arrays


def _told(dtype: np.dtype[Any]) -> Any:  # noqa: ANN401 - a name, or fields as lists
    """Return what a dtype is in JSON: its name, or for rows their fields, places and size."""
    if dtype.fields is None:
        return dtype.str
    names = dtype.names or ()
    return {
        "names": list(names),
        "formats": [dtype.fields[name][0].str for name in names],
        "offsets": [dtype.fields[name][1] for name in names],
        "itemsize": dtype.itemsize,
        "aligned": dtype.isalignedstruct,
    }


def _bytes(array: np.ndarray) -> np.ndarray:
    """Return the bytes of an array as (rows, bytes) when it has fields, else the array itself."""
    if array.dtype.fields is None:
        return array
    whole = np.ascontiguousarray(array)
    return whole.view(np.uint8).reshape(*whole.shape, whole.itemsize)


def _array(member: np.ndarray, told: Mapping[str, Any]) -> np.ndarray:
    fields = told["dtype"]
    if isinstance(fields, str):
        found = member
    else:
        settings: Any = {name: fields[name] for name in ("names", "formats", "offsets", "itemsize")}
        dtype: np.dtype[Any] = np.dtype(settings, align=bool(fields["aligned"]))
        found = np.empty(member.size // dtype.itemsize, dtype)
        found.view(np.uint8)[:] = member.reshape(-1)
        found = found.reshape(told["shape"])
    if list(found.shape) != list(told["shape"]) or _told(found.dtype) != fields:
        message = "an array is not what is said of it"
        raise ValueError(message)
    return found
