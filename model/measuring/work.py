"""One slice of the month alone, the month at work: the same step as in a run, without the rest."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from model.enums import Status
from model.kernel.compile import loop
from model.kernel.rows import World, family_row, lever_row, parameter_row
from model.measuring.counting import is_active
from model.policy.timetable import Timetable
from model.run.engine import Engine
from model.run.schedule import family_levers
from model.state import State
from model.submodels.at_home import at_home
from model.submodels.work.jobs import work_month


@loop
def work_rows(w: World, month: int, n_rows: int) -> None:
    """Let all active rows live the month at work, and nothing else of it."""
    for i in range(n_rows):
        if family_row(w, i).status not in (Status.IN_NL, Status.ABROAD_TEMP):
            continue
        lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
        young = at_home(w, i, month).young
        work_month(w, i, month, young, lv, parameter_row(w, month))


def work(state: State, timetable: Timetable, seed: int, months: int) -> Iterator[tuple[float, int]]:
    """Yield the seconds of each month at work, and of how many families; `state` is lived on.

    Opening and closing the month is not timed.
    """
    engine = Engine(state, timetable, seed)
    for month in range(months):
        engine.open()
        n = int(is_active(engine.state.families[: engine.n_rows]).sum())
        start = perf_counter()
        work_rows(engine.world, month, engine.n_rows)
        yield perf_counter() - start, n
        engine.close()
