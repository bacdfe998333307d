"""The submodels: every rule with what it says and its equation, and every parameter."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import model
from dashboards.documents.evidence import TITLES, of_submodel
from dashboards.documents.markdown import table
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

ROOT = Path(model.__file__).parent
EQUATION = "Equation: "
NOT_OF_THE_WORLD = "keys"
"""This module holds rules of luck; they say nothing of the world."""
IN = {"network": "network", "population": "population", "structure": "submodels.structure"}
"""Where a room lies that is not under `submodels`."""


class Rule(NamedTuple):
    """A rule: where it stands under `model`, what it says first, and its equation."""

    place: str
    name: str
    says: str
    equation: str


def submodels() -> str:
    """Return a part for each submodel: what it is, its rules, its parameters."""
    by_room: dict[str, list[Parameter]] = {}
    for row in BY_PARAMETER.values():
        by_room.setdefault(row.name.split(".")[0], []).append(row)
    declared = list(rules())
    parts = []
    for room, rows in by_room.items():
        inside = IN.get(room, f"submodels.{room}")
        package = importlib.import_module(f"model.{inside}")
        mine = [one for one in declared if one.place.startswith(_rooms(room))]
        what = " ".join((package.__doc__ or "").split("\n\n")[0].split())
        part = [
            f"### {TITLES.get(room, room.capitalize())}",
            f"{what} (`model/{inside.replace('.', '/')}/`)",
        ]
        if mine:
            part.append(_rules(mine))
        parts.append("\n\n".join([*part, of_submodel(rows)]))
    return "\n\n".join(parts)


def _rooms(room: str) -> tuple[str, ...]:
    """Return where the rules of a room stand; leaving school has its numbers with school."""
    if room == "school":
        return ("submodels.school.", "submodels.leaving.")
    return (f"{IN.get(room, f'submodels.{room}')}.",)


def _rules(rules_of_room: list[Rule]) -> str:
    rows = [
        (
            f'<a id="rule-{one.name}"></a>`{one.name}`',
            one.says,
            f"`{one.equation}`" if one.equation else "",
        )
        for one in rules_of_room
    ]
    return table(("rule", "what it says", "equation"), rows)


def rules() -> Iterator[Rule]:
    """Yield every rule of the world, in the order of the files."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.stem == NOT_OF_THE_WORLD:
            continue
        place = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "rule" in map(
                ast.unparse, node.decorator_list
            ):
                told = ast.get_docstring(node) or ""
                says, _, equation = told.partition(EQUATION)
                first = " ".join(says.split("\n\n")[0].split())
                yield Rule(place, node.name, first, " ".join(equation.split()))
