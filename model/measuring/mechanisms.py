"""What each mechanism of the month costs: a month up to it, less a month up to the one before.

The month that is timed is made of the text of `family_month`: each mechanism in it is put under a
condition, so that what is timed is what is lived.
"""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from time import process_time
from typing import Any

from model.calendar import MONTHS_PER_YEAR
from model.kernel.compile import loop
from model.kernel.rows import World
from model.measuring.counting import is_active
from model.policy.timetable import Timetable
from model.run import schedule
from model.run.engine import Engine
from model.state import State

MECHANISMS: dict[str, str] = {
    part.function: part.name
    for part in schedule.MONTH
    if part.function.endswith("_month") or part.function == "show"
}
"""The mechanisms by their function, with their names in `MONTH`, in the order of the month."""

_MONTH = "month_until"

LiveUntil = Callable[[World, int, int, int], None]
"""Lets a family (row, month) live the first so many mechanisms of a month."""


class _Numbered(ast.NodeTransformer):
    """Puts the k-th mechanism under the condition that more than k are lived."""

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        call = node.value
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            return node
        if call.func.id not in MECHANISMS:
            return node
        number = list(MECHANISMS).index(call.func.id)
        condition = ast.Compare(ast.Name("last", ast.Load()), [ast.Gt()], [ast.Constant(number)])
        return ast.If(condition, [node], [])


@cache
def live_until() -> LiveUntil:
    """Return the month of a family with a last argument: how many mechanisms of it are lived."""
    text = textwrap.dedent(inspect.getsource(schedule.family_month.py_func))  # type: ignore[attr-defined]
    (function,) = ast.parse(text).body
    if not isinstance(function, ast.FunctionDef):
        message = "the month is not a function"
        raise TypeError(message)
    function.decorator_list = []
    function.name = _MONTH
    function.args.args.append(ast.arg("last"))
    made = ast.fix_missing_locations(ast.Module([_Numbered().visit(function)], []))
    scope: dict[str, Any] = {**vars(schedule), "__name__": __name__}
    annotations = "from __future__ import annotations\n"
    exec(annotations + ast.unparse(made), scope)  # noqa: S102 - the text is the model's own
    month: LiveUntil = loop(scope[_MONTH])
    globals()[_MONTH] = month  # where a cache on disk looks for what is called
    return month


@cache
def _live_rows() -> Callable[[World, int, int, int], None]:
    month = live_until()

    @loop
    def rows(w: World, now: int, n_rows: int, last: int) -> None:
        for i in range(n_rows):
            month(w, i, now, last)

    return rows


def costs(
    state: State, timetable: Timetable, seed: int, before: int, rounds: int
) -> tuple[dict[str, float], float]:
    """Return what each mechanism costs in a year, and what the rows alone do: ns a family-month.

    The year follows `before` months; of every month the fastest of `rounds` counts. Drawing and
    reading what holds for a family is in the second number. `state` is lived on.
    """
    engine = Engine(state, timetable, seed)
    for _ in range(before):
        engine.step()
    total = [0.0] * (len(MECHANISMS) + 1)
    family_months = 0
    for _ in range(MONTHS_PER_YEAR):
        engine.open()
        family_months += int(is_active(engine.state.families[: engine.n_rows]).sum())
        fastest = [float("inf")] * len(total)
        for _ in range(rounds):
            for last in range(len(total)):
                fastest[last] = min(fastest[last], _seconds(engine, last))
        total = [so_far + month for so_far, month in zip(total, fastest, strict=True)]
        engine.live()
        engine.close()
    ns = [seconds / family_months * 1e9 for seconds in total]
    names = MECHANISMS.values()
    return {name: ns[k + 1] - ns[k] for k, name in enumerate(names)}, ns[0]


def _seconds(engine: Engine, last: int) -> float:
    """Return the processor time of the open month up to a mechanism, on a copy."""
    own = copy.deepcopy(engine)
    world = own.world
    start = process_time()
    _live_rows()(world, own.month, own.n_rows, last)
    return process_time() - start
