"""Nothing of the program opens a connection to elsewhere, but the two commands that say so."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("model", "scenarios", "calibration", "dashboards")

DOORS = {
    "calibration/cbs/service.py": {"requests"},  # tables of CBS, when asked to fetch or check
    "scenarios/runs/dask.py": {"distributed"},  # a scheduler that the user names
    "scenarios/store/lock.py": {"socket"},  # the name of this machine, for a lock
    "dashboards/serve.py": {"socket", "uvicorn"},  # the pages, on this machine
    "dashboards/hall/web/reach.py": {"socket"},  # the addresses of this machine; nothing is sent
    "dashboards/serving/patience.py": {"uvicorn"},  # the same: how long it waits for a request
}
"""The modules that may open connections, and with what."""

OUTWARD = {
    *("socket", "ssl", "http", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc"),
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "distributed", "dask"),
    *("uvicorn", "fsspec", "webbrowser"),
}
"""Packages that could open one; of urllib only its `request`."""

HARMLESS = ("http.cookies.",)
"""Parts of them that open nothing."""

WATCH = '''
import os, sys
def watch(event, args):
    """Write down every step towards another machine, and stop it."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        if not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1", "localhost"):
            return
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        if args[0] in (None, "", "127.0.0.1", "::1", "localhost", b"localhost"):
            return
    else:
        return
    with open(os.environ["GOES_OUT"], "a") as file:
        file.write(f"{event} {args!r}\\n")
    raise OSError(f"this test has no network: {event}")
sys.addaudithook(watch)
'''
"""Runs at the start of every Python process, workers too."""

SMALL = ["--families", "40", "--years", "6", "--quiet"]
RUN = [*SMALL, "--workers", "1"]
RATE = [
    *("--value", "Aandeel", "--keep", "Regio=Delft", "--like", "leaving_vo_eu11"),
    *("--discrepancy", "0.1", "--reason", "One town."),
]
FIT = [*RUN, "--parameters", "work.p_hire", "--first", "30", "--waves", "1", "--out", "fit"]
LINES: list[list[str]] = [
    ["scenarios"],
    ["levers"],
    ["outcomes"],
    ["parameters"],
    ["explain"],
    ["schema"],
    ["check", "s05_flex_law"],
    ["new", "my_plan", "--folder", "."],
    ["cache"],
    ["run", "s01_reference", *RUN, "--out", "one"],
    ["compare", "s01_reference", "s05_flex_law", *SMALL, "--workers", "2", "--out", "two"],
    ["results", "two", "--csv", "two.csv"],
    ["verify", "one"],
    ["figure", "two", "two.svg", "--outcome", "vsv_mbo_expected"],
    ["report", "two", "--file", "two.html", "--reach", "40"],
    ["reach", "s01_reference", "s05_flex_law", *SMALL],
    ["audit", "s05_flex_law", *RUN],
    ["twins", "s01_reference", "s05_flex_law", *SMALL],
    ["flows", "s01_reference", "s05_flex_law", *SMALL],
    ["certainty", "s05_flex_law"],
    ["cohorts", "s01_reference", "s05_flex_law", *SMALL],
    ["attribute", "s01_reference", "s05_flex_law", *RUN],
    ["validate", "--families", "40", "--quiet"],
    ["cbs", "list"],
    ["cbs", "fetch", "--from-file", "figures.csv", "--out", "kept"],
    ["target", "new", "kept", *RATE, "--out", "mine.toml"],
    ["identify", *FIT],
    ["calibrate", *FIT],
    ["compare", "s01_reference", "s05_flex_law", *RUN, "--draws", "fit/draws.parquet"],
    ["target", "check", "mine.toml", "--families", "40", "--replicates", "2", "--years", "6"],
]
"""Every command, each as small as it gets; the pages have tests of their own in a browser."""

DRIVER = """
import contextlib, io, json, sys
from dashboards.cli import main
for line in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            status = main(line)
        except SystemExit as end:
            status = end.code
    print(json.dumps([line, status]), flush=True)
"""


def opened(text: str) -> set[str]:
    """Return the packages of OUTWARD that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        names = [name for name in names if not name.startswith(HARMLESS)]
        found |= {name.split(".")[0] for name in names} & OUTWARD
        found |= {"urllib.request" for name in names if name.startswith("urllib.request")}
    return found


def test_only_the_doors_import_what_opens_connections() -> None:
    found = {
        str(path.relative_to(ROOT)): opened(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }

    assert {name: what for name, what in found.items() if what} == DOORS


@pytest.mark.parametrize(
    "line", ["import requests", "from urllib.request import urlopen", "from http import client"]
)
def test_an_import_that_opens_connections_is_seen(line: str) -> None:
    assert opened(line)


class Room:
    """A folder whose Python processes have no network and write down who wanted it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "goes_out.txt"
        (folder / "watch").mkdir()
        (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")

    def python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run code there."""
        path = os.pathsep.join([str(self.folder / "watch"), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path, "GOES_OUT": str(self.log)},
            capture_output=True,
            text=True,
            check=False,
        )

    def wanted(self) -> str:
        """Who wanted to go out."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_who_wants_to_go_out_is_seen_and_gets_one_message(room: Room) -> None:
    code = "import sys; from dashboards.cli import main; sys.exit(main(sys.argv[1:]))"
    fast = (
        "from calibration.cbs import service; service.WAITS = (0.0,) * 4; service.SPACING = 0.0\n"
    )

    ended = room.python(fast + code, "cbs", "fetch", "84780NED", "--out", "kept", "--quiet")

    assert ended.returncode == 2
    assert "no connection (is there a network here?)" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "datasets.cbs.nl" in room.wanted()
    assert not (room.folder / "kept").exists()


MANY_WORLDS = {"explore", "sensitivity"}
"""Commands that live a hundred worlds at least, by the harness of `compare` and `identify`."""


def test_every_command_is_tried_that_lives_few_worlds() -> None:
    assert {line[0] for line in LINES} == set(COMMANDS) - {"dashboard"} - MANY_WORLDS


@pytest.mark.slow
def test_no_other_command_goes_out(room: Room) -> None:
    figures = "Regio;Aandeel (%)\nDelft;1,20\n"
    (room.folder / "figures.csv").write_text(figures, encoding="utf-8")

    ended = room.python(DRIVER, json.dumps(LINES))

    done = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line for line, _ in done] == LINES, ended.stderr[-2000:]
    assert room.wanted() == ""
    failed = [line[0] for line, status in done if status != 0]
    assert failed == [], ended.stderr[-2000:]
