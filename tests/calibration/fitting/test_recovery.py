"""Runs that are held back are found again; without the luck of a run they are not."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calibration.fitting.kept import RESULT, Folder, Shown
from calibration.fitting.plan import CENTRE
from calibration.posterior import __main__ as posterior
from calibration.posterior.recovery import SHARES, WITH_LUCK, WITHOUT, allowed, recovered
from calibration.targets.reader import load_targets
from model.errors import InputError

FIGURES = {"in_work_poles": (75.0, 30.0), "own_home_poles": (25.0, 30.0)}
PLAN: dict[str, Any] = {"parameters": ["work.p_hire", "housing.p_upgrade_owner"], "seed": 1}
TARGETS = [load_targets()[name] for name in FIGURES]
RUNS, TRUTHS, LUCK = 100, 20, 1.5


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Runs in which each figure follows a number of its own, beside luck of 1.5 of its slopes."""
    (tmp_path / "runs").mkdir()
    chance, kept = np.random.default_rng(1), Folder(tmp_path)
    z = np.vstack([np.zeros((CENTRE, 2)), chance.standard_normal((RUNS, 2))])
    kept.keep_places(0, z)
    for number, place in enumerate(z):
        at = place + LUCK * chance.standard_normal(2)
        values = {
            name: level + slope * float(one)
            for (name, (level, slope)), one in zip(FIGURES.items(), at, strict=True)
        }
        kept.keep_run(Shown(wave=0, number=number, values=values, failed="", made_by="a toy"))
    return kept


def test_intervals_hold_what_was_held_back_but_not_without_the_luck_of_a_run(
    folder: Folder,
) -> None:
    found = recovered(folder, PLAN, TARGETS, TRUTHS)

    told = found[WITH_LUCK]
    assert (told.truths, told.numbers, told.figures) == (TRUTHS, 2, 2)
    for share, held in zip(SHARES, told.covered, strict=True):
        assert abs(held - share) <= allowed(share, TRUTHS)
    assert told.uniform is not None
    assert told.uniform > 0.01
    broken = found[WITHOUT]
    assert broken.known == 2
    assert all(one < other for one, other in zip(broken.covered, told.covered, strict=True))
    assert broken.covered_known[-1] < SHARES[-1] - allowed(SHARES[-1], TRUTHS)
    assert broken.uniform is not None
    assert broken.uniform < 0.001


def test_more_truths_than_there_are_runs_to_learn_from_are_refused(folder: Folder) -> None:
    with pytest.raises(InputError, match=f"give 1 to {RUNS // 2}"):
        recovered(folder, PLAN, TARGETS, RUNS // 2 + 1)


@pytest.mark.parametrize("there", [None, {"plan": {"seed": 1}}])
def test_runs_of_another_calibration_than_the_shipped_one_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: dict[str, Any] | None
) -> None:
    monkeypatch.setattr(posterior, "FOLDER", tmp_path)
    if there is not None:
        (tmp_path / "seed_1").mkdir()
        (tmp_path / "seed_1" / RESULT).write_text(json.dumps(there), "utf-8")

    with pytest.raises(InputError, match="does not hold the calibration that is shipped"):
        posterior.recover()


def test_a_folder_without_runs_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no runs yet\. Run veerkracht identify"):
        recovered(Folder(tmp_path), PLAN, TARGETS, 1)
