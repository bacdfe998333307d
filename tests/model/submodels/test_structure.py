"""Other forms that the world may have: off as shipped, and each changes what it says it does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import SchoolMonth
from model.enums import Population, Stage
from model.family_rows import family_of_child
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.registry import BY_PARAMETER
from model.run.build import build_population
from model.state import State

OPTIONS = {
    "school.direct_contract": 0.05,
    "structure.moves_and_leaving": 0.1,
    "structure.fixed_norm": 1.0,
    "structure.fade_floor": 0.3,
    "structure.peers_in_class": 0.1,
}


@cache
def people() -> State:
    """The people of a start; tests only read it."""
    return build_population(build(FROZEN_2023, 36), 1, 1500)


def live(parameters: Mapping[str, float] = {}, months: int = 27) -> State:
    """Live some months of the same people, with some forms switched on."""
    model = FamilyModel(
        families=1500,
        rng=1,
        years=3,
        collect=False,
        population=people(),
        parameters=parameters,
    )
    model.run_for(months)
    return model.state


@pytest.fixture(scope="module")
def shipped() -> State:
    return live()


@pytest.mark.parametrize("name", OPTIONS)
def test_every_form_is_off_as_shipped_and_drawn_from_no_prior(name: str) -> None:
    assert BY_PARAMETER[name].value == 0.0
    assert not BY_PARAMETER[name].is_free


def test_a_direct_effect_of_contracts_lowers_learning(shipped: State) -> None:
    other = live({"school.direct_contract": OPTIONS["school.direct_contract"]})

    assert other.children["learning_z"].mean() < shipped.children["learning_z"].mean()


def test_the_published_sign_of_moves_raises_leaving_but_for_moves_of_three_to_six_years_ago() -> (
    None
):
    until = SchoolMonth.OCTOBER + 1
    shipped = live(months=until)
    other = live({"structure.moves_and_leaving": OPTIONS["structure.moves_and_leaving"]}, until)
    before = shipped.children["vsv_hazard_year"]
    change = other.children["vsv_hazard_year"] - before
    moved = shipped.families["last_chosen_move"][family_of_child(shipped)]
    years = (SchoolMonth.OCTOBER - moved.astype(int)) / 12.0
    is_between = (years >= 3.0) & (years < 6.0)

    assert (change[is_between] <= 0.0).all()
    assert (change[~is_between] >= 0.0).all()
    assert change.min() < 0.0 < change.max()
    np.testing.assert_array_equal(other.families["moved_months"], shipped.families["moved_months"])


def test_against_a_fixed_norm_what_comparable_children_meet_puts_them_behind_too(
    shipped: State,
) -> None:
    other = live({"structure.fixed_norm": OPTIONS["structure.fixed_norm"]})
    at_school = shipped.children["is_enrolled"] == 1
    before, after = (state.children["learning_z"][at_school] for state in (shipped, other))
    is_comparable = (
        shipped.families["population"][family_of_child(shipped)][at_school] == Population.COMPARABLE
    )

    assert (after <= before + 1e-6).all()
    assert after[is_comparable].mean() < before[is_comparable].mean() - 0.02


def test_gains_that_fade_to_a_floor_leave_more_than_gains_that_fade_to_nothing(
    shipped: State,
) -> None:
    other = live({"structure.fade_floor": OPTIONS["structure.fade_floor"]})
    young = np.isin(shipped.children["stage"], range(Stage.PO1, Stage.PO4))

    lasting = other.children["language_z"][young] - shipped.children["language_z"][young]
    assert lasting.mean() > 0.0
    np.testing.assert_array_equal(
        other.children["ve_hours"][young], shipped.children["ve_hours"][young]
    )


def test_newcomers_in_class_cost_dutch_of_those_with_another_language_at_home_only(
    shipped: State,
) -> None:
    other = live({"structure.peers_in_class": OPTIONS["structure.peers_in_class"]})
    changed = other.children["language_z"] != shipped.children["language_z"]

    assert changed.any()
    assert (other.children["language_z"] <= shipped.children["language_z"] + 1e-6).all()
    # Comparable parents have always spoken Dutch.
    population = shipped.families["population"][family_of_child(shipped)]
    assert not changed[population == Population.COMPARABLE].any()
