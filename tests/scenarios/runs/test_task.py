"""A task lives the months that its scenarios share once."""

from __future__ import annotations

from model.calendar import MONTHS_PER_YEAR, START_NUMBER
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.runs.task import Task

YEARS = 3
HORIZON = YEARS * MONTHS_PER_YEAR


def moved(name: str, *changes: tuple[str, float, int]) -> Scenario:
    """A scenario that moves levers to a value, each from a month of the run on."""
    levers = tuple(
        LeverChange(lever=lever, value=value, start=START_NUMBER + start)
        for lever, value, start in changes
    )
    return Scenario(id=name, levers=levers)


def test_the_scenarios_of_a_task_live_their_shared_months_once(lived: list[str]) -> None:
    housing, course = ("housing_decoupled", 1.0, 20), ("course_hours", 200.0, 30)
    task = Task(
        scenarios=(FROZEN_2023, moved("one", housing), moved("both", housing, course)),
        reference=FROZEN_2023,
        families=20,
        years=YEARS,
        replicate=0,
        seed=5,
    )

    task.live()

    assert [lived.count(name) for name in (FROZEN_2023.id, "one", "both")] == [
        HORIZON,
        HORIZON - 20,
        HORIZON - 30,
    ]
