"""Attribution: the parts add up to the whole, by hand and on the model."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.errors import Cancelled, InputError, StorageError
from model.outcomes.registry import last_years
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.pairs.attribution import (
    DIRECT,
    WHOLE,
    Attribution,
    attribute,
    attribution_path,
    keep_attribution,
    kept_attributions,
    marginals,
    shapley,
)
from scenarios.runs.parameter_samples import replicate_seed
from scenarios.runs.run import run_pairs
from scenarios.statistics.stopping_rule import per_replicate

POLICY = Scenario(
    id="care_and_courses",
    levers=(
        LeverChange(lever="care_access_level", value=0.95),
        LeverChange(lever="culture_sensitive_share", value=1.0),
        LeverChange(lever="agency_equal_terms", value=1.0),
    ),
)
SIZE: dict[str, Any] = {"families": 200, "years": 5, "rng": 4}
OUTCOMES = ("vsv_mbo_expected", "absent_days")
THREE = ("income", "absence", "school_change")

# Worth by hand: a alone 1, b alone 2, together 6, so that 3 comes of their chain; c does nothing;
# 0.5 is left without any of them.
BY_HAND = {
    frozenset(): 0.5,
    frozenset("a"): 1.5,
    frozenset("b"): 2.5,
    frozenset("c"): 0.5,
    frozenset("ab"): 6.5,
    frozenset("ac"): 1.5,
    frozenset("bc"): 2.5,
    frozenset("abc"): 6.5,
}


@pytest.fixture(scope="module")
def exact() -> Attribution:
    return attribute(
        FROZEN_2023, POLICY, OUTCOMES, channels=THREE, method="exact", replicates=3, **SIZE
    )


def test_shapley_values_are_those_worked_out_by_hand() -> None:
    found = shapley(BY_HAND, "abc")

    assert found == pytest.approx({"a": (1 + 4) / 2, "b": (2 + 5) / 2, "c": 0.0})
    assert sum(found.values()) + BY_HAND[frozenset()] == pytest.approx(BY_HAND[frozenset("abc")])


def test_a_shapley_value_is_the_mean_over_all_orders_of_switching_on() -> None:
    orders = [marginals(BY_HAND, order) for order in permutations("abc")]
    mean = {name: np.mean([one[name] for one in orders]) for name in "abc"}

    assert shapley(BY_HAND, "abc") == pytest.approx(mean)


def test_the_parts_add_up_to_the_whole_in_every_replicate(exact: Attribution) -> None:
    parts = exact.by_replicate

    assert parts.shape == (2, 3, len(THREE) + 2)
    assert np.abs(parts[..., :-1].sum(axis=-1) - parts[..., -1]).max() < 1e-12
    assert np.abs(parts[..., -1]).min() > 0


def test_the_whole_is_the_paired_difference_of_an_ensemble(exact: Attribution) -> None:
    ensemble = run_pairs(
        (FROZEN_2023, POLICY),
        families=SIZE["families"],
        years=SIZE["years"],
        seed=SIZE["rng"],
        replicates=range(3),
        workers=1,
    )
    for k, outcome in enumerate(OUTCOMES):
        _, values = per_replicate(
            ensemble.table(outcome=outcome, school_year=last_years(ensemble.school_years)),
            outcome,
            FROZEN_2023.id,
        )

        assert exact.by_replicate[k, :, -1] == pytest.approx(values[1] - values[0])


def test_orders_by_chance_have_the_same_whole_and_remainder_as_every_subset(
    exact: Attribution,
) -> None:
    orders = attribute(FROZEN_2023, POLICY, OUTCOMES, channels=THREE, replicates=3, **SIZE)

    assert orders.by_replicate[..., -2:] == pytest.approx(exact.by_replicate[..., -2:])
    assert (
        np.abs(orders.by_replicate[..., :-1].sum(-1) - orders.by_replicate[..., -1]).max() < 1e-12
    )


def test_what_lies_before_the_channels_is_direct(exact: Attribution) -> None:
    days = exact.parts[exact.parts["outcome"] == "absent_days"].set_index("channel")["effect"]

    # How many days are missed does not hang on what they cost, or on income.
    assert days[DIRECT] == pytest.approx(days[WHOLE], rel=0.01)
    assert days[list(THREE)].abs().max() < 0.01 * abs(days[WHOLE])


def test_every_subset_is_a_pair_of_runs() -> None:
    heard: list[tuple[int, int]] = []
    attribute(
        FROZEN_2023,
        POLICY,
        channels=THREE[:2],
        method="exact",
        replicates=2,
        workers=1,
        progress=lambda *done: heard.append(done),
        families=20,
        years=2,
    )

    assert heard == [(k, 8) for k in range(1, 9)]
    assert len(list(combinations(THREE[:2], 1))) == 2


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"outcomes": ("vsv_mob_expected",)}, "Did you mean 'vsv_mbo_expected'"),
        ({"channels": ("rooster",)}, "there is no channel 'rooster'. Did you mean 'roster'"),
        ({"replicates": 1}, "take at least 2"),
        ({"population": "everybody"}, "there is no population 'everybody'"),
    ],
)
def test_what_cannot_be_attributed_is_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        attribute(FROZEN_2023, POLICY, **settings)  # type: ignore[arg-type]


def test_it_stops_when_asked() -> None:
    with pytest.raises(Cancelled, match="stopped after 0 of 24 months"):
        attribute(
            FROZEN_2023, POLICY, families=20, years=2, replicates=2, workers=1,
            stop=lambda: True,
        )  # fmt: skip


def test_an_attribution_is_kept_beside_a_run_and_read_back(
    exact: Attribution, tmp_path: Path
) -> None:
    paths = keep_attribution(exact, tmp_path)
    kept = kept_attributions(tmp_path, FROZEN_2023.id, POLICY.id)

    assert paths == tuple(
        attribution_path(tmp_path, FROZEN_2023.id, POLICY.id, outcome, "eu11")
        for outcome in OUTCOMES
    )
    assert [one.outcome for one in kept] == sorted(OUTCOMES)
    for one in kept:
        mine = exact.parts[exact.parts["outcome"] == one.outcome]
        assert one.parts["effect"].tolist() == mine["effect"].tolist()
        assert one.settings == exact.settings
        assert one.channels == THREE
    assert kept_attributions(tmp_path, FROZEN_2023.id, "another") == []


def test_a_second_attribution_stands_beside_the_first(exact: Attribution, tmp_path: Path) -> None:
    keep_attribution(exact, tmp_path)
    keep_attribution(replace(exact, population="gap"), tmp_path)
    fewer = replace(exact, settings={**exact.settings, "replicates": 2}, outcomes=OUTCOMES[:1])
    keep_attribution(fewer, tmp_path)
    kept = kept_attributions(tmp_path, FROZEN_2023.id, POLICY.id)

    assert {(one.outcome, one.population): one.settings["replicates"] for one in kept} == {
        (OUTCOMES[0], "eu11"): 2,
        (OUTCOMES[0], "gap"): 3,
        (OUTCOMES[1], "eu11"): 3,
        (OUTCOMES[1], "gap"): 3,
    }


def test_an_attribution_of_before_with_all_outcomes_in_one_file_is_read(
    exact: Attribution, tmp_path: Path
) -> None:
    rows = [list(row) for row in exact.parts.itertuples(index=False)]
    about = {
        "base": FROZEN_2023.id,
        "alternative": POLICY.id,
        "population": "eu11",
        "settings": dict(exact.settings),
        "parts": rows,
    }
    name = f"attribution-{FROZEN_2023.id}-{POLICY.id}.json"
    (tmp_path / name).write_text(json.dumps(about), "utf-8")
    kept = kept_attributions(tmp_path, FROZEN_2023.id, POLICY.id)

    assert [(one.outcome, one.channels) for one in kept] == [
        (outcome, THREE) for outcome in sorted(OUTCOMES)
    ]
    newer = replace(exact, settings={**exact.settings, "replicates": 2}, outcomes=OUTCOMES[:1])
    keep_attribution(newer, tmp_path)
    both = kept_attributions(tmp_path, FROZEN_2023.id, POLICY.id)
    assert {one.outcome: one.settings["replicates"] for one in both} == {
        OUTCOMES[0]: 2,
        OUTCOMES[1]: 3,
    }


def test_a_damaged_attribution_is_reported_and_never_read(tmp_path: Path) -> None:
    path = attribution_path(tmp_path, "a", "b", "absent_days", "eu11")
    path.write_text('{"parts": [[1, 2', "utf-8")

    with pytest.raises(StorageError, match="is damaged"):
        kept_attributions(tmp_path, "a", "b")


def test_an_attribution_needs_the_folder_of_a_run(exact: Attribution, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no folder"):
        keep_attribution(exact, tmp_path / "nowhere")


def test_replicates_have_the_seeds_of_an_ensemble() -> None:
    assert replicate_seed(SIZE["rng"], 0) == SIZE["rng"]
