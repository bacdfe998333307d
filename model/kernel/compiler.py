"""Numba, with a cache on disk that never serves a stale rule; imported when something is compiled.

Numba's file cache looks only at the file that holds a function, not at the functions it calls: a
rule changed in another file would silently run as it was. So the cache folder carries a digest of
every Python file under `model/`, and is set before the first function is made.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
from numba.core import config, event
from numba.core.caching import IndexDataCacheFile, UserProvidedCacheLocator
from numba.extending import typeof_impl

from model.disk.cache import sweep
from model.kernel.compile import Compiled, cache_folder, tell

_Files: Any = IndexDataCacheFile  # Numba says nothing of its types
_Places: Any = UserProvidedCacheLocator
_Listener: Any = event.Listener
_CHECK = hashlib.sha256().digest_size
_ROOT = Path(__file__).parents[1]


class Place(_Places):  # type: ignore[misc]
    """Where Numba keeps what it made of one file: by the name of the module, not by its path.

    The same text needs no second compilation where it is installed, moved or cloned anew.
    """

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Return the name of the folder for a file of `model/`; Numba's own for any other."""
        path = Path(py_file).resolve()
        if not path.is_relative_to(_ROOT.resolve()):
            return str(super().get_suitable_cache_subpath(py_file))
        return "-".join(path.relative_to(_ROOT.resolve()).parent.parts) or _ROOT.name


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


class _Within(_Checked):
    """The files of a function without a way in from Python, which are others than with it."""

    @property
    def _index_path(self) -> str:
        return self._data_path(str(self._index_name))

    def _data_path(self, name: str) -> str:
        return str(super()._data_path(f"within-{name}"))


def _check(content: bytes) -> None:
    if hashlib.sha256(content[:-_CHECK]).digest() != content[-_CHECK:]:
        message = "compiled code is damaged"
        raise ValueError(message)


class _Heard(_Listener):  # type: ignore[misc]
    """Hears of each function that is compiled; one is compiled within the one that calls it."""

    def __init__(self) -> None:
        self._within: list[str] = []
        self._done = 0

    def on_start(self, event: Any) -> None:  # noqa: ANN401
        self._within.append(event.data["dispatcher"].py_func.__module__)
        outermost = next((name for name in self._within if name.startswith("model.")), "")
        if outermost:
            tell(outermost, self._done)

    def on_end(self, event: Any) -> None:  # noqa: ANN401, ARG002
        self._within.pop()
        self._done += 1


event.register("numba:compile", _Heard())  # type: ignore[no-untyped-call]


@typeof_impl.register(Compiled)
def _type_within(function: Compiled, context: Any) -> Any:  # noqa: ANN401
    """Return what Numba takes a function for that compiled code calls."""
    return typeof_impl(function.within(), context)


def made(function: Callable[..., Any], *, is_inline: bool, is_within: bool) -> Callable[..., Any]:
    """Return a function that Numba compiles per types; what was made stays on disk where it can.

    Divisors are not looked at before each division, as NumPy does not: a rule that could meet 0
    says itself what then holds. One that only compiled code calls (`is_within`) gets no way in
    from Python, which would take a fifth of the time of compiling.
    """
    how: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": is_inline}
    if is_within:
        how |= {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    if _IS_KEPT:
        with suppress(RuntimeError):  # Numba finds no place in the folder
            compiled: Callable[..., Any] = numba.njit(cache=True, **how)(function)
            files = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
            if files is not None:  # None without compilation
                files.__class__ = _Within if is_within else _Checked
            return compiled
    return numba.njit(**how)(function)  # type: ignore[no-any-return]
