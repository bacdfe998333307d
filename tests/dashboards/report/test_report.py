"""The report: one file, complete in both languages, that needs nothing from elsewhere."""

from __future__ import annotations

import base64
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.cli import main
from dashboards.report.report import report, write_report
from dashboards.report.words import digest_of
from dashboards.texts import texts
from model.errors import InputError, StorageError
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.pairs.attribution import attribute, keep_attribution
from scenarios.runs.run import Ensemble, open_run, run_pairs

POLICY = Scenario(
    id="more_lessons",
    title_nl="Meer les <en> meer",
    title_en="More lessons <and> more",
    question_nl="Helpt meer les?",
    question_en="Do more lessons help?",
    levers=(
        LeverChange(lever="extra_education_hours", value=1.0),
        LeverChange(lever="care_access_level", value=0.9),
    ),
)
SIZE: dict[str, Any] = {"families": 60, "years": 4}
Write = Callable[[str], str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    folder = tmp_path_factory.mktemp("runs") / "lessons"
    ensemble = run_pairs(
        (FROZEN_2023, POLICY), **SIZE, replicates=range(3), draws="prior", out=folder, workers=1
    )
    parts = attribute(FROZEN_2023, POLICY, channels=("income", "absence"), replicates=2, **SIZE)
    keep_attribution(parts, folder)
    return ensemble


@pytest.fixture(scope="module")
def pages(run: Ensemble) -> dict[str, str]:
    return {language: report(run, language, reach_families=40) for language in ("nl", "en")}


@pytest.fixture(params=["nl", "en"])
def sheet(request: pytest.FixtureRequest, pages: dict[str, str]) -> str:
    return pages[request.param]


def figures(sheet: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', sheet, re.DOTALL)
    return [json.loads(text) for text in found]


def text_of(sheet: str) -> str:
    """Return what a reader reads."""
    plain = re.sub(r"<(script|style)\b.*?</\1>", " ", sheet, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain)))


def test_it_needs_nothing_from_elsewhere(sheet: str) -> None:
    without_scripts = re.sub(r"<script\b.*?</script>", "", sheet, flags=re.DOTALL)

    assert re.findall(r"(?:src|href)=\"(?!data:|#)", without_scripts) == []
    assert "@import" not in without_scripts
    assert "url(" not in without_scripts
    assert "default-src 'none'" in sheet


def test_plotly_is_in_it_once_and_shares_nothing(sheet: str) -> None:
    assert sheet.count("plotly.js v") == 1
    assert "showSendToCloud: false" in sheet


def test_every_question_of_a_reader_has_its_heading(pages: dict[str, str]) -> None:
    for language, sheet in pages.items():
        t = texts(language)
        for heading in t.part("report.heading").values():
            assert f"<h2>{html.escape(heading, quote=False)}</h2>" in sheet.replace("&#39;", "'")


def test_the_answer_says_how_sure_it_is_and_that_it_is_no_forecast(pages: dict[str, str]) -> None:
    words = {
        "nl": ("Schoolverlaten in het mbo", "procentpunt", "Dit is geen voorspelling"),
        "en": ("Early leaving in mbo", "percentage points", "This is not a forecast"),
    }
    for language, sheet in pages.items():
        for part in words[language]:
            assert part in text_of(sheet)
    assert "Helpt meer les?" in pages["nl"]
    assert "Do more lessons help?" in pages["en"]


def test_the_grey_band_says_of_whom_it_is(pages: dict[str, str]) -> None:
    assert "EU-11: wat toeval openlaat (95%)" in pages["nl"]
    assert "EU-11: what chance leaves open (95%)" in pages["en"]


def test_titles_are_text_and_never_markup(sheet: str) -> None:
    without_scripts = re.sub(r"<script\b.*?</script>", "", sheet, flags=re.DOTALL)

    assert "<and>" not in without_scripts
    assert "<en>" not in without_scripts


def test_every_figure_carries_scenarios_seeds_code_and_data(sheet: str, run: Ensemble) -> None:
    drawn = figures(sheet)

    assert len(drawn) >= 9
    for figure in drawn:
        meta = figure["layout"]["meta"]
        assert set(meta["scenarios"]) == {FROZEN_2023.id, POLICY.id}
        assert meta["scenarios"][POLICY.id] == digest_of(run.about["scenarios"][1])
        assert meta["seeds"] == run.about["seeds"]
        assert meta["code"] == run.about["code_digest"]
        assert meta["data"] == run.digest
        assert meta["figure"]


def test_the_numbers_of_a_figure_are_there_to_read_and_to_download(sheet: str) -> None:
    places = sheet.count('<div class="figure"')
    downloads = re.findall(r'href="data:text/csv;base64,([^"]+)"', sheet)

    assert len(downloads) == places == len(figures(sheet))
    for text in downloads:
        table = pd.read_csv(io.BytesIO(base64.b64decode(text)))
        assert len(table)
        assert table.columns[0]


def test_who_is_reached_and_through_which_ways_are_in_it(pages: dict[str, str]) -> None:
    kinds = {figure["layout"]["meta"]["figure"] for figure in figures(pages["nl"])}

    assert {"reach", "channels", "difference"} <= kinds
    assert "Inkomen en armoede" in text_of(pages["nl"])


def test_the_assumptions_show_standing_and_grades(pages: dict[str, str]) -> None:
    read = text_of(pages["nl"])

    assert "idee van onderzoekers (R)" in read  # the hour that the letter names
    assert "eigen keuze, niet uit de brief" in read
    assert "effect: D" in read
    assert "school.leave_absent_day" in read


def test_how_to_make_it_again_stands_in_it(sheet: str, run: Ensemble) -> None:
    read = text_of(sheet)

    assert "veerkracht verify lessons" in read
    assert "--families 60 --years 4 --seed 1 --replicates 3 --draws prior" in read
    assert run.digest in read
    assert run.about["code_digest"] in read


def test_size_and_command_of_an_attribution_stand_in_it(pages: dict[str, str]) -> None:
    read = text_of(pages["en"])

    assert "for EU-11 families, with 60 families at the start, 4 years, 2 times, luck 1." in read
    assert "these are not the settings of this run" in read
    assert (
        "veerkracht attribute s00_frozen_2023 more_lessons --outcome vsv_mbo_expected"
        " --population eu11 --channel income --channel absence"
        " --families 60 --years 4 --seed 1 --replicates 2"
    ) in read


def test_both_languages_have_the_same_figures(pages: dict[str, str]) -> None:
    dutch, english = (figures(pages[language]) for language in ("nl", "en"))

    for ours, theirs in zip(dutch, english, strict=True):
        about = [dict(one["layout"]["meta"], narrow=None) for one in (ours, theirs)]
        assert about[0] == about[1]
        assert [one.get("x") for one in ours["data"]] == [one.get("x") for one in theirs["data"]]


def test_a_run_without_attribution_says_how_to_get_it(tmp_path: Path) -> None:
    size = SIZE | {"families": 300}
    alone = run_pairs((FROZEN_2023, POLICY), **size, out=tmp_path / "alone", workers=1)

    sheet = report(alone, "en", reach_families=0)

    assert "veerkracht attribute s00_frozen_2023 more_lessons" in text_of(sheet)
    assert "How large chance is cannot be said" in text_of(sheet)
    assert "Who is reached?" not in sheet


def test_a_run_of_one_scenario_is_refused(tmp_path: Path) -> None:
    alone = run_pairs((FROZEN_2023,), families=20, years=2, out=tmp_path / "one", workers=1)

    with pytest.raises(InputError, match="one scenario only"):
        report(alone, "en")


def test_a_report_that_cannot_be_written_leaves_nothing(run: Ensemble, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="cannot write"):
        write_report(run, tmp_path / "file" / "r.html", "nl", reach_families=0)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_the_command_writes_the_report_it_says(
    run: Ensemble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "mine.html"

    status = main(["report", str(run.folder), "--file", str(target), "--reach", "0"])

    assert status == 0
    assert "mine.html" in capsys.readouterr().out
    assert target.read_text("utf-8").startswith('<!doctype html>\n<html lang="nl">')
    assert open_run(run.folder).digest == run.digest
