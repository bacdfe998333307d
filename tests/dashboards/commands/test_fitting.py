"""The commands that fit, with a world of our own in place of the model."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import arviz
import pytest

from calibration.exploring.policies import Policies
from calibration.fitting import world
from calibration.fitting.kept import Shown
from calibration.fitting.waves import Place
from calibration.monitors.observed import Observed
from dashboards.cli import main
from model.registry import BY_PARAMETER
from scenarios.format.draws_file import about_draws, read_draws
from scenarios.runs.parameter_samples import prior_draw
from tests.calibration.made_up import made_up
from tests.dashboards.commands.test_nothing_left_to_fill_in import NO_NUMBER

FITTED = ("school.leave_vo", "school.leave_mbo2")
SMALL = ("--first", "60", "--later", "40", "--waves", "1", "--workers", "1", "--quiet")
ASK = ("--parameters", *FITTED, *SMALL)

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def world_of_lines(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Leaving follows its own number, and luck; returns the seeds that were lived."""
    lived: list[int] = []

    def run(*, parameters: Mapping[str, float], seed: int, **_: object) -> Observed:
        lived.append(seed)
        luck = 0.02 * math.sin(seed % 1000)
        rate = 2.2 * math.exp(parameters[FITTED[0]] + luck)
        years = range(1, 11)
        return made_up(
            {
                ("vsv_vo_expected", "eu11", "all"): dict.fromkeys(years, rate),
                ("vsv_vo_expected", "comparable", "all"): dict.fromkeys(years, rate / 1.3),
                ("in_work_of_adults", "eu11", "all"): dict.fromkeys(years, 0.2),
            }
        )

    monkeypatch.setattr(world, "observe_run", run)
    return lived


def test_from_what_can_be_learned_to_draws_that_others_read(
    world_of_lines: list[int], tmp_path: Path, capsys: Capture
) -> None:
    fit = tmp_path / "fit"

    assert main(["identify", *ASK, "--restricted", "--out", str(fit)]) == 0
    told = capsys.readouterr().out
    assert len(world_of_lines) == 60
    assert "in_work_eu11 (out of reach)" in told
    assert re.search(r"school\.leave_mbo2 .*assumption", told)
    assert not (fit / "draws.parquet").exists()

    assert main(["calibrate", *ASK, "--restricted", "--out", str(fit)]) == 0
    told = capsys.readouterr().out
    assert len(world_of_lines) == 60
    assert NO_NUMBER.search(told) is None
    assert "Of 2 directions the figures pin down 1" in told
    assert "Restricted" in told

    result = json.loads((fit / "result.json").read_text("utf-8"))
    known = {one["name"]: one for one in result["found"]["numbers"]}
    assert known[FITTED[0]]["left"] < 0.6
    assert known[FITTED[1]]["left"] > 0.9
    assert known[FITTED[0]]["middle"] == pytest.approx(math.log(0.012 / 2.2), abs=0.05)
    without, judged, twice, halved = (
        told[FITTED[0]]["left"] for told in result["variants"].values()
    )
    assert without <= judged <= twice
    assert halved < judged
    assert result["variants"]["priors halved"][FITTED[1]]["left"] < 0.6

    draws, about = read_draws(fit / "draws.parquet"), about_draws(fit / "draws.parquet")
    assert about["fitted"] == list(FITTED)
    assert about["restricted"]
    first = prior_draw(1, 1)
    others = [name for name in first if name not in FITTED]
    assert draws.loc[0, others].to_dict() == {name: first[name] for name in others}
    row = BY_PARAMETER[FITTED[0]]
    assert draws[row.name].std() < 0.6 * (row.likely[1] - row.likely[0]) / 3.29

    drawn = json.loads(
        (fit / "checks.html").read_text("utf-8").partition("const it = ")[2].partition(";\n")[0]
    )
    rows = {name: x for one in drawn["data"] for name, x in zip(one["y"], one["x"], strict=True)}
    figures = [*result["found"]["figures"], *result["checks"]]
    for one in figures:
        if one["distance"] is not None:
            away = min(8.0, max(-8.0, one["distance"]))
            assert rows[one["target"]] == pytest.approx(away, abs=0.05)
    assert set(rows) == {one["target"] for one in figures if one["model"] is not None}

    with arviz.from_netcdf(fit / "chains.nc") as tree:
        summary = arviz.summary(tree)
    assert list(summary.index) == list(FITTED)
    assert abs(float(summary.loc[FITTED[1], "mean"])) < 0.2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--parameters", "work.p_hyre"), "Did you mean 'work.p_hire'"),
        (("--parameters", "work", "school", "housing"), "too many to fit: at most 40"),
        (("--first", "10"), "--first 10 is too few: give 30 or more"),
        (("--targets", "mine.toml"), "mine.toml cannot be read"),
    ],
)
def test_what_cannot_be_fitted_is_refused_before_anything_is_lived(
    words: tuple[str, ...], told: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["calibrate", *words, "--quiet", "--out", str(tmp_path / "fit")]) == 2

    assert told in capsys.readouterr().err
    assert not (tmp_path / "fit").exists()


def test_who_has_not_the_extra_is_told_how_to_get_it(
    world_of_lines: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setitem(sys.modules, "emcee", None)

    assert main(["calibrate", *ASK, "--out", str(tmp_path / "fit")]) == 2

    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "pip install '.[calibration]'" in told
    assert world_of_lines == []


def test_what_hangs_on_what_is_told_in_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def lived(self: Policies, places: Sequence[Place]) -> Iterator[Shown]:
        for place in places:
            number = place.parameters.get(FITTED[1], BY_PARAMETER[FITTED[1]].value)
            luck = 0.002 * math.sin(place.seed % 1000)
            values = {one.name: 0.1 * number + luck for one in self.effects}
            values |= {one.id: luck for one in self.model.targets}
            yield Shown(
                wave=place.wave, number=place.number, values=dict(values), failed="", made_by=""
            )

    monkeypatch.setattr(Policies, "__call__", lived)
    ask = ["--parameters", *FITTED, "--scenarios", "s21_all", "--outcome", "vsv_mbo"]

    assert main(["sensitivity", *ASK_LITTLE, *ask, "--out", str(tmp_path / "study")]) == 0

    told = capsys.readouterr().out
    assert NO_NUMBER.search(told) is None
    assert re.search(r"school\.leave_mbo2 .*s21_all: vsv_mbo_expected", told)
    assert "school.leave_mbo2 100% (100% to 100%)" in told
    assert "1 of 2 numbers move" in told
    found = json.loads((tmp_path / "study" / "sensitivity.json").read_text("utf-8"))
    assert found["chosen"] == [FITTED[1]]


ASK_LITTLE = ("--trajectories", "4", "--runs", "60", "--most", "2", "--workers", "1", "--quiet")
