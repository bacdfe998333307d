"""What is worked out once for whole months of a stay or an age is that of the month lived."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

from model.calendar import START_NUMBER
from model.family_rows import rows_of
from model.policy.scenario import ParameterChange, Scenario
from model.run.shared import Pasts
from model.run.simulation import Simulation
from model.state import State

CHANGED, BACK = 5, 7
"""In which months of the run parameters of the tables are others, from and until."""

AGAIN = Scenario(
    id="again",
    parameters=tuple(
        ParameterChange(
            parameter=name, value=value, start=START_NUMBER + CHANGED, end=START_NUMBER + BACK
        )
        for name, value in (("stay.leave_new", 0.35), ("school.catch_up_year", 0.35))
    ),
)


def begun(month: int) -> Simulation:
    """A run that comes next to a month."""
    run = Simulation(AGAIN, families=60, seed=3, years=1)
    while run.month < month:
        run.step()
    return run


def others(run: Simulation, before: State, **changes: float) -> int:
    """How many families are others than after the open month once each has lived it again."""
    return sum(
        run.relive(row, rows_of(before, row), parameters=changes).differ(rows_of(run.state, row))
        for row in range(int(run.state.entries[run.month]))
    )


def lived(run: Simulation) -> tuple[Simulation, State]:
    """A run whose next month is open and lived, and its state before."""
    before = run.state.copy()
    run.open()
    run.live()
    return run, before


@pytest.mark.parametrize("month", range(CHANGED - 1, BACK + 1))
def test_a_month_is_lived_by_its_own_table_and_not_by_that_of_the_month_before(month: int) -> None:
    run, before = lived(begun(month))

    assert others(run, before) == 0
    usual = run.timetable.parameters_in(CHANGED if not CHANGED <= month < BACK else 0)
    for name in ("leave_new", "catch_up_year"):
        assert others(run, before, **{name: float(getattr(usual, name))}) > 0, name


def test_who_goes_on_from_a_moment_lives_by_the_table_of_its_month() -> None:
    run, pasts = begun(CHANGED), Pasts()
    pasts.keep(run)
    went_on = (
        Simulation(AGAIN, families=60, seed=3, years=1, pasts=pasts),
        Simulation.from_snapshot(run.snapshot()),
        deepcopy(run),
    )

    for other in went_on:
        assert other.month == CHANGED
        assert others(*lived(other)) == 0


def test_an_array_that_is_replaced_leaves_the_table_of_the_month() -> None:
    run = begun(CHANGED)
    run.state.families = np.array(run.state.families)

    assert others(*lived(run)) == 0
