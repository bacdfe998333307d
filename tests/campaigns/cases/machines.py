"""Machines that lack something: room, memory, handles, letters, leave to write, a home."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from tests.campaigns.campaign import Campaign, Case, Luck, Result, python, wrong_words
from tests.campaigns.campaign import Said as SaidBy

SECONDS = 600
COMPARE = (
    "compare s00_frozen_2023 s08_information --families 100 --years 4 --replicates 3 --quiet"
    " --seed 3"
)
PLAIN = "run s00_frozen_2023 --families 4 --years 1 --quiet"
CHECK = "check s05_flex_law --language nl"
MANY = "run s00_frozen_2023 --families 2000000 --years 4 --quiet"
SHARED = "/dev/shm"  # noqa: S108 - what processes share on Linux
SMALL = "{small}"


def _full(at: str, size: str = "64k") -> str:
    return (
        f"mount -t tmpfs -o size={size} tmpfs {at} && {{ cat /dev/zero > {at}/fill; true; }}"
        " 2>/dev/null"
    )


def _locked(at: str) -> str:
    return f"mount -t tmpfs -o ro tmpfs {at}"


MACHINES: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    ("shared memory is full", _full(SHARED, "4k"), f"{COMPARE} --workers 2", (2,)),
    ("shared memory cannot be written", _locked(SHARED), f"{COMPARE} --workers 2", (2,)),
    ("output to a full device", "", f"{COMPARE} > /dev/full", (2,)),
    ("errors to a full device", "", f"{COMPARE} 2> /dev/full", (0, 2)),
    ("closed output", "", "levers >&-", (2,)),
    ("closed input", "", "levers <&-", (0,)),
    ("a full disk for the run", _full(SMALL), f"{COMPARE} --out {SMALL}/r", (2,)),
    ("a disk that cannot be written", _locked(SMALL), f"{COMPARE} --out {SMALL}/r", (2,)),
    ("a full disk for temporary files", _full(SMALL, "8k"), f"TMPDIR={SMALL} {COMPARE}", (0, 2)),
    ("a full disk for the cache", _full(SMALL), f"VEERKRACHT_CACHE={SMALL} {PLAIN}", (0,)),
    ("a cache that cannot be written", _locked(SMALL), f"VEERKRACHT_CACHE={SMALL} {PLAIN}", (0,)),
    ("no home", "unset HOME XDG_CACHE_HOME", PLAIN, (0,)),
    ("twenty file handles", "ulimit -n 20", f"{COMPARE} --workers 2", (0, 2)),
    ("ten file handles", "ulimit -n 10", f"{COMPARE} --workers 2", (2,)),
    ("little memory for many families", "ulimit -v 4000000", MANY, (2,)),
    ("letters of ascii", "export PYTHONIOENCODING=ascii", "scenarios --language nl", (0,)),
    ("letters of Windows", "export PYTHONIOENCODING=cp1252", CHECK, (0,)),
    ("letters of no language", "export LC_ALL=C PYTHONUTF8=0", CHECK, (0,)),
    ("a name that is too long", "", f"check {'a' * 300}.toml", (2,)),
)
"""What is lacking, how it is made so (in a namespace of its own), the command, and how it ends."""


def _prepare(_: Path) -> Case:
    return _case


def _case(number: int, _: Luck, place: Path) -> Result:
    what, made, line, allowed = MACHINES[number % len(MACHINES)]
    small = place / "small"
    small.mkdir()
    *settings, words = _split(line)
    program = " ".join(map(shlex.quote, python("-m", "dashboards")))
    script = "; ".join(
        filter(None, (made, f"{' '.join(settings)} {program} {words}".strip()))
    ).replace("{small}", shlex.quote(str(small)))
    apart = ["unshare", "--mount"] if "mount" in made else []
    found = subprocess.run(
        [*apart, "/bin/bash", "-c", script],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=SECONDS,
        env=os.environ
        | {"TMPDIR": str(place)}
        | ({"NUMBA_DISABLE_JIT": "1"} if PLAIN in line else {}),
    )
    said = SaidBy(found.returncode, found.stdout, found.stderr, "")
    finding = (
        "" if found.returncode in allowed else f"status {found.returncode}: {said.err[-300:]!r}"
    )
    if not finding and found.returncode == 2 and "full device" not in what:
        finding = wrong_words(said)
    if not finding and "Traceback" in said.err:
        finding = "a traceback was printed"
    return Result(number, what, "ends in words", finding)


def _split(line: str) -> list[str]:
    """Return the settings that stand before a command, and the command."""
    words = line.split(" ")
    first = next(k for k, word in enumerate(words) if "=" not in word)
    return [*words[:first], " ".join(words[first:])]


CAMPAIGN = Campaign(
    "machines",
    "machines that lack something: one message, nothing half-written, no traceback",
    len(MACHINES),
    0,
    _prepare,
)
