"""Levels are set on the fit targets, within their priors, and written where they are declared."""

from pathlib import Path

import numpy as np
import pytest

from calibration.levels.__main__ import level_of, levels, value_at
from calibration.levels.fitting import END, fit, loss
from calibration.levels.writing import write
from model.aliases import LEVELS
from model.errors import InputError
from model.registry import BY_PARAMETER

MOST = 24

SLOPES = np.array([[3.0, 0.0, 0.0], [0.0, -2.0, 0.0], [1.0, 1.0, 0.0]])
OFF = np.array([-3.0, 1.0, 0.2])


def straight(at: np.ndarray) -> np.ndarray:
    """The distances of one seed."""
    return np.asarray([OFF + SLOPES @ at])


def bent(at: np.ndarray) -> np.ndarray:
    return np.asarray(straight(at) + 0.3 * np.array([at[0] ** 2, at[1] ** 2, 0.0]))


def test_levels_come_to_where_targets_and_priors_pull_alike() -> None:
    start = np.array([0.2, -0.1, 0.7])
    found = fit(start, straight, 3)
    pull = SLOPES.T @ straight(found.after)[0] + (found.after - start)

    np.testing.assert_allclose(pull, 0.0, atol=1e-9)
    np.testing.assert_allclose(found.slopes, SLOPES, atol=1e-9)


def test_a_level_that_no_target_tells_of_stays_where_it_is() -> None:
    assert fit(np.array([0.2, -0.1, 0.7]), straight, 3).after[2] == pytest.approx(0.7)


def test_a_slope_on_which_seeds_do_not_agree_moves_nothing() -> None:
    luck = np.random.default_rng(1)

    def noise(_: np.ndarray) -> np.ndarray:
        return 5.0 + luck.normal(size=(4, 60))

    found = fit(np.zeros(3), noise, 1)

    assert (found.slopes == 0.0).mean() > 0.75


def test_what_is_found_is_never_worse_and_lies_within_the_priors() -> None:
    for world in (bent, lambda at: 40.0 * bent(at), lambda at: np.c_[bent(at), np.nan]):
        found = fit(np.zeros(3), world, 6)

        assert loss(found.after, found.distance_after) < loss(np.zeros(3), found.distance_before)
        assert np.abs(found.after).max() <= END


def test_there_are_at_most_twenty_four_levels_and_each_has_a_prior() -> None:
    assert 0 < len(levels()) <= MOST
    for name, reason in levels().items():
        assert BY_PARAMETER[name].is_free, name
        assert reason.endswith("."), name


def test_no_level_is_what_a_policy_adds_or_a_gradient() -> None:
    differences = set(LEVELS)
    parts = "_ratio _sensitivity _learning _language _poor _per_year _dutch _education _extra"
    gradients = (*parts.split(), "_knowledge", "_trust", "_effect", "schooling")

    for name in levels():
        assert name not in differences
        assert not any(part in name for part in gradients), name


def test_a_value_and_its_place_in_the_prior_belong_together() -> None:
    row = BY_PARAMETER["work.p_hire"]

    assert value_at(row, level_of(row)) == pytest.approx(row.value, rel=0.005)
    low, high = row.likely
    assert low <= value_at(row, -END) < value_at(row, END) <= high * 1.001


DECLARED = """
class Work:
    p_hire: float = number(
        0.145,
        "probability per month",
        (0.05, 0.3),
        logit_normal(0.1, 0.18),
        source="assumption",
        grade="D",
        fitted="by hand: P5a",
    )
    p_end: float = assumed(0.02, "probability per month", (0.01, 0.04), normal(0.01, 0.03))
"""


def test_a_value_is_written_where_it_is_declared_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "parameters.py"
    path.write_text(DECLARED)

    write({"p_hire": 0.16, "p_end": 0.021}, "by levels: a", tmp_path)

    wanted = DECLARED.replace("0.145", "0.16").replace("by hand: P5a", "by levels: a")
    wanted = wanted.replace("(0.02,", "(0.021,")
    wanted = wanted.replace("normal(0.01, 0.03))", 'normal(0.01, 0.03), fitted="by levels: a")')
    assert path.read_text() == wanted


def test_nothing_is_written_when_a_field_is_not_declared_once(tmp_path: Path) -> None:
    path = tmp_path / "parameters.py"
    path.write_text(DECLARED)

    with pytest.raises(InputError, match="p_gone is declared 0 times"):
        write({"p_hire": 0.16, "p_gone": 1.0}, "by levels: a", tmp_path)
    assert path.read_text() == DECLARED
