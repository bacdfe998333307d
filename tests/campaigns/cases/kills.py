"""Kills: whoever is killed whenever, going on gives the right numbers and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from model.disk import cache
from tests.campaigns.campaign import (
    Campaign,
    Case,
    Luck,
    Result,
    Said,
    below,
    command,
    one_of,
    python,
)

LIVED = (
    *("compare", "s00_frozen_2023", "s08_information", "--families", "300", "--years", "4"),
    *("--replicates", "6", "--seed", "3", "--quiet"),
)
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
WHO = ("main", "worker", "fork server", "Dask worker", "everybody")
OURS = re.compile(r'File "[^"]*/(dashboards|model|scenarios|calibration|site-packages)/')
"""Lines of a traceback that are the program's. Python itself, which reads its own files first, says
what stopped it there, and nothing of the program is asked before."""
SECONDS = 600
"""A process that takes longer has hung; nothing here takes a tenth of it on a quiet machine."""


def _prepare(folder: Path) -> Case:
    spans: dict[bool, float] = {}
    digests = set()
    for k, on_dask in enumerate((False, False, True)):  # the first one compiles
        begun = time.monotonic()
        status, _, err = _ended(_begun(folder / f"run{k}", folder / "temporary", on_dask=on_dask))
        assert status == 0, err
        spans[on_dask] = time.monotonic() - begun
        digests.add(_digest(folder / f"run{k}"))
    (right,) = digests

    def case(number: int, luck: Luck, place: Path) -> Result:
        who, number_of_signal = one_of(luck, WHO), one_of(luck, SIGNALS)
        share, on_dask = float(luck.uniform(0.05, 1.0)), who == "Dask worker"
        run, temporary = place / "run", place / "temporary"
        process = _begun(run, temporary, on_dask=on_dask)
        hit = "nobody"
        try:
            process.wait(timeout=share * spans[on_dask])
        except subprocess.TimeoutExpired:
            hit = _kill(process, who, number_of_signal)
        what = f"{hit}, {signal.Signals(number_of_signal).name}, after {share:.0%}"
        finding = _wrong(*_ended(process), who=hit, number=number_of_signal)
        again = _gone_on(run, temporary)
        if not finding and (again.status != 0 or again.finding):
            finding = f"going on: status {again.status}, {again.finding or again.err[-300:]!r}"
        if not finding and _digest(run) != right:
            finding = "other numbers after going on"
        return Result(number, what, "the same numbers", finding or _left(run, temporary))

    return case


def _begun(run: Path, temporary: Path, *, on_dask: bool = False) -> subprocess.Popen[str]:
    temporary.mkdir(exist_ok=True)
    program = "tests.campaigns.cases.on_dask" if on_dask else "dashboards"
    here = () if on_dask else ("--workers", "2")
    words = python("-m", program, *LIVED, *here, "--out", str(run))
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(temporary), cache.VARIABLE: str(cache.folder() or "")},
        start_new_session=True,
    )


def _gone_on(run: Path, temporary: Path) -> Said:
    """Give the same command again, in this process: what was left is found there as anywhere."""
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    try:
        return command(*LIVED, "--workers", "1", "--out", str(run))
    finally:
        tempfile.tempdir = before


def _ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return 99, out, f"{err}\nit never ends"
    return process.returncode, out, err


def _kill(process: subprocess.Popen[str], who: str, number: int) -> str:
    """Send a signal to a process of a run, or to all as a terminal does; return who was hit.

    Where there is none of the kind, as at the start, it is the run itself, but nobody on a cluster:
    the run then shares its process with what is not the program's.
    """
    if who == "everybody":
        os.killpg(process.pid, number)
        return who
    for pid in _children(process.pid).get(who, ()):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
            return who
    if who == "Dask worker":
        return "nobody"
    os.kill(process.pid, number)
    return "main"


def _children(pid: int) -> dict[str, list[int]]:
    """Return the fork server, its workers, and workers of Dask, of a process (Linux)."""
    mine = below(pid)
    servers = [child for child in mine if b"forkserver" in _line(child)]
    return {
        "fork server": servers,
        "worker": [two for one in servers for two in below(one)],
        "Dask worker": [child for child in mine if b"spawn_main" in _line(child)],
    }


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _wrong(status: int, _: str, err: str, *, who: str, number: int) -> str:
    if "Traceback" in err and OURS.search(err):
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
    "kills of a run (itself, a worker, the fork server, a worker of Dask, all; TERM, INT, KILL):"
    " the right numbers after going on, no traceback, nothing left after the next start",
    400,
    0,
    _prepare,
)
