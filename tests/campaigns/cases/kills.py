"""Kills: whoever is killed whenever, going on gives the right numbers and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from model.disk import cache
from tests.campaigns.campaign import Campaign, Case, Luck, Result, one_of, python

LIVED = (
    *("compare", "s00_frozen_2023", "s08_information", "--families", "300", "--years", "4"),
    *("--replicates", "6", "--seed", "3", "--quiet"),
)
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
WHO = ("main", "worker", "fork server", "everybody")
SECONDS = 600
"""A process that takes longer has hung; nothing here takes a tenth of it on a quiet machine."""


def _prepare(folder: Path) -> Case:
    digests = []
    spans = []
    for k in range(2):  # the first one compiles
        begun = time.monotonic()
        status, _, err = _ended(_begun(folder / f"run{k}", folder / "temporary"))
        assert status == 0, err
        spans.append(time.monotonic() - begun)
        digests.append(_digest(folder / f"run{k}"))
    assert len(set(digests)) == 1

    def case(number: int, luck: Luck, place: Path) -> Result:
        who, number_of_signal = one_of(luck, WHO), one_of(luck, SIGNALS)
        after = float(luck.uniform(0.05, 1.0)) * spans[1]
        what = f"{who}, {signal.Signals(number_of_signal).name}, after {after / spans[1]:.0%}"
        run, temporary = place / "run", place / "temporary"
        process = _begun(run, temporary)
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            _kill(process, who, number_of_signal)
        finding = _wrong(*_ended(process), who=who, number=number_of_signal)
        again = _ended(_begun(run, temporary))
        if not finding and (again[0] != 0 or "Traceback" in again[2]):
            finding = f"going on: status {again[0]}, {again[2][-300:]!r}"
        if not finding and _digest(run) != digests[0]:
            finding = "other numbers after going on"
        return Result(number, what, "the same numbers", finding or _left(run, temporary))

    return case


def _begun(run: Path, temporary: Path) -> subprocess.Popen[str]:
    temporary.mkdir(exist_ok=True)
    words = python("-m", "dashboards.cli", *LIVED, "--workers", "2", "--out", str(run))
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(temporary), cache.VARIABLE: str(cache.folder() or "")},
        start_new_session=True,
    )


def _ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return 99, out, f"{err}\nit never ends"
    return process.returncode, out, err


def _kill(process: subprocess.Popen[str], who: str, number: int) -> None:
    """Send a signal to one of the processes of a run, or to all as a terminal does."""
    if who == "everybody":
        os.killpg(process.pid, number)
        return
    victims = {"main": [process.pid]} | _children(process.pid)
    for pid in victims.get(who) or victims["main"]:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
        return


def _children(pid: int) -> dict[str, list[int]]:
    """Return the fork server and the workers of a process (Linux)."""
    servers = [child for child in _below(pid) if b"forkserver" in _line(child)]
    return {"fork server": servers, "worker": [two for one in servers for two in _below(one)]}


def _below(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _wrong(status: int, _: str, err: str, *, who: str, number: int) -> str:
    if "Traceback" in err:
        return f"a traceback: {err[-300:]!r}"
    if "never ends" in err:
        return "it never ends"
    stopped = who in ("main", "everybody")
    allowed = {0, -number, 128 + number} if stopped else {0, 2, -number, 128 + number}
    return "" if status in allowed else f"status {status}: {err[-300:]!r}"


def _digest(run: Path) -> str:
    return str(json.loads((run / "run.json").read_text("utf-8"))["data_digest"])


_OWN = re.compile(r"run\.json|draws\.parquet|outcomes/part-\d{5}\.(parquet|json)")


def _left(run: Path, temporary: Path) -> str:
    """Return what is left over after the next start, "" for nothing."""
    left = [path.name for path in temporary.iterdir() if path.name.startswith("veerkracht")]
    names = (path.relative_to(run).as_posix() for path in run.rglob("*") if path.is_file())
    left += [name for name in names if not _OWN.fullmatch(name)]
    return f"left over: {', '.join(left[:5])}" if left else ""


CAMPAIGN = Campaign(
    "kills",
    "kills of a run (itself, a worker, the fork server, all; TERM, INT, KILL): the right numbers"
    " after going on, no traceback, nothing left after the next start",
    400,
    1,
    _prepare,
)
