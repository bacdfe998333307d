"""Care of children while their parents work: by the hour, of who minds them, and for the young."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import THIRTEEN
from model.policy.scenario import LeverChange, Scenario
from model.registry import BY_PARAMETER
from model.state import State
from model.submodels.care import rules

EARLY = BY_PARAMETER["work.early_start_hour"].value
TAKE_UP = BY_PARAMETER["care.care_early_late"].value
MONTHS = 25


@cache
def lived(opens: float = 7.0, closes: float = 18.5) -> State:
    """Return the state after two years with childcare that opens and closes at these hours."""
    changes = (
        LeverChange(lever="childcare_open_hour", value=opens),
        LeverChange(lever="childcare_close_hour", value=closes),
    )
    model = FamilyModel(
        Scenario(id="care", levers=changes), families=3000, rng=1, years=3, collect=False
    )
    model.run_for(MONTHS)
    return model.state


def age_in_years(state: State) -> np.ndarray:
    return (MONTHS - 1 - state.children["birth_month"].astype(float)) / 12.0


def family_of_children(state: State) -> np.ndarray:
    families = state.families
    order = np.argsort(families["first_child"], kind="stable")
    return np.repeat(order, families["n_children"][order])


def outside(opens: float, start: float = EARLY) -> float:
    return rules.carer_outside_hours(
        start=start,
        end=start + 9.0,
        opens=opens,
        closes=18.5,
        usual_opens=7.0,
        usual_closes=18.5,
        share_formal=0.15,
        share_early_late=TAKE_UP,
        hours_full=4.0,
    )


def test_childcare_that_opens_half_an_hour_earlier_does_a_half_hours_worth() -> None:
    gains = -np.diff([outside(opens) for opens in (7.0, 6.5, 6.0, 5.5, 5.0)])

    assert gains[:3] == pytest.approx([TAKE_UP * 0.5 / 4.0] * 3)
    assert gains[3] == 0.0


def test_childcare_that_is_open_is_used_by_those_who_would_use_it_and_by_no_other() -> None:
    assert outside(5.0) == pytest.approx((1.0 - TAKE_UP) * outside(7.0))


def test_a_carer_who_begins_a_little_earlier_is_a_little_more_outside_childcare_hours() -> None:
    starts = np.arange(4.0, 7.5, 0.25)
    steps = -np.diff([outside(7.0, start) for start in starts])

    assert steps.min() >= 0.0
    assert steps.max() == pytest.approx(0.25 / 4.0)


def test_other_opening_hours_change_the_learning_of_children_under_thirteen_only() -> None:
    usual, early = lived(), lived(opens=5.0)
    differs = usual.children["learning_z"] != early.children["learning_z"]
    # Who turned thirteen within the two years had still been younger at the start.
    has_been_young = age_in_years(usual) - MONTHS / 12.0 < THIRTEEN / 12.0

    assert differs.sum() > 50
    # Absence of older brothers and sisters does not hang on who minds the youngest.
    assert not differs[~has_been_young].any()


@pytest.mark.parametrize("field", ["home_alone_hours"])
def test_later_closing_means_fewer_hours_alone_up_to_the_end_of_the_lever(field: str) -> None:
    hours = [float(lived(closes=end).children[field].mean()) for end in (18.5, 20.0, 21.0, 22.0)]

    assert hours == sorted(set(hours), reverse=True)


def test_longer_opening_takes_away_no_more_hours_alone_than_would_be_used() -> None:
    usual, early = (lived(opens=opens).children["home_alone_hours"] for opens in (7.0, 5.0))

    assert early.mean() < usual.mean()
    assert early.mean() > (1.0 - 2.0 * TAKE_UP) * usual.mean()


def test_a_child_is_alone_more_the_older_it_is_and_not_from_twelve_on() -> None:
    state = lived()
    old, hours = age_in_years(state), state.children["home_alone_hours"]
    pupils = state.children["is_enrolled"] != 0
    means = [
        float(hours[pupils & (old >= low) & (old < low + 2.0)].mean()) for low in (4, 6, 8, 10)
    ]

    assert means == sorted(set(means))
    assert means[0] < 1.0
    assert not hours[pupils & (old >= 12.0)].any()


def test_who_has_kin_nearby_is_alone_less() -> None:
    def hours(years: float) -> float:
        kin = rules.kin_nearby(years_in_nl=years, on_arrival=0.2, per_year=0.02, most=0.8)
        return rules.hours_unminded(
            start=5.5,
            end=8.5,
            opens=7.0,
            closes=18.5,
            usual_opens=7.0,
            usual_closes=18.5,
            share_kin=rules.share_by_kin(kin, 0.31),
            share_other=0.3,
            share_other_outside=0.15,
            share_formal=0.1,
            share_early_late=TAKE_UP,
        )

    assert hours(1.0) > hours(10.0) > hours(30.0) == hours(40.0)


def test_a_child_whose_parent_is_at_home_is_never_alone() -> None:
    state = lived()
    family = family_of_children(state)
    n_working = (state.adults["contract"].reshape(-1, 2) != 7).sum(axis=1)
    has_one_at_home = n_working < state.families["n_adults"]
    here = state.families["status"] == 1

    at_home = has_one_at_home[family] & here[family]
    assert at_home.sum() > 50
    assert not state.children["home_alone_hours"][at_home].any()
