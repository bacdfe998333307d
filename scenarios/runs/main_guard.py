"""Whether workers can be started from the script that runs: each of them reads it anew."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from model.errors import InputError

SIGNS = frozenset({"__name__", "current_process", "parent_process"})
"""Names in a condition that keeps what stands under it from workers."""


def check_main_guard() -> None:
    """Raise InputError when a script starts workers at its top level, without a main guard.

    A worker reads the script again, and would start the same all over.
    """
    frame = next((one for one in _frames() if one.f_globals.get("__name__") == "__main__"), None)
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    if frame is None or frame.f_globals.get("__name__") != "__main__":
        return
    path = Path(frame.f_code.co_filename)
    if not path.is_file() or has_guard(path.read_text("utf-8", "replace")):
        return
    message = (
        f"{path.name} starts workers at its top level, and each worker reads the script anew. Put"
        ' what it does under `if __name__ == "__main__":`, or take workers=1.'
    )
    raise InputError(message)


def has_guard(source: str) -> bool:
    """Return whether a script has a condition at its top level that workers do not meet."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return True
    conditions = (one.test for one in tree.body if isinstance(one, ast.If))
    names = {
        one.id if isinstance(one, ast.Name) else one.attr
        for condition in conditions
        for one in ast.walk(condition)
        if isinstance(one, ast.Name | ast.Attribute)
    }
    return not names.isdisjoint(SIGNS)


def _frames() -> Iterator[FrameType]:
    frame = inspect.currentframe()
    while frame is not None:
        yield frame
        frame = frame.f_back
