"""What was asked before is answered from the cache, to the bit; whatever else is lived."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.disk import cache
from model.disk.packing import packed
from model.enums import Municipality
from model.errors import InputError
from model.outcomes.observers import Observer, View
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario, Target
from model.run.simulation import Simulation
from model.run.snapshot import made_by
from scenarios import evaluate
from scenarios.runs.run import run_pairs

ASKED: dict[str, Any] = {"families": 20, "years": 2, "seed": 3, "cached": True}
PLAN = Scenario(
    id="plan", title_en="A plan", levers=(LeverChange(lever="housing_decoupled", value=1.0),)
)
THERE = replace(
    PLAN.levers[0], target=Target(municipalities=(Municipality.ROTTERDAM, Municipality.DEN_HAAG))
)
OTHERS: dict[str, dict[str, Any]] = {
    "families": {"families": 22},
    "years": {"years": 3},
    "seed": {"seed": 4},
    "base": {"base": PLAN},
    "target": {"base": replace(PLAN, levers=(THERE,))},
    "levers": {"levers": {"housing_decoupled": 1}},
    "parameters": {"parameters": {"school.fade_rate": 0.2}},
    "sample": {"sample": {"school.fade_rate": 0.3}},
    "off": {"off": ["income"]},
}


@pytest.fixture(autouse=True)
def lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A cache of this test's own, and the months of every run that is lived."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    months: list[int] = []
    run = Simulation.run

    def noted(self: Simulation, *arguments: Any, **more: Any) -> Simulation:  # noqa: ANN401
        months.append(self.horizon)
        return run(self, *arguments, **more)

    monkeypatch.setattr(Simulation, "run", noted)
    return months


def test_the_same_question_is_lived_once_and_answered_with_the_same_bits(lived: list[int]) -> None:
    told: list[tuple[int, int]] = []

    first = evaluate(**ASKED)
    again = evaluate(**ASKED, progress=lambda *done: told.append(done))
    of_groups = evaluate(**ASKED, groups=("municipality",))

    assert lived == [24]
    assert told == [(24, 24)]
    assert first.school_years == again.school_years
    assert first.numbers.tobytes() == again.numbers.tobytes()
    without = evaluate(**(ASKED | {"cached": False, "groups": ("municipality",)}))
    assert np.array_equal(of_groups.numbers, without.numbers)
    assert of_groups.groups == without.groups


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_question_is_lived(name: str, lived: list[int]) -> None:
    evaluate(**ASKED)

    evaluate(**(ASKED | OTHERS[name]))

    assert len(lived) == 2


def test_titles_and_names_make_no_other_question(lived: list[int]) -> None:
    evaluate(**ASKED, base=PLAN)

    evaluate(**ASKED, base=replace(PLAN, id="again", title_en="Another name for it"))

    assert len(lived) == 1


def test_a_damaged_answer_is_lived_again(lived: list[int]) -> None:
    first = evaluate(**ASKED)
    (entry,) = cache.entries(["answers"])
    entry.path.write_bytes(entry.path.read_bytes()[:-9])

    again = evaluate(**ASKED)

    assert len(lived) == 2
    assert first.numbers.tobytes() == again.numbers.tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b"no arrays at all",
        packed({"school_years": ["2024/25"]}, {}),
        packed({"school_years": 3}, {"numbers": np.zeros(1)}),
        packed({"school_years": ["2024/25"]}, {"numbers": np.zeros(1)}),
    ],
)
def test_what_is_no_answer_is_lived_again(
    content: bytes, lived: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenarios.runs.kept.packed", lambda *_: content)
    first = evaluate(**ASKED)

    again = evaluate(**ASKED)

    assert len(lived) == 2
    assert first.numbers.tobytes() == again.numbers.tobytes()


def test_another_code_ledger_or_version_makes_another_question(
    lived: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = made_by()
    assert set(here) == {"code of the model", "ledger of parameters", "numba", "numpy"}
    evaluate(**ASKED)

    for name in here:
        monkeypatch.setattr(
            "scenarios.runs.kept.made_by", lambda name=name: here | {name: "another"}
        )
        evaluate(**ASKED)

    assert len(lived) == 5


def test_without_a_place_to_write_it_is_lived_and_answered(
    lived: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "folder", lambda: None)

    assert evaluate(**ASKED).numbers.tobytes() == evaluate(**ASKED).numbers.tobytes()
    assert len(lived) == 2


def test_answers_that_were_not_asked_for_longest_go_first(
    lived: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate(**ASKED)
    (entry,) = cache.entries(["answers"])
    os.utime(entry.path, (1, 1))
    evaluate(**ASKED | {"seed": 4})
    monkeypatch.setattr(cache, "LIMIT", entry.size * 3 // 2)

    cache.sweep()

    evaluate(**ASKED | {"seed": 4})
    assert len(lived) == 2
    evaluate(**ASKED)
    assert len(lived) == 3


class Watcher(Observer):
    """Sees every month."""

    def __init__(self) -> None:
        self.months: list[int] = []

    def month(self, view: View) -> None:
        """Note it."""
        self.months.append(view.month)


def test_who_wants_to_see_the_run_sees_it_lived() -> None:
    evaluate(**ASKED)
    watcher = Watcher()

    evaluate(**ASKED, observers=[watcher])

    assert watcher.months == list(range(24))


def test_what_cannot_be_used_is_refused_whatever_is_kept(lived: list[int]) -> None:
    evaluate(**ASKED)

    for wrong in ({"families": "many"}, {"years": 0}, {"seed": -1}, {"groups": ("nobody",)}):
        with pytest.raises(InputError):
            evaluate(**(ASKED | wrong))
    with pytest.raises(InputError, match="Did you mean"):
        evaluate(**ASKED, sample={"school.fade_rat": 0.2})
    assert len(lived) == 1


def test_an_ensemble_is_always_lived_so_that_verifying_it_means_something(lived: list[int]) -> None:
    for _ in range(2):
        run_pairs((FROZEN_2023, PLAN), families=20, years=2, replicates=range(1), workers=1)

    assert len(lived) == 4
    assert cache.entries(["answers"]) == []
