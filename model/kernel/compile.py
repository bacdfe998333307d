"""Rules, steps and loops are compiled with Numba when one is first called; until then it waits.

What only reads, lists or draws starts without Numba: importing it takes longer than most commands.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, update_wrapper
from importlib import import_module, metadata
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, cast

import numpy as np

from model.disk.cache import kind_folder

_SWITCH, _SETTINGS = "NUMBA_DISABLE_JIT", ".numba_config.yaml"
"""Where Numba hears that it is switched off: the environment, or a file where the program runs."""

ABOUT_ALL = 560
"""About how many functions the first compilation of a run makes."""

PARTS = {"run": "months", "outcomes": "outcomes"}
"""Parts of a compilation, by the room of the loop that is compiled; any other lays people down."""


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


code_digest()  # of the text that is imported now: it may be another when a function is compiled


def made_with() -> dict[str, str]:
    """Return the versions of what numbers are worked out with; they may move a last digit."""
    compiler = metadata.version("numba") if is_compiled() else "switched off"
    return {"numba": compiler, "numpy": np.__version__}


def is_compiled() -> bool:
    """Return whether steps are compiled; who steps through the model switches that off."""
    if "numba" not in sys.modules and _SWITCH not in os.environ and not Path(_SETTINGS).exists():
        return True
    return not import_module("numba.core.config").DISABLE_JIT


def cache_folder() -> Path | None:
    """Return the folder of compiled code of the present text of `model/`; None if none can be."""
    place = kind_folder("compiled")
    return None if place is None else place / code_digest()[:16]


class Compiling(NamedTuple):
    """How far a compilation is: at "people", "months" or "outcomes", and about which share."""

    part: str
    share: float


_listeners: list[Callable[[Compiling], None]] = []


@contextmanager
def listening(listener: Callable[[Compiling], None]) -> Iterator[None]:
    """Let someone hear of each function that is compiled within, and not of those that are read."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def tell(module: str, done: int) -> None:
    """Tell who listens: a loop of a module is being compiled, `done` functions were."""
    part = PARTS.get(module.split(".")[1], "people")
    for listener in tuple(_listeners):
        listener(Compiling(part, min(done / ABOUT_ALL, 0.99)))


_waiting: list[Callable[[], None]] = []
_lock = RLock()


def before_compiling(make_known: Callable[[], None]) -> None:
    """Have something made known to Numba before the first function is compiled."""
    _waiting.append(make_known)


class Compiled:
    """A function that is compiled when it is first called; `py_func` is its Python body."""

    py_func: Callable[..., Any]

    def __init__(self, function: Callable[..., Any], *, is_inline: bool) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._is_inline = is_inline
        self._made: dict[bool, Callable[..., Any]] = {}

    def __call__(self, *values: Any, **named: Any) -> Any:  # noqa: ANN401
        """Return what the function makes of some values; the first call compiles it."""
        return self._of(is_within=False)(*values, **named)

    def __reduce__(self) -> str:
        return str(self.py_func.__qualname__)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what Numba knows of it
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._of(is_within=False), name)

    def within(self) -> Callable[..., Any]:
        """Return what compiled code calls; it has no way in from Python."""
        return self._of(is_within=True)

    def _of(self, *, is_within: bool) -> Callable[..., Any]:
        found = self._made.get(is_within)
        if found is not None:
            return found
        with _lock:
            while _waiting:
                _waiting.pop(0)()
            compiler = import_module("model.kernel.compiler")
            made = compiler.made(self.py_func, is_inline=self._is_inline, is_within=is_within)
            return self._made.setdefault(is_within, made)


def rule[F: Callable[..., Any]](function: F) -> F:
    """Compile a pure scalar rule; it stays callable from Python and its body is `.py_func`."""
    return cast("F", Compiled(function, is_inline=True))


def plain(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """Return the Python body of a compiled function; one without branches takes arrays too."""
    return cast("Callable[..., Any]", getattr(compiled, "py_func", compiled))


def step[F: Callable[..., Any]](function: F) -> F:
    """Compile a step of the month; it becomes part of the loop that calls it."""
    return cast("F", Compiled(function, is_inline=True))


def loop[F: Callable[..., Any]](function: F) -> F:
    """Compile a loop over rows; it releases the interpreter lock."""
    return cast("F", Compiled(function, is_inline=False))
