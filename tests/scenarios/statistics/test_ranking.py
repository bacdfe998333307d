"""The order of scenarios: every pair with an interval that it shares, and people at full size."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from model.errors import InputError
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.run.simulation import Simulation
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.answer import Answer
from scenarios.statistics.ask import difference
from scenarios.statistics.ranking import full_size_factor, ranking, so_many_people

CARE, HOURS = (
    Scenario(id=name, levers=(LeverChange(lever=lever, value=value),))
    for name, lever, value in (
        ("care", "care_access_level", 0.9),
        ("hours", "extra_education_hours", 3.0),
    )
)


@pytest.fixture(scope="module")
def run() -> Ensemble:
    return run_pairs(
        (FROZEN_2023, CARE, HOURS), families=200, years=2, replicates=range(3), workers=1
    )


def test_scenarios_stand_from_low_to_high_and_every_pair_is_there(run: Ensemble) -> None:
    found = ranking(run, "care_access")

    assert set(found.order) == set(run.scenarios)
    assert [found.levels[one] for one in found.order] == sorted(found.levels.values())
    assert found.order[-1] == "care"
    pairs = [(one.base, one.alternative) for one in found.pairs]
    assert pairs == list(combinations(run.scenarios, 2))
    assert found.n_apart == 2


def test_pairs_share_the_error_so_their_intervals_are_wider_than_one_alone(run: Ensemble) -> None:
    (first, *_) = ranking(run, "care_access").pairs
    alone = difference(first.base, first.alternative, run=run, outcome="care_access")

    assert first.value == alone.value
    assert first.confidence == pytest.approx(1 - 0.05 / 3)
    assert first.low < alone.low < alone.high < first.high
    two = run_pairs((FROZEN_2023, CARE), families=200, years=2, replicates=range(3), workers=1)
    assert ranking(two, "care_access").pairs[0].low == pytest.approx(alone.low)


def test_a_run_of_one_scenario_has_no_order() -> None:
    alone = run_pairs((FROZEN_2023,), families=20, years=1, workers=1)

    with pytest.raises(InputError, match="nothing to compare it with"):
        ranking(alone, "care_access")


def test_the_full_size_is_as_many_times_the_run_as_the_model_lays_down(run: Ensemble) -> None:
    whole = Simulation(families=None, seed=1, years=1).state
    part = Simulation(families=200, seed=1, years=1).state
    at_start = (int(state.entries[0]) for state in (whole, part))
    n_whole, n_part = at_start

    assert full_size_factor(run) == pytest.approx(n_whole / n_part)


@pytest.mark.parametrize(
    ("outcome", "value", "people"),
    [
        ("vsv_mbo_expected", -0.002, -0.002 * 800 * 50),
        ("forced_moves", 0.01, 0.01 * 800 * 50),
        ("n_families", 3.0, 150.0),
    ],
)
def test_a_difference_is_so_many_people_at_full_size(
    outcome: str, value: float, people: float
) -> None:
    found = so_many_people(answer(outcome=outcome, value=value), 50.0)

    assert found is not None
    assert found == pytest.approx((people, people - abs(people) / 2, people + abs(people) / 2))


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "income_eur_month"},
        {"outcome": "vsv_adult_share"},
        {"population": "comparable"},
        {"population": "gap"},
        {"group": "municipality:rotterdam"},
        {"behind": np.nan},
    ],
)
def test_of_other_differences_no_number_of_people_is_said(changes: dict[str, object]) -> None:
    assert so_many_people(replace(answer(), **changes), 50.0) is None  # type: ignore[arg-type]


def answer(outcome: str = "vsv_mbo_expected", value: float = -0.002) -> Answer:
    half = abs(value) / 2
    return Answer(
        outcome=outcome, population="eu11", group="all", layer="actual", base="a",
        alternative="b", years=("2030/31",), level_base=0.1, level=0.1 + value, value=value,
        low=value - half, high=value + half, p_sign=0.9, confidence=0.95, n=3, behind=800.0,
        is_small=False,
    )  # fmt: skip
