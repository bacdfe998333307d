"""Every rule has its equation: of the names of the rule, and with the answers of the rule."""

from __future__ import annotations

import inspect
import math
from typing import Any

import pytest

from model.submodels.stay.rules import p_changes_plan
from tests.model.equations import definitions, equation_of, rules_in, symbols, value
from tests.model.known_answers import TABLES, Example, declared_rules, read

RULES = declared_rules()
EXAMPLES: dict[str, list[Example]] = {name: [] for name in RULES}
for row in read(TABLES, RULES)[0]:
    EXAMPLES[row.rule].append(row)
CLOSE = {"rel_tol": 1e-9, "abs_tol": 1e-9}


@pytest.mark.parametrize("name", RULES)
def test_an_equation_is_of_the_names_of_its_rule(name: str) -> None:
    rule = RULES[name]
    equation = equation_of(rule)

    assert equation, f"{name} says no equation. End its docstring with 'Equation: {name} = …'."
    *_, (left, _) = definitions(equation)
    assert left == name
    found, arguments = symbols(equation), set(inspect.signature(rule).parameters)
    assert arguments - found == set(), "arguments that its equation does not have"
    known = rule.__globals__
    strangers = {one for one in found - arguments if one.split(".")[0] not in known}
    assert strangers == set(), "names that are neither an argument nor a constant of its module"
    assert [one for one in rules_in(equation) if one not in RULES] == []


@pytest.mark.parametrize("name", RULES)
def test_an_equation_gives_the_known_answers_of_its_rule(name: str) -> None:
    rule = RULES[name]
    equation = equation_of(rule)
    wrong = []
    for one in EXAMPLES[name]:
        found = value(equation, rule, one.given)
        if not (found == one.expected or math.isclose(found, one.expected, **CLOSE)):
            wrong.append(f"{one.place}: expected {one.expected}, the equation says {found}")

    assert EXAMPLES[name]
    assert wrong == []


def test_a_wrong_sign_a_missing_argument_and_a_stranger_are_seen() -> None:
    rule: Any = RULES["p_changes_plan"]
    equation = equation_of(rule)
    rows = EXAMPLES["p_changes_plan"]
    turned = equation.replace("−", "+", 1)

    assert turned != equation
    assert all(math.isclose(value(equation, rule, one.given), one.expected) for one in rows)
    assert not all(math.isclose(value(turned, rule, one.given), one.expected) for one in rows)
    assert "lag_months" in symbols(equation)
    assert "lag_months" not in symbols(equation.replace("lag_months", "12"))
    assert "years" in symbols(equation.replace("lag_months", "years"))
    assert p_changes_plan.__doc__ == rule.__doc__


@pytest.mark.parametrize(
    ("equation", "told"),
    [
        ("p", "'p' is no equation"),
        ("p = a +", "cannot be read"),
        ("p = {a if b; c}", "are no cases"),
        ("p = {a; b otherwise}", "are no cases"),
    ],
)
def test_an_equation_that_cannot_be_read_says_so(equation: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        list(definitions(equation))


def test_cases_inside_cases_and_definitions_are_worked_out() -> None:
    equation = (
        "p = {a · 2 if b; {1 if c ≥ a and a ∈ (1, 2); −x^2 otherwise} otherwise}, where x = a"
    )
    rule: Any = RULES["p_changes_plan"]

    assert value(equation, rule, {"a": 3, "b": True, "c": 0}) == 6
    assert value(equation, rule, {"a": 1, "b": False, "c": 4}) == 1
    assert value(equation, rule, {"a": 3, "b": False, "c": 4}) == -9
    assert symbols(equation) == {"a", "b", "c"}
