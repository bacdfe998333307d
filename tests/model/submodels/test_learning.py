"""Belonging, learning and Dutch of children, in the language of the world."""

from __future__ import annotations

import numpy as np
import pytest

from model import FamilyModel, calendar
from model.policy.scenario import LeverChange, Scenario
from model.registry import BY_PARAMETER


def test_who_comes_at_twelve_or_later_does_not_feel_at_home_yet_whenever_it_comes() -> None:
    model = FamilyModel(families=3000, rng=1, years=6, collect=False)
    on_arrival = BY_PARAMETER["school.belonging_late"].value
    entered = []
    for _ in range(60):
        before = model.state.children["is_enrolled"].copy()
        first = model.state.children["first_school_month"] == calendar.NEVER
        model.step()
        children = model.state.children
        late = (children["late_arrival"] != 0) & (before == 0) & (children["is_enrolled"] != 0)
        entered.extend(children["belonging"][late & first])

    # They entered this month, so one month of growing, and at most a change of school, is in it.
    assert len(entered) > 20
    assert max(entered) < on_arrival + 0.05


def test_a_late_arrival_that_waits_for_a_school_at_the_start_does_not_feel_at_home_either() -> None:
    model = FamilyModel(families=8000, rng=1, years=2, collect=False)
    late = model.state.children["late_arrival"] != 0
    here = model.state.children["birth_month"] < -calendar.TWELVE
    waiting = late & here & (model.state.children["is_enrolled"] == 0)
    for _ in range(6):
        model.step()
    entered = waiting & (model.state.children["is_enrolled"] != 0)

    assert entered.sum() >= 10
    assert model.state.children["belonging"][entered].mean() < 0.5


@pytest.mark.parametrize("usual", [0.98, 0.4])
def test_belonging_stays_between_nothing_and_all(usual: float) -> None:
    levers = (LeverChange(lever="culture_sensitive_share", value=1.0),)
    model = FamilyModel(
        Scenario(id="warm", levers=levers),
        families=300,
        rng=1,
        years=4,
        collect=False,
        parameters={
            "school.belonging_usual": usual,
            "school.belonging_culture": 0.45,
            "school.belonging_months": 4,
            "school.belonging_change": 0.57,
        },
    )
    model.run_for(40)
    pupils = model.state.children["is_enrolled"] != 0
    belonging = model.state.children["belonging"][pupils]

    assert belonging.min() >= 0.0
    assert belonging.max() <= 1.0
    assert np.ptp(belonging) > 0.1
