"""What an outcome rests on, printed: the numbers of the page, and refusals that say what to do."""

import re

import pytest

from calibration.grades.found import load
from dashboards.cli import main
from dashboards.pages.zekerheid import view
from dashboards.pages.zekerheid.state import Choice
from dashboards.service.catalogue import catalogue
from dashboards.texts import texts


def plain(text: str) -> str:
    """Return a text on one line, without lines of a table, with the minus signs of a terminal."""
    return " ".join(re.sub("[│┃]", " ", text).replace("\N{MINUS SIGN}", "-").split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_terminal_has_the_numbers_and_sentences_of_the_page(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    asked = ["s15_preschool", "--outcome", "language_at_4", "--language", language]
    assert main(["certainty", *asked]) == 0
    told = plain(capsys.readouterr().out)
    t = texts(language)
    choice = Choice(scenario="s15_preschool", outcome="language_at_4")

    rows = view.grades(choice, load(), catalogue(), t)["rows"]
    assert len(rows) > 4
    for row in rows:
        assert plain(row["number"]) in told
        assert all(part in told for part in plain(row["range"]).split())
    for item in view.three(choice, load(), catalogue(), t)["items"]:
        assert plain(item["text"]) in told


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["s05_flexlaw"], "s05_flex_law"),
        (["s01_reference"], "--draws prior"),
        (["plan.toml"], "--draws prior"),
        (["s05_flex_law", "--outcome", "learning_at_12"], "choose vsv_vo_expected"),
        (["s05_flex_law", "--outcome", "wealth"], "wealth"),
    ],
)
def test_what_was_not_lived_is_refused_with_what_to_do(
    asked: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["certainty", *asked]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
