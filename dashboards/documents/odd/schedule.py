"""The schedule as the engine calls it, read from the text of the engine and of the month."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from dashboards.documents.markdown import table
from model.run import engine
from model.run import schedule as month
from model.run.engine import Engine
from model.run.schedule import MONTH


def schedule() -> str:
    """Return the table: what a month consists of, in the order in which it is called."""
    rows: list[tuple[str, str, str]] = []
    for name in _called(Engine.step):
        method = getattr(Engine, name, None)
        if method is None:
            continue
        rows.append((f"`Engine.{name}`", "the whole world", _first(method)))
        for one in _called(method):
            if one == "live_rows":
                rows += _of_a_family()
            elif one in {"open_month", "close_year"}:
                rows.append((f"`{one}`", "each municipality", _first(getattr(engine, one))))
    return table(
        ("called", "of whom", "what happens"),
        [(f"{k}. {a}", b, c) for k, (a, b, c) in enumerate(rows, 1)],
    )


def _of_a_family() -> Iterator[tuple[str, str, str]]:
    """Yield the steps of a family in the order of the calls in `family_month`."""
    steps = {step.function: step for step in MONTH}
    for name in _called(month.family_month):
        if name in steps:
            yield f"`{name}`", "each family", steps[name].sentence
        elif name == "settle":
            yield f"`{name}`", "a family that moves municipality", _first(getattr(month, name))


def _called(function: Callable[..., Any]) -> list[str]:
    """Return the names that a function calls, in the order in which they stand, each once."""
    plain = getattr(function, "py_func", function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(plain)))
    calls = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Call)),
        key=lambda node: (node.lineno, node.col_offset),
    )
    names = (getattr(one.func, "id", getattr(one.func, "attr", "")) for one in calls)
    return list(dict.fromkeys(names))


def _first(function: Callable[..., Any]) -> str:
    """Return the first paragraph of what a function says of itself."""
    told = inspect.getdoc(getattr(function, "py_func", function)) or ""
    return " ".join(told.split("\n\n")[0].split())
