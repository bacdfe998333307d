"""Same families, only the policy differs: the pairing holds to the bit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import START_NUMBER
from model.enums import Origin
from model.evidence.declaring import Lever
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.registry import LEVERS
from scenarios import load

Live = Callable[..., FamilyModel]
Policy = Callable[..., Scenario]
START = 8
MOVED = [lever for lever in LEVERS if lever.reform != lever.base]


def test_a_scenario_without_change_is_its_base_to_the_bit(lived: Live) -> None:
    levers = tuple(LeverChange(lever=lever.name, value=lever.base) for lever in LEVERS)

    assert lived().state.equals(lived(Scenario(id="null", levers=levers)).state)
    assert lived().state.equals(lived(load("s00_frozen_2023")).state)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_a_lever_changes_nothing_before_its_month(
    lever: Lever, lived: Live, policy: Policy
) -> None:
    value = lever.reform if lever.reform != lever.base else lever.high
    later = policy(lever.name, value, START_NUMBER + START)

    assert lived(months=START).state.equals(lived(later, months=START).state)


def test_permuting_the_labels_of_origin_changes_nothing_but_the_labels(lived: Live) -> None:
    model = lived(months=0)
    labels = model.state.families["origin"]
    eu11 = np.flatnonzero(labels != Origin.NETHERLANDS)
    labels[eu11] = labels[np.roll(eu11, 7)]
    for _ in range(36):
        model.step()
    plain = lived(months=36)

    model.state.families["origin"] = plain.state.families["origin"]

    assert plain.state.equals(model.state)


def test_a_family_that_no_lever_reached_directly_or_through_another_is_identical(
    lived: Live, policy: Policy
) -> None:
    scenario = policy("agency_equal_terms", 1.0)
    base, other = lived(months=24), lived(scenario, months=24)
    here = base.state.families["status"] > 0
    never = here & (base.state.families["touched"] == 0) & (other.state.families["touched"] == 0)

    rows = zip(base.state.families, other.state.families, strict=True)
    differs = np.array([a.tobytes() != b.tobytes() for a, b in rows])

    # Equal terms touch whoever works through an agency in the school year; what they earn reaches
    # others only through where families go, which this lever moves little.
    assert never.sum() > 100
    assert differs[never].mean() < 0.2
    assert differs.any()


def test_arrivals_of_later_years_are_the_same_people(lived: Live) -> None:
    base, other = lived(months=36), lived(load("s21_all"), months=36)

    for field in ("key", "origin", "parent_education", "first_child", "arrival_month", "n_ties"):
        assert (base.state.families[field] == other.state.families[field]).all()
    assert (base.state.children["birth_month"] == other.state.children["birth_month"]).all()


def test_the_base_of_the_model_is_the_frozen_scenario() -> None:
    assert load("s00_frozen_2023").levers == FROZEN_2023.levers
