"""The stop rule: a decision is settled for the wrong reason no more often than it says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from model.errors import InputError
from scenarios.statistics.confidence_sequence import confidence_sequence, pairs_needed
from scenarios.statistics.stopping_rule import BATCH, FEWEST, Settled, judge, settle

BUDGET = 300
TRIALS = 1500
LOOKS = range(FEWEST, BUDGET + 1, BATCH)
Null = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]


def settled_at_some_look(differences: np.ndarray, error: float = 0.05) -> np.ndarray:
    """Which trials (trials, pairs) the rule settles at any look, whatever the sign."""
    ever = np.zeros(len(differences), bool)
    for n in LOOKS:
        seen = differences[:, :n]
        low, high = confidence_sequence(seen, error)
        ever |= ((low > 0) | (high < 0)) & ((seen != 0).sum(axis=1) >= FEWEST)
    return ever


NULLS: dict[str, Null] = {
    "normal": lambda chance, shape: chance.normal(0, 3, shape),
    "heavy tails": lambda chance, shape: chance.standard_t(3, shape),
    "rare counts": lambda chance, shape: chance.choice(
        [-1.0, 0.0, 1.0], p=[0.1, 0.8, 0.1], size=shape
    ),
    "rare and lopsided": lambda chance, shape: chance.choice(
        [-4.0, 0.0, 1.0], p=[0.04, 0.8, 0.16], size=shape
    ),
}


@pytest.mark.parametrize("name", NULLS)
def test_without_an_effect_hardly_anything_is_ever_settled(name: str) -> None:
    differences = NULLS[name](np.random.default_rng(11), (TRIALS, BUDGET))

    assert settled_at_some_look(differences).mean() <= 0.05


def test_a_usual_interval_looked_at_as_often_settles_by_luck() -> None:
    differences = np.random.default_rng(11).normal(size=(TRIALS, BUDGET))
    ever = np.zeros(TRIALS, bool)
    for n in LOOKS:
        ever |= stats.ttest_1samp(differences[:, :n], 0, axis=1).pvalue < 0.05

    assert ever.mean() > 0.2


@pytest.mark.parametrize("effect", [0.15, 0.3, 0.6])
def test_a_small_effect_is_settled_with_the_right_sign_or_not_at_all(effect: float) -> None:
    differences = np.random.default_rng(13).normal(effect, 1, (TRIALS, BUDGET))
    right, wrong = np.zeros(TRIALS, bool), np.zeros(TRIALS, bool)
    for n in LOOKS:
        low, high = confidence_sequence(differences[:, :n], 0.05)
        right |= (low > 0) & ~wrong
        wrong |= (high < 0) & ~right

    assert wrong.mean() <= 0.01
    if effect >= 0.3:
        assert right.mean() > 0.9


def test_the_interval_is_the_set_of_means_that_the_mixture_does_not_reject() -> None:
    x = np.random.default_rng(17).normal(0.4, 1, 25)
    error, n = 0.05, 25
    g = (2 * np.log(1 / error) + np.log(1 + 2 * np.log(1 / error))) / 40
    low, high = confidence_sequence(x, error)

    def against(mean: float) -> float:
        """The mixture ratio of Wang and Ramdas (2024): normal effect sizes against none."""
        t2 = n * (x.mean() - mean) ** 2 / x.var(ddof=1)
        top, bottom = 1 + t2 / (n - 1), 1 + t2 / ((n - 1) * (1 + n * g))
        return float((1 + n * g) ** -0.5 * (top / bottom) ** (n / 2))

    assert against(float(low)) == pytest.approx(1 / error)
    assert against(float(high)) == pytest.approx(1 / error)
    assert against(float(x.mean())) < 1


def test_about_as_many_pairs_are_needed_as_it_says() -> None:
    chance = np.random.default_rng(19)
    seen = chance.normal(0.3, 1, 60)
    standard = (seen - seen.mean()) / seen.std(ddof=1)

    needed = float(pairs_needed(0.3 + standard, 0.05))
    low, _ = confidence_sequence(np.tile(0.3 + standard, 10)[: int(needed)], 0.05)

    assert 80 < needed < 160
    assert low == pytest.approx(0.0, abs=0.05)


def tables(
    levels: dict[str, float], spread: float, luck: float = 0.5
) -> Callable[[int], pd.DataFrame]:
    """Scenarios whose values share most of their luck; gives the first n replicates."""
    chance = np.random.default_rng(23)
    shared = chance.normal(0, luck, BUDGET)
    rows = [
        (name, replicate, "eu11", "2030/31", level + shared[replicate] + chance.normal(0, spread))
        for name, level in levels.items()
        for replicate in range(BUDGET)
    ]
    names = ["scenario", "replicate", "population", "school_year", "numerator"]
    table = pd.DataFrame(rows, columns=names).assign(
        draw=0,
        denominator=1.0,
        value=0.0,
        dimension="all",
        group="all",
        outcome="x",
        layer="actual",
    )
    return lambda n: table[table["replicate"] < n]


def test_two_scenarios_that_differ_are_settled_well_within_the_budget() -> None:
    found = settle(tables({"base": 0.0, "other": -0.1}, 0.1), "x", base="base", budget=BUDGET)

    assert found.verdict == "settled"
    assert found.ranking == ("other", "base")
    assert found.n < 80
    assert found.hidden == 0


def test_several_scenarios_are_ranked_when_all_their_pairs_are_settled() -> None:
    levels = {"base": 0.0, "low": -0.2, "high": 0.1}

    found = settle(tables(levels, 0.1), "x", base="base", budget=BUDGET)

    assert found.ranking == ("low", "base", "high")
    assert found.verdict == "settled"
    assert len(found.pairs) == 3


def test_what_cannot_be_settled_says_which_difference_could_still_hide() -> None:
    found = settle(tables({"base": 0.0, "other": 0.002}, 0.1), "x", base="base", budget=60)

    assert found.verdict == "unsettled"
    assert found.n == found.budget == 60
    assert 0.002 < found.hidden < 0.1
    assert (found.pairs["low"] < 0.002).all()
    assert (found.pairs["high"] > 0.002).all()


def test_scenarios_without_any_difference_are_told_at_the_first_look() -> None:
    asked: list[int] = []
    more = tables({"base": 0.0, "other": 0.0}, 0.0)

    def counted(n: int) -> pd.DataFrame:
        asked.append(n)
        return more(n)

    found = settle(counted, "x", base="base", budget=BUDGET)

    assert found.verdict == "identical"
    assert asked == [FEWEST]


def test_a_budget_below_the_first_look_is_refused() -> None:
    with pytest.raises(InputError, match="nothing is settled before 20 pairs"):
        settle(tables({"base": 0.0, "other": 0.1}, 0.1), "x", base="base", budget=10)


def test_an_outcome_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="there is no outcome 'y'"):
        settle(tables({"base": 0.0, "other": 0.1}, 0.1), "y", base="base", budget=40)


def test_the_error_is_shared_by_all_pairs_of_scenarios() -> None:
    values = np.random.default_rng(29).normal(size=(4, 40))
    two: Settled = judge(("a", "b"), values[:2], outcome="x")
    four: Settled = judge(("a", "b", "c", "d"), values, outcome="x")

    assert four.pairs["high"].iloc[0] > two.pairs["high"].iloc[0]
