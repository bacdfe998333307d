"""A formula with a parameter or a lever in it is a rule: elsewhere it is only handed on.

A step may compare a probability with a draw, choose between two numbers, or ask whether a lever is
moved at all. Whatever adds, multiplies or limits stands in a rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import model

ROOT = Path(model.__file__).parent
DECLARED = re.compile(r"(rules|parameters)\w*\.py|levers\.py|ledger\.py|registry\.py")
LAID_OUT = (
    *("network/acquaintances.py", "network/key_persons.py", "network/municipalities.py"),
    *("population/homes.py", "population/households.py", "population/origins.py"),
    *("population/schools.py", "population/work.py"),
    *(f"population/stock/{name}.py" for name in ("candidates", "choosing", "entering", "margins")),
)
"""Here shares of a census, or flows and a stock, are dealt over the families of a sample."""
ROWS = ("p", "lv")
ARITHMETIC = re.compile(r"(min|max|abs|(math|np)\.\w+)$")
DRAWN = re.compile(r"(.*luck\w*|[a-z]\[\d\]|draw4\(.*\)\[\d\]|0\.0)$")


def is_rule(call: ast.Call) -> bool:
    return not ARITHMETIC.match(ast.unparse(call.func)) and ast.unparse(call.func) not in {
        *("int", "float", "round", "bool"),
    }


def reads(node: ast.AST, known: set[str]) -> bool:
    """Whether a parameter or lever is read in an expression, other than by a function it calls."""
    if isinstance(node, ast.Call) and is_rule(node):
        return False
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id in ROWS and node.attr != "active"
    if isinstance(node, ast.Name):
        return node.id in known
    return any(reads(child, known) for child in ast.iter_child_nodes(node))


def variables(function: ast.FunctionDef) -> set[str]:
    """The variables of a function that hold a parameter or a lever."""
    known: set[str] = set()
    for _ in range(3):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    pairs = [(target, node.value)]
                    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                        pairs = list(zip(target.elts, node.value.elts, strict=True))
                    known |= {
                        name.id
                        for name, value in pairs
                        if isinstance(name, ast.Name) and reads(value, known)
                    }
    return known


def is_formula(node: ast.AST, known: set[str]) -> bool:
    if isinstance(node, ast.BinOp):
        return reads(node, known)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return reads(node, known)
    if isinstance(node, ast.AugAssign):
        return reads(node.value, known)
    if isinstance(node, ast.Call):
        return not is_rule(node) and len(node.args) > 1 and reads(node, known)
    if isinstance(node, ast.Compare) and reads(node, known):
        others = [side for side in (node.left, *node.comparators) if not reads(side, known)]
        return not others or not all(DRAWN.match(ast.unparse(side)) for side in others)
    return False


def formulas(tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            known = variables(function)
            for node in ast.walk(function):
                if is_formula(node, known):
                    yield ast.unparse(node)


def test_formulas_with_a_parameter_or_lever_stand_in_rules() -> None:
    found = {}
    n_steps = 0
    for path in ROOT.rglob("*.py"):
        inside = path.relative_to(ROOT)
        if not DECLARED.fullmatch(path.name) and inside.as_posix() not in LAID_OUT:
            n_steps += inside.parts[0] == "submodels"
            found[inside.as_posix()] = list(formulas(ast.parse(path.read_text("utf-8"))))

    assert n_steps > 5
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_formula_is_found_and_a_draw_is_not_one() -> None:
    tree = ast.parse(
        "def step(family, d, lv, p):\n"
        "    chance = p.p_move if family.is_poor else p.p_stay\n"
        "    if d[0] < chance and lv.programme > 0.0:\n"
        "        family.trust = rules.trust(family.trust, p.loss)\n"
        "        family.touched |= lv.active\n"
        "    family.trust -= p.loss\n"
        "    family.trust = family.trust * lv.reach\n"
        "    family.dutch = min(1.0, p.ceiling)\n"
        "    if family.dutch < chance:\n"
        "        family.dutch = 2.0 * chance\n"
    )

    assert sorted(formulas(tree)) == [
        "2.0 * chance",
        "family.dutch < chance",
        "family.trust * lv.reach",
        "family.trust -= p.loss",
        "min(1.0, p.ceiling)",
    ]
