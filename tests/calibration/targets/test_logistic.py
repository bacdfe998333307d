"""Regressions: they find what is true of made-up pupils, and ask it of the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from calibration.monitors.logistic import logistic
from calibration.monitors.observed import Observed, observe_run
from calibration.targets.digest import DIGEST, digest_of, digest_text
from calibration.targets.meets import meets
from calibration.targets.reader import load_targets, target_of, targets_in
from calibration.targets.target import Target
from calibration.targets.words import quantity_text
from model.errors import InputError

TRUE = np.array([-0.6, 0.4])

TARGET: dict[str, Any] = {
    "id": "learning_and_leaving",
    "kind": "logistic",
    "use": "fit",
    "grade": "B",
    "measure": "leaving_vo",
    "population": "both",
    "group": "all",
    "layer": "registered",
    "years": [2, 5],
    "compared": "logistic",
    "regression": {"covariates": ["age", "learning"], "term": "learning"},
    "factor": 1.0,
    "unit": "log-odds",
    "link": "identity",
    "value": -0.5,
    "standard_error": 0.05,
    "discrepancy": 0.1,
    "reason": "another model of the same pupils",
    "year": "2017",
    "inputs": [],
    "figures": ["cbs.vsv_model"],
}


def made_up(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return covariates that go together, and the chance of leaving that is true of each pupil."""
    chance = np.random.default_rng(seed)
    first = chance.normal(size=n)
    x = np.column_stack([first, 0.6 * first + chance.normal(size=n)])
    return x, 1.0 / (1.0 + np.exp(-(x @ TRUE - 4.0)))


def test_chances_give_back_what_is_true_and_what_happened_comes_near() -> None:
    x, chances = made_up(60_000, 1)
    left = np.random.default_rng(2).random(len(x)) < chances

    assert logistic(x, chances) == pytest.approx(TRUE, abs=1e-6)
    assert logistic(x, left.astype(float)) == pytest.approx(TRUE, abs=0.12)


def test_a_covariate_that_is_left_out_shows_in_the_others() -> None:
    x, chances = made_up(60_000, 3)

    assert logistic(x[:, :1], chances)[0] > TRUE[0] + 0.15


def test_it_is_the_most_likely_one() -> None:
    x, chances = made_up(500, 4)
    left = (np.random.default_rng(5).random(len(x)) < 3 * chances).astype(float)

    def unlikely(b: np.ndarray) -> float:
        eta = b[0] + x @ b[1:]
        return float((np.logaddexp(0.0, eta) - left * eta).sum())

    best = minimize(unlikely, np.zeros(3), method="BFGS").x
    assert logistic(x, left) == pytest.approx(best[1:], abs=1e-3)


def test_what_the_rows_do_not_tell_is_not_told() -> None:
    x, chances = made_up(500, 6)

    assert np.isnan(logistic(x[:30], chances[:30])).all()
    assert np.isnan(logistic(np.column_stack([x[:, 0], x[:, 0]]), chances)).all()
    assert np.isnan(logistic(np.column_stack([x[:, 0], np.ones(500)]), chances)).all()
    assert np.isnan(logistic(x, np.zeros(500))).all()


@pytest.fixture(scope="module")
def seen() -> Observed:
    return observe_run(families=400, years=6, seed=3)


def target(**changed: object) -> Target:
    return target_of({**TARGET, **changed}, "mine", "mine.toml, target 1")


def test_learning_lowers_leaving_among_the_models_own_pupils(seen: Observed) -> None:
    beside = target().quantity.value(seen)
    alone = target(regression={"covariates": ["learning"], "term": "learning"})

    assert -1.5 < beside < -0.1
    assert alone.quantity.value(seen) != beside
    met = meets(target(), [seen], families=400)
    assert met.behind > 300
    assert met.values == (beside,)


def test_pupils_of_mbo_are_others_than_those_of_vo(seen: Observed) -> None:
    assert seen.pupils is not None
    rows = {
        measure: seen.pupils.coefficient(measure, "both", (0, 9), ["learning"], "learning")[1]
        for measure in ("leaving_vo", "leaving_mbo")
    }
    whole = sum(len(rows) for rows in seen.pupils.rows)

    assert min(rows.values()) > 100
    assert sum(rows.values()) == whole


def test_it_is_told_in_words() -> None:
    assert quantity_text(target()).endswith("; learning beside age, learning")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"regression": {"covariates": ["age", "iq"], "term": "age"}}, "'iq' is no covariate"),
        ({"regression": {"covariates": ["age"], "term": "learning"}}, "none of the covariates"),
        ({"regression": {"covariates": ["age", "age"], "term": "age"}}, "there twice"),
        ({"regression": {"term": "age"}}, "It has covariates and term"),
        ({"measure": "vsv_vo_expected"}, "These go together"),
        ({"compared": "alone"}, "These go together"),
        ({"n": 1000.0}, "no n"),
        ({"standard_error": 0.0}, "the figure has no error"),
        ({"layer": "actual"}, 'Write layer = "registered"'),
        ({"population": "poles"}, "there is no population 'poles'"),
    ],
)
def test_what_is_half_there_is_refused(changed: Mapping[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        target(**changed)


def test_a_file_may_hold_one(tmp_path: Path) -> None:
    lines = "\n".join(f"{name} = {_toml(value)}" for name, value in TARGET.items())
    file = tmp_path / "mine.toml"
    file.write_text(f"[[target]]\n{lines}\n", encoding="utf-8")

    (found,) = targets_in(file)

    assert found == target()


def test_targets_without_one_have_the_digest_that_they_had() -> None:
    assert DIGEST.read_text("utf-8") == digest_text(load_targets().values())
    assert digest_of([target()]) != digest_of([])


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
