"""What not knowing the parameters leaves of an answer: lived, counted, and as `compare` has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.calendar import START_NUMBER
from model.errors import Cancelled
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.asking import not_knowing
from scenarios.asking.not_knowing import Drawn
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.runs.run import run_pairs
from scenarios.statistics.answers import answers

POLICY = Scenario(
    id="homes",
    levers=(LeverChange(lever="housing_decoupled", value=1.0, start=START_NUMBER + 6.0),),
)
QUESTION = Question(base=FROZEN_2023, alternative=POLICY, families=300, years=4, seed=5)
N = 4


def test_it_is_that_of_compare_with_as_many_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(not_knowing, "DRAWS", N)
    monkeypatch.setattr(not_knowing, "POSTERIOR", tmp_path / "none")
    memory = Memory()
    found, drawn = Replicates(QUESTION, memory), Drawn(QUESTION, memory)
    while found.n < N:
        next(found)
        assert drawn.not_knowing("forced_moves", found.sums()) is None
        drawn.live()
    run = run_pairs(
        QUESTION.scenarios,
        families=QUESTION.families,
        years=QUESTION.years,
        seed=QUESTION.seed,
        replicates=range(N),
        draws="prior",
        out=tmp_path / "run",
        workers=1,
    )
    (stored,) = answers(run, outcome="forced_moves", population="eu11")
    now = drawn.not_knowing("forced_moves", found.sums())

    assert now is not None
    assert stored.not_knowing is not None
    assert tuple(now) == pytest.approx(tuple(stored.not_knowing), rel=1e-9, abs=1e-12)
    assert now.low < now.high


def test_a_draw_that_was_stopped_counts_for_nothing() -> None:
    drawn = Drawn(QUESTION, Memory())

    with pytest.raises(Cancelled):
        drawn.live(stop=lambda: True)
    assert drawn.n == 0


def test_the_base_of_a_draw_is_not_lived_again_for_another_question() -> None:
    memory = Memory()
    Drawn(QUESTION, memory).live()
    other = Question(base=FROZEN_2023, alternative=FROZEN_2023, families=300, years=4, seed=5)
    drawn = Drawn(other, memory)

    assert drawn.live(stop=lambda: True) == 1  # nothing is lived, so nothing can be stopped
