"""No command prints a place that was not filled in, or a number that is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboards.cli import COMMANDS, main

STORED = str(Path(__file__).parents[2] / "data" / "run_format2")
PAIR = ("s01_reference", "s05_flex_law")
SMALL = ("--families", "60", "--years", "6", "--quiet")
ALONE = ("--workers", "1")
TWICE = ("--replicates", "2")
CASES: dict[str, tuple[str, ...]] = {
    "run": ("run", "s00_frozen_2023", *SMALL, *ALONE),
    "compare": ("compare", *PAIR, *SMALL, *TWICE, *ALONE, "--outcome", "hours_cv"),
    "compare, all": ("compare", *PAIR, *SMALL, *TWICE, *ALONE, "--by", "family_type"),
    "reach": ("reach", *PAIR, *SMALL),
    "results": ("results", STORED),
    "results, each year": ("results", STORED, "--year", "each", "--outcome", "income"),
    "verify": ("verify", STORED, "--quiet"),
    "twins": ("twins", *PAIR, *SMALL),
    "flows": ("flows", *PAIR, *SMALL),
    "certainty": ("certainty", "s05_flex_law"),
    "cohorts": ("cohorts", *PAIR, *SMALL, "--replicates", "2"),
    "attribute": ("attribute", *PAIR, *SMALL, *TWICE, *ALONE),
    "audit": ("audit", "s05_flex_law", *SMALL, "--replicates", "3", *ALONE),
    "report": ("report", STORED, "--reach", "0", "--file", "page.html"),
    "figure": ("figure", STORED, "figure.svg", "--outcome", "hours_cv"),
    "scenarios": ("scenarios",),
    "levers": ("levers",),
    "outcomes": ("outcomes",),
    "parameters": ("parameters",),
    "explain": ("explain",),
    "check": ("check", "s05_flex_law"),
    "new": ("new", "my_plan", "--from", "s05_flex_law"),
    "cbs": ("cbs", "list"),
    "cache": ("cache",),
}
DUTCH = {
    "results", "results, each year", "scenarios", "levers", "outcomes", "check", "report",
    "reach", "twins", "flows", "certainty", "cohorts",
    "attribute", "audit", "verify", "figure", "cache",
}  # fmt: skip
ELSEWHERE = {
    "schema",
    "validate",
    "dashboard",
    "target",
    "sensitivity",
    "identify",
    "calibrate",
    "explore",
}
"""The schema is made of braces, validating takes minutes, pages are tested in a browser, and what
is told of a target and of a fit is read where one is made (`test_target.py`, `test_fitting.py`)."""

NO_NUMBER = re.compile(r"(?<![\w.])(-?inf|nan|-0\.0+|[\d.]+e[+-]\d+)(?![\w])")


def test_every_command_is_looked_at() -> None:
    assert {words[0] for words in CASES.values()} | ELSEWHERE == set(COMMANDS)


@pytest.mark.parametrize(
    ("name", "language"), [*((one, "en") for one in CASES), *((one, "nl") for one in sorted(DUTCH))]
)
def test_no_brace_and_no_number_that_is_none_is_printed(
    name: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [*CASES[name]]
    if language == "nl":
        words += ["--language", "nl"]
    status = main(words)
    told = capsys.readouterr()

    assert status in {0, 1, 3}, told.err
    assert told.out
    assert not re.search(r"[{}]", told.out + told.err)
    assert NO_NUMBER.findall(told.out) == []


@pytest.mark.parametrize("text", ["nan to inf", "3.31e+03", "(-0.00 to 0.10)", "-inf"])
def test_a_number_that_is_none_is_found(text: str) -> None:
    assert NO_NUMBER.search(text)


@pytest.mark.parametrize("text", ["information", "finance", "-0.02", "nanny", "0.00"])
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert not NO_NUMBER.search(text)
