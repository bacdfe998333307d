"""What `make lint` finds in the structure of the packages, and what it lets pass."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests import structure
from tests.structure import by_position, rule_calls, sizes, towers


def test_rules_are_called_by_keyword_from_three_arguments_on() -> None:
    assert list(rule_calls()) == []


def test_a_call_by_position_is_found() -> None:
    rules = {"model.submodels.work.rules.wage": 3, "model.submodels.work.rules.hours": 2}
    tree = ast.parse(
        "from model.submodels.work import rules\n"
        "from model.submodels.work.rules import wage\n"
        "rules.wage(1.0, is_agency=False, gap=0.1)\n"
        "wage(*values)\n"
        "rules.hours(8.0, 5.0)\n"
        "rules.wage(hourly=1.0, is_agency=False, gap=0.1)\n"
    )

    assert by_position(tree, "model.submodels.work.jobs", rules) == [
        "model.submodels.work.jobs:3 model.submodels.work.rules.wage",
        "model.submodels.work.jobs:4 model.submodels.work.rules.wage",
    ]


def test_a_search_that_finds_too_few_rules_is_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "declared_rules", dict)

    assert list(rule_calls()) == ["only 0 rules are found to be called; at least 80"]


def made(folder: Path, name: str, lines: int) -> Path:
    """Write a file of so many lines."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("x = 1\n" * lines, "utf-8")
    return path


def test_twelve_files_beside_the_init_fit_in_a_folder_and_thirteen_do_not(tmp_path: Path) -> None:
    twelve = [made(tmp_path / "room", f"f{k}.py", 1) for k in range(12)]
    init = made(tmp_path / "room", "__init__.py", 1)
    thirteenth = made(tmp_path / "room", "f12.py", 1)

    assert list(sizes([*twelve, init], tmp_path)) == []
    assert list(sizes([*twelve, init, thirteenth], tmp_path)) == [
        "room/ has 13 Python files; at most 12"
    ]


def test_a_file_of_four_hundred_lines_fits_and_a_longer_one_does_not(tmp_path: Path) -> None:
    fits, long = made(tmp_path, "fits.py", 400), made(tmp_path, "long.py", 401)

    assert list(sizes([fits, long], tmp_path)) == ["long.py has 401 lines; at most 400"]


def test_a_chain_of_ten_modules_passes_and_one_of_eleven_is_found() -> None:
    ten = {f"model.m{k:02}": {f"model.m{k + 1:02}"} for k in range(9)} | {"model.m09": set()}
    eleven = ten | {"model.top": {"model.m00"}}
    elsewhere = ten | {"scenarios.top": {"model.m00"}}

    assert list(towers(ten)) == []
    assert list(towers(elsewhere)) == []
    (found,) = towers(eleven)
    assert found.startswith("11 imports deep, at most 10: model.top -> model.m00 -> ")


def test_a_circle_is_found() -> None:
    (found,) = towers({"model.a": {"model.b"}, "model.b": {"model.c"}, "model.c": {"model.a"}})

    assert found.startswith("imports form a circle: ")
