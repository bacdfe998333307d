"""What commands write: where it goes, what it never goes over, and what an attribution is of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.cli import main
from dashboards.report.report import report
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.format.manifest import MANIFEST
from scenarios.pairs.attribution import kept_attributions
from scenarios.runs import verify
from scenarios.runs.run import Ensemble, open_run, run_pairs

POLICY = Scenario(id="more_care", levers=(LeverChange(lever="care_access_level", value=0.9),))
SIZE: dict[str, Any] = {"families": 40, "years": 3}
NUMBERS = ("--outcome", "hours_cv", "--year", "2024/25")
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    folder = tmp_path_factory.mktemp("runs") / "care"
    return run_pairs(
        (FROZEN_2023, POLICY), **SIZE, replicates=range(2), seed=3, out=folder, workers=1
    )


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that runs a command and returns its status and what it printed."""

    def ask(*words: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ask


@pytest.mark.parametrize("place", ["-", "/dev/stdout"])
def test_numbers_go_to_standard_output_and_nothing_else_does(
    say: Say, run: Ensemble, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = say("results", run.folder, "--csv", place, *NUMBERS)

    assert status == 0
    heading, *rows = out.splitlines()
    assert heading.startswith("scenario,population,school_year")
    assert all(row.startswith(("s00_frozen_2023,", "more_care,")) for row in rows)
    assert "Written" in err
    assert list(tmp_path.iterdir()) == []
    assert not Path("/dev/stdout.about.json").exists()


def test_an_export_goes_through_a_link_and_twice_over_itself(
    say: Say, run: Ensemble, tmp_path: Path
) -> None:
    link, target = tmp_path / "link.csv", tmp_path / "elsewhere" / "numbers.csv"
    link.symlink_to(target)
    for _ in range(2):
        assert say("results", run.folder, "--csv", link, *NUMBERS)[0] == 0

    assert link.is_symlink()
    assert len(pd.read_csv(target))
    assert json.loads((tmp_path / "link.csv.about.json").read_text("utf-8"))["program"]


@pytest.mark.parametrize(
    "words",
    [
        ("results", "RUN", "--csv", "PLACE"),
        ("results", "RUN", "--excel", "PLACE"),
        ("report", "RUN", "--reach", "0", "--file", "PLACE"),
        ("reach", "s00_frozen_2023", "s11_care_hours", "--out", "PLACE", "--years", "5"),
        ("twins", "s00_frozen_2023", "s11_care_hours", "--family", "2", "--figure", "PLACE"),
    ],
)
def test_no_export_harms_a_run_or_a_file_of_somebody_else(
    say: Say, run: Ensemble, tmp_path: Path, words: tuple[str, ...]
) -> None:
    manifest, own = run.folder / MANIFEST, tmp_path / "own.txt"
    before = manifest.read_bytes()
    own.write_text("mine", "utf-8")
    for place, said in (
        (manifest, "lies in the folder of a run"),
        (run.folder / "new.csv", "lies in the folder of a run"),
        (own, "stays as it is"),
    ):
        named = [str({"RUN": run.folder, "PLACE": place}.get(word, word)) for word in words]
        status, _, err = say(*named)
        assert (status, said in err) == (2, True), err
    named = [str({"RUN": run.folder, "PLACE": manifest}.get(word, word)) for word in words]
    assert say(*named, "--force")[0] == 2

    assert manifest.read_bytes() == before
    assert own.read_text("utf-8") == "mine"
    assert open_run(run.folder).digest == run.digest


def test_one_place_does_not_take_two_files(say: Say, run: Ensemble, tmp_path: Path) -> None:
    place = tmp_path / "both"
    status, _, err = say("results", run.folder, "--csv", place, "--excel", place)

    assert (status, "are the same" in err) == (2, True)
    assert not place.exists()


def test_force_writes_over_a_file_that_is_not_ours(say: Say, run: Ensemble, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("mine", "utf-8")
    status, _, _ = say("results", run.folder, "--csv", own, *NUMBERS, "--force")

    assert status == 0
    assert own.read_text("utf-8").startswith("scenario,")


def test_data_of_twins_go_over_themselves_and_nothing_else(say: Say, tmp_path: Path) -> None:
    words = ("twins", "s00_frozen_2023", "s11_care_hours", "--family", "2", "--quiet")
    size = ("--families", "40", "--years", "5")
    folder = tmp_path / "data"
    for _ in range(2):
        assert say(*words, *size, "--csv", folder)[0] == 0
    (folder / "series.csv").write_text("mine", "utf-8")
    status, _, err = say(*words, *size, "--csv", folder)

    assert (status, "series.csv is there already" in err) == (2, True)
    status, _, err = say(*words, *size, "--csv", "-")
    assert (status, "four files" in err) == (2, True)


def test_rows_of_reach_go_to_a_file_of_either_kind_and_to_standard_output(
    say: Say, tmp_path: Path
) -> None:
    words = ("reach", "s00_frozen_2023", "s11_care_hours", "--families", "40", "--years", "5")
    for _ in range(2):
        assert say(*words, "--quiet", "--out", tmp_path / "r.parquet")[0] == 0
    status, out, err = say(*words, "--quiet", "--out", "-")

    assert status == 0
    assert len(out.splitlines()) == 1 + len(pd.read_parquet(tmp_path / "r.parquet"))
    assert "All measures together" in err


def test_a_report_goes_to_standard_output(say: Say, run: Ensemble) -> None:
    status, out, err = say("report", run.folder, "--reach", "0", "--file", "-")

    assert status == 0
    assert out.startswith("<!doctype html>")
    assert out.rstrip().endswith("</html>")
    assert "Geschreven: -" in err


def attribute(say: Say, run: Ensemble, *more: str) -> tuple[int, str, str]:
    """Split the difference of the run over one channel."""
    words = ("attribute", "s00_frozen_2023", "more_care", "--channel", "absence", "--quiet")
    return say(*words, "--run", run.folder, *more)


def test_an_attribution_of_a_run_has_its_settings_and_stands_in_its_report(
    say: Say, run: Ensemble
) -> None:
    assert attribute(say, run)[0] == 0
    assert attribute(say, run, "--outcome", "absent_days", "--population", "gap")[0] == 0
    assert attribute(say, run, "--families", "40", "--seed", "3", "--replicates", "2")[0] == 0
    kept = kept_attributions(run.folder, "s00_frozen_2023", "more_care")
    page = report(run, "en", reach_families=0)

    assert [(one.outcome, one.population) for one in kept] == [
        ("absent_days", "gap"),
        ("vsv_mbo_expected", "eu11"),
    ]
    for one in kept:
        told = one.settings
        assert (told["families"], told["years"], told["rng"], told["replicates"]) == (40, 3, 3, 2)
    assert "with 40 families at the start, 3 years, 2 times, luck 3." in page
    assert page.count("These are the families and the luck of this run.") == 2
    assert (
        "veerkracht attribute s00_frozen_2023 more_care --outcome absent_days --population gap"
        " --channel absence --run care"
    ) in page
    assert verify.verify(run.folder, workers=1).is_same


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--families", "100"), "--families 100: the run"),
        (("--families", "all"), "--families all: the run"),
        (("--years", "5"), "has 3, and parts of another size"),
        (("--seed", "1"), "--seed 1: the run"),
        (("--replicates", "20"), "has 2, and parts of another size"),
    ],
)
def test_an_attribution_of_a_run_refuses_other_settings(
    say: Say, run: Ensemble, words: tuple[str, ...], said: str
) -> None:
    status, _, err = attribute(say, run, *words)

    assert (status, said in err) == (2, True), err


def test_an_attribution_of_a_run_is_about_scenarios_as_they_were(
    say: Say, run: Ensemble, tmp_path: Path
) -> None:
    changed = tmp_path / "more_care.toml"
    changed.write_text('id = "more_care"\ntitle.nl = "x"\n[levers]\ncare_access_level = 0.5\n')
    words = ("--run", run.folder, "--quiet")
    changed_now = say("attribute", "s00_frozen_2023", changed, *words)
    another = say("attribute", "s00_frozen_2023", "s11_care_hours", *words)

    assert (changed_now[0], "is not as it was when" in changed_now[2]) == (2, True)
    assert (another[0], "has no scenario 's11_care_hours'" in another[2]) == (2, True)


def test_an_attribution_of_a_run_of_another_model_is_refused(
    say: Say, run: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.commands.pairs.attribute.code_digest", lambda: "another")
    status, _, err = attribute(say, run)

    assert (status, "another version of the model" in err) == (2, True)
