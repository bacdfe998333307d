"""Policies tried in one world: the same effects as everywhere, beside the figures of the base."""

from __future__ import annotations

import pytest

from calibration.exploring.policies import Policies, effects_of, policies
from calibration.fitting.waves import Place
from calibration.fitting.world import Model
from calibration.targets.reader import load_targets
from model.errors import InputError
from model.outcomes.registry import last_years
from scenarios import evaluate, load

FAMILIES, YEARS, SEED = 200, 6, 5
MOVED = {"work.p_hire": 0.2}
BASE, OTHER = load("s01_reference"), load("s21_all")
TARGETS = [load_targets()["in_work_eu11"]]
EFFECTS = effects_of((BASE, OTHER), ["knowledge", "knowledge"])


def tried(**parameters: float) -> dict[str, float | None]:
    model = Model(targets=TARGETS, families=FAMILIES, years=YEARS, workers=1)
    world = Policies(model=model, scenarios=(BASE, OTHER), effects=EFFECTS)
    (shown,) = world([Place(wave=0, number=0, seed=SEED, parameters=parameters)])
    return {**shown.values, "failed": float(bool(shown.failed))}


def test_an_effect_is_the_difference_between_two_runs_of_the_same_people() -> None:
    levels = []
    for scenario in (BASE, OTHER):
        sums = evaluate(
            base=scenario, families=FAMILIES, years=YEARS, seed=SEED, sample=MOVED, reference=BASE
        )
        table = sums.table()
        chosen = table[
            (table["outcome"] == "knowledge")
            & (table["layer"] == "actual")
            & (table["population"] == "eu11")
            & table["school_year"].isin(last_years(sums.school_years))
        ]
        levels.append(chosen["numerator"].sum() / chosen["denominator"].sum())

    shown = tried(**MOVED)

    assert [one.name for one in EFFECTS] == ["s21_all: knowledge"]
    assert shown["s21_all: knowledge"] == pytest.approx(levels[1] - levels[0])
    assert levels[1] > levels[0]


def test_a_world_that_the_model_refuses_is_one_that_failed() -> None:
    assert tried(**{"work.p_hire": 7.0}) == {"failed": 1.0}


def test_what_begins_after_the_end_is_refused_before_anything_is_lived() -> None:
    with pytest.raises(InputError, match="lies after the run ends"):
        policies(("s01_reference", "s21_all"), years=3)


def test_numbers_of_people_are_no_effect() -> None:
    with pytest.raises(InputError, match="n_children is a count"):
        effects_of((BASE, OTHER), ["n_children"])
