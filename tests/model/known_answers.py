"""Known answers: what each rule says of given values, worked out without running it.

They stand in `examples/<submodel>.toml`. A row names a rule, the values `given` (or `but`: those
of the rule's first row with some changed), the `expected` answer, and `how` it was worked out. A
member of an enumeration is written as text, `"Contract.FIXED"`.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import inspect
import math
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import model
from model import enums
from model.kernel.compile import plain

type Value = float | bool
type Rule = Callable[..., Value]

TABLES = Path(__file__).parent / "examples"
FIELDS = {"given", "but", "expected", "how"}
MODEL = Path(model.__file__).parent
NOT_OF_THE_WORLD = "keys"
"""This module holds rules of luck: they mix bits, and say nothing that a calculator could check."""
DIGITS = 1e-9
"""Answers are written with ten digits."""


@dataclass(frozen=True)
class Example:
    """One row: the rule, what it is given, what it must say, and where this is written."""

    rule: str
    given: dict[str, Value]
    expected: Value
    place: str

    def holds(self, rule: Rule) -> bool:
        """Return whether a rule, or what was made of it, says what it must."""
        found = rule(**self.given)
        if isinstance(self.expected, float):
            return math.isclose(found, self.expected, rel_tol=DIGITS, abs_tol=DIGITS)
        return bool(found == self.expected)


def declared_rules() -> dict[str, Rule]:
    """Return the Python body of every rule, by name. Raises ValueError if two have one name."""
    found: dict[str, Rule] = {}
    for path in sorted(MODEL.rglob("*.py")):
        module = ".".join(("model", *path.relative_to(MODEL).with_suffix("").parts))
        names = [
            node.name
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef) and "rule" in map(ast.unparse, node.decorator_list)
        ]
        for name in names if path.stem != NOT_OF_THE_WORLD else ():
            if name in found:
                message = f"Two rules are called {name}, the second in {module}; rename one."
                raise ValueError(message)
            found[name] = plain(getattr(importlib.import_module(module), name))
    return found


def read(folder: Path, rules: dict[str, Rule]) -> tuple[list[Example], list[str]]:
    """Return the examples of all tables of a folder, and what is wrong with them, in words.

    A table is of the room of `model/` whose name it has.
    """
    examples: list[Example] = []
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        for name, rows in tomllib.loads(path.read_text("utf-8")).items():
            if name not in rules:
                mistakes.append(f"{path.name}: there is no rule {name}.{_meant(name, rules)}")
                continue
            room = rules[name].__module__.split(".")[-2]
            if path.stem != room:
                mistakes.append(f"{path.name}: {name} is a rule of {room}; move it to {room}.toml.")
            first: dict[str, Any] = {}
            for number, row in enumerate(rows, start=1):
                place = f"{path.name}, {name}, row {number}"
                first = first or row.get("given", {})
                wrong = [f"{place}: {what}" for what in _wrong(row, first, rules[name])]
                mistakes += wrong
                if not wrong:
                    examples.append(_example(name, row, first, rules[name], place))
    known = {example.rule for example in examples}
    mistakes += [f"The rule {name} has no row." for name in rules if name not in known]
    return examples, mistakes


def _wrong(row: dict[str, Any], first: dict[str, Any], rule: Rule) -> Iterator[str]:
    kinds = _kinds(rule)
    yield from (f"{name} is no part of a row." for name in row.keys() - FIELDS)
    if ("given" in row) == ("but" in row):
        yield "write either given or, after the first row, but."
    if not str(row.get("how", "")).strip():
        yield "how says how the answer was worked out."
    changed = row.get("given", row.get("but", {}))
    given = changed if "given" in row else first | changed
    yield from (f"{name} is not given." for name in kinds if name not in {*given, "return"})
    for name in changed:
        if name not in kinds or name == "return":
            yield f"the rule takes no {name}.{_meant(name, kinds)}"
        elif not _fits(changed[name], kinds[name]):
            yield f"{name} = {changed[name]!r} is no {kinds[name]}."
    if not _fits(row.get("expected"), kinds["return"]):
        yield f"expected = {row.get('expected')!r} is no {kinds['return']}, as the rule returns."


def _example(
    name: str, row: dict[str, Any], first: dict[str, Any], rule: Rule, place: str
) -> Example:
    kinds = _kinds(rule)
    values = row["given"] if "given" in row else first | row["but"]
    return Example(
        rule=name,
        given={item: _value(value, kinds[item]) for item, value in values.items()},
        expected=_value(row["expected"], kinds["return"]),
        place=place,
    )


def _kinds(rule: Rule) -> dict[str, str]:
    """Return float, int or bool for each argument of a rule, and for what it returns."""
    return {name: str(kind) for name, kind in inspect.get_annotations(rule).items()}


def _fits(written: object, kind: str) -> bool:
    if kind == "bool" or isinstance(written, bool):
        return kind == "bool" and isinstance(written, bool)
    if kind == "int" and isinstance(written, str):
        enumeration, _, member = written.partition(".")
        return member in getattr(getattr(enums, enumeration, None), "__members__", {})
    return isinstance(written, int | float if kind == "float" else int)


def _value(written: Any, kind: str) -> Value:  # noqa: ANN401 - as TOML has it
    if isinstance(written, str):
        enumeration, _, member = written.partition(".")
        return int(getattr(enums, enumeration)[member])
    return float(written) if kind == "float" else bool(written) if kind == "bool" else int(written)


def _meant(name: str, allowed: dict[str, Any]) -> str:
    near = difflib.get_close_matches(name, allowed, n=1)
    return f" Is {near[0]} meant?" if near else ""
