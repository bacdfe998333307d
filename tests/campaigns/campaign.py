"""What a campaign is: many cases, each drawn by its number, so that any can be repeated alone."""

from __future__ import annotations

import contextlib
import hashlib
import io
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from zlib import crc32

import numpy as np

from dashboards.cli import main
from model.errors import LONGEST

Luck = np.random.Generator

ROOT = Path(__file__).parents[2]
TRIED = ("model", "scenarios", "calibration", "dashboards")
"""What campaigns try to break."""

HANGS_AFTER = 120
"""Seconds of processor time after which a case counts as one that never ends."""

STEERING = ("\x1b", "\x00", "\x07", "\x9b")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case: what was done, with which meaning, and what is wrong, if anything."""

    number: int
    what: str
    meaning: str
    finding: str


Case = Callable[[int, Luck, Path], Result]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Many cases of one kind.

    `prepare` is given a folder and makes what the cases share; what it returns lives one case, in
    an empty folder of its own. `some` is how many of the first cases `make test` lives.
    """

    name: str
    aim: str
    size: int
    some: int
    prepare: Callable[[Path], Case]


def code() -> str:
    """Return the digest of the code that is tried."""
    paths = (path for folder in TRIED for path in (ROOT / folder).rglob("*"))
    return digest_of(path for path in paths if path.suffix in {".py", ".toml", ".html", ".vue"})


def digest_of(paths: Iterable[Path]) -> str:
    """Return the digest (16 hexadecimal digits) of files of this program and where they stand."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def luck_of(campaign: str, number: int, seed: int) -> Luck:
    """Return the luck of a case; that of other cases has no part in it."""
    return np.random.default_rng([seed, crc32(campaign.encode()), number])


class HangError(BaseException):
    """A case takes more processor time than any honest one; no `except Exception` may hold it."""


@contextmanager
def bounded(seconds: float = HANGS_AFTER) -> Iterator[None]:
    """End what takes more processor time than it may."""

    def hang(_: int, __: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, hang)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and what is wrong with how it ended ("" for nothing)."""

    status: int
    out: str
    err: str
    finding: str


def command(*words: str) -> Said:
    """Run a command in this process and look at how it ends: in words, whatever it was given."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    status, finding = 0, ""
    try:
        with bounded(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(words)
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except HangError:
        finding = "it never ends"
    except BaseException as error:  # noqa: BLE001 - any other end is what is looked for
        finding = f"traceback: {last_line(error)}"
    said = Said(status, _text(out), err.getvalue(), finding)
    return said if finding else Said(said.status, said.out, said.err, wrong_words(said))


def _text(out: io.TextIOWrapper) -> str:
    """Return what was printed, "" for a file that is no text."""
    out.flush()
    out.seek(0)
    try:
        return out.read()
    except UnicodeDecodeError:
        return ""


def wrong_words(said: Said) -> str:
    """Return what is wrong with the words of a command, "" when nothing is."""
    if "Traceback (most recent call last)" in said.err:
        return "a traceback was printed"
    if said.status not in (0, 1, 2):
        return f"status {said.status}"
    if said.status == 2 and not said.err.strip():
        return "refused without a word"
    if any(sign in said.err or sign in said.out for sign in STEERING):
        return "signs that steer the terminal"
    longest = max(map(len, said.err.splitlines()), default=0)
    return f"a line of {longest} characters" if longest > LONGEST + 200 else ""


def last_line(error: BaseException) -> str:
    """Return an error with the place where it was raised, in a line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {where}: {str(error)[:200]!r}"


def one_of[T](luck: Luck, things: list[T] | tuple[T, ...]) -> T:
    """Return one of some things."""
    return things[int(luck.integers(len(things)))]


def python(*words: str) -> list[str]:
    """Return the words that run a module or a text in a process of its own."""
    return [sys.executable, *words]


def below(pid: int) -> list[int]:
    """Return the processes that a process began and that are still there (Linux)."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def all_below(pid: int) -> list[int]:
    """Return the processes that a process began, with those that these began (Linux)."""
    return [two for one in below(pid) for two in (one, *all_below(one))]
