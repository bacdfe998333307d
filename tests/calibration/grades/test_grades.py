"""Which numbers are drawn, what their draws leave possible, and whether that is of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calibration.exploring.policies import Effect
from calibration.grades import found, live
from calibration.grades.found import Kept, Moving, Range, ledger_digest, load, write
from calibration.grades.live import moving, places, ranges
from calibration.grades.sets import EVERY, LUCK, sets
from dashboards.figures.scales import OUTCOMES
from model.errors import StorageError
from model.registry import BY_PARAMETER
from scenarios import names
from scenarios.runs.parameter_samples import prior_draw

EFFECT = Effect(scenario="s05_flex_law", outcome="vsv_vo_expected")
ONE = 0.001


def test_every_free_number_is_in_its_grade_and_no_fixed_one_is() -> None:
    by_name = {one.name: set(one.numbers) for one in sets()}
    free = {row.name for row in BY_PARAMETER.values() if row.is_free}

    assert by_name[LUCK] == set()
    assert by_name[EVERY] == free == by_name["AB"] | by_name["C"] | by_name["D"]


def test_a_world_draws_the_numbers_of_its_set_and_leaves_the_others() -> None:
    by_name = {one.name: one for one in sets()}
    drawn = places(by_name["C"], 3, seed=1)

    assert places(by_name[LUCK], 0, seed=1)[0].parameters == {}
    assert set(drawn[4].parameters) == set(by_name["C"].numbers)
    assert all(value == prior_draw(1, 5)[name] for name, value in drawn[4].parameters.items())
    assert len({one.seed for one in drawn}) == len(drawn)


def test_all_that_is_assumed_is_drawn_otherwise_with_everything_than_alone() -> None:
    by_name = {one.name: one for one in sets()}
    alone, every = by_name["D"], by_name[EVERY]

    assert alone.first + alone.n_worlds <= every.first


def worlds(*, luck: float, drawn: float, n: int = 40_000) -> dict[str, np.ndarray]:
    """Return effects of worlds (worlds, 1): around ONE by luck, and by what was drawn."""
    random = np.random.default_rng(1)
    return {
        LUCK: ONE + luck * random.standard_normal((n, 1)),
        "D": ONE + np.hypot(luck, drawn) * random.standard_normal((n, 1)),
    }


@pytest.mark.parametrize("drawn", [0.0005, 0.002])
def test_luck_is_taken_out_of_a_range(drawn: float) -> None:
    alike, assumed = ranges([EFFECT], worlds(luck=0.001, drawn=drawn))

    assert alike.middle == pytest.approx(ONE, abs=0.0002)
    assert alike.low < ONE < alike.high
    assert assumed.high - assumed.low == pytest.approx(2 * 1.96 * drawn, rel=0.2)
    assert assumed.same == pytest.approx(0.977 if drawn < ONE else 0.69, abs=0.05)


def test_numbers_that_move_nothing_leave_no_more_than_their_mean_open() -> None:
    _, still = ranges([EFFECT], worlds(luck=0.0001, drawn=0.0))

    assert still.high - still.low < 0.3 * (2 * 1.96 * 0.0001)
    assert still.same == 1.0


@pytest.mark.parametrize("drawn", [0.0, 0.001])
def test_a_spread_no_further_than_luck_is_not_told(drawn: float) -> None:
    _, found_one = ranges([EFFECT], worlds(luck=0.001, drawn=drawn, n=200))

    assert found_one.is_told == (drawn > 0.0)


def test_an_effect_that_few_worlds_show_is_left_out() -> None:
    shown = worlds(luck=0.001, drawn=0.001, n=live.FEWEST)
    shown["D"][0] = np.nan

    assert [one.set for one in ranges([EFFECT], shown)] == [LUCK]
    shown[LUCK][0] = np.nan
    assert list(ranges([EFFECT], shown)) == []


def test_a_number_that_an_effect_goes_along_with_is_named_and_luck_names_none() -> None:
    by_name = {one.name: one for one in sets()}
    name = by_name["D"].numbers[7]
    draws = {
        one: np.array(
            [prior_draw(1, by_name[one].first + k)[name] for k in range(by_name[one].n_worlds)]
        )[:, None]
        for one in ("D", EVERY)
    }
    random = np.random.default_rng(2)
    luck = {one: random.standard_normal(values.shape) for one, values in draws.items()}

    first, *_ = moving([EFFECT], {one: -values for one, values in draws.items()}, seed=1)
    assert first.parameter == name
    assert first.correlation == pytest.approx(-1.0)
    assert list(moving([EFFECT], luck, seed=1)) == []


def kept() -> Kept:
    row = Range("s05_flex_law", "vsv_vo_expected", "D", 60, 0.00123, -0.001, 0.003, 0.9, 0.01)
    return Kept(
        digest=ledger_digest(),
        families=2000,
        years=15,
        seed=1,
        n_worlds={"D": 60},
        numbers={"D": 450},
        ranges=(row, replace(row, scenario="s19_housing")),
        moving=(Moving("s05_flex_law", "vsv_vo_expected", "school.leave_vo", -0.44),),
    )


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the tables lie in a folder of the test."""
    for name, file in (("RANGES", "ranges.csv"), ("MOVING", "moving.csv"), ("MADE", "made.json")):
        monkeypatch.setattr(found, name, tmp_path / file)
    load.cache_clear()
    yield
    load.cache_clear()


@pytest.mark.usefixtures("elsewhere")
def test_what_is_written_is_read_again() -> None:
    write(kept())

    assert load() == kept()
    assert set(load().ranges_of("s05_flex_law", "vsv_vo_expected")) == {"D"}
    assert load().ranges_of("s05_flex_law", "poor_share") == {}
    assert [one.parameter for one in load().moving_of("s05_flex_law", "vsv_vo_expected")] == [
        "school.leave_vo"
    ]
    assert load().is_of_today


@pytest.mark.usefixtures("elsewhere")
def test_a_table_with_another_heading_is_refused_with_what_to_do() -> None:
    write(kept())
    found.RANGES.write_text("scenario,outcome\n", encoding="utf-8")

    with pytest.raises(StorageError, match="make grades"):
        load()


def test_a_value_or_a_prior_that_changed_is_seen() -> None:
    name, row = next(iter(BY_PARAMETER.items()))

    assert ledger_digest({**BY_PARAMETER, name: replace(row, value=row.value * 1.01)}) != (
        ledger_digest()
    )
    assert ledger_digest(dict(reversed(BY_PARAMETER.items()))) == ledger_digest()


def test_what_is_kept_is_of_all_scenarios_and_outcomes() -> None:
    study = load()

    assert study.is_of_today, "run make grades"
    plans = [name for name in names() if name != live.BASE]

    assert live.OUTCOMES == OUTCOMES
    assert dict(study.n_worlds) == {one.name: one.n_worlds for one in sets()}
    assert dict(study.numbers) == {one.name: len(one.numbers) for one in sets()}
    for plan in plans:
        for outcome in OUTCOMES:
            assert LUCK in study.ranges_of(plan, outcome), (plan, outcome)
    assert all(one.low <= one.high and 0.0 <= one.same <= 1.0 for one in study.ranges)
