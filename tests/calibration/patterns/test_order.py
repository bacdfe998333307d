"""Every pattern holds for a run that looks like the world, and fails for one that does not."""

from collections.abc import Callable

import pytest

from calibration.monitors.measures import YOUNG
from calibration.monitors.observed import Observed
from calibration.patterns.check import Check
from calibration.patterns.order import check_patterns
from calibration.patterns.still import standing_still
from calibration.patterns.young import seen_of_the_young

World = Callable[..., Observed]

BREAKS: list[tuple[str, tuple[str, str, str], float]] = [
    ("P1g", ("learning_at_12", "comparable", "all"), -0.3),
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
    ("P5c", ("without_work_after_12_months", "comparable", "all"), 0.12),
    ("P6a", ("departures_by_stay", "eu11", "1-2"), 0.06),
    ("P6b", ("departures_by_stay", "eu11", "11+"), 0.05),
    ("P7a", ("preschool_reach", "eu11", "all"), 0.79),
    ("P8a", ("language_at_12_by_arrival_age", "eu11", "9-11"), -0.5),
    ("P8b", ("language_at_12_by_arrival_age", "eu11", "3-5"), -0.55),
    ("P8c", ("advice_havo_vwo_by_arrival_age", "eu11", "9-11"), 0.5),
    ("P8d", ("leaving_by_arrival_age", "eu11", "0-2"), 0.08),
    ("P10a", ("vsv_mbo1_expected", "eu11", "all"), 0.13),
    ("P10a", ("vsv_mbo2_expected", "comparable", "all"), 0.25),
    ("P11a", ("moves_of_children", "eu11", "all"), 0.07),
    ("P11b", ("moves_of_children", "eu11", "all"), 0.11),
    ("P11c", ("moves_of_children", "comparable", "all"), 0.15),
]


def patterns(seen: Observed) -> list[Check]:
    """Return the checks that one made-up year can show."""
    judged = (check for check in check_patterns(seen) if not check.is_told)
    return [check for check in judged if check.block in ("pattern", "stay")]


def failing(seen: Observed) -> set[str]:
    """Return the keys of the checks that do not hold."""
    return {check.key for check in patterns(seen) if not check.holds}


def test_all_patterns_hold_in_a_run_that_looks_like_the_world(world: World) -> None:
    assert failing(world()) == set()


@pytest.mark.parametrize(("key", "place", "value"), BREAKS)
def test_a_pattern_fails_where_the_run_breaks_it(
    world: World, key: str, place: tuple[str, str, str], value: float
) -> None:
    assert key in failing(world({place: value}))


def test_every_pattern_is_broken_by_one_of_these_tests(world: World) -> None:
    keys = [check.key for check in patterns(world())]

    assert len({check.key for check in check_patterns(world())}) == len(check_patterns(world()))
    assert {key for key, _, _ in BREAKS} == set(keys)


@pytest.mark.parametrize("name", sorted({place[0] for _, place, _ in BREAKS}))
def test_what_was_not_seen_does_not_hold(world: World, name: str) -> None:
    expected = {key for key, place, _ in BREAKS if place[0] == name}

    checks = {check.key: check for check in check_patterns(world(without=name))}

    assert not any(checks[key].is_seen or checks[key].holds for key in expected)


def test_a_check_names_its_numbers(world: World) -> None:
    checks = {check.key: check for check in check_patterns(world())}

    assert checks["P2a"].model == pytest.approx(0.002)
    assert "Recent 0.015" in checks["P2a"].note


def test_a_bound_that_no_source_states_says_why_it_is_there(world: World) -> None:
    stated = {"P7a", "P11c"}
    orders = {"P2a", "P2b", "P2c", "P2d", "P2e", "P2f", "P2g", "P6b", "P8a", "P8c"}

    ours = {one.key for one in patterns(world()) if one.reading}

    assert ours == {one.key for one in patterns(world())} - stated - orders
    assert all(one.reading for one in standing_still(world()))


def test_what_was_not_watched_is_not_seen_to_stand_still(world: World) -> None:
    checks = standing_still(world())

    assert len(checks) > 100
    assert not any(check.is_seen or check.holds for check in checks)


def test_who_is_seen_of_the_young_is_told_by_age_and_not_judged(world: World) -> None:
    checks = seen_of_the_young(world())

    assert all(one.is_told for one in checks)
    assert {one.key.rpartition(".")[2] for one in checks} == set(YOUNG)
