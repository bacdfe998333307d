"""Rules with one sign turned: known answers are worth something if each of these turns one red.

`+` and `-`, `*` and `/`, `<` and `>`, `min` and `max`, `and` and `or` are exchanged one at a time;
a minus in front is left out, a condition is asked the other way round, and a limit moves between
below and up to (`<`, `<=`).
"""

from __future__ import annotations

import ast
import copy
import inspect
import operator
from collections.abc import Callable, Iterator
from functools import partial

from model.kernel.compile import plain
from tests.model.known_answers import Example, Rule

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Lt: (ast.Gt, ast.LtE),
    ast.Gt: (ast.Lt, ast.GtE),
    ast.LtE: (ast.GtE, ast.Lt),
    ast.GtE: (ast.LtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.USub: (ast.UAdd,),
    ast.Not: (ast.UAdd,),  # + of a truth is as true as the truth
}
NAMES = {
    "min": "max",
    "max": "min",
    "np.minimum": "np.maximum",
    "np.maximum": "np.minimum",
}

SAME: dict[str, str] = {}
"""Turned signs that change no answer, and why."""


def turned(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield a rule with each of its signs turned in its turn, after words on what was turned."""
    function = ast.parse(inspect.getsource(rule)).body[0]
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    names = {name: plain(value) for name, value in inspect.getmodule(rule).__dict__.items()}
    for place, node in enumerate(ast.walk(function)):
        for number in range(len(list(turns(node)))):
            changed = copy.deepcopy(function)
            found = list(ast.walk(changed))[place]
            list(turns(found))[number]()
            made = dict(names)
            module = ast.fix_missing_locations(ast.Module([changed], type_ignores=[]))
            exec(compile(module, rule.__name__, "exec"), made)  # noqa: S102 - our own text
            what = f"{ast.unparse(node)} -> {ast.unparse(found)}".replace("\n", " ")
            yield f"{rule.__name__}: {what}", made[rule.__name__]


def turns(node: ast.AST) -> Iterator[Callable[[], None]]:
    """Yield the ways to turn one sign of this piece of code, each to be called once."""
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield partial(setattr, node, "op", other())
    if isinstance(node, ast.Compare):
        for place, one in enumerate(node.ops):
            for other in OPERATORS[type(one)]:
                yield partial(operator.setitem, node.ops, place, other())
    if isinstance(node, ast.Call) and ast.unparse(node.func) in NAMES:
        name = NAMES[ast.unparse(node.func)]
        yield partial(setattr, node, "func", ast.parse(name, mode="eval").body)
    if isinstance(node, ast.If | ast.IfExp) and isinstance(node.test, ast.Name):
        yield partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test))


def is_seen(changed: Rule, examples: list[Example]) -> bool:
    """Return whether some row turns red; an error turns one red too."""
    try:
        return not all(example.holds(changed) for example in examples)
    except (ArithmeticError, ValueError):
        return True


def unseen(rule: Rule, examples: list[Example]) -> list[str]:
    """Return the turned signs that no row of a rule sees."""
    return [what for what, changed in turned(rule) if not is_seen(changed, examples)]
