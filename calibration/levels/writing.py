"""Write a value, and to what it was fitted, into the declaration of a parameter."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import model
from model.errors import InputError

ROOM = Path(model.__file__).parent
"""Where parameters are declared."""


def write(values: Mapping[str, float], fitted: str, room: Path = ROOM) -> None:
    """Write values by field, and what all of them were fitted to, where these are declared.

    Raises InputError, before anything is written, for a field that is not declared once.
    """
    places = {name: _declared(name, room) for name in values}
    for path in sorted({path for path, _ in places.values()}):
        text = path.read_text("utf-8")
        mine = [name for name, (of, _) in places.items() if of == path]
        for name in sorted(mine, key=lambda one: -places[one][1]):
            text = _with(text, name, values[name], fitted)
        path.write_text(text, encoding="utf-8")


def _declared(name: str, room: Path) -> tuple[Path, int]:
    """Return the file and line in which a field is declared."""
    found = [
        (path, node.lineno)
        for path in sorted(room.rglob("parameters*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == name
    ]
    if len(found) != 1:
        message = f"{name} is declared {len(found)} times under {room}. Declare it once."
        raise InputError(message)
    return found[0]


def _with(text: str, name: str, value: float, fitted: str) -> str:
    """Return the text of a file with another value of a field, and another `fitted`."""
    call = next(
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == name
        and isinstance(node.value, ast.Call)
    )
    told = next((one.value for one in call.keywords if one.arg == "fitted"), None)
    said = f'"{fitted}"'
    text = _added(text, call, said) if told is None else _put(text, told, said)
    return _put(text, call.args[0], f"{value:g}")


def _end(node: ast.expr) -> tuple[int, int]:
    """Return the line and the column behind a part of a file that was read."""
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _added(text: str, call: ast.Call, said: str) -> str:
    """Return the text with `fitted` as the last argument of a call."""
    lines = text.splitlines(keepends=True)
    line, column = _end(call)
    before = "".join(lines[: line - 1]) + lines[line - 1][: column - 1]
    rest = lines[line - 1][column - 1 :] + "".join(lines[line:])
    comma = "" if before.rstrip().endswith(",") else ", "
    return f"{before}{comma}fitted={said}{rest}"


def _put(text: str, node: ast.expr, said: str) -> str:
    """Return the text with something else in the place of a part of it."""
    lines = text.splitlines(keepends=True)
    line, column = _end(node)
    head = "".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
    tail = lines[line - 1][column:] + "".join(lines[line:])
    return head + said + tail
