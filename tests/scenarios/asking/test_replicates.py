"""A question lived replicate by replicate: the numbers of `compare`, and nothing lived twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboards.texts import texts
from dashboards.texts.numbers import written
from model.errors import Cancelled, InputError
from model.policy.scenario import Scenario
from scenarios import load
from scenarios.asking import replicates as lived_one_by_one
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.runs import kept
from scenarios.runs.run import run_pairs
from scenarios.statistics.answers import answers

FAMILIES, YEARS, SEED, N = 400, 7, 3, 3
OUTCOMES = ("vsv_vo_expected", "forced_moves", "contract_permanent", "n_children")


def asked(**changes: object) -> Question:
    question = Question(
        base=load("s01_reference"),
        alternative=load("s05_flex_law"),
        families=FAMILIES,
        years=YEARS,
        seed=SEED,
    )
    return replace(question, **changes)  # type: ignore[arg-type]


class Counted:
    """Stands before the model and counts what is lived."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        real = kept.lived

        def lived(scenario: Scenario, **settings: object) -> object:
            self.names.append(scenario.id)
            return real(scenario, **settings)  # type: ignore[arg-type]

        monkeypatch.setattr(lived_one_by_one, "lived", lived)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def test_the_numbers_are_those_of_compare_to_the_last_digit(tmp_path: Path) -> None:
    question = asked()
    found = Replicates(question, Memory())
    while found.n < N:
        next(found)
    run = run_pairs(
        question.scenarios,
        families=FAMILIES,
        years=YEARS,
        seed=SEED,
        replicates=range(N),
        out=tmp_path / "run",
        workers=1,
    )
    t = texts("en")
    for stored in answers(run, outcome=OUTCOMES):
        now = found.sums().look(stored.outcome, stored.population).answer
        assert now.years == stored.years
        if not stored.is_small:
            assert written(now, t) == written(stored, t)
            assert now.value == pytest.approx(stored.value, rel=1e-12, abs=1e-15)
            assert (now.low, now.high) == pytest.approx((stored.low, stored.high), nan_ok=True)
    assert not any(one.is_small for one in answers(run, outcome="forced_moves"))


def test_a_lever_that_moves_lives_neither_the_base_nor_its_people_again(counted: Counted) -> None:
    memory = Memory()
    next(Replicates(asked(), memory))
    next(Replicates(asked(alternative=load("s02_bandwidth")), memory))

    assert counted.names == ["s01_reference", "s05_flex_law", "s02_bandwidth"]


def test_who_asks_again_goes_on_where_it_was_left(counted: Counted) -> None:
    memory = Memory()
    first = Replicates(asked(), memory)
    next(first), next(first)
    again = Replicates(asked(), memory)
    assert again.is_remembered()
    next(again), next(again)
    assert not again.is_remembered()

    assert len(counted.names) == 4
    assert np.array_equal(first.sums().numerators, again.sums().numerators)


def test_a_chunk_that_was_stopped_counts_for_nothing(counted: Counted) -> None:
    found = Replicates(asked(), Memory())
    next(found)
    months: list[int] = []
    with pytest.raises(Cancelled):
        found.live(lambda done, _: months.append(done), lambda: len(months) > YEARS * 12 + 3)
    assert found.n == 1
    before = found.sums().numerators
    next(found)

    # The base of the second replicate was whole and is not lived again.
    assert counted.names.count("s01_reference") == 2
    assert np.array_equal(found.sums().numerators[..., :1], before)


def test_it_does_not_matter_which_of_two_at_once_is_ready_first() -> None:
    at_once, in_turn = Replicates(asked(), Memory()), Replicates(asked(), Memory())
    first, second = at_once.begin(), at_once.begin()
    assert at_once.live(replicate=second) == 0
    assert at_once.begun == 2
    assert at_once.live(replicate=first) == 2
    next(in_turn), next(in_turn)

    assert np.array_equal(at_once.sums().numerators, in_turn.sums().numerators)


def test_one_that_was_stopped_is_the_next_to_begin() -> None:
    found = Replicates(asked(), Memory())
    first, second = found.begin(), found.begin()
    with pytest.raises(Cancelled):
        found.live(stop=lambda: True, replicate=first)

    assert (found.begun, found.begin(), second) == (1, first, 1)


def test_memory_is_bounded(counted: Counted) -> None:
    memory = Memory(most_runs=2)
    for name in ("s05_flex_law", "s02_bandwidth", "s05_flex_law"):
        next(Replicates(asked(alternative=load(name)), memory))

    assert counted.names.count("s05_flex_law") == 2
    assert counted.names.count("s01_reference") == 1


def test_a_question_is_named_by_its_numbers() -> None:
    assert asked().key == asked(base=replace(load("s01_reference"), title_en="Other words")).key
    others = [asked(seed=4), asked(years=8), asked(families=500), asked(alternative=asked().base)]
    assert len({one.key for one in (asked(), *others)}) == 5


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError):
        asked(years=0)
    with pytest.raises(InputError):
        asked(families=-1)
