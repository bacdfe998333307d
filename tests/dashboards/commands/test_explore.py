"""The command that asks where a policy fails, with a world of our own in place of the model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from calibration.exploring.policies import Policies
from calibration.fitting.kept import Shown
from calibration.fitting.waves import Place
from dashboards.cli import main
from model.registry import BY_PARAMETER
from tests.dashboards.commands.test_nothing_left_to_fill_in import NO_NUMBER

FADES = BY_PARAMETER["school.fade_rate"]
ASK = ("explore", "s01_reference", "s15_preschool", "--pairs", "120", "--workers", "1", "--quiet")

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def world_in_which_gains_fade(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scenario helps where gains fade slowly, the first of them most."""
    low, high = FADES.likely

    def lived(self: Policies, places: Sequence[Place]) -> Iterator[Shown]:
        for place in places:
            at = (place.parameters.get(FADES.name, FADES.value) - low) / (high - low)
            luck = 1e-4 * np.random.default_rng(place.seed).normal()
            values = {
                one.name: 0.01 * (at - 0.6) * (1.0 + 1.0 / (1 + k)) + luck
                for k, one in enumerate(self.effects)
            }
            yield Shown(
                wave=place.wave, number=place.number, values=dict(values), failed="", made_by=""
            )

    monkeypatch.setattr(Policies, "__call__", lived)
    monkeypatch.setenv("COLUMNS", "200")


def test_where_a_policy_fails_is_told_in_words_and_drawn(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "explore"

    assert main([*ASK, "--out", str(out)]) == 0

    told = capsys.readouterr().out
    assert NO_NUMBER.search(told) is None
    assert "lowers vsv_mbo_expected by 0.1 percentage points or more" in told
    assert re.search(r"school\.fade_rate is at least 0\.\d+ \(prior", told)
    assert re.search(r"fails in \d+ of \d+ worlds \(density \d+%", told)
    assert "labels dealt anew 99 times" in told
    assert "No pair changes places by more than luck" in told
    assert "the least regret first" in told
    page = (out / "explore.html").read_text("utf-8")
    assert "school.fade_rate" in page
    assert "http" not in page.partition("const it = ")[2]
    kept = json.loads((out / "explore.json").read_text("utf-8"))
    assert kept["box"]["cases_inside"] <= kept["cases"] < kept["worlds"] == 120
    assert kept["question"]["scenarios"][0] == "s02_bandwidth"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--outcome", "trust"), "give --wanted more or --wanted less"),
        (("--pairs", "700"), "give 60 to 600"),
        (("--least", "-1"), "--least -1 is not possible"),
        (("--years", "2"), "lies after the run ends"),
        (("--draws", "nothing.parquet"), "there is no such file"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_lived(
    words: tuple[str, ...], told: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main([*ASK, *words, "--out", str(tmp_path / "explore")]) == 2

    assert told in capsys.readouterr().err
    assert not (tmp_path / "explore").exists()
