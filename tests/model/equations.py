"""The equation in the docstring of a rule: its symbols, and what it gives of given values.

An equation is the last paragraph of a docstring: `Equation: p = …, where a = …; b = …`. It is
written in the signs of mathematics (`·`, `−`, `^`, `≤`, `≥`, `≠`, `∈`, `{a if c; b otherwise}`)
with the names of the rule's arguments, of constants of its module, and of other rules, whose
arguments are named (`other(p: …)`).
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from model.kernel.compile import plain

MARK = "Equation: "
WHERE = ", where "
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "abs": abs,
    "min": min,
    "max": max,
}
CONSTANTS = {"π": math.pi, "true": True, "false": False}
SIGNS = {
    "·": "*",
    "−": "-",
    "^": "**",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∈": "in",
    " = ": " == ",
    " mod ": " % ",
}
CASES = re.compile(r"\{([^{}]*)\}")
INNER = re.compile(r"⟨(\d+)⟩")
"""The place of cases inside others, while those are written."""
NAMED = re.compile(r"\b(\w+): ")


def equation_of(rule: Callable[..., Any]) -> str:
    """Return the equation in the docstring of a rule, in one line; empty when there is none."""
    _, _, told = (rule.__doc__ or "").partition(MARK)
    return " ".join(told.split())


def definitions(equation: str) -> Iterator[tuple[str, ast.Expression]]:
    """Yield the names that an equation defines with their expressions, what it is of last.

    Raises ValueError when it cannot be read.
    """
    whole, _, where = equation.partition(WHERE)
    for part in (*_parts(where), whole):
        name, sign, text = part.partition(" = ")
        if not sign or not name.isidentifier():
            message = f"'{part}' is no equation: write a name, ' = ', and what it is"
            raise ValueError(message)
        try:
            yield name, ast.parse(_python(text), mode="eval")
        except SyntaxError as error:
            message = f"'{text}' cannot be read ({error.msg})"
            raise ValueError(message) from None


def symbols(equation: str) -> set[str]:
    """Return the names of numbers in an equation, without those that it defines itself."""
    found: set[str] = set()
    defined: set[str] = set()
    for name, expression in definitions(equation):
        whole = {ast.unparse(one) for one in ast.walk(expression) if isinstance(one, ast.Attribute)}
        called = {
            one.func.id
            for one in ast.walk(expression)
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
        }
        names = {one.id for one in ast.walk(expression) if isinstance(one, ast.Name)}
        owners = {one.split(".")[0] for one in whole}
        found |= (names - called - owners - defined - set(CONSTANTS)) | whole
        defined.add(name)
    return found


def rules_in(equation: str) -> set[str]:
    """Return the names of the rules that an equation calls."""
    return {
        one.func.id
        for _, expression in definitions(equation)
        for one in ast.walk(expression)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
    } - set(FUNCTIONS)


def value(equation: str, rule: Callable[..., Any], given: dict[str, Any]) -> Any:  # noqa: ANN401 - a number of any kind
    """Return what an equation gives of some values, with the constants of the rule's module."""
    known = {name: plain(one) if callable(one) else one for name, one in _globals(rule).items()}
    names = known | FUNCTIONS | CONSTANTS | given
    found: Any = None
    for name, expression in definitions(equation):
        names[name] = found = eval(compile(expression, name, "eval"), {}, names)  # noqa: S307 - our own docstring
    return found


def _globals(rule: Callable[..., Any]) -> dict[str, Any]:
    return dict(rule.__globals__)


def _parts(where: str) -> list[str]:
    """Return the definitions after `where`, which are kept apart by semicolons outside braces."""
    found, depth = [""], 0
    for sign in where:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == ";" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [part.strip() for part in found if part.strip()]


def _python(text: str) -> str:
    """Return an expression as Python writes it; cases from the innermost to the outermost."""
    inner: list[str] = []
    while found := CASES.search(text):
        inner.append(_chosen(found))
        text = f"{text[: found.start()]}⟨{len(inner) - 1}⟩{text[found.end() :]}"
    while found := INNER.search(text):
        text = f"{text[: found.start()]}{inner[int(found[1])]}{text[found.end() :]}"
    text = NAMED.sub(r"\1=", text)
    for sign, plain_sign in SIGNS.items():
        text = text.replace(sign, plain_sign)
    return text


def _chosen(cases: re.Match[str]) -> str:
    """Return cases as Python writes them: `{a if c; b otherwise}` is `(a if c else b)`."""
    *some, last = (part.strip() for part in cases[1].split(";"))
    other, sign, rest = last.rpartition(" otherwise")
    if not sign or rest or not all(one.count(" if ") == 1 for one in some):
        message = f"'{cases[0]}' are no cases: write {{a if c; b otherwise}}"
        raise ValueError(message)
    chosen = "".join(f"({one.replace(' if ', ') if (')}) else " for one in some)
    return f"({chosen}({other}))"
