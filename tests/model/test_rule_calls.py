"""A rule with three arguments or more is called by keyword, so that no two can be swapped."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("model", "scenarios", "calibration", "dashboards", "tests", "benchmarks")
FROM_ARGUMENTS = 3
LEAST_RULES = 80


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def declared_rules() -> dict[str, int]:
    """Return how many arguments each rule takes, by module and name."""
    return {
        f"{module_of(path)}.{node.name}": len(node.args.args)
        for path in (ROOT / "model").rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and "rule" in map(ast.unparse, node.decorator_list)
    }


def names_in(tree: ast.Module, module: str, rules: dict[str, int]) -> dict[str, str]:
    """Return what the imported names of a module stand for, and its own rules."""
    own = {name.rpartition(".")[2]: name for name in rules if name.rpartition(".")[0] == module}
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return own | imported


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` as it is written; nothing for any other expression."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.Module, module: str, rules: dict[str, int]) -> Iterator[tuple[str, ast.Call]]:
    """Return the calls of rules in a module, each with the full name of the rule."""
    names = names_in(tree, module, rules)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Call) and dotted(called.func) == "plain":
                called = called.args[0]  # the rule's Python body, for arrays
            head, _, rest = dotted(called).partition(".")
            full = f"{names.get(head, head)}.{rest}".removesuffix(".")
            if full in rules:
                yield full, node


def by_position(found: list[tuple[str, ast.Call]], module: str, rules: dict[str, int]) -> list[str]:
    """Return the calls of rules with three arguments or more that give one by position."""
    return [
        f"{module}:{node.lineno} {name}"
        for name, node in found
        if rules[name] >= FROM_ARGUMENTS and node.args
    ]


def test_rules_are_called_by_keyword_from_three_arguments_on() -> None:
    rules = declared_rules()
    called: set[str] = set()
    wrong: list[str] = []
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text("utf-8")
            if "from model" in text:
                found = list(calls(ast.parse(text), module_of(path), rules))
                called |= {name for name, _ in found}
                wrong += by_position(found, module_of(path), rules)

    assert wrong == []
    assert len(called) >= LEAST_RULES


def test_a_call_by_position_is_found() -> None:
    rules = {"model.rules.work.wage": 3, "model.rules.work.hours": 2}
    tree = ast.parse(
        "from model.rules import work as rules\n"
        "from model.rules.work import wage\n"
        "rules.wage(1.0, is_agency=False, gap=0.1)\n"
        "wage(*values)\n"
        "rules.hours(8.0, 5.0)\n"
        "rules.wage(hourly=1.0, is_agency=False, gap=0.1)\n"
        "plain(rules.wage)(hours, contracts, gaps)\n"
    )

    found = list(calls(tree, "model.steps.work", rules))

    assert by_position(found, "model.steps.work", rules) == [
        "model.steps.work:3 model.rules.work.wage",
        "model.steps.work:4 model.rules.work.wage",
        "model.steps.work:7 model.rules.work.wage",
    ]
