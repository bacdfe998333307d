"""Exports for people here: a Dutch spreadsheet, an Excel summary, and the clock of this place."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from dashboards.cli import main
from dashboards.exports import dutch
from dashboards.exports.about import local_time
from scenarios.disclosure.rules import MARK
from scenarios.runs.run import Ensemble, open_run
from scenarios.statistics.overview import overview

STORED = Path(__file__).parents[2] / "data" / "run_format2"
DATE = re.compile(r"\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?")
"""What a spreadsheet takes for a date; a school year such as 2023/24 has no such month."""


@pytest.fixture(scope="module")
def run() -> Ensemble:
    return open_run(STORED)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def here(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield here
    monkeypatch.undo()
    time.tzset()


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_dutch_spreadsheet_reads_numbers_with_commas_and_no_group_as_a_date(
    run: Ensemble,
) -> None:
    table = overview(run)
    content = dutch.content(table, run)
    rows = read(content)

    assert content.startswith(b"\xef\xbb\xbfscenario;")
    assert len(rows) == len(table)
    groups = {row["groep"] for row in rows if row["indeling"] == "Jaren in Nederland"}
    assert "3 tot 5 jaar in Nederland" in groups
    years = {row["schooljaar"] for row in rows}
    assert all(int(year[-2:]) > 12 for year in years)
    words = {cell for row in rows for name, cell in row.items() if name != "schooljaar"}
    assert not [word for word in words if DATE.fullmatch(word)]
    numbers = {row[name] for row in rows for name in ("waarde", "verschil", "laag (95%)")} - {""}
    assert all(re.fullmatch(r"-?\d+(,\d{1,6})?", number) for number in numbers)
    assert not [number for number in numbers if re.fullmatch(r"-0(,0+)?", number)]


def test_numbers_for_spreadsheets_are_those_of_the_table_in_the_unit_people_read(
    run: Ensemble,
) -> None:
    table = overview(run, outcome="poor_share", dimension="all")
    rows = read(dutch.content(table, run))

    for row, (_, number) in zip(rows, table.iterrows(), strict=True):
        if number["mark"] != MARK:
            assert row["eenheid"] == "% van de kinderen"
            level = float(row["waarde"].replace(",", "."))
            assert level == pytest.approx(100 * number["level"], abs=0.05)


def test_a_hidden_group_shows_no_number(run: Ensemble) -> None:
    rows = read(dutch.content(overview(run), run))
    hidden = [row for row in rows if "verborgen" in row["opmerking"]]

    assert hidden
    for name in ("waarde", "standaardfout", "aantal erachter", "verschil", "laag (95%)"):
        assert {row[name] for row in hidden} == {""}


def test_a_title_is_never_worked_out_by_a_spreadsheet(run: Ensemble) -> None:
    (base, *others) = run.about["scenarios"]
    titled = [{**base, "title_nl": "=1+1"}, *others]
    renamed = replace(run, about={**run.about, "scenarios": titled})
    table = overview(run, outcome="hours_cv", dimension="all")

    assert {row["scenario"][:2] for row in read(dutch.content(table, renamed))} >= {"'="}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_excel_file_opens_with_a_summary(
    language: str, tmp_path: Path, run: Ensemble, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    words = ["results", str(STORED), "--excel", str(path), "--language", language]
    assert main([*words, "--outcome", "income", "--outcome", "hours_cv"]) == 0
    assert {"nl": "Geschreven", "en": "Written"}[language] in capsys.readouterr().out
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [list(row) for row in book["summary"].iter_rows(values_only=True)]
    book.close()

    assert book.sheetnames == ["summary", "numbers", "about", "proof"]
    assert run.base in str(rows[0]) or "2023" in str(rows[0])
    answers = rows[4:]
    assert {row[-1] for row in answers} == {"income_eur_month", "hours_cv"}
    assert len(answers) == 2 * 3 * (len(run.scenarios) - 1)
    assert all(isinstance(row[4], int | float) for row in answers if row[4] is not None)


def test_a_dutch_export_is_written_again_over_itself_and_not_over_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, other = tmp_path / "nl.csv", tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n")
    words = ["results", str(STORED), "--outcome", "income", "--csv-nl"]

    assert [main([*words, str(path)]) for _ in range(2)] == [0, 0]
    assert main([*words, str(other)]) == 2
    assert "no export of veerkracht" in capsys.readouterr().err
    assert main([*words, str(path), "--csv", str(path)]) == 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Asia/Tokyo", "2026-07-01 19:30 +09:00"),
        ("Europe/Amsterdam", "2026-07-01 12:30 +02:00"),
        ("UTC", "2026-07-01 10:30 +00:00"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_this_place(
    name: str, shown: str, zone: Callable[[str], None]
) -> None:
    zone(name)

    assert local_time("2026-07-01T10:30:00+00:00") == shown
    assert local_time("once") == "once"


def test_a_list_of_runs_names_the_zone_of_its_times(
    zone: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    zone("Asia/Tokyo")

    assert main(["results", str(STORED.parent)]) == 0
    assert " +09:00, " in capsys.readouterr().out
