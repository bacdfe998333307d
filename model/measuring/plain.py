"""Compiled code of the model as plain Python: the same text, without Numba."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any


class Plain:
    """Makes plain copies of modules of the model; whatever they call in the model is plain too.

    Args:
        replaced: other functions by name, put in the place of those of the model.
    """

    def __init__(self, replaced: dict[str, Callable[..., Any]] | None = None) -> None:
        self._replaced = replaced or {}
        self._done: dict[str, SimpleNamespace] = {}

    def __call__(self, module: ModuleType) -> SimpleNamespace:
        """Return a copy of a module in which every rule and step is interpreted."""
        name = module.__name__
        if name not in self._done:
            scope = dict(vars(module))
            for key, value in vars(module).items():
                scope[key] = self._copy(key, value, module, scope)
            self._done[name] = SimpleNamespace(**scope)
        return self._done[name]

    def _copy(self, key: str, value: object, module: ModuleType, scope: dict[str, Any]) -> object:
        if key in self._replaced:
            return self._replaced[key]
        if isinstance(value, ModuleType) and value.__name__.startswith("model."):
            return self(value)
        body = getattr(value, "py_func", None)
        if body is None:
            return value
        if body.__module__ != module.__name__:
            return getattr(self(sys.modules[body.__module__]), key)
        return FunctionType(body.__code__, scope, key, body.__defaults__)
