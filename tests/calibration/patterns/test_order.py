"""Every pattern holds for a run that looks like the world, and fails for one that does not."""

from collections.abc import Callable

import pytest

from calibration.monitors.observed import Observed
from calibration.patterns.order import check_patterns

World = Callable[..., Observed]

BREAKS: list[tuple[str, tuple[str, str, str], float]] = [
    ("P1a", ("vsv_vo_expected", "eu11", "all"), 0.010),
    ("P1a", ("vsv_vo_expected", "eu11", "all"), 0.014),
    ("P1b", ("vsv_vo_expected", "eu11", "all"), 0.006),
    ("P1c", ("vsv_mbo_expected", "eu11", "all"), 0.13),
    ("P1d", ("vsv_vo_expected", "comparable", "all"), 0.006),
    ("P1d", ("vsv_vo_expected", "comparable", "all"), 0.013),
    ("P1d", ("vsv_vo_expected", "eu11", "all"), 0.005),
    ("P1e", ("vsv_mbo_expected", "comparable", "all"), 0.06),
    ("P1f", ("learning_at_12", "eu11", "all"), -0.4),
    ("P1f", ("learning_at_12", "eu11", "all"), 0.1),
    ("P1g", ("learning_at_12", "comparable", "all"), -0.3),
    ("P1h", ("advice_havo_vwo", "eu11", "all"), 0.5),
    ("P1i", ("advice_havo_vwo", "eu11", "all"), 0.3),
    ("P2a", ("vsv_vo_expected", "eu11", "family_type:recent"), 0.01),
    ("P2a", ("vsv_vo_expected", "comparable", "all"), 0.0115),
    ("P2b", ("vsv_mbo_expected", "eu11", "family_type:settled"), 0.07),
    ("P2c", ("learning_at_12", "eu11", "family_type:settled"), 0.1),
    ("P2d", ("language_at_12", "eu11", "family_type:recent"), -0.1),
    ("P2e", ("poor_share", "eu11", "family_type:settled"), 0.08),
    ("P2f", ("crowded_share", "eu11", "family_type:recent"), 0.1),
    ("P2g", ("school_changes", "comparable", "all"), 0.07),
    ("P3a", ("registered_share", "eu11", "years_in_nl:6-10"), 0.85),
    ("P3b", ("care_access", "eu11", "years_in_nl:11+"), 0.4),
    ("P3c", ("income_eur_month", "eu11", "years_in_nl:0-2"), 2100.0),
    ("P3d", ("poor_share", "eu11", "years_in_nl:11+"), 0.3),
    ("P3e", ("preschool_reach", "eu11", "6-10"), 0.2),
    ("P3f", ("parent_dutch", "eu11", "years_in_nl:11+"), 0.05),
    ("P5a", ("permanent_after_36_months", "eu11", "agency"), 0.2),
    ("P5b", ("permanent_after_36_months", "comparable", "low_education"), 0.3),
    ("P5c", ("without_work_after_12_months", "comparable", "all"), 0.12),
    ("P6a", ("departures_by_stay", "eu11", "1-2"), 0.06),
    ("P6b", ("departures_by_stay", "eu11", "11+"), 0.05),
    ("P7a", ("preschool_reach", "eu11", "all"), 0.79),
    ("P7b", ("preschool_reach", "comparable", "all"), 0.6),
    ("P7c", ("preschool_reach", "eu11", "all"), 0.81),
    ("P7d", ("not_enrolled", "eu11", "all"), 0.2),
    ("P8a", ("language_at_12_by_arrival_age", "eu11", "9-11"), -0.5),
    ("P8b", ("language_at_12_by_arrival_age", "eu11", "3-5"), -0.55),
    ("P8c", ("advice_havo_vwo_by_arrival_age", "eu11", "9-11"), 0.5),
    ("P8d", ("leaving_by_arrival_age", "eu11", "0-2"), 0.08),
    ("P9a", ("vsv_adult_share", "eu11", "all"), 0.15),
    ("P10a", ("vsv_mbo1_expected", "eu11", "all"), 0.13),
    ("P10a", ("vsv_mbo2_expected", "comparable", "all"), 0.25),
    ("P11a", ("moves_of_children", "eu11", "all"), 0.07),
    ("P11b", ("moves_of_children", "eu11", "all"), 0.11),
    ("P11c", ("moves_of_children", "comparable", "all"), 0.15),
]


def failing(seen: Observed) -> set[str]:
    """Return the keys of the checks that do not hold."""
    return {check.key for check in check_patterns(seen) if not check.holds}


def test_all_patterns_hold_in_a_run_that_looks_like_the_world(world: World) -> None:
    assert failing(world()) == set()


@pytest.mark.parametrize(("key", "place", "value"), BREAKS)
def test_a_pattern_fails_where_the_run_breaks_it(
    world: World, key: str, place: tuple[str, str, str], value: float
) -> None:
    assert key in failing(world({place: value}))


def test_every_pattern_is_broken_by_one_of_these_tests(world: World) -> None:
    keys = [check.key for check in check_patterns(world())]

    assert len(set(keys)) == len(keys)
    assert {key for key, _, _ in BREAKS} == set(keys)


@pytest.mark.parametrize("name", sorted({place[0] for _, place, _ in BREAKS}))
def test_what_was_not_seen_does_not_hold(world: World, name: str) -> None:
    expected = {key for key, place, _ in BREAKS if place[0] == name}

    checks = {check.key: check for check in check_patterns(world(without=name))}

    assert not any(checks[key].is_seen or checks[key].holds for key in expected)


def test_a_check_names_its_numbers(world: World) -> None:
    checks = {check.key: check for check in check_patterns(world())}

    assert "8.9 percent a year" in checks["P1c"].note
    assert "unknown definition" in checks["P1c"].note
    assert checks["P1b"].model == pytest.approx(2.0)
    assert checks["P2a"].model == pytest.approx(0.002)
