"""The README does what it says: its commands and its Python run, small, and are read."""

from __future__ import annotations

import re
import shlex
import socket
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import main
from model.disk import cache

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
LINES = [
    line.split("#")[0].strip()
    for _, block in BLOCKS
    for line in block.splitlines()
    if line.startswith("veerkracht ")
]
SMALL = {"--families": "500", "--replicates": "2", "--reach": "0"}
"""What stands in place of the sizes of the README."""
SIZED = {"compare"}
SAYS: dict[str, tuple[str, ...]] = {
    "scenarios": ("s05_flex_law The whole flex-work bill", "s22_downturn"),
    "check": ("Length of phase B: 36 → 24 months",),
    "compare": ("From low to high:", "The whole flex-work bill against Policy as started", "flex"),
    "figure": ("Written: flex.svg",),
    "report": ("Written: report-en.html",),
    "verify": ("Same: its run was lived again",),
    "new": ("Written: my_plan.toml", "veerkracht run my_plan.toml"),
    "attribute": ("All together", "Kept in "),
    "parameters": ("Grade D, source", "Read by "),
    "cbs": ("no connection (is there a network here?)",),
}
"""What the output of each command says; in a room without a network CBS cannot be reached."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands are given one after the other."""
    return tmp_path_factory.mktemp("readme")


def small(words: list[str]) -> list[str]:
    """Return a command with small sizes in place of its own."""
    made = list(words)
    for k, word in enumerate(words[:-1]):
        made[k + 1] = SMALL.get(word, made[k + 1])
    if words[0] in SIZED:
        made += ["--years", "8", "--quiet"]
        made += [] if "--families" in words else ["--families", SMALL["--families"]]
    if words[0] in {"compare", "attribute", "verify"}:
        made += ["--workers", "1"]
    if words[0] == "report":
        made += ["--reach", "0"]
    return made


def test_every_command_of_the_readme_has_something_to_be_read() -> None:
    assert {line.split()[1] for line in LINES} == set(SAYS)


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_readme_does_what_stands_behind_it(
    line: str,
    room: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def closed(*_: object) -> None:
        raise OSError("no network")

    monkeypatch.chdir(room)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    command, *_ = words = shlex.split(line)[1:]
    if command == "cbs":
        monkeypatch.setenv(cache.VARIABLE, str(room / "cache"))
        monkeypatch.setattr("calibration.cbs.service.WAITS", (0.0,) * 4)
        monkeypatch.setattr("calibration.cbs.service.SPACING", 0.0)

    status = main(small(words))
    told = capsys.readouterr()
    said = " ".join((told.out + told.err).split())

    assert status == (2 if command == "cbs" else 0), said
    for text in SAYS[command]:
        assert text in said


def test_the_python_of_the_readme_runs(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(room)
    names: dict[str, Any] = {}
    blocks = [block for language, block in BLOCKS if language == "python"]

    assert blocks
    assert (room / "flex" / "run.json").exists()
    for block in blocks:
        source = re.sub(r"families=\d+", "families=60, years=6", block)
        exec(compile(source, "README.md", "exec"), names)  # noqa: S102 - our own README
    assert names["sums"].numerators("n_families").sum() > 0
    assert names["m"].month == names["m"].horizon
