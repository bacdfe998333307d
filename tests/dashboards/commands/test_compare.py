"""Comparisons, stored runs and running again, from the terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboards.cli import main
from dashboards.commands.comparing.ranked import _not_knowing
from dashboards.commands.comparing.verdict import told
from dashboards.texts import texts
from scenarios.statistics.answer import NotKnowing
from scenarios.statistics.stopping_rule import Settled, Verdict

SIZE = ("--families", "40", "--years", "6", "--quiet", "--workers", "1")
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that runs a command and returns its status and what it printed."""

    def run(*words: str | Path) -> tuple[int, str]:
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


def test_a_comparison_shows_levels_difference_interval_and_certainty(say: Say) -> None:
    status, told = say(
        "compare", "s00_frozen_2023", "s04_chain", *SIZE, "--replicates", "3",
        "--outcome", "contract_permanent",
    )  # fmt: skip

    assert status == 0
    assert "Chain rule of 60 months against Frozen in 2023" in told
    assert "Same families, same luck, 3 times." in told
    assert told.index("From low to high:") < told.index("Chain rule of 60 months against")
    assert all(who in told for who in ("EU-11", "Dutch", "gap"))
    assert "Families with a permanent contract" in told
    assert "not a forecast" in " ".join(told.split())


def test_one_replicate_says_that_chance_is_not_known(say: Say) -> None:
    _, told = say("compare", "s00_frozen_2023", "s04_chain", *SIZE, "--outcome", "hours_cv")

    assert "One replicate does not tell how large chance is" in told
    assert "How sure: not known." in told


def test_a_comparison_is_told_in_dutch_too(say: Say) -> None:
    _, told = say(
        "compare", "s00_frozen_2023", "s04_chain", *SIZE,
        "--outcome", "hours_cv", "--language", "nl",
    )  # fmt: skip

    assert "Ketenbepaling 60 maanden tegenover Bevroren 2023" in told
    assert "Hoe zeker: niet bekend." in told
    assert "is geen voorspelling" in " ".join(told.split())


def test_where_nothing_differs_no_draw_has_the_same_direction() -> None:
    t = texts("en")
    some, none = NotKnowing(-0.01, 0.02, 0.7), NotKnowing(0.0, 0.0, float("nan"))

    assert "in 70% of the draws" in _not_knowing(some, "poor_share", t)
    assert _not_knowing(none, "poor_share", t) == "if the assumptions differ 0 to 0"


def test_not_knowing_is_shown_apart_from_chance(say: Say) -> None:
    _, told = say(
        "compare", "s00_frozen_2023", "s04_chain", *SIZE, "--replicates", "3",
        "--draws", "prior", "--outcome", "hours_cv",
    )  # fmt: skip

    assert "not knowing" in told


def test_a_comparison_until_settled_ends_with_a_verdict(say: Say) -> None:
    _, text = say(
        "compare", "s00_frozen_2023", "s04_chain", *SIZE,
        "--until-settled", "income_eur_month", "--budget", "20",
    )  # fmt: skip

    assert "20 pairs" in text
    assert "the verdict counts" in " ".join(text.split())


@pytest.mark.parametrize(
    ("verdict", "low", "says"),
    [
        ("settled", 1.0, "Settled after 30 pairs: income per month is Base < Plan (chance of a"),
        ("identical", 0.0, "No difference at all in income per month over 30 pairs."),
        ("unsettled", -4.0, "Open: Base and Plan, where a difference of up to 5.0 euros per month"),
        (
            "unsettled",
            float("-inf"),
            "Open: Base and Plan; how large a difference could still hide",
        ),
    ],
)
def test_a_verdict_is_said_in_plain_words(verdict: Verdict, low: float, says: str) -> None:
    pairs = pd.DataFrame(
        {"first": ["a"], "second": ["b"], "difference": [2.0], "low": [low], "high": [5.0]}
    ).assign(settled=verdict == "settled", n_needed=120.0)

    found = Settled(
        verdict=verdict, outcome="income_eur_month", population="eu11", ranking=("a", "b"),
        pairs=pairs, n=30, budget=30, error=0.05,
    )  # fmt: skip

    assert says in told(found, {"a": "Base", "b": "Plan"}, texts("en"))


def test_a_run_is_stored_listed_exported_and_made_again(say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "first"
    words = ("compare", "s00_frozen_2023", "s04_chain", *SIZE, "--replicates", "2")

    status, told = say(*words, "--out", folder)
    assert status == 0
    assert f"Saved in {folder}" in told

    _, told = say("results", tmp_path)
    assert f"{folder}  [finished]" in told
    assert "40 families, 6 years, 2 replicate(s)" in told
    _, told = say(
        "results", folder, "--csv", tmp_path / "a.csv", "--excel", tmp_path / "a.xlsx",
        "--outcome", "hours_cv", "--year", "2025/26",
    )  # fmt: skip
    assert told.count("Written:") == 2
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("scenario,population,school_year")
    about = json.loads((tmp_path / "a.csv.about.json").read_text("utf-8"))
    assert about["base"] == "s00_frozen_2023"

    status, told = say("verify", folder, "--quiet", "--workers", "1")
    assert (status, told) == (0, "Same: all numbers of 4 runs, to the bit.\n")


def test_one_scenario_is_run_and_stored_in_the_same_form(say: Say, tmp_path: Path) -> None:
    status, told = say("run", "s00_frozen_2023", *SIZE, "--out", tmp_path / "run")
    assert status == 0
    assert "Frozen in 2023" in told

    status, told = say("verify", tmp_path / "run", "--quiet", "--workers", "1")
    assert status == 0
    assert told.startswith("Same: all numbers of 1 runs")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("compare", "s00_frozen_2023", "s00_frozen_2023"), "stands there twice"),
        (("compare", "s00_frozen_2023", "s04_chain", "--replicates", "0"), "Give 1 or more"),
        (("compare", "s00_frozen_2023", "s04_chain", "--outcome", "poors"), "no outcome 'poors'"),
        (("compare", "s00_frozen_2023", "s04_chain", "--workers", "0"), "Give 1 or more"),
        (
            ("compare", "s00_frozen_2023", "s04_chain", "--draws", "nowhere.parquet"),
            "there is no such file",
        ),
        (("results", "nowhere"), "there is no folder nowhere"),
        (("results", ".", "--csv", "a.csv"), "is not the folder of a run"),
        (("report", "nowhere"), "there is no folder nowhere"),
        (("report", __file__), "is a file and not the folder of a run"),
        (("verify", "nowhere"), "there is no file or folder nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_message(
    say: Say, words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    size = SIZE[:5] if words[0] == "compare" else ()

    status, answer = say(*words, *size)

    assert status == 2
    assert told in answer
    assert "Traceback" not in answer
