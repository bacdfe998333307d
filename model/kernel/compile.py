"""Compilation with Numba, with a cache on disk that never serves a stale rule.

Numba's file cache looks only at the file that holds a function, not at the functions it calls: a
rule changed in another file would silently run as it was. So the cache folder carries a digest of
every Python file under `model/`, and is set before the first function is declared.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numba
import numpy as np
from numba.core import config
from numba.core.caching import IndexDataCacheFile, UserProvidedCacheLocator

from model.disk.cache import kind_folder, sweep

_Files: Any = IndexDataCacheFile  # Numba says nothing of its types
_Places: Any = UserProvidedCacheLocator
_CHECK = hashlib.sha256().digest_size


@cache
def code_digest() -> str:
    """Return the SHA-256 (hex) of all Python and TOML files under `model/`, by name and content."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def made_with() -> dict[str, str]:
    """Return the versions of what numbers are worked out with; they may move a last digit."""
    compiler = numba.__version__ if is_compiled() else "switched off"
    return {"numba": compiler, "numpy": np.__version__}


def is_compiled() -> bool:
    """Return whether steps are compiled; who steps through the model switches that off."""
    return not config.DISABLE_JIT  # type: ignore[attr-defined]


def cache_folder() -> Path | None:
    """Return the folder of compiled code of the present text of `model/`; None if none can be."""
    place = kind_folder("compiled")
    return None if place is None else place / code_digest()[:16]


class Place(_Places):  # type: ignore[misc]
    """Where Numba keeps what it made of one file: by the name of the module, not by its path.

    The same text needs no second compilation where it is installed, moved or cloned anew.
    """

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Return the name of the folder for a file of `model/`; Numba's own for any other."""
        root = Path(__file__).parents[1]
        path = Path(py_file).resolve()
        if not path.is_relative_to(root.resolve()):
            return str(super().get_suitable_cache_subpath(py_file))
        return "-".join(path.relative_to(root.resolve()).parent.parts) or root.name


def _prepare() -> bool:
    """Make the folder known to Numba; return whether there is one."""
    folder = cache_folder()
    if folder is None:
        return False
    is_new = not folder.exists()
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        os.utime(folder)
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    # Else Numba would turn to __pycache__ where this folder fails, and serve stale rules from it.
    config.CACHE_LOCATOR_CLASSES = f"{__name__}.{Place.__name__}"  # type: ignore[attr-defined]
    if is_new:
        sweep()
    return True


_IS_KEPT = _prepare()


class _Checked(_Files):  # type: ignore[misc]
    """Numba's files of one function, which end with a checksum.

    What is damaged or gone is compiled anew, and what cannot be written is not kept; Numba itself
    would stop, or run damaged code.
    """

    def load(self, key: Any) -> Any:  # noqa: ANN401 - whatever Numba kept
        try:
            found = super().load(key)
        except Exception:  # noqa: BLE001 - damage may show as any error
            return None
        # Two processes that fill a cache at once may give one name to code for different types.
        return found[1] if found is not None and found[0] == key else None

    def save(self, key: Any, data: Any) -> None:  # noqa: ANN401
        with suppress(OSError):
            try:
                super().save(key, (key, data))
            except ValueError:  # a damaged index
                self.flush()
                super().save(key, (key, data))

    def _dump(self, obj: Any) -> bytes:  # noqa: ANN401
        content: bytes = super()._dump(obj)
        return content + hashlib.sha256(content).digest()

    def _load_index(self) -> Any:  # noqa: ANN401
        with suppress(FileNotFoundError):
            content = Path(self._index_path).read_bytes()
            _check(content[len(pickle.dumps(self._version, protocol=-1)) :])
        return super()._load_index()

    def _load_data(self, name: str) -> Any:  # noqa: ANN401
        _check(Path(self._data_path(name)).read_bytes())
        return super()._load_data(name)


def _check(content: bytes) -> None:
    if hashlib.sha256(content[:-_CHECK]).digest() != content[-_CHECK:]:
        message = "compiled code is damaged"
        raise ValueError(message)


def _compiled[F: Callable[..., Any]](function: F, *, is_inline: bool) -> F:
    """Compile a function when it is first called; keep what was made on disk where that can be.

    Divisors are not looked at before each division, as NumPy does not: a rule that could meet 0
    says itself what then holds.
    """
    how: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": is_inline}
    if _IS_KEPT:
        with suppress(RuntimeError):  # Numba finds no place in the folder
            made = numba.njit(cache=True, **how)(function)
            files = getattr(getattr(made, "_cache", None), "_cache_file", None)
            if files is not None:  # None without compilation
                files.__class__ = _Checked
            return cast("F", made)
    return cast("F", numba.njit(**how)(function))


def rule[F: Callable[..., Any]](function: F) -> F:
    """Compile a pure scalar rule; it stays callable from Python and its body is `.py_func`."""
    return _compiled(function, is_inline=True)


def plain(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """Return the Python body of a compiled function; one without branches takes arrays too."""
    return cast("Callable[..., Any]", getattr(compiled, "py_func", compiled))


def step[F: Callable[..., Any]](function: F) -> F:
    """Compile a step of the month; it becomes part of the loop that calls it."""
    return _compiled(function, is_inline=True)


def loop[F: Callable[..., Any]](function: F) -> F:
    """Compile a loop over rows; it releases the interpreter lock."""
    return _compiled(function, is_inline=False)
