"""Small runs say what large ones say, and a policy that acts all at once somewhere is found out."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.sizes import CERTAIN, Counted, agreements, live
from calibration.sizes import page as page_of_sizes
from calibration.sweep import Way, edges_of, page, points
from model.registry import BY_NAME

KEY = ("ve_take_up", "actual", "eu11")


def runs(share: float, n: int, of: int, seed: int) -> list[Counted]:
    """Runs in each of which so many children are in preschool with a chance."""
    luck = np.random.default_rng(seed)
    return [{KEY: (float(luck.binomial(of, share)), float(of))} for _ in range(n)]


def test_equal_shares_agree_whatever_the_size_and_a_bias_of_small_runs_is_seen() -> None:
    (same,) = agreements(runs(0.4, 12, 100, 1), runs(0.4, 3, 1600, 2), 16.0)
    (less,) = agreements(runs(0.3, 12, 100, 1), runs(0.4, 3, 1600, 2), 16.0)

    assert same.p > CERTAIN > less.p
    assert "**apart**" in page_of_sizes([less], (100, 12), (1600, 3))
    assert "**apart**" not in page_of_sizes([same], (100, 12), (1600, 3))


@pytest.mark.parametrize(("small", "large"), [(12, 3), (3, 12)])
def test_chance_parts_equal_sizes_as_often_as_is_said(small: int, large: int) -> None:
    found = [
        agreements(runs(0.4, small, 100, 2 * k), runs(0.4, large, 1600, 2 * k + 1), 16.0)[0].p < 0.1
        for k in range(400)
    ]

    assert np.mean(found) == pytest.approx(0.1, abs=0.05)


def test_what_hardly_any_run_saw_says_nothing_about_size() -> None:
    def seen(students: float, n: int) -> list[Counted]:
        return [{("vsv_mbo1_expected", "actual", "comparable"): (0.1 * students, students)}] * n

    assert agreements(seen(1.0, 12), seen(100.0, 3), 16.0) == []
    assert agreements(seen(100.0, 12), seen(1.0, 3), 16.0) == []
    assert len(agreements(seen(3.0, 12), seen(100.0, 3), 16.0)) == 1


def test_every_outcome_of_small_runs_agrees_with_that_of_larger_ones() -> None:
    found = agreements(live((200, 6), years=5), live((1600, 2), years=5), 8.0)

    assert len(found) > 100
    assert [one for one in found if one.p < CERTAIN / 10] == []


def way(values: list[float]) -> Way:
    return Way("ve_take_up", "eu11", np.arange(len(values), dtype=float), np.array(values))


@pytest.mark.parametrize(
    ("values", "is_edge"),
    [
        ([0.1, 0.2, 0.3, 0.4, 0.5], False),
        ([0.1, 0.11, 0.12, 0.49, 0.5], True),
        ([0.5, 0.49, 0.12, 0.11, 0.1], True),
        ([0.1, 0.1001, 0.1002, 0.12, 0.12], False),
        ([0.1, 0.1, 0.1, 0.1, 0.1], False),
        ([0.1, 0.5], False),
    ],
    ids=["even", "edge", "edge downwards", "too little to matter", "nothing", "yes or no"],
)
def test_an_edge_is_a_step_that_holds_most_of_what_matters(
    values: list[float], is_edge: bool
) -> None:
    assert way(values).is_edge == is_edge


def test_an_edge_is_named_on_the_page() -> None:
    name = "care_access_level"

    sharp, even = [way([0.1, 0.1, 0.1, 0.5, 0.5])], [way([0.1, 0.2, 0.3, 0.4, 0.5])]

    assert f"| `{name}` | `ve_take_up`, eu11 |" in page({name: (sharp, edges_of([sharp, sharp]))})
    assert "## Edges\n\nNone." in page({name: (even, edges_of([even]))})


def test_a_lever_that_does_nothing_has_no_steepest_step() -> None:
    flat = way([0.1, 0.1, 0.1, 0.1])

    assert flat.steepest[0] == 0.0


def test_an_edge_that_other_luck_has_elsewhere_or_not_at_all_is_chance() -> None:
    here, there = [way([0.1, 0.1, 0.1, 0.5, 0.5])], [way([0.1, 0.5, 0.5, 0.5, 0.5])]

    assert edges_of([here, here]) == here
    assert edges_of([here, there]) == []
    assert edges_of([here, [way([0.1, 0.2, 0.3, 0.4, 0.5])]]) == []
    assert edges_of([here, []]) == []


def test_a_lever_is_set_to_values_of_its_range_both_ends_among_them() -> None:
    for lever in BY_NAME.values():
        at = points(lever)
        assert (at[0], at[-1]) == (lever.low, lever.high)
        assert (np.diff(at) > 0).all()
        assert lever.kind == "real" or (at % 1.0 == 0.0).all()
