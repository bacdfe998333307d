"""Lists read well in a narrow terminal and through a pipe, and go to programs as they are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dashboards.cli import main
from dashboards.commands.lists import table
from dashboards.commands.terminal import Terminal
from model.outcomes.registry import ALIASES, OUTCOMES, full_name
from model.registry import BY_PARAMETER, LEVERS
from scenarios import names

LISTS = {
    "scenarios": names(),
    "levers": [lever.name for lever in LEVERS],
    "outcomes": [outcome.name for outcome in OUTCOMES],
    "parameters": list(BY_PARAMETER),
}


def told(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("width", ["40", "60", "80"])
@pytest.mark.parametrize("command", LISTS)
def test_every_name_stands_whole_at_the_beginning_of_a_line_and_lines_keep_within_the_width(
    command: str,
    width: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    lines = told(command, capsys=capsys).splitlines()

    firsts = {line.split()[0] for line in lines if line and not line.startswith(" ")}
    assert set(LISTS[command]) <= firsts
    assert all(len(line) <= int(width) or len(line.split()) == 1 for line in lines)
    assert not any("│" in line or line.endswith(" " * 8) for line in lines)


@pytest.mark.parametrize("command", LISTS)
def test_a_list_goes_to_programs_as_csv_and_as_json(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(told(command, "--csv", "-", capsys=capsys))))
    found = json.loads(told(command, "--json", "-", capsys=capsys))

    assert [row["name"] for row in rows] == LISTS[command]
    assert [row["name"] for row in found["rows"]] == LISTS[command]
    assert list(rows[0]) == list(found["rows"][0])
    path = tmp_path / "list"
    for ending in ("csv", "json"):
        for _ in range(2):
            assert main([command, f"--{ending}", f"{path}.{ending}"]) == 0
    (tmp_path / "mine.json").write_text('{"mine": 1}')
    assert main([command, "--json", str(tmp_path / "mine.json")]) == 2


def test_outcomes_are_listed_with_the_names_that_every_command_understands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = json.loads(told("outcomes", "--json", "-", capsys=capsys))["rows"]

    assert {alias for row in rows for alias in row["aliases"]} == set(ALIASES)
    assert all(full_name(alias) == row["name"] for row in rows for alias in row["aliases"])
    assert all(row["meaning"].endswith(".") and row["unit"] for row in rows)


@pytest.mark.parametrize("command", ["scenarios", "levers", "outcomes"])
def test_a_list_is_told_in_dutch_too(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    dutch = told(command, "--language", "nl", capsys=capsys)

    assert " de " in dutch
    assert " the " not in dutch


def test_a_long_column_of_a_table_wraps_before_a_short_one_breaks_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    made = table("Levels", "outcome", "EU-11", "Dutch", "gap")
    made.add_row("Change in working hours (of the average number of hours)", *["small group"] * 3)

    Terminal().print(made)

    words = capsys.readouterr().out
    assert words.count("small group") == 3
    assert all(whole in words for whole in ("EU-11", "Dutch", "average"))
