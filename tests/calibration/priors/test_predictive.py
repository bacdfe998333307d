"""Worlds drawn from the priors are held against targets: how many are near, and what moves them."""

import json
import math
from dataclasses import asdict
from pathlib import Path

import pytest

from calibration.priors import predictive
from calibration.priors.predictive import (
    Reached,
    load_missed,
    load_predictive,
    predict,
    reached,
)
from calibration.targets.reader import current_digest, load_targets
from calibration.targets.target import Target
from model.errors import InputError
from model.registry import BY_PARAMETER
from scenarios.runs.parameter_samples import prior_draw

TARGET = load_targets()["leaving_vo_eu11"]


def worlds_with(*values: float) -> Reached:
    """Hold worlds with these numbers against the target; the first parameter rises with them."""
    drawn = [{"a.rises": k, "a.falls": -(k**3), "a.still": 1.0} for k in range(len(values))]
    return reached(TARGET, values, drawn, at_ledger=1.2)


def test_a_world_within_three_total_errors_is_near_and_one_beyond_is_not() -> None:
    low, high = TARGET.within(predictive.NEAR)

    assert worlds_with(low * 1.001, 1.2, high * 0.999, high * 1.001).near == 0.75
    assert worlds_with(low * 0.999, 5.0).near == 0.0


def test_a_world_in_which_nothing_was_seen_is_not_near() -> None:
    found = worlds_with(1.2, math.nan)

    assert found.near == 0.5
    assert found.seen == 1
    assert found.median == 1.2


def test_what_ranks_like_a_quantity_is_told_with_its_sign_and_what_stands_still_is_not() -> None:
    moved_by = dict(worlds_with(1.0, 1.1, 1.2, 1.4, 9.0).moved_by)

    assert moved_by == {"a.rises": 1.0, "a.falls": -1.0}


def test_worlds_that_are_all_alike_are_moved_by_nothing() -> None:
    assert worlds_with(1.2, 1.2, 1.2).moved_by == ()


def test_a_draw_is_a_world_of_its_own_and_the_ledger_is_drawn_as_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, bool]] = []

    def live(
        targets: dict[str, Target], number: int, *, families: int, years: int, seed: int
    ) -> dict[str, float]:
        assert (families, years, seed) == (50, 3, 7)
        asked.append((number, prior_draw(seed, number) == {}))
        return dict.fromkeys(targets, float(number))

    loaded: list[dict[str, Target]] = []

    def load() -> dict[str, Target]:
        loaded.append(load_targets())
        return loaded[-1]

    monkeypatch.setattr(predictive, "live", live)
    monkeypatch.setattr(predictive, "load_targets", load)
    found = predict(2, families=50, years=3, seed=7)

    assert asked == [(0, True), (1, False), (2, False)]
    assert len(loaded) == 1
    assert {row.target for row in found.reached} == set(load_targets())
    assert {row.at_ledger for row in found.reached} == {0.0}
    assert {row.median for row in found.reached} == {1.5}


def test_every_target_that_the_priors_miss_says_why() -> None:
    missed = {row.target for row in load_predictive().reached if row.near < predictive.ENOUGH}

    assert missed <= set(load_missed(load_targets()))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("leaving_vo_eu1,because", "line 2: there is no target 'leaving_vo_eu1'. Did you mean"),
        ("leaving_vo_eu11,", "line 2: leaving_vo_eu11 stands twice or says no reason"),
        ("leaving_vo_eu11,a\nleaving_vo_eu11,b", "line 3: leaving_vo_eu11 stands twice"),
    ],
)
def test_a_reason_that_cannot_be_used_is_refused(rows: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "missed.csv"
    path.write_text(f"target,reason\n{rows}\n", encoding="utf-8")

    with pytest.raises(InputError, match=told):
        load_missed(load_targets(), path)


def test_what_was_lived_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    kept = load_predictive()
    again = tmp_path / "again.json"
    again.write_text(json.dumps(asdict(kept)), encoding="utf-8")

    assert load_predictive(again) == kept
    names = {name for row in kept.reached for name, _ in row.moved_by}
    assert names <= set(BY_PARAMETER) or kept.digest != current_digest()  # worlds of other priors
