"""The one way to run the model: what goes in is checked, what comes out has names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model import FamilyModel
from model.errors import Cancelled, InputError
from model.outcomes.observers import Observer, View
from model.outcomes.registry import ACTUAL
from model.outcomes.sums import GROUPS, Sums
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario
from model.run.build import Populations
from model.state import ARRAYS
from scenarios import evaluate
from scenarios.runs.run import run_pairs

SIZE: dict[str, Any] = {"families": 60, "years": 3, "seed": 5}
DECOUPLED = Scenario(id="decoupled", levers=(LeverChange(lever="housing_decoupled", value=1.0),))


@pytest.fixture(scope="module")
def frozen() -> Sums:
    return evaluate(**SIZE)


class Diary(Observer):
    """Notes what it is shown."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.months: list[str] = []
        self.here: list[int] = []

    def start(self, view: View) -> None:
        """Note when it begins."""
        self.begun.append(view.month)

    def month(self, view: View) -> None:
        """Note the month, and who is here."""
        self.months.append(view.month_text)
        self.here.append(int(view.is_here().sum()))


def test_it_is_the_run_that_the_model_makes(frozen: Sums) -> None:
    model = FamilyModel(families=60, years=3, rng=5, collect=False).run()
    table = model.outcomes()

    assert np.array_equal(frozen.numbers, model.sums().of_groups(["all"]).numbers)
    pd.testing.assert_frame_equal(
        frozen.table(FROZEN_2023.id),
        table[table["dimension"] == "all"].reset_index(drop=True),
    )


def test_levers_lie_on_top_of_a_base(frozen: Sums) -> None:
    on_top = evaluate({"housing_decoupled": 1.0}, **SIZE)
    from_file = evaluate({"housing_decoupled": 1.0}, base="s01_reference", **SIZE)

    assert np.array_equal(on_top.numbers, evaluate(base=DECOUPLED, **SIZE).numbers)
    assert not np.array_equal(on_top.numbers, frozen.numbers)
    assert not np.array_equal(on_top.numbers, from_file.numbers)


def test_a_lever_may_have_a_schedule(frozen: Sums) -> None:
    late = evaluate({"digital_info_reach": {"value": 1.0, "start": "2025-08"}}, **SIZE)
    year = frozen.school_years.index("2025/26")

    assert np.array_equal(late.numbers[: year - 1], frozen.numbers[: year - 1])
    assert not np.array_equal(late.numbers[year], frozen.numbers[year])


@pytest.mark.parametrize("value", [1, 1.0, True, np.float64(1.0), np.int64(1), np.True_], ids=repr)
def test_a_yes_or_no_may_be_a_number_of_a_program(value: Any) -> None:  # noqa: ANN401
    made = evaluate({"zero_hours_abolished": value}, families=4, years=1, seed=1)
    by_word = evaluate({"zero_hours_abolished": True}, families=4, years=1, seed=1)

    assert np.array_equal(made.numbers, by_word.numbers)


def test_parameters_win_over_the_base_and_the_base_over_a_sample() -> None:
    change = ParameterChange(parameter="work.labour_index", value=0.8)
    base = Scenario(id="fewer_jobs", parameters=(change,))
    index = {"work.labour_index": 1.1}

    under = evaluate(base=base, sample=index, **SIZE)
    over = evaluate(parameters=index, base=base, **SIZE)

    assert np.array_equal(under.numbers, evaluate(base=base, **SIZE).numbers)
    assert np.array_equal(over.numbers, evaluate(parameters=index, **SIZE).numbers)
    assert not np.array_equal(over.numbers, under.numbers)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"levers": {"housing_decupled": 1}}, "Did you mean 'housing_decoupled'"),
        ({"levers": {"housing_decoupled": 1.5}}, "1.5 lies outside"),
        ({"levers": {"housing_decoupled": float("nan")}}, "housing_decoupled"),
        ({"levers": {"zero_hours_abolished": 0.5}}, "Write true or false"),
        ({"levers": {"housing_decoupled": "much"}}, "housing_decoupled"),
        ({"parameters": {"school.fade_rat": 0.2}}, "Did you mean 'school.fade_rate'"),
        ({"parameters": {"school.fade_rate": -1.0}}, "fade_rate"),
        ({"sample": {"school.fade_rat": 0.2}}, "Did you mean 'school.fade_rate'"),
        ({"base": "s01_referense"}, "Did you mean 's01_reference'"),
        ({"groups": ["munisipality"]}, "Did you mean 'municipality'"),
        ({"groups": ["municipality:roterdam"]}, "Did you mean 'municipality:rotterdam'"),
        ({"off": ["rooster"]}, "Did you mean 'roster'"),
        ({"families": -4}, "families = -4"),
        ({"years": 0}, "years = 0"),
        ({"seed": -1}, "the seed -1"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anybody_lives(
    given: dict[str, Any], said: str
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    with pytest.raises(InputError, match=said):
        evaluate(**{"families": 4, "years": 1, "seed": 1} | given, progress=never)


def test_only_the_groups_that_are_asked_are_given() -> None:
    everybody = evaluate(groups=GROUPS, **SIZE)
    some = evaluate(groups=["all", "municipality", "family_type:recent"], **SIZE)

    assert len(some.groups) == 1 + 9 + 1
    assert some.groups[1] == "municipality:den_haag"
    for group in some.groups:
        assert np.array_equal(
            some.numerators("n_children", group=group),
            everybody.numerators("n_children", group=group),
        )


def test_an_observer_sees_every_month_once() -> None:
    diary = Diary()
    evaluate(families=20, years=2, seed=1, observers=[diary])

    assert diary.begun == [0]
    assert diary.months[0] == "2023-08"
    assert diary.months[-1] == "2025-07"
    assert len(diary.months) == 24
    assert min(diary.here) > 0


def test_the_face_for_mesa_is_observed_as_well() -> None:
    diary, same = Diary(), Diary()
    evaluate(families=20, years=2, seed=1, observers=[diary])
    model = FamilyModel(families=20, years=2, rng=1, collect=False)
    model.agents.do("step")
    model.run(observers=[same])

    assert same.begun == [1]
    assert same.here == diary.here[1:]


def test_who_is_observed_lives_as_who_is_not(frozen: Sums) -> None:
    watched = evaluate(observers=[Diary(), Diary()], **SIZE)

    assert np.array_equal(watched.numbers, frozen.numbers)


def test_an_observer_cannot_write() -> None:
    class Meddler(Observer):
        """Tries to write into every array."""

        def month(self, view: View) -> None:
            for name in ARRAYS:
                with pytest.raises(ValueError, match="read-only"):
                    getattr(view.state, name)[:1] = 0

    evaluate(families=4, years=1, seed=1, observers=[Meddler()])


def test_an_observer_that_sees_no_month_is_none() -> None:
    class Blind(Observer):
        """Forgot what it is for."""

    with pytest.raises(TypeError, match="month"):
        Blind()  # type: ignore[abstract]


def test_a_run_says_how_far_it_is_and_stops_between_two_months() -> None:
    heard: list[tuple[int, int]] = []

    with pytest.raises(Cancelled, match="stopped after 5 of 24 months"):
        evaluate(
            families=4,
            years=2,
            seed=1,
            progress=lambda *done: heard.append(done),
            stop=lambda: len(heard) == 5,
        )

    assert heard == [(k, 24) for k in range(1, 6)]


def test_it_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    evaluate(families=4, years=1, seed=1)

    assert list(tmp_path.iterdir()) == []


def test_people_that_are_kept_are_those_laid_down_anew(frozen: Sums) -> None:
    people = Populations()
    runs = [evaluate(population=people, **SIZE) for _ in range(2)]

    assert all(np.array_equal(run.numbers, frozen.numbers) for run in runs)


def test_an_ensemble_runs_the_model_the_same_way() -> None:
    ensemble = run_pairs([DECOUPLED], families=60, years=3, seed=5)
    sums = evaluate(base=DECOUPLED, groups=GROUPS, **SIZE)
    stored = ensemble.table(outcome="income_eur_month", dimension="all", population="eu11")

    assert stored["numerator"].tolist() == sums.numerators("income_eur_month").tolist()
    assert stored["denominator"].tolist() == sums.denominators("income_eur_month").tolist()
    assert set(stored["layer"]) == {ACTUAL}


@pytest.mark.parametrize("name", ["levers", "parameters", "sample"])
@pytest.mark.parametrize("given", [5, ["housing_decoupled"], "s05_flex_law"])
def test_settings_that_have_no_names_are_refused_in_words(name: str, given: object) -> None:
    with pytest.raises(InputError, match=rf"evaluate: {name} = .* give values by name, such as "):
        evaluate(**SIZE | {name: given})
