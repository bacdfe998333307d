"""Random processes: which block of draws is asked for where, for whom, and when."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import model
from dashboards.documents.markdown import table
from model.kernel.random_numbers import Block

ROOT = Path(model.__file__).parent
NOT_LIVED = ("measuring",)
"""Rooms that measure speed; nobody lives there."""


class Asked(NamedTuple):
    """A place where a block is asked for: the function, and the two arguments beside the block."""

    block: str
    function: str
    entity: str
    moment: str


def processes() -> str:
    """Return the table of blocks, in the order of their numbers."""
    found = list(asked())
    rows = []
    for block in Block:
        mine = [one for one in found if one.block == block.name]
        where = ", ".join(dict.fromkeys(f"`{one.function}`" for one in mine)) or "nobody any more"
        whom = ", ".join(dict.fromkeys(f"`{one.entity}`" for one in mine if one.entity))
        when = ", ".join(dict.fromkeys(_moment(one) for one in mine))
        rows.append((str(int(block)), block.name.lower(), where, whom, when))
    return table(("block", "name", "asked for by", "key", "moment"), rows)


def asked() -> Iterator[Asked]:
    """Yield every place in the model that asks for a block of draws."""
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        if inside.parts[0] in NOT_LIVED or inside.name == "random_numbers.py":
            continue
        module = ".".join(inside.with_suffix("").parts)
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from _in_function(function, f"{module}.{function.name}")


def _in_function(function: ast.FunctionDef, name: str) -> Iterator[Asked]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        for k, argument in enumerate(call.args):
            text = ast.unparse(argument).removeprefix("int(").removesuffix(")")
            if text.startswith("Block."):
                before = ast.unparse(call.args[k - 1]) if k else ""
                after = ast.unparse(call.args[k + 1]) if k + 1 < len(call.args) else "0"
                yield Asked(text.removeprefix("Block."), name, before, after)


def _moment(one: Asked) -> str:
    if one.moment == "month":
        return "each month"
    if one.moment.lstrip("-").isdigit():
        return "once"
    return f"once for each `{one.moment}`"
