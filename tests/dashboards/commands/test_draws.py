"""Draws from a posterior of one's own, in a run of one scenario and in the report."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboards.cli import main
from dashboards.report.words import commands
from dashboards.texts import texts
from model.registry import BY_PARAMETER
from scenarios.format.draws_file import write_draws
from scenarios.runs.run import open_run
from scenarios.statistics.parameter_uncertainty import levels_left_possible
from scenarios.statistics.ratio_estimates import Cells

SIZE = ("--families", "40", "--years", "6", "--quiet", "--workers", "1")
MOVED = "school.leave_vo"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of draws that differ in one number, which no life before the start reads."""
    path = tmp_path_factory.mktemp("draws") / "draws.parquet"
    row = {one.name: one.value for one in BY_PARAMETER.values() if one.is_free}
    draws = pd.DataFrame([{**row, MOVED: value} for value in np.linspace(-6.0, -4.0, 40)])
    write_draws(path, draws, fitted=[MOVED], digests={"whole": "toy"}, restricted=False)
    return path


def test_levels_have_what_other_assumptions_leave_possible(
    posterior: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    folder = tmp_path / "run"

    ask = ("--replicates", "3", "--draws", str(posterior), "--out", str(folder))
    assert main(["run", "s00_frozen_2023", *SIZE, *ask]) == 0

    told = " ".join(capsys.readouterr().out.split())
    assert "drawn 3 times from a calibration" in told
    assert "3 draws say little of not knowing" in told
    assert "% to " in told
    run = open_run(folder)
    assert run.draws()[MOVED].between(-6.0, -4.0).all()

    again = dict(commands(run, texts("en")))
    (command,) = [one for one in again if "compare" in one]
    assert "--draws DRAWS " in command
    sha = hashlib.sha256(posterior.read_bytes()).hexdigest()
    assert f"the file of draws with the SHA-256 {sha[:16]}…" in again[command]


def test_a_run_without_draws_shows_no_range(capsys: Capture) -> None:
    assert main(["run", "s00_frozen_2023", *SIZE]) == 0

    assert "In brackets" not in capsys.readouterr().out


def test_chance_is_taken_out_of_levels_where_replicates_tell_how_large_it_is() -> None:
    chance = np.random.default_rng(1)
    draws, replicates = 60, 40
    luck = chance.normal(size=replicates + draws)
    drawn = np.concatenate([np.zeros(replicates), chance.normal(size=draws)])
    runs = pd.DataFrame(
        {
            "draw": [0] * replicates + list(range(1, draws + 1)),
            "replicate": [*range(replicates), *range(draws)],
        }
    )
    keys = pd.DataFrame(
        {
            "school_year": ["2030/31"],
            "dimension": ["all"],
            "group": ["all"],
            "outcome": ["trust"],
            "population": ["eu11"],
        }
    )
    shape = (1, 1, len(runs))
    whole = Cells(keys, ("base",), runs, (10.0 + luck + drawn).reshape(shape), np.ones(shape))

    (found,) = levels_left_possible(whole).to_dict("records")

    width = found["high"] - found["low"]
    assert 2.6 < width < 5.2
    alone = whole.of((runs["draw"] > 0).to_numpy())
    (with_luck,) = levels_left_possible(alone).to_dict("records")
    assert with_luck["high"] - with_luck["low"] > 1.2 * width
