"""One answer: worked out by hand, the same from sums and from a stored run, and honest in words."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.errors import InputError
from model.outcomes.observe import no_weights
from model.outcomes.registry import INDEX, LAYERS, MINIMUM_CELL, POPULATIONS
from model.outcomes.sums import GROUPS, Sums
from model.run.simulation import Simulation
from scenarios import Answer, difference, load
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.answer import Direction, NotKnowing, Reading
from scenarios.statistics.answers import answers

NAN = float("nan")
YEARS = ("2023/24", "2024/25", "2025/26", "2026/27", "2027/28", "2028/29", "2029/30")


def sums(leavers: float, students: float, dutch: float = 5.0, years: int = 7) -> Sums:
    """Return sums with the same numbers of mbo students every year, half of it in the last."""
    shape = (years, len(LAYERS), len(INDEX), len(POPULATIONS), len(GROUPS), 2)
    numbers = np.zeros(shape)
    numbers[:, 0, INDEX["vsv_mbo_expected"], 0, 0] = leavers, students
    numbers[:, 0, INDEX["vsv_mbo_expected"], 1, 0] = dutch, 100.0
    numbers[-1] = 0.0
    return Sums(numbers, YEARS[:years], no_weights())


BASE = (sums(10.0, 100.0), sums(14.0, 100.0, 6.0))
OTHER = (sums(8.0, 100.0, 4.0), sums(10.0, 100.0, 5.0))


def test_the_answer_is_the_one_worked_out_by_hand() -> None:
    found = difference(BASE, OTHER, outcome="vsv_mbo")

    # Differences -0.02 and -0.04: mean -0.03, standard error 0.01, t(0.975; 1) = 12.7062.
    assert found.outcome == "vsv_mbo_expected"
    assert found.level_base == pytest.approx(0.12)
    assert found.level == pytest.approx(0.09)
    assert found.value == pytest.approx(-0.03)
    assert (found.low, found.high) == pytest.approx((-0.157062, 0.097062), abs=1e-6)
    assert found.p_sign == pytest.approx(0.5 + np.arctan(3.0) / np.pi)
    assert (found.n, found.behind, found.confidence) == (2, 100.0, 0.95)
    assert (found.unit, found.population, found.group) == ("share per year", "eu11", "all")
    assert found.years == YEARS[1:6]


def test_the_gap_is_one_difference_of_four_levels() -> None:
    found = difference(BASE, OTHER, outcome="vsv_mbo", population="gap")

    assert found.level_base == pytest.approx(0.12 - 0.055)
    assert found.value == pytest.approx(-0.03 + 0.01)
    # Differences -0.01 and -0.03.
    assert (found.high - found.low) / 2 == pytest.approx(0.127062, abs=1e-6)


def test_levels_are_ratios_of_sums_not_means_of_ratios() -> None:
    found = difference(
        (sums(1.0, 10.0), sums(1.0, 90.0)), (sums(2.0, 10.0), sums(1.0, 90.0)), outcome="vsv_mbo"
    )

    assert (found.level_base, found.level) == pytest.approx((0.02, 0.03))


def test_one_run_gives_a_difference_and_says_nothing_about_chance() -> None:
    found = difference(BASE[0], OTHER[0], outcome="vsv_mbo")

    assert found.value == pytest.approx(-0.02)
    assert np.isnan([found.low, found.high, found.p_sign]).all()
    assert (found.n, found.reading, found.direction) == (1, "once", "lower")


def test_a_mean_of_zero_has_its_interval_where_replicates_differ() -> None:
    there_and_back = (sums(11.0, 100.0), sums(13.0, 100.0, 6.0))

    found = difference(BASE, there_and_back, outcome="vsv_mbo")

    assert found.value == 0
    assert found.low == pytest.approx(-found.high)
    assert found.high == pytest.approx(0.127062, abs=1e-6)
    assert (found.p_sign, found.reading) == (0.5, "unsure")


def test_replicates_that_all_give_the_same_say_nothing_about_chance() -> None:
    same = difference(BASE, BASE, outcome="vsv_mbo")
    moved = difference(BASE, (sums(13.0, 100.0), sums(17.0, 100.0, 6.0)), outcome="vsv_mbo")

    assert (same.value, same.reading, same.direction) == (0.0, "none", "same")
    assert moved.value == pytest.approx(0.03)
    assert np.isnan([moved.low, moved.high, moved.p_sign]).all()


def test_a_small_group_is_marked_whatever_its_numbers() -> None:
    few = (sums(1.0, MINIMUM_CELL - 1.0), BASE[1])

    found = difference(few, OTHER, outcome="vsv_mbo")

    assert (found.is_small, found.reading, found.direction) == (True, "small", "unknown")
    assert not difference(BASE, OTHER, outcome="vsv_mbo").is_small


def test_an_outcome_that_nobody_has_is_of_nobody() -> None:
    found = difference(BASE, OTHER, outcome="poor_share")

    assert (found.reading, found.n, found.is_small) == ("nobody", 0, False)


@pytest.mark.parametrize(
    ("low", "high", "reading", "direction", "is_minor"),
    [
        (-0.004, -0.002, "lower", "lower", False),
        (0.002, 0.004, "higher", "higher", False),
        (-0.0008, -0.0001, "lower", "lower", True),
        (-0.0008, 0.0009, "same", "same", True),
        (-0.0008, 0.0011, "unsure", "unknown", False),
    ],
)
def test_words_follow_from_the_interval_and_from_what_matters(
    low: float, high: float, reading: Reading, direction: Direction, is_minor: bool
) -> None:
    one = difference(BASE, OTHER, outcome="vsv_mbo")
    found = replace(one, value=(low + high) / 2, low=low, high=high)

    # What matters in mbo is one student in a thousand.
    assert (found.reading, found.direction, found.is_minor) == (reading, direction, is_minor)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"outcome": "vsv_mbos"}, "no outcome 'vsv_mbos' here. Did you mean 'vsv_mbo'"),
        ({"population": "eu12"}, "no population 'eu12' here. Did you mean 'eu11'"),
        ({"group": "municipality:roterdam"}, "no group 'municipality:roterdam'"),
        ({"years": "2030/31"}, "no school year '2030/31' here"),
        ({"confidence": 95.0}, "a confidence of 95 is not possible"),
        ({"b": OTHER[:1]}, "2 replicates of the base and 1 of the other"),
        ({"b": ()}, "no runs to compare"),
        ({"b": (sums(1.0, 50.0, years=6),) * 2}, "runs of 6 and 7 school years"),
        ({"b": "s05_flex_law"}, "give two names of scenarios with run=FOLDER"),
        ({"a": "s01_reference", "b": "s05_flex_law"}, "say of which run: run=FOLDER"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    change: dict[str, object], says: str
) -> None:
    asked: dict[str, object] = {"a": BASE, "b": OTHER, "outcome": "vsv_mbo"}

    with pytest.raises(InputError, match=re.escape(says)):
        difference(**(asked | change))  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    """Give a small stored run of three scenarios."""
    return run_pairs(
        [load(name) for name in ("s00_frozen_2023", "s04_chain", "s01_reference")],
        families=60,
        years=5,
        replicates=range(3),
        out=tmp_path_factory.mktemp("runs") / "three",
        workers=1,
    )


def lived(run: Ensemble, scenario: str) -> list[Sums]:
    """Return the sums of a scenario of a run, lived again."""
    return [
        Simulation(
            load(scenario),
            families=60,
            seed=run.about["seeds"][str(replicate)],
            years=5,
            reference=load(run.base),
        )
        .run()
        .sums()
        for replicate in run.replicates
    ]


@pytest.mark.parametrize("outcome", ["vsv_vo", "income", "n_children", "vsv_adult_share"])
@pytest.mark.parametrize("population", ["eu11", "gap"])
def test_a_stored_run_and_its_sums_give_the_same_answer(
    outcome: str, population: str, stored: Ensemble
) -> None:
    names = ("s04_chain", "s01_reference")
    told = difference(*names, run=stored.folder, outcome=outcome, population=population)

    found = difference(
        *(lived(stored, name) for name in names), outcome=outcome, population=population
    )

    assert (told.base, told.alternative) == names
    numbers = ("level_base", "level", "value", "low", "high", "p_sign", "behind")
    for name in numbers:
        assert getattr(told, name) == pytest.approx(getattr(found, name), rel=1e-9, nan_ok=True)
    assert (told.n, told.years, told.unit) == (found.n, found.years, found.unit)


def test_answers_of_a_run_are_those_asked_one_by_one(stored: Ensemble) -> None:
    found = answers(stored, outcome=("vsv_vo_expected", "income_eur_month"), dimension="origin")

    for one in found[::7]:
        again = difference(
            one.base,
            one.alternative,
            run=stored,
            outcome=one.outcome,
            group=one.group,
            population=one.population,
        )
        assert repr(again) == repr(one)


def test_families_are_not_told_by_groups_of_children(stored: Ensemble) -> None:
    with pytest.raises(InputError, match=r"income_eur_month: told of families.*family_type"):
        answers(stored, outcome="income_eur_month", dimension="letter_group")

    assert answers(stored, outcome="vsv_vo_expected", dimension="letter_group")


def test_a_difference_turned_round_changes_its_sign_only(stored: Ensemble) -> None:
    names = ("s00_frozen_2023", "s01_reference")
    there = difference(*names, run=stored, outcome="income")
    back = difference(*reversed(names), run=stored, outcome="income")

    assert back.value == pytest.approx(-there.value)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
    assert back.p_sign == pytest.approx(there.p_sign)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("s00_frozen_2023", "s99"), "no scenario 's99' in this run; it has s00_frozen_2023"),
        (("s04_chain", "s04_chain"), "compared with nothing but itself"),
    ],
)
def test_scenarios_that_a_run_does_not_have_are_refused(
    names: tuple[str, str], says: str, stored: Ensemble
) -> None:
    with pytest.raises(InputError, match=says):
        difference(*names, run=stored, outcome="income")


def test_the_module_of_the_answer_needs_numpy_only() -> None:
    code = (
        "import sys, scenarios, scenarios.statistics.answer, scenarios.statistics.ask\n"
        "scenarios.difference\n"
        "print([n for n in ('pandas', 'duckdb', 'scipy.stats', 'mesa') if n in sys.modules])"
    )
    top = Path(__file__).parents[3]
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=top)

    assert told.stdout.decode().strip() == "[]"


def test_an_answer_is_complete_for_who_reads_it() -> None:
    one = difference(BASE, OTHER, outcome="vsv_mbo")
    more: Answer = replace(one, not_knowing=NotKnowing(-0.05, -0.01, 0.9))

    assert more.smallest.value == 0.001
    assert more.not_knowing is not None
    assert more.not_knowing.p_sign == 0.9
