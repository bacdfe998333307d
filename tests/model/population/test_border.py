"""Families across the border: on top of those here, and counted only when a lever says so."""

from __future__ import annotations

import numpy as np
import pytest

from model import FamilyModel
from model.enums import Municipality, Population, Status
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population


def test_border_families_lie_on_top_of_the_stock_and_wait() -> None:
    state = build_population(build(FROZEN_2023, 180), 1, 500)
    border = state.families["is_border"] == 1

    assert border.any()
    assert np.array_equal(border, state.families["municipality"] == Municipality.BORDER)
    assert np.flatnonzero(border).min() >= state.entries[0] == 500
    assert (state.families["status"][border] == Status.AWAITED).all()
    assert not state.families["is_registered"][border].any()
    assert (state.families["population"][border] == Population.EU11).all()
    assert (state.families["n_children"][border] > 0).all()


def here(share: float, months: int = 1) -> np.ndarray:
    """The families that are here after some months, with this share of border families."""
    levers = (LeverChange(lever="border_family_share", value=share),)
    scenario = Scenario(id="border", levers=levers)
    model = FamilyModel(scenario, families=500, rng=1, years=15, collect=False)
    model.run_for(months)
    families = model.state.families
    return np.asarray(families[families["status"] == Status.IN_NL])


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1, 0.2])
def test_so_many_border_families_count_as_policy_says_and_nobody_else_goes(share: float) -> None:
    without, counted = here(0.0), here(share)
    border = counted["is_border"] == 1
    expected = share * 250

    assert not without["is_border"].any()
    assert abs(border.sum() - expected) <= 3 * expected**0.5
    assert np.array_equal(without["key"], counted["key"][~border])


def test_border_families_go_on_coming() -> None:
    assert here(0.2, 60)["is_border"].sum() > here(0.2)["is_border"].sum()
