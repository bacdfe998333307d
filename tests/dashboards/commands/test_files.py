"""What the author of a scenario file hears, and texts of people that look like orders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards.cli import main
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.runs.run import run_pairs

SIZE = ("--families", "40", "--years", "5", "--quiet")
ONE = (*SIZE, "--workers", "1")
PLAN = """
id = "plan"
title = { nl = "Plan [/x] :smile:", en = "Plan [/x] :smile:" }
question.en = "Does [bold]it[/bold] help [/x]?"
caveat.en = "Only [draft] [/x]."
status = "W"
extends = "s05_flex_law"

[levers]
info_contact_rate = { value = 0.05, start = "2025-01", ramp_months = 120 }
agency_phase_b_months = { value = 40, start = "2026-01", end = "2026-12" }
care_access_level = 0.9
"""
LEFT_OUT = "this leaves out: 24 from 2028-01 of s05_flex_law"
RAMP = "info_contact_rate comes to 0.05 in 2035-01, after a run of 5 years has ended (2028-07)"
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that runs a command and returns its status and all that it printed."""

    def ask(*words: str | Path) -> tuple[int, str]:
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out + told.err

    return ask


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Give a plan in a folder whose name looks like an order to the terminal."""
    folder = tmp_path / "runs [" / "x] [b]"
    folder.mkdir(parents=True)
    path = folder / "plan.toml"
    path.write_text(PLAN, "utf-8")
    return path


def test_check_says_what_is_left_out_and_what_lies_beyond_the_run(say: Say, plan: Path) -> None:
    status, told = say("check", plan, "--years", "5")

    assert status == 0
    assert f"{plan}, line 11, levers.agency_phase_b_months: {LEFT_OUT}." in told
    assert RAMP in told
    assert f"{plan}, line 6, status: only the scenarios of the program" in told
    assert "In the letter: a bill, lines" not in told.split("this changes:")[0]
    _, dutch = say("check", plan, "--language", "nl")
    assert "hierdoor vervalt: 24 vanaf 2028-01 van s05_flex_law." in dutch


def test_check_says_that_something_starts_after_the_run(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "late.toml"
    late = '{ value = 250, start = "2060-01" }'
    path.write_text(f'id = "late"\ntitle.nl = "x"\n[levers]\ncourse_hours = {late}\n', "utf-8")
    status, told = say("check", path)

    assert status == 0
    assert (
        "course_hours starts in 2060-01, after a run of 15 years has ended (2038-07)."
        " Run at least 37 years (--years)."
    ) in told
    status, told = say("check", path, "--years", "0")
    assert (status, "outside 1 to" in told) == (2, True)


def test_a_new_file_from_a_plan_restates_it_and_says_what_it_leaves_out(
    say: Say, plan: Path
) -> None:
    status, told = say("new", "mine", "--from", plan, "--folder", plan.parent)

    assert status == 0
    assert f"Written: {plan.parent / 'mine.toml'}" in told
    assert LEFT_OUT in told
    text = (plan.parent / "mine.toml").read_text("utf-8")
    assert "lay_over = true" in text
    text = text.replace("agency_phase_b_months = {", "# agency_phase_b_months = {")
    (plan.parent / "mine.toml").write_text(text, "utf-8")
    assert LEFT_OUT in say("check", plan.parent / "mine.toml")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("run", "PLAN", *ONE),
        ("compare", "s01_reference", "PLAN", *ONE, "--outcome", "hours_cv"),
        ("reach", "s01_reference", "PLAN", *SIZE),
        ("twins", "s01_reference", "PLAN", *SIZE, "--family", "2"),
    ],
)
def test_every_run_says_what_is_left_out_and_what_lies_beyond_it(
    say: Say, plan: Path, words: tuple[str, ...]
) -> None:
    status, told = say(*[str(plan) if word == "PLAN" else word for word in words])

    assert status == 0
    assert LEFT_OUT in told
    assert RAMP in told


def test_brackets_in_titles_and_paths_are_shown_by_every_command(say: Say, plan: Path) -> None:
    folder = plan.parent
    base, run = "s01_reference", folder / "out [draft] [/x]"
    told = {
        "check": say("check", plan),
        "new": say("new", "mine", "--from", plan, "--folder", folder),
        "run": say("run", plan, *ONE, "--out", folder / "alone [/x]"),
        "compare": say("compare", base, plan, *ONE, "--replicates", "2", "--out", run),
        "list": say("results", folder),
        "csv": say("results", run, "--csv", folder / "a [/x].csv", "--outcome", "hours_cv"),
        "excel": say("results", run, "--excel", folder / "a [/x].xlsx", "--outcome", "hours_cv"),
        "verify": say("verify", run, "--quiet", "--workers", "1"),
        "report": say("report", run, "--reach", "0", "--file", folder / "r [/x].html"),
        "reach": say("reach", base, plan, *SIZE, "--out", folder / "reach [/x].csv"),
        "twins": say("twins", base, plan, *SIZE, "--family", "2", "--csv", folder / "t [/x]"),
        "attribute": say(
            "attribute", base, "plan", "--run", run, "--channel", "absence", "--quiet"
        ),
    }

    assert {name: status for name, (status, _) in told.items() if status} == {}, told
    shown = {name: text for name, (_, text) in told.items()}
    assert "Plan [/x] :smile: (plan)\nDoes [bold]it[/bold] help [/x]?" in shown["check"]
    assert "Keep in mind: Only [draft] [/x]." in shown["check"]
    assert "Plan [/x] :smile:" in shown["run"]
    for name, said in {
        "new": f"Written: {folder}/mine.toml",
        "run": f"Saved in {folder}/alone [/x]",
        "compare": f"Saved in {run}",
        "list": f"{run}  [finished]",
        "csv": f"Written: {folder}/a [/x].csv,",
        "excel": f"Written: {folder}/a [/x].xlsx,",
        "report": f"Geschreven: {folder}/r [/x].html",
        "reach": f"Saved: {folder}/reach [/x].csv,",
        "twins": f"Written: {folder}/t [/x]/events.csv",
        "attribute": f"Kept in {run}/attribution-",
    }.items():
        assert said in shown[name], shown[name]


@pytest.mark.parametrize(
    "words",
    [
        ("check", "no [/x].toml"),
        ("run", "[/x]"),
        ("results", "no [/x]"),
        ("verify", "no [/x]"),
        ("report", "no [/x]"),
        ("new", "[/x]"),
        ("compare", "s01_reference", "s05_flex_law", "--outcome", "[/x]"),
    ],
)
def test_brackets_in_what_is_refused_are_shown(say: Say, words: tuple[str, ...]) -> None:
    status, told = say(*words)

    assert (status, "[/x]" in told) == (2, True), told


def test_a_stored_title_with_signs_is_shown_without_harm(say: Say, tmp_path: Path) -> None:
    level = LeverChange(lever="care_access_level", value=0.9)
    sly = Scenario(id="s\x1b[2Jly", title_en="\x1b]0;x\x07 [/x]", levers=(level,))
    run_pairs((FROZEN_2023, sly), families=20, years=2, out=tmp_path / "run", workers=1)
    status, told = say("results", tmp_path)

    assert status == 0
    assert "\x1b" not in told
    assert "s\\x1b[2Jly" in told
