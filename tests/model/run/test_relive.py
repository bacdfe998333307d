"""A family may live the open month again, with something changed, and leaves no trace of it."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import InputError
from model.family_rows import FamilyRows, rows_of
from model.policy.scenario import FROZEN_2023
from model.run.simulation import Simulation
from model.state import State

SEED, MONTHS = 3, 8


@pytest.fixture
def opened() -> tuple[Simulation, State]:
    """A run whose ninth month is open and lived, and its state before."""
    run = Simulation(FROZEN_2023, families=60, seed=SEED, years=1)
    for _ in range(MONTHS):
        run.step()
    before = run.state.copy()
    run.open()
    run.live()
    return run, before


def entered(run: Simulation) -> range:
    return range(int(run.state.entries[run.month]))


def test_a_month_lived_again_ends_as_before(opened: tuple[Simulation, State]) -> None:
    run, before = opened

    for row in entered(run):
        again = run.relive(row, rows_of(before, row))
        assert not again.differ(rows_of(run.state, row))


def test_an_experiment_leaves_no_trace(opened: tuple[Simulation, State]) -> None:
    run, before = opened
    state, levers = run.state.copy(), run.timetable.levers.copy()
    parameters = run.timetable.parameters.copy()

    for row in entered(run):
        run.relive(row, rows_of(before, row), levers={"housing_decoupled": 1.0})
        run.relive(row, rows_of(before, row), parameters={"labour_index": 0.1})
    other = Simulation(FROZEN_2023, families=60, seed=SEED, years=1)
    for name in ("signals", "places", "schools"):
        run.relive(0, rows_of(before, 0), around={name: getattr(other.state, name)})

    assert run.state.equals(state)
    assert np.array_equal(run.timetable.levers, levers)
    assert np.array_equal(run.timetable.parameters, parameters)
    run.close()
    undisturbed = Simulation(FROZEN_2023, families=60, seed=SEED, years=1)
    for _ in range(MONTHS + 1):
        undisturbed.step()
    run.step()
    undisturbed.step()
    assert run.state.equals(undisturbed.state)


def test_what_is_changed_may_change_the_month(opened: tuple[Simulation, State]) -> None:
    run, before = opened

    def moved(**changes: dict[str, float]) -> int:
        return sum(
            run.relive(row, rows_of(before, row), **changes).differ(rows_of(run.state, row))  # type: ignore[arg-type]
            for row in entered(run)
        )

    assert moved(levers={"care_access_level": 1.0}) > 0
    assert moved(parameters={"labour_index": 0.5}) > 0
    # What rules give for whole months is worked out anew.
    assert moved(parameters={"leave_new": 0.9}) > 0
    assert moved(parameters={"catch_up_year": 0.9}) > 0


def test_the_levers_of_a_family_are_those_of_the_month(opened: tuple[Simulation, State]) -> None:
    run, before = opened

    assert run.levers_of(0, rows_of(before, 0)) == run.timetable.levers[run.month, 0]
    assert run.variants(np.arange(5)).tolist() == [0] * 5


def test_an_experiment_that_cannot_be_is_refused(opened: tuple[Simulation, State]) -> None:
    run, before = opened
    family = rows_of(before, 0)

    with pytest.raises(InputError, match=r"no column 'housing_decupled'.*'housing_decoupled'"):
        run.relive(0, family, levers={"housing_decupled": 1.0})
    with pytest.raises(InputError, match=r"no surroundings 'school'.*'schools'"):
        run.relive(0, family, around={"school": run.state.schools})
    with pytest.raises(InputError, match="must have the shape"):
        run.relive(0, family, around={"signals": run.state.signals[:3]})
    run.close()
    with pytest.raises(InputError, match="no month is open"):
        run.relive(0, family)


def test_marks_are_no_difference() -> None:
    run = Simulation(FROZEN_2023, families=4, seed=SEED, years=1)
    family = rows_of(run.state, 0)
    marked = FamilyRows(family.families.copy(), family.adults, family.children)
    marked.families["touched"] = 5

    assert not family.differ(marked)
    assert marked.marks() & 5 == 5
