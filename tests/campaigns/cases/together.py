"""Two at one folder: two writers, a copy or a move while it is written; nothing is mixed."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

from model.errors import VeerkrachtError
from scenarios.runs.run import open_run
from tests.campaigns.campaign import Campaign, Case, Luck, Result, one_of
from tests.campaigns.cases.kills import _begun, _digest, _ended

WHAT = ("two writers", "copied while written", "moved while written", "read while written")


def _prepare(folder: Path) -> Case:
    begun = time.monotonic()
    status, _, err = _ended(_begun(folder / "run", folder / "temporary"))
    assert status == 0, err
    span, right = time.monotonic() - begun, _digest(folder / "run")

    def case(number: int, luck: Luck, place: Path) -> Result:
        what = one_of(luck, WHAT)
        run, temporary = place / "run", place / "temporary"
        first = _begun(run, temporary)
        _wait_for(run, first, float(luck.uniform(0.2, 0.9)) * span)
        finding = _TOGETHER[what](run, place, temporary)
        ended = _ended(first)
        if not finding and "Traceback" in ended[2]:
            finding = f"a traceback: {ended[2][-300:]!r}"
        if not finding:
            again = _ended(_begun(run, temporary))
            finding = f"going on: {again[2][-300:]!r}" if again[0] else ""
        if not finding and _digest(run) != right:
            finding = "other numbers"
        return Result(number, what, "nothing is mixed", finding)

    return case


def _wait_for(run: Path, process: object, seconds: float) -> None:
    """Wait until a run has a folder, and then a while, for as long as its process lives."""
    until = time.monotonic() + seconds
    while time.monotonic() < until or not run.exists():
        if getattr(process, "poll")() is not None:  # noqa: B009 - any process will do
            return
        time.sleep(0.01)


def _second_writer(run: Path, __: Path, temporary: Path) -> str:
    status, _, err = _ended(_begun(run, temporary))
    if status == 0 or ("is being written by" in err and "Traceback" not in err):
        return ""
    return f"the second writer: status {status}, {err[-300:]!r}"


def _copied(run: Path, place: Path, temporary: Path) -> str:
    copy = place / "copy"
    with suppress(shutil.Error):  # a file went while it was copied, as with any copy
        shutil.copytree(run, copy, ignore_dangling_symlinks=True)
    try:
        open_run(copy)
    except VeerkrachtError as refused:
        if not str(refused):
            return "the copy: refused without a word"
    status, _, err = _ended(_begun(copy, temporary))
    if status not in (0, 2) or "Traceback" in err:
        return f"going on with the copy: status {status}, {err[-300:]!r}"
    return "" if status == 2 or _digest(copy) == _digest_of_whole(run, temporary) else "mixed"


def _digest_of_whole(run: Path, temporary: Path) -> str:
    """Return the digest of a run when it is finished, by going on with it once it is let go."""
    for _ in range(600):
        status, _, err = _ended(_begun(run, temporary))
        if status == 0:
            return _digest(run)
        if "is being written by" not in err:
            return err[-300:]
        time.sleep(0.2)
    return "never let go"


def _moved(run: Path, place: Path, temporary: Path) -> str:
    away = place / "away"
    try:
        run.rename(away)
    except OSError:
        return ""
    status, _, err = _ended(_begun(away, temporary))
    if status not in (0, 2) or "Traceback" in err:
        return f"going on where it was moved to: status {status}, {err[-300:]!r}"
    return ""


def _read(run: Path, _: Path, __: Path) -> str:
    try:
        open_run(run)
    except VeerkrachtError as refused:
        return "" if str(refused) else "refused without a word"
    return ""


_TOGETHER = {
    "two writers": _second_writer,
    "copied while written": _copied,
    "moved while written": _moved,
    "read while written": _read,
}

CAMPAIGN = Campaign(
    "together",
    "two writers; copying, moving and reading while a run is written: nothing is mixed",
    40,
    0,
    _prepare,
)
