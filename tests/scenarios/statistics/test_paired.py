"""Paired differences: right on cases worked out by hand, and covered by their intervals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.errors import InputError
from scenarios.runs.parameter_samples import DRAWS_FOR_95, held_by
from scenarios.statistics.paired import PAIRED_COLUMNS, paired
from scenarios.statistics.parameter_uncertainty import SPREAD_COLUMNS, not_knowing
from scenarios.statistics.ratio_estimates import pooled_years

Row = tuple[str, int, int, str, str, float, float]
EXPERIMENTS = 3000


def tidy(rows: list[Row], year: str = "2030/31") -> pd.DataFrame:
    """Rows of scenario, replicate, draw, population, group, numerator, denominator."""
    names = ["scenario", "replicate", "draw", "population", "group", "numerator", "denominator"]
    table = pd.DataFrame(rows, columns=names)
    value = table["numerator"] / table["denominator"]
    return table.assign(
        school_year=year, dimension="all", outcome="vsv_mbo_counted", layer="actual", value=value
    )


def many(
    draw: Callable[[np.random.Generator, int], tuple[np.ndarray, np.ndarray, np.ndarray]],
    replicates: int,
) -> pd.DataFrame:
    """EXPERIMENTS independent paired experiments in one table, each a group of its own."""
    chance = np.random.default_rng(20260101)
    frames = []
    for replicate in range(replicates):
        n, base, other = draw(chance, EXPERIMENTS)
        for scenario, counted in (("base", base), ("other", other)):
            frame = pd.DataFrame({"numerator": counted, "denominator": n})
            frame = frame.assign(scenario=scenario, replicate=replicate, draw=0)
            frames.append(frame.assign(group=[str(k) for k in range(EXPERIMENTS)]))
    table = pd.concat(frames, ignore_index=True).assign(
        population="eu11",
        school_year="2030/31",
        dimension="group",
        outcome="vsv_mbo_counted",
        layer="actual",
        value=0.0,
    )
    return table[table["denominator"] > 0]


@pytest.fixture
def by_hand() -> pd.DataFrame:
    return tidy([
        ("base", 0, 0, "eu11", "all", 10.0, 100.0),
        ("other", 0, 0, "eu11", "all", 8.0, 100.0),
        ("base", 1, 0, "eu11", "all", 14.0, 100.0),
        ("other", 1, 0, "eu11", "all", 10.0, 100.0),
        ("base", 0, 0, "comparable", "all", 5.0, 100.0),
        ("other", 0, 0, "comparable", "all", 4.0, 100.0),
        ("base", 1, 0, "comparable", "all", 6.0, 100.0),
        ("other", 1, 0, "comparable", "all", 5.0, 100.0),
    ])  # fmt: skip


def test_a_paired_difference_is_the_one_worked_out_by_hand(by_hand: pd.DataFrame) -> None:
    found = paired(by_hand, "base").set_index("population").loc["eu11"]

    # Differences -0.02 and -0.04: mean -0.03, standard error 0.01, t(0.975; 1) = 12.7062.
    assert found["level_base"] == pytest.approx(0.12)
    assert found["level"] == pytest.approx(0.09)
    assert found["difference"] == pytest.approx(-0.03)
    assert found["low"] == pytest.approx(-0.03 - 0.127062, abs=1e-6)
    assert found["high"] == pytest.approx(-0.03 + 0.127062, abs=1e-6)
    assert found["p_sign"] == pytest.approx(0.5 + np.arctan(3.0) / np.pi)
    assert found["n"] == 2


def test_the_gap_is_the_difference_between_the_two_populations(by_hand: pd.DataFrame) -> None:
    found = paired(by_hand, "base").set_index("population").loc["gap"]

    assert list(paired(by_hand, "base").columns) == list(PAIRED_COLUMNS)
    assert found["level_base"] == pytest.approx(0.12 - 0.055)
    assert found["difference"] == pytest.approx(-0.03 + 0.01)


def test_where_no_replicate_differs_the_spread_is_unknown(by_hand: pd.DataFrame) -> None:
    same = by_hand.assign(numerator=by_hand["denominator"] / 10)

    found = paired(same, "base")

    assert (found["difference"] == 0).all()
    assert found[["low", "high", "p_sign"]].isna().all(axis=None)


def test_replicates_without_anybody_in_a_group_do_not_count_against_it(
    by_hand: pd.DataFrame,
) -> None:
    here = by_hand[by_hand["population"] == "eu11"]
    rows: list[Row] = [(s, 2, 0, "comparable", "all", 5.0, 100.0) for s in ("base", "other")]

    found = paired(pd.concat([here, tidy(rows)]), "base").set_index("population")

    assert found.loc["eu11", "difference"] == pytest.approx(-0.03)
    assert found.loc["eu11", "n"] == 2
    assert found.loc["comparable", "n"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.assign(scenario="third"), "'base' is not in this table; it holds third"),
        (lambda t: t[(t["replicate"] == 0) | (t["scenario"] == "base")], "has no run of 'other'"),
        (lambda t: t.assign(draw=1), "no run at the values of the ledger"),
    ],
)
def test_a_table_that_cannot_be_paired_is_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], said: str, by_hand: pd.DataFrame
) -> None:
    with pytest.raises(InputError, match=said):
        paired(change(by_hand), "base")


@pytest.mark.parametrize("replicates", [4, 10, 30])
def test_intervals_hold_a_known_truth_as_often_as_they_say(replicates: int) -> None:
    p, stays, begins = 0.05, 0.8, 0.004

    def draw(chance: np.random.Generator, n: int) -> tuple[np.ndarray, ...]:
        """Leavers among some 600 pupils, whose number varies; most leave in both worlds."""
        pupils = chance.poisson(600, n)
        base = chance.binomial(pupils, p)
        return pupils, base, chance.binomial(base, stays) + chance.binomial(pupils - base, begins)

    truth = p * stays + (1 - p) * begins - p
    found = paired(many(draw, replicates), "base")  # type: ignore[arg-type]

    held = ((found["low"] <= truth) & (truth <= found["high"])).mean()
    # Three standard errors of a share of 3,000 experiments.
    assert held == pytest.approx(0.95, abs=0.012)


def test_signs_are_right_as_often_as_they_say() -> None:
    chance = np.random.default_rng(3)
    effects = chance.normal(0, 0.02, EXPERIMENTS)

    def draw(luck: np.random.Generator, n: int) -> tuple[np.ndarray, ...]:
        size = np.full(n, 1.0)
        base = luck.normal(0.1, 0.05, n)
        return size, base, base + effects + luck.normal(0, 0.02, n)

    found = paired(many(draw, 8), "base")  # type: ignore[arg-type]
    truth = effects[found["group"].astype(int)]
    is_right = np.sign(found["difference"]) == np.sign(truth)

    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.0)):
        chosen = found["p_sign"].between(low, high)
        assert is_right[chosen].mean() == pytest.approx(found["p_sign"][chosen].mean(), abs=0.05)


def drawn(luck_sd: float, effect_sd: float, *, draws: int = 300, ledger: int = 40) -> pd.DataFrame:
    """A run at the ledger's values and one with a draw of parameters in each replicate."""
    chance = np.random.default_rng(5)
    rows: list[Row] = []
    for replicate, of_draw in product(range(draws), (0, 1)):
        if of_draw == 0 and replicate >= ledger:
            continue
        effect = -0.03 + (chance.normal(0, effect_sd) if of_draw else 0.0)
        base = chance.normal(0.2, 0.1)
        draw = replicate + 1 if of_draw else 0
        other = base + effect + chance.normal(0, luck_sd)
        rows.append(("base", replicate, draw, "eu11", "all", base, 1.0))
        rows.append(("other", replicate, draw, "eu11", "all", other, 1.0))
    return tidy(rows)


def only(table: pd.DataFrame) -> dict[str, Any]:
    """The single row of a spread."""
    found = not_knowing(table, "base")
    assert list(found.columns) == list(SPREAD_COLUMNS)
    (row,) = found.to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_what_luck_adds_to_the_spread_over_draws_is_taken_out() -> None:
    row = only(drawn(luck_sd=0.02, effect_sd=0.01))

    assert row["sd_chance"] == pytest.approx(0.02, rel=0.3)
    assert row["sd_not_knowing"] == pytest.approx(0.01, rel=0.35)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * 0.01, rel=0.35)
    assert row["n_draws"] == 300


def test_how_much_the_lowest_and_highest_of_some_draws_hold() -> None:
    luck = np.random.default_rng(5).normal(size=(20_000, 9))
    below = NormalDist().cdf
    held = [
        below(highest) - below(lowest)
        for lowest, highest in zip(*np.sort(luck)[:, [0, -1]].T, strict=True)
    ]

    assert held_by(9) == pytest.approx(np.mean(held), abs=0.003)
    assert held_by(DRAWS_FOR_95) == pytest.approx(0.95)
    assert held_by(1) == 0.0


def test_without_replicates_at_the_ledger_the_range_holds_both() -> None:
    row = only(drawn(luck_sd=0.02, effect_sd=0.01, ledger=0))

    assert np.isnan(row["sd_chance"])
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * np.hypot(0.01, 0.02), rel=0.15)


def test_luck_alone_is_not_taken_for_not_knowing() -> None:
    row = only(drawn(luck_sd=0.02, effect_sd=0.0))

    assert row["sd_not_knowing"] < 0.01
    assert row["p_sign"] > 0.99


def test_not_knowing_takes_at_least_two_draws(by_hand: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="this table has 0"):
        not_knowing(by_hand, "base")


def test_the_last_years_are_added_up_before_they_are_divided() -> None:
    years = [
        tidy([("base", 0, 0, "eu11", "all", n, of)], year)
        for year, n, of in (("2029/30", 9.0, 10.0), ("2030/31", 1.0, 10.0), ("2031/32", 4.0, 40.0))
    ]

    found = pooled_years(pd.concat(years), ("2030/31", "2031/32"))

    assert found[["school_year", "numerator", "denominator", "value"]].to_numpy().tolist() == [
        ["2030/31-2031/32", 5.0, 50.0, 0.1]
    ]
