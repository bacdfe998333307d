"""A level is crude, a change over time standardised; a pair is weighted by its base."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from model.outcomes.registry import STANDARDISED
from model.outcomes.sums import HELD
from model.policy.scenario import FROZEN_2023, Scenario
from scenarios.format import parquet
from scenarios.format.layout import WEIGHTED
from scenarios.runs.harness import evaluate
from scenarios.runs.places import live
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.runs.task import Task
from scenarios.statistics.answers import answers
from scenarios.statistics.over_time import DIMENSIONS, over_times, told_as

Pair = tuple[Scenario, Scenario]
SIZE: dict[str, Any] = {"families": 120, "years": 3, "seed": 2}
CHILDREN = ("poor_share", "absent_days", "belonging")


@pytest.fixture(scope="module")
def run(pair: Pair) -> Ensemble:
    return run_pairs(pair, **SIZE, replicates=range(2), workers=1)


def test_both_scenarios_are_weighted_by_the_first_school_year_of_the_base(run: Ensemble) -> None:
    (part,) = run.parts
    runs = {(one.scenario, one.replicate): one for one in parquet.runs_in(part.path, run.layout)}
    place = run.layout.groups.index(("all", "all"))

    for replicate in run.replicates:
        base, other = (runs[name, replicate] for name in run.scenarios)
        counted = base.sums[0][list(WEIGHTED)][:, :, place, 1]
        assert np.array_equal(base.weights.sum(axis=-1), counted)
        assert np.array_equal(base.weights, other.weights)
        assert counted.any()


def test_a_scenario_that_is_lived_without_its_base_has_the_same_weights_and_numbers(
    run: Ensemble, pair: Pair
) -> None:
    task = Task(
        scenarios=pair[1:],
        reference=pair[0],
        families=SIZE["families"],
        years=SIZE["years"],
        replicate=1,
        seed=run.about["seeds"]["1"],
    )
    (alone,) = live(task).runs
    stored = parquet.runs_in(run.parts[0].path, run.layout)

    (beside,) = (one for one in stored if (one.scenario, one.replicate) == (pair[1].id, 1))
    assert alone.digest == beside.digest


def test_other_children_in_the_first_year_of_a_policy_leave_its_weights_those_of_the_base() -> None:
    leaving = {"stay.unemployed_ratio": 6.0, "stay.intention_effect": 4.0}
    size: dict[str, Any] = {**SIZE, "families": 1000, "parameters": leaving, "groups": DIMENSIONS}
    base = evaluate(families=1000, years=3, seed=2, groups=DIMENSIONS)
    own, held = evaluate(**size), evaluate(**size, weighted_as=FROZEN_2023)

    assert not np.array_equal(own.weights, base.weights)
    assert np.array_equal(held.weights, base.weights)
    assert np.array_equal(held.numerators("poor_share"), own.numerators("poor_share"))
    assert not np.array_equal(held.standardised("poor_share"), own.standardised("poor_share"))


def test_a_change_over_time_is_told_crude_and_standardised(run: Ensemble) -> None:
    found = answers(run, outcome=CHILDREN, dimension=told_as(run))
    changed = over_times(run, found)

    assert {one.group for one in found} == {"all", HELD}
    assert [one.answer for one in changed] == [one for one in found if one.group == HELD]
    for one in changed:
        answer = one.answer
        first = answers(
            run,
            outcome=answer.outcome,
            population=answer.population,
            dimension=told_as(run),
            years=run.school_years[:1],
        )
        crude, held = first
        (later,) = (
            two
            for two in found
            if two.group == "all"
            and (two.outcome, two.population) == (answer.outcome, answer.population)
        )
        assert one.first == run.school_years[0]
        assert one.standardised == pytest.approx(
            (answer.level_base - held.level_base, answer.level - held.level)
        )
        assert one.crude == pytest.approx(
            (later.level_base - crude.level_base, later.level - crude.level)
        )
        assert held.level_base == pytest.approx(crude.level_base)
        assert 0.0 <= one.pooled < 1.0


def test_what_is_no_number_of_each_child_has_no_standardised_answer(run: Ensemble) -> None:
    found = answers(run, outcome=("income_eur_month", "n_children"), dimension=told_as(run))

    assert {one.group for one in found} == {"all"}
    assert over_times(run, found) == []


def test_a_run_of_before_is_told_crude_only(run: Ensemble) -> None:
    about = {**run.about, "groups": [one for one in run.about["groups"] if one[0] == "all"]}
    before = replace(run, about=cast("Any", about))

    assert told_as(before) == ("all",)


def test_run_json_says_what_the_weights_are_of(run: Ensemble) -> None:
    about = json.loads((run.folder / "run.json").read_text("utf-8"))
    told = about["composition"]

    assert [STANDARDISED, "first_year"] in about["groups"]
    assert told["column"] in parquet.footer(run.parts[0].path).columns
    assert ["vsv_mbo_expected", "registered"] in told["series"]
    assert told["generations"] == ["born here", "arrived early", "arrived late"]
    assert (told["stages"][0], told["age_ends"][0]) == ("home or preschool", 4)
