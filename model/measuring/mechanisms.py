"""What each mechanism of the month costs: a month up to it, less a month up to the one before.

The order is that of `family_month`; a test holds the two against each other.
"""

from __future__ import annotations

import copy
from time import process_time

import numpy as np

from model.calendar import MONTHS_PER_YEAR
from model.enums import Status
from model.kernel.compile import loop, step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, family_row, lever_row, parameter_row
from model.measuring.counting import is_active
from model.policy.timetable import Timetable
from model.registry import LeverRow, ParameterRow
from model.run.engine import Engine
from model.run.schedule import MONTH, children_month, family_levers
from model.state import State
from model.submodels.contact.steps import contact_month, show
from model.submodels.housing.steps import housing_month
from model.submodels.language.steps import language_month
from model.submodels.rights.steps import rights_month
from model.submodels.stay.steps import stay_month
from model.submodels.work.jobs import work_month

MECHANISMS: tuple[str, ...] = tuple(
    part.name for part in MONTH if part.function.endswith("_month") or part.function == "show"
)
"""The mechanisms in the order of the month, by the names of `MONTH`."""

_WORK, _RIGHTS, _HOUSING, _STAY, _CONTACT, _LANGUAGE, _CHILDREN, _SHOW = range(len(MECHANISMS))


@step
def live_until(w: World, i: int, month: int, last: int) -> None:
    """Let family `i` live the first `last` mechanisms of a month."""
    family = family_row(w, i)
    if family.status not in (Status.IN_NL, Status.ABROAD_TEMP):
        return
    p = parameter_row(w, month)
    lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
    a = draw4(w.seed, family.key, Block.FAMILY_A, month)
    family.moved_months = np.uint16(family.moved_months << 1)
    if last > _WORK:
        work_month(w, i, month, lv, p)
    if last > _RIGHTS:
        rights_month(w, i, month, lv, p)
    if last > _HOUSING:
        housing_month(w, i, month, lv, p, a[0], a[1])
    if last > _STAY:
        stay_month(w, i, month, lv, p, a[2], a[3])
    if family.status != Status.EMIGRATED:
        _live_rest(w, i, month, last, lv, p)


@step
def _live_rest(w: World, i: int, month: int, last: int, lv: LeverRow, p: ParameterRow) -> None:
    family = family_row(w, i)
    b = draw4(w.seed, family.key, Block.FAMILY_B, month)
    if last > _CONTACT:
        contact_month(w, i, month, lv, p, b[0], b[1], b[3])
    if last > _LANGUAGE:
        language_month(w, i, month, lv, p, b[2])
    if last > _CHILDREN:
        children_month(w, i, month, lv, p)
    if last > _SHOW and family.status == Status.IN_NL:
        show(w, i)


@loop
def _live_rows(w: World, month: int, n_rows: int, last: int) -> None:
    for i in range(n_rows):
        live_until(w, i, month, last)


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
    return {name: ns[k + 1] - ns[k] for k, name in enumerate(MECHANISMS)}, ns[0]


def _seconds(engine: Engine, last: int) -> float:
    """Return the processor time of the open month up to a mechanism, on a copy."""
    own = copy.deepcopy(engine)
    world = own.world
    start = process_time()
    _live_rows(world, own.month, own.n_rows, last)
    return process_time() - start
