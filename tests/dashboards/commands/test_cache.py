"""The command `cache` says what lies in the cache, and clears it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.cli import main
from dashboards.commands.arguments import CACHED
from model.disk import cache, shelf


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own, with two entries."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "[b]cache"))
    monkeypatch.setenv("COLUMNS", "200")
    shelf.put("answers", "one", bytes(3_000_000))
    shelf.put("downloads", "two", bytes(500))
    return tmp_path / "[b]cache"


def test_what_lies_in_the_cache_is_listed_by_kind(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cache"]) == 0

    told = capsys.readouterr().out
    cells = [line.replace("│", " ").split() for line in told.splitlines()]
    rows = {line[0]: line[-3:] for line in cells if line}
    assert rows["answers"] == ["1", "3.0", "MB"]
    assert rows["downloads"][0] == "1"
    assert rows["populations"] == ["0", "0", "bytes"]
    assert f"3.0 MB of at most 2.0 GB in {place}" in told


@pytest.mark.parametrize(
    ("arguments", "left"), [(["answers"], {"downloads"}), ([], set()), (["downloads"], {"answers"})]
)
def test_a_kind_or_everything_is_cleared(
    arguments: list[str], left: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cache", "--clear", *arguments]) == 0

    assert {entry.kind for entry in cache.entries()} == left
    assert "came free" in capsys.readouterr().out


def test_a_kind_that_is_not_there_is_refused_before_anything_goes() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["cache", "--clear", "everything"])

    assert len(cache.entries()) == 2


def test_without_a_cache_it_is_said_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cache, "folder", lambda: None)

    assert main(["cache"]) == 0
    assert main(["cache", "--clear"]) == 0

    assert capsys.readouterr().out.count("Set VEERKRACHT_CACHE") == 2


def test_the_kinds_of_the_command_are_those_of_the_cache() -> None:
    assert CACHED == cache.KINDS
