"""A made-up run that looks like the world, and ways to break it."""

from collections.abc import Callable, Mapping

import pytest

from calibration.monitors.observed import Observed
from tests.calibration.made_up import Place, made_up

_RECENT, _SETTLED = "family_type:recent", "family_type:settled"
_STAY = ("0-2", "3-5", "6-10", "11+")


def _by_stay(
    name: str, values: tuple[float, float, float, float], prefix: str
) -> dict[Place, float]:
    return {(name, "eu11", prefix + band): v for band, v in zip(_STAY, values, strict=True)}


TABLE: dict[Place, float] = {
    ("vsv_vo_expected", "eu11", "all"): 0.012,
    ("vsv_vo_expected", "eu11", _RECENT): 0.015,
    ("vsv_vo_expected", "eu11", _SETTLED): 0.011,
    ("vsv_vo_expected", "comparable", "all"): 0.009,
    ("vsv_mbo_expected", "eu11", "all"): 0.089,
    ("vsv_mbo_expected", "eu11", _RECENT): 0.12,
    ("vsv_mbo_expected", "eu11", _SETTLED): 0.085,
    ("vsv_mbo_expected", "comparable", "all"): 0.075,
    ("vsv_adult_share", "eu11", "all"): 0.67,
    ("learning_at_12", "eu11", "all"): -0.12,
    ("learning_at_12", "eu11", _RECENT): -0.2,
    ("learning_at_12", "eu11", _SETTLED): -0.1,
    ("learning_at_12", "comparable", "all"): 0.0,
    ("language_at_12", "eu11", _RECENT): -0.5,
    ("language_at_12", "eu11", _SETTLED): -0.2,
    ("language_at_12", "comparable", "all"): 0.0,
    ("advice_havo_vwo", "eu11", "all"): 0.42,
    ("advice_havo_vwo", "comparable", "all"): 0.48,
    ("poor_share", "eu11", _RECENT): 0.2,
    ("poor_share", "eu11", _SETTLED): 0.12,
    ("poor_share", "comparable", "all"): 0.1,
    ("crowded_share", "eu11", _RECENT): 0.3,
    ("crowded_share", "eu11", _SETTLED): 0.1,
    ("crowded_share", "comparable", "all"): 0.05,
    ("school_changes", "eu11", _RECENT): 0.1,
    ("school_changes", "eu11", _SETTLED): 0.06,
    ("school_changes", "comparable", "all"): 0.04,
    ("not_enrolled", "eu11", "all"): 0.02,
    **{
        (f"vsv_mbo{level}_expected", population, "all"): rate
        for population in ("eu11", "comparable")
        for level, rate in ((1, 0.29), (2, 0.12), (3, 0.045), (4, 0.038))
    },
    **_by_stay("registered_share", (0.8, 0.9, 0.95, 0.98), "years_in_nl:"),
    **_by_stay("care_access", (0.4, 0.5, 0.6, 0.65), "years_in_nl:"),
    **_by_stay("income_eur_month", (1700.0, 1800.0, 1900.0, 2000.0), "years_in_nl:"),
    **_by_stay("poor_share", (0.25, 0.2, 0.15, 0.1), "years_in_nl:"),
    **_by_stay("parent_dutch", (0.1, 0.3, 0.4, 0.6), "years_in_nl:"),
}
"""Values of outcomes; leaving is of registered children."""

COUNTS: dict[Place, float] = {
    ("permanent_after_36_months", "eu11", "agency"): 0.13,
    ("permanent_after_36_months", "comparable", "low_education"): 0.17,
    ("without_work_after_12_months", "comparable", "all"): 0.28,
    ("departures_by_stay", "eu11", "1-2"): 0.15,
    ("departures_by_stay", "eu11", "3-5"): 0.06,
    ("departures_by_stay", "eu11", "6-10"): 0.03,
    ("departures_by_stay", "eu11", "11+"): 0.01,
    ("moves_of_children", "eu11", "all"): 0.16,
    ("moves_of_children", "comparable", "all"): 0.1,
    ("preschool_reach", "eu11", "all"): 0.5,
    ("preschool_reach", "comparable", "all"): 0.8,
    ("language_at_12_by_arrival_age", "eu11", "0-2"): -0.3,
    ("language_at_12_by_arrival_age", "eu11", "3-5"): -0.4,
    ("language_at_12_by_arrival_age", "eu11", "6-8"): -0.6,
    ("language_at_12_by_arrival_age", "eu11", "9-11"): -0.9,
    ("advice_havo_vwo_by_arrival_age", "eu11", "0-2"): 0.45,
    ("advice_havo_vwo_by_arrival_age", "eu11", "3-5"): 0.42,
    ("advice_havo_vwo_by_arrival_age", "eu11", "6-8"): 0.4,
    ("advice_havo_vwo_by_arrival_age", "eu11", "9-11"): 0.3,
    ("leaving_by_arrival_age", "eu11", "0-2"): 0.01,
    ("leaving_by_arrival_age", "eu11", "3-5"): 0.01,
    ("leaving_by_arrival_age", "eu11", "6-8"): 0.015,
    ("leaving_by_arrival_age", "eu11", "9-11"): 0.02,
    ("leaving_by_arrival_age", "eu11", "12+"): 0.05,
    **_by_stay("preschool_reach", (0.3, 0.4, 0.55, 0.6), ""),
}
"""Values of measures of a watch."""


def make_world(changes: Mapping[Place, float] | None = None, *, without: str = "") -> Observed:
    """Return the made-up run with some values changed, and without one outcome or measure."""
    changed = dict(changes or {})
    assert set(changed) <= {*TABLE, *COUNTS}
    places = [place for place in (*TABLE, *COUNTS) if place[0] != without]
    values = {place: changed.get(place, {**TABLE, **COUNTS}[place]) for place in places}
    return made_up({place: {5: value} for place, value in values.items()})


@pytest.fixture(scope="session")
def world() -> Callable[..., Observed]:
    """A function that makes a run which looks like the world, but for what it is told to change."""
    return make_world
