"""The guide from a table of one's own to a report: its commands run, small, without a network."""

from __future__ import annotations

import re
import shlex
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from dashboards.cli import main
from model.disk import shelf
from model.population.past.lives import shipped
from model.run import build
from scenarios.format.draws_file import about_draws
from scenarios.runs.run import open_run

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "own_table.md").read_text("utf-8")
COMMANDS = [line for line in GUIDE.splitlines() if line.startswith("veerkracht ")]
TABLE = re.findall(r"^```csv\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)[0]

SIZE = ("--families", "120", "--years", "8", "--workers", "1", "--quiet")
FIT = (*SIZE, "--first", "40", "--waves", "1")
SMALL: dict[str, tuple[str, ...]] = {
    "target new": (),
    "target check": ("--families", "120", "--replicates", "1"),
    "identify": FIT,
    "calibrate": FIT,
    "compare": (*SIZE, "--replicates", "2"),
    "report": ("--reach", "0"),
    "verify": ("--workers", "1", "--quiet"),
}
"""What is added to a command, so that it is small; a later word stands for an earlier one."""

SAYS = {
    "target new": "Written: mine.toml",
    "target check": "1.5 percent per year; fit",
    "identify": "goes on from here",
    "calibrate": "Saved in fit: result.json, draws.parquet and chains.nc",
    "compare": "EU-11",
    "report": "Written: report.html",
    "verify": "Same: all numbers of 8 runs",
}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Refuse every connection to another machine or port; return whom somebody tried to reach."""
    tried: list[object] = []

    def refused(self: socket.socket, address: Any) -> NoReturn:  # noqa: ANN401 - as socket has it
        tried.append(address)
        message = f"{self} may not reach {address}"
        raise OSError(message)

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket.socket, "connect_ex", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return tried


@pytest.fixture
def shipped_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every world begins with the shipped lives, for its own past takes three seconds of a core.

    Nothing is kept, so that nobody else begins so.
    """
    monkeypatch.setattr(build, "lives_of", lambda *_: shipped())
    monkeypatch.setattr(shelf, "put", lambda *_: None)


@pytest.mark.slow
@pytest.mark.usefixtures("shipped_past")
def test_a_day_from_a_table_to_a_report_needs_no_network(
    no_network: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("leaving.csv").write_text(TABLE, encoding="utf-8")
    asked = []
    for line in COMMANDS:
        words = shlex.split(line)[1:]
        name = " ".join(words[:2]) if words[0] == "target" else words[0]
        asked.append(name)

        assert main([*words, *SMALL[name]]) == 0, line

        told = capsys.readouterr()
        assert SAYS[name] in told.out, line
    assert asked == list(SMALL)
    assert no_network == []
    assert about_draws(Path("fit/draws.parquet"))["restricted"]
    assert open_run("run").about["settings"]["draws_from"].endswith("restricted")
    assert "--draws DRAWS" in Path("report.html").read_text("utf-8")
