"""Twins, attribution and audit in the terminal: what they print, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboards.cli import main

SCENARIO = """id = "lessons"
title = { nl = "Meer les", en = "More lessons" }

[levers]
extra_education_hours = 3.0
care_access_level = 0.9
"""
SMALL = ("--families", "60", "--years", "3", "--quiet")
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    path = tmp_path / "lessons.toml"
    path.write_text(SCENARIO, "utf-8")
    return str(path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give a function that runs a command and returns its status and what it prints."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main([*words, *SMALL])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_twins_lists_pairs_and_tells_the_first_of_each_kind(ask: Ask, scenario: str) -> None:
    status, out, _ = ask("twins", "s00_frozen_2023", scenario)

    assert status == 0
    assert "EU-11 children at risk in both worlds" in out
    assert "less likely to leave" in out or "left school in the base" in out
    assert out.count("The lives part in 2023-08, through") >= 1


def test_twins_follows_a_family_and_writes_its_data_and_figure(
    ask: Ask, scenario: str, tmp_path: Path
) -> None:
    page = tmp_path / "family.html"

    status, out, _ = ask(
        "twins", "s00_frozen_2023", scenario, "--family", "2",
        "--csv", str(tmp_path / "data"), "--figure", str(page), "--language", "nl",
    )  # fmt: skip

    assert status == 0
    assert "Family 2:" in out
    for name in ("events", "series", "chain"):
        assert len(pd.read_csv(tmp_path / "data" / f"{name}.csv"))
    assert "showSendToCloud: false" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--family", "99999"), "there is no family 99999"),
        (("--csv", "data"), "files are of one family"),
    ],
)
def test_twins_refuses_what_it_cannot_show(
    words: tuple[str, ...], said: str, ask: Ask, scenario: str
) -> None:
    status, _, err = ask("twins", "s00_frozen_2023", scenario, *words)

    assert status == 2
    assert said in err


def test_attribute_prints_parts_and_the_whole(ask: Ask, scenario: str) -> None:
    status, out, _ = ask(
        "attribute", "s00_frozen_2023", scenario, "--channel", "absence", "--replicates", "2"
    )

    assert status == 0
    for word in ("Not being at school", "Direct or otherwise", "All together", "assumptions"):
        assert word in out


def test_attribute_names_the_outcome_that_was_meant(ask: Ask, scenario: str) -> None:
    status, _, err = ask("attribute", "s00_frozen_2023", scenario, "--outcome", "vsv_mboo")

    assert status == 2
    assert "there is no outcome 'vsv_mboo' here. Did you mean 'vsv_mbo'" in err


def test_audit_says_that_every_check_holds(ask: Ask, scenario: str) -> None:
    status, out, _ = ask("audit", scenario, "--base", "s00_frozen_2023", "--replicates", "3")

    assert status == 0
    assert out.count("holds:") == 4
    assert "times fewer" in out
