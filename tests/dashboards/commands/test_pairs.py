"""Twins, attribution and audit in the terminal: what they print, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboards.cli import main
from dashboards.texts import texts
from scenarios import load

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


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        ((0.411, 0.396), ("41.1%", "39.6%")),
        ((0.00226, 0.00229), ("0.226%", "0.229%")),
        ((0.0165, 0.0165), ("1.7%", "1.7%")),
    ],
)
def test_chances_that_differ_are_told_apart(
    chances: tuple[float, float], said: tuple[str, str]
) -> None:
    assert texts("en").two_percents(*chances) == said


def test_twins_says_in_words_that_no_life_parts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'id = "plan"\nextends = "s00_frozen_2023"\ntitle = { nl = "a", en = "a" }\n'
        "[levers]\ncivic_loan_max_eur = 5000\n",
        encoding="utf-8",
    )
    few = ("--families", "4", "--years", "3", "--quiet")

    assert main(["twins", "s00_frozen_2023", str(plan), *few]) == 0

    out = capsys.readouterr().out
    assert "The two lives of none of these children part." in " ".join(out.split())
    assert "\N{BOX DRAWINGS LIGHT VERTICAL}" not in out


def test_twins_follows_a_family_and_writes_its_data_and_figure(
    ask: Ask, scenario: str, tmp_path: Path
) -> None:
    page = tmp_path / "family.html"

    status, out, _ = ask(
        "twins", "s00_frozen_2023", scenario, "--family", "2",
        "--csv", str(tmp_path / "data"), "--figure", str(page), "--language", "nl",
    )  # fmt: skip

    assert status == 0
    assert "Gezin 2:" in out
    assert "*: in deze maand gaan de twee levens uit elkaar." in out
    assert out.count(" *") >= 2
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


def test_cohorts_prints_each_cohort_and_the_split_and_writes_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "data"

    status = main(
        [
            *("cohorts", "s01_reference", "s18_permanence", "--csv", str(place)),
            *("--families", "600", "--years", "8", "--quiet"),
        ]
    )
    out = capsys.readouterr().out

    assert status == 0
    for words in (
        f"{load('s18_permanence').title_en} against {load('s01_reference').title_en}, EU-11",
        "Left school before the birthday of 18",
        "born in",
        "Left school before the birthday of 23: no cohort was seen at every age from 13 on.",
        "who is counted",
        "One replicate does not tell how large chance is",
    ):
        assert words in " ".join(out.split())
    table, split = (pd.read_csv(place / f"{name}.csv") for name in ("cohorts", "split"))
    assert set(table["population"]) == {"eu11", "comparable"}
    assert set(table["birthday"]) == {18, 23}
    assert len(split) == 7
    level = table.query("population == 'eu11' and birthday == 18").set_index("cohort")["level"]
    assert f"{100 * level['2010/11']:.2f}%" in out


def test_cohorts_hides_small_groups_in_the_terminal_and_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        *("cohorts", "s00_frozen_2023", "s18_permanence", "--by", "arrival"),
        *("--csv", str(tmp_path), "--families", "200", "--years", "9", "--quiet"),
    ]
    assert main(words) == 0
    out = capsys.readouterr().out
    table = pd.read_csv(tmp_path / "cohorts.csv")
    hidden = table[table["mark"] == "hidden"]

    assert out.count("small group") == hidden["every_age"].sum() > 0
    assert hidden["children"].isna().all()
    assert main(words) == 0  # over files of its own


def test_cohorts_writes_over_no_file_of_somebody_else(
    ask: Ask, scenario: str, tmp_path: Path
) -> None:
    (tmp_path / "split.csv").write_text("mine", "utf-8")

    status, _, err = ask("cohorts", "s00_frozen_2023", scenario, "--csv", str(tmp_path))

    assert status == 2
    assert "no export of veerkracht" in err
    assert not (tmp_path / "cohorts.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "arrival", "--population", "comparable"), "no cohorts of arrival"),
        (("--csv", "-"), "there are two files. Give a folder."),
        (("--replicates", "0"), "replicates = 0 is not possible"),
    ],
)
def test_cohorts_refuses_what_it_cannot_follow(
    words: tuple[str, ...], said: str, ask: Ask, scenario: str
) -> None:
    status, _, err = ask("cohorts", "s00_frozen_2023", scenario, *words)

    assert status == 2
    assert said in err


def test_audit_says_that_every_check_holds(ask: Ask, scenario: str) -> None:
    status, out, _ = ask("audit", scenario, "--base", "s00_frozen_2023", "--replicates", "3")

    assert status == 0
    assert out.count("holds:") == 4
    assert "times fewer" in out
