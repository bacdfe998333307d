"""Months that runs share are lived once, and every run is to the bit what it would be alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.calendar import MONTHS_PER_YEAR, START_NUMBER
from model.enums import FamilyType, Municipality
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario, Target
from model.policy.timetable import asked_before, build, first_difference, partings
from model.registry import LEVERS
from model.run.shared import Pasts
from model.run.simulation import Simulation
from model.state import Moment
from scenarios import load
from scenarios.files.load import names

FAMILIES, YEARS = 60, 7
HORIZON = YEARS * MONTHS_PER_YEAR
TARGETS = (
    None,
    None,
    Target(municipalities=(Municipality.ROTTERDAM, Municipality.EINDHOVEN)),
    Target(family_types=(FamilyType.RECENT,)),
    Target(years_in_nl=(0.0, 4.0)),
)


def run(scenario: Scenario, pasts: Pasts | None = None, **more: object) -> Simulation:
    """A small run that has not begun."""
    settings = {"families": FAMILIES, "years": YEARS, "seed": 3, "pasts": pasts} | more
    return Simulation(scenario, **settings)  # type: ignore[arg-type]


def kept_at(months: tuple[int, ...], scenario: Scenario, **more: Any) -> Pasts:  # noqa: ANN401
    """What a run of the scenario was before some months."""
    pasts, base = Pasts(), run(scenario, **more)
    for month in months:
        while base.month < month:
            base.step()
        pasts.keep(base)
    return pasts


def tallies(moment: Moment) -> list[np.ndarray]:
    """What is carried beside the state, but for the month."""
    return [moment.shown, moment.queue, moment.counts, moment.newcomers]


def same(ours: Simulation, theirs: Simulation) -> bool:
    """Whether two runs are equal to the bit: people, tallies, signals and sums."""
    mine, other = ours.past(), theirs.past()
    return (
        mine.state.equals(other.state)
        and mine.moment.month == other.moment.month
        and all(map(np.array_equal, tallies(mine.moment), tallies(other.moment)))
        and list(mine.sums) == list(other.sums)
        and all(mine.sums[year].tobytes() == other.sums[year].tobytes() for year in mine.sums)
        and mine.weights.tobytes() == other.weights.tobytes()
    )


def moved(lever: str, value: float, start: int, target: Target | None = None) -> Scenario:
    change = LeverChange(lever=lever, value=value, start=START_NUMBER + start, target=target)
    return Scenario(id="moved", levers=(change,))


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_goes_on_from_the_reference_as_if_it_had_lived_all_itself(
    name: str,
) -> None:
    base, scenario = load("s01_reference"), load(name)
    ours, theirs = (build(one, HORIZON, base) for one in (scenario, base))
    _, month = first_difference(ours, theirs, HORIZON) or ("", HORIZON)
    pasts = kept_at((month,) if month else partings(ours)[:1], base, reference=base)

    shared = run(scenario, pasts, reference=base)

    assert shared.month >= month
    assert same(shared.run(), run(scenario, reference=base).run())


def drawn(luck: np.random.Generator, number: int) -> Scenario:
    """A scenario that moves levers by luck: when, how fast, for how long and for whom."""
    levers = []
    for k in luck.choice(len(LEVERS), size=4, replace=False):
        lever = LEVERS[k]
        value = float(luck.uniform(lever.low, lever.high))
        is_whole = lever.kind in {"boolean", "integer"} or lever.name == "reform_start"
        start = int(luck.integers(0, HORIZON - 12))
        levers.append(
            LeverChange(
                lever=lever.name,
                value=float(round(value)) if is_whole else value,
                start=None if start < 6 else START_NUMBER + start,
                ramp_months=int(luck.choice([0, 0, 9])),
                end=None if luck.random() < 0.7 else START_NUMBER + start + 8,
                target=TARGETS[luck.integers(len(TARGETS))],
            )
        )
    parameters: tuple[ParameterChange, ...] = ()
    if luck.random() < 0.3:
        change = ParameterChange(
            parameter="school.fade_rate", value=0.3, start=float(START_NUMBER + 20)
        )
        parameters = (change,)
    return Scenario(id=f"drawn_{number}", levers=tuple(levers), parameters=parameters)


@pytest.mark.parametrize("number", range(12))
def test_scenarios_of_any_kind_share_what_they_can_and_live_what_they_must(number: int) -> None:
    luck = np.random.default_rng(number)
    first = drawn(luck, number)
    second = Scenario(id="second", levers=first.levers[:2] + drawn(luck, number).levers[:2])
    pasts, before = Pasts(), run(first, seed=number)
    for month in range(1, HORIZON, 5):
        while before.month < month:
            before.step()
        pasts.keep(before)

    shared = run(second, pasts, seed=number)

    assert same(shared.run(), run(second, seed=number).run())


def test_two_scenarios_share_all_months_before_the_first_that_differs() -> None:
    alternative = moved("info_point_coverage", 1.0, 30)
    pasts = kept_at((12, 30, 36), FROZEN_2023)

    assert run(alternative, pasts).month == 30
    assert run(FROZEN_2023, pasts).month == 36


def test_a_lever_that_is_moved_further_shares_the_months_before_it_moves() -> None:
    first = Scenario(
        id="first",
        levers=(
            *moved("info_point_coverage", 0.6, 10).levers,
            *moved("course_hours", 90.0, 40).levers,
        ),
    )
    pasts = kept_at(partings(build(first, HORIZON)), first)
    further = Scenario(
        id="second", levers=(first.levers[0], *moved("course_hours", 200.0, 40).levers)
    )

    assert run(further, pasts).month == 40


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"seed": 4}, id="other luck"),
        pytest.param({"families": FAMILIES + 1}, id="other families"),
        pytest.param({"years": YEARS + 1}, id="a longer run"),
        pytest.param({"parameters": {"population.share_lone_parents": 0.3}}, id="other people"),
        pytest.param({"off": ("network",)}, id="a channel off"),
        pytest.param({"reference": load("s02_bandwidth")}, id="other marks"),
    ],
)
def test_a_run_of_anything_else_shares_nothing(other: dict[str, object]) -> None:
    pasts = kept_at((12,), FROZEN_2023)

    assert run(FROZEN_2023, pasts, **other).month == 0


def test_nothing_is_shared_with_a_run_whose_people_were_given() -> None:
    people = run(FROZEN_2023).state.copy()
    pasts = kept_at((12,), FROZEN_2023, population=people)

    assert run(FROZEN_2023, pasts).month == 0
    assert run(FROZEN_2023, pasts, population=people).month == 0


def test_what_is_weighted_by_a_base_shares_no_months_with_what_is_not() -> None:
    other = run(FROZEN_2023, seed=4).run().sums().weights
    pasts = kept_at((24,), FROZEN_2023)
    weighted = kept_at((24,), FROZEN_2023, weights=other)
    own = run(FROZEN_2023).run().sums().weights

    assert run(FROZEN_2023, pasts, weights=other).month == 0
    assert run(FROZEN_2023, weighted).month == 0
    assert run(FROZEN_2023, weighted, weights=other).month == 24
    assert same(run(FROZEN_2023, pasts, weights=own).run(), run(FROZEN_2023, weights=own).run())
    assert run(FROZEN_2023, pasts, weights=own).month == 24


def test_what_was_not_used_longest_goes_first() -> None:
    one = kept_at((1,), FROZEN_2023).furthest(run(FROZEN_2023).asked, None)
    assert one is not None
    pasts, base = Pasts(int(2.5 * one.nbytes)), run(FROZEN_2023)
    for month in (1, 2, 3):
        while base.month < month:
            base.step()
        pasts.keep(base)
        assert run(moved("info_point_coverage", 1.0, 1), pasts).month == 1

    assert run(FROZEN_2023, pasts).month == 3
    assert run(moved("info_point_coverage", 1.0, 2), pasts).month == 1


def test_one_who_goes_on_leaves_what_was_kept_as_it_was() -> None:
    pasts = kept_at((12,), FROZEN_2023)
    first = run(FROZEN_2023, pasts).run()

    assert same(run(FROZEN_2023, pasts).run(), first)


ROTTERDAM, RECENT = TARGETS[2], TARGETS[3]


def asked(*levers: LeverChange) -> tuple[bytes, ...]:
    return asked_before(build(Scenario(id="asked", levers=levers), HORIZON), b"")


@pytest.fixture
def for_whom() -> Callable[[Target | None, int], LeverChange]:
    return lambda who, start: moved("info_point_coverage", 0.7, start, who).levers[0]


def test_a_target_group_counts_from_the_month_in_which_something_is_asked_of_it(
    for_whom: Callable[[Target | None, int], LeverChange],
) -> None:
    nothing, later = asked(), asked(for_whom(ROTTERDAM, 20))

    assert later[:21] == nothing[:21]
    assert later[21] != nothing[21]


def test_the_same_groups_are_the_same_in_whatever_order_they_stand(
    for_whom: Callable[[Target | None, int], LeverChange],
) -> None:
    early = moved("course_hours", 90.0, 5, RECENT).levers[0]

    assert asked(early, for_whom(ROTTERDAM, 5)) == asked(for_whom(ROTTERDAM, 5), early)
    assert asked(for_whom(RECENT, 5))[6] != asked(for_whom(ROTTERDAM, 5))[6]


def test_another_value_for_the_same_group_is_another_policy(
    for_whom: Callable[[Target | None, int], LeverChange],
) -> None:
    more = replace(for_whom(ROTTERDAM, 5), value=0.8)

    assert asked(more)[5] == asked(for_whom(ROTTERDAM, 5))[5]
    assert asked(more)[6] != asked(for_whom(ROTTERDAM, 5))[6]
