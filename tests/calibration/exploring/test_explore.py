"""Where a policy fails: the box is found where there is one, and not where labels are luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from calibration.exploring.explore import ALIKE, DRAWN, REPLICATES, Question, explore
from calibration.exploring.prim import LEAST, MOST_LIMITS, found
from calibration.exploring.robust import SHIPPED, SWITCHES, orders, robust
from calibration.fitting.kept import Shown
from calibration.fitting.waves import Place
from model.errors import InputError
from model.registry import BY_PARAMETER

NAMES = tuple(f"number {k}" for k in range(100))


def drawn(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((n, len(NAMES)))


def test_the_corner_where_cases_lie_is_found_among_a_hundred_numbers() -> None:
    worlds = drawn(400, 1)
    cases = (worlds[:, 7] > 0.6) & (worlds[:, 40] < 0.5)

    told = found(worlds, NAMES, cases, 1)

    assert set(told.box.limits) <= {"number 7", "number 40"}
    assert told.box.limits["number 7"][0] == pytest.approx(0.6, abs=0.05)
    assert told.box.limits["number 40"][1] == pytest.approx(0.5, abs=0.05)
    assert told.box.density > 0.9
    assert told.box.coverage > 0.8
    assert told.chance == 0.01
    assert told.box.density > np.quantile(told.shuffled_density, 0.95)


def test_where_cases_are_luck_a_box_is_no_better_than_that_of_shuffled_labels() -> None:
    chances = [
        found(drawn(200, seed), NAMES, np.random.default_rng(50 + seed).random(200) < 0.3, 1).chance
        for seed in range(4)
    ]

    assert sum(chance <= 0.05 for chance in chances) <= 1
    assert max(chances) > 0.3


def test_a_box_is_never_a_sliver_nor_a_list() -> None:
    worlds = drawn(300, 3)
    cases = worlds[:, :8].sum(axis=1) > 4.8

    box = found(worlds, NAMES, cases, 1).box

    assert box.inside.sum() >= LEAST * len(worlds) * 0.95
    assert len(box.limits) <= MOST_LIMITS


def test_scenarios_that_change_places_are_named_and_those_that_do_so_by_luck_are_not() -> None:
    chance = np.random.default_rng(4)
    shipped = np.array([-3.0, -2.0, -1.0]) + 0.1 * chance.normal(size=(8, 3))
    other = np.array([-1.0, -2.0, -1.01]) + 0.1 * chance.normal(size=(8, 3))

    told = {one.form: one for one in orders({SHIPPED: shipped, "other": other}, "abc", -1)}

    assert told[SHIPPED].order == ("a", "b", "c")
    assert told[SHIPPED].alike == 1.0
    assert told[SHIPPED].reversed == ()
    assert told["other"].order[0] == "b"
    assert told["other"].reversed == (("a", "b"),)


def test_regret_is_what_the_best_of_a_world_would_have_helped_more() -> None:
    effects = np.array([[-2.0, -1.0], [-2.0, -4.0], [np.nan, -9.0]])

    first, second = robust(effects, ("steady", "gamble"), -1, least=1.5)

    assert (first.scenario, second.scenario) == ("gamble", "steady")
    assert first.regret == pytest.approx(0.9)
    assert second.regret == pytest.approx(1.8)
    assert (second.helps, second.best) == (1.0, 0.5)
    assert (first.helps, first.best) == (0.5, 0.5)


NUMBERS = ("school.leave_vo", "school.fade_rate", "work.p_hire")


@dataclass
class World:
    """The policy helps where gains fade slowly; some worlds fail."""

    lived: int = 0

    def __call__(self, places: Sequence[Place]) -> Iterator[Shown]:
        """Live places one by one."""
        row = BY_PARAMETER["school.fade_rate"]
        low, high = row.likely
        for place in places:
            self.lived += 1
            at = (place.parameters.get(row.name, row.value) - low) / (high - low)
            luck = 0.02 * np.random.default_rng(place.seed).normal()
            values = {f"{name}: vsv_mbo_expected": at - 0.6 + luck for name in ("a", "b")}
            failed = "it broke" if place.number == 33 else ""
            yield Shown(
                wave=place.wave,
                number=place.number,
                values={} if failed else dict(values),
                failed=failed,
                made_by="toy",
            )


QUESTION = Question(
    base="base",
    alternative="a",
    outcome="vsv_mbo_expected",
    wanted=-1,
    least=0.0,
    numbers=NUMBERS,
    scenarios=("a", "b"),
    source="toy",
    made_by="toy",
    pairs=150,
)


def draw(number: int) -> dict[str, float]:
    shares = np.random.default_rng(number).random(3)
    return {name: BY_PARAMETER[name].at(share) for name, share in zip(NUMBERS, shares, strict=True)}


def test_where_a_policy_fails_is_found_and_a_stopped_study_goes_on(tmp_path: Path) -> None:
    world, again = World(), World()

    told = explore(QUESTION, tmp_path / "explore", world, world, draw)
    explore(QUESTION, tmp_path / "explore", again, again, draw)

    assert told.is_found
    assert told.box is not None
    assert list(told.box.box.limits) == ["school.fade_rate"]
    assert len(told.effects) == 149
    assert told.failed == 3
    assert len(told.orders) == len(SWITCHES)
    assert all(not one.reversed for one in told.orders)
    assert world.lived == ALIKE + 150 + DRAWN + REPLICATES * len(SWITCHES)
    assert again.lived == 0


def test_a_policy_that_fails_nowhere_has_no_box(tmp_path: Path) -> None:
    told = explore(
        replace(QUESTION, wanted=1, least=-9.0), tmp_path / "explore", World(), World(), draw
    )

    assert told.box is None
    assert not told.fails.any()


def test_more_pairs_than_a_study_should_take_are_refused() -> None:
    with pytest.raises(InputError, match="--pairs 601 is not possible: give 60 to 600"):
        replace(QUESTION, pairs=601)
