"""Every rule compiles, and says the same compiled as in plain Python."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, reject, settings

import model
from model.run.schedule import MONTH

ROOT = Path(model.__file__).parent
RULES = sorted(ROOT.glob("*/**/rules*.py"))


def all_rules() -> list[tuple[str, Any]]:
    found = []
    for path in RULES:
        module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        loaded = importlib.import_module(module)
        for name, value in vars(loaded).items():
            if hasattr(value, "py_func") and value.py_func.__module__ == module:
                found.append((f"{path.parent.name}.{name}", value))
    return found


def argument(kind: str, name: str, share: float) -> int | float | bool:
    """A value that an argument of this name may have, from a number between 0 and 1."""
    if kind == "bool":
        return share < 0.5
    if kind == "int":
        return int(share * 25)
    if name.endswith(("_index", "intensity", "_ratio", "ratio_nil", "_years", "_months")):
        return 0.5 + share
    return 0.001 + 0.998 * share


@pytest.mark.parametrize("name", [name for name, _ in all_rules()])
def test_a_rule_says_the_same_compiled_as_in_python(name: str) -> None:
    function = dict(all_rules())[name]
    parameters = inspect.signature(function.py_func).parameters.values()
    kinds = [(item.name, str(item.annotation)) for item in parameters]

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(st.lists(st.floats(0, 1), min_size=len(kinds), max_size=len(kinds)))
    def holds(shares: list[float]) -> None:
        pairs = zip(kinds, shares, strict=True)
        values = [argument(kind, item, share) for (item, kind), share in pairs]
        try:
            expected = function.py_func(*values)
        except ZeroDivisionError:
            # The engine divides as NumPy does, and nothing in the model comes to such values.
            reject()
        # NumPy has an exponential of its own for some processors: its last digit may be another.
        assert function(*values) == pytest.approx(expected, rel=1e-12, abs=1e-15)

    holds()


def test_the_printed_month_is_the_month_that_runs() -> None:
    tree = ast.parse((ROOT / "run" / "schedule.py").read_text("utf-8"))
    body = next(
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "family_month"
    )
    called = [
        node.func.id
        for node in sorted(
            (node for node in ast.walk(body) if isinstance(node, ast.Call)),
            key=lambda node: (node.lineno, node.col_offset),
        )
        if isinstance(node.func, ast.Name)
    ]
    steps = [step.function for step in MONTH]

    assert [name for name in called if name in steps] == steps


def test_no_rule_and_no_step_reads_origin_or_population() -> None:
    files = [
        *ROOT.glob("submodels/**/*.py"),
        ROOT / "run" / "schedule.py",
        ROOT / "run" / "engine.py",
    ]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"origin", "population"}, f"{path.name}:{node.lineno}"


def test_home_language_serves_the_match_of_services_only() -> None:
    readers = [
        f"{path.parent.name}/{path.name}"
        for path in ROOT.glob("submodels/*/*.py")
        if "home_language" in path.read_text("utf-8")
    ]

    # The name of the gap rule in early_years is about Dutch at home, by the parents' own Dutch.
    # Who moves to another municipality finds a key person of the same language there, or none.
    assert sorted(readers) == [
        "contact/rules.py",
        "contact/steps.py",
        "early_years/rules.py",
        "housing/across.py",
    ]


def test_a_rule_holds_no_number_that_belongs_in_the_ledger() -> None:
    # Units and middles; 13 weeks and 960 hours are the law's; a year has 11 months with school.
    allowed = {0.0, 0.5, 1.0, 2.0, 11.0, 12.0, 13.0, 100.0, 960.0, 1e-9}
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                assert node.value in allowed, f"{path.name}:{node.lineno}: {node.value}"
