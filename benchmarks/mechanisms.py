"""What each mechanism of the month costs, beside an earlier commit (`make mechanisms`).

    python -m benchmarks.mechanisms --against e35094d

The earlier commit is laid out in a folder of its own, and both are timed in turns, each in a
process of its own: whatever else the machine does disturbs both alike. Nothing is written.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TypedDict

from benchmarks.plan import SEED
from model.measuring.mechanisms import costs
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.run.build import build_population

BEFORE_MONTHS = 36
"""Months lived before the year that is timed."""
ROUNDS = 3
TOP = Path(__file__).parent.parent
CARRIED = ("benchmarks/mechanisms.py", "model/measuring/mechanisms.py")
"""Files that an earlier commit gets from this one."""


class Turn(TypedDict):
    """What one process measured: ns a family-month."""

    mechanisms: dict[str, float]
    rows: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What each mechanism of the month costs.")
    parser.add_argument("--against", metavar="COMMIT", help="an earlier commit, timed in turns")
    parser.add_argument("--families", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        for _ in sys.stdin:
            print(json.dumps(_measured(options.families)), flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        trees = [TOP]
        if options.against is not None:
            trees.append(_laid_out(options.against, Path(folder) / "earlier"))
        asked = [_asked(tree, options.families) for tree in trees]
        turns = [[_turn(one) for one in asked] for _ in range(options.turns)]
        for one in asked:
            one.communicate()
    now, *then = zip(*turns, strict=True)
    _show(now, *then)


def _laid_out(commit: str, folder: Path) -> Path:
    """Put an earlier commit into a folder, with what measures it."""
    kept = folder.with_suffix(".tar")
    git = shutil.which("git") or sys.exit("An earlier commit can only be laid out with git.")
    done = subprocess.run(
        [git, "archive", "--output", kept, commit],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"git knows no commit {commit} here: {done.stderr.strip()}")
    shutil.unpack_archive(kept, folder, filter="data")
    for name in CARRIED:
        shutil.copy(TOP / name, folder / name)
    return folder


def _asked(folder: Path, families: int) -> subprocess.Popen[str]:
    """Start a process that measures the tree in a folder once for each line that it is given."""
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mechanisms", "--answer", "--families", str(families)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _turn(asked: subprocess.Popen[str]) -> Turn:
    if asked.stdin is None or asked.stdout is None:
        raise RuntimeError("the process that measures cannot be asked")
    print(file=asked.stdin, flush=True)
    answer = asked.stdout.readline()
    if not answer:
        sys.exit("A process that measures ended; what it said stands above.")
    turn: Turn = json.loads(answer)
    return turn


def _measured(families: int) -> Turn:
    timetable = build(FROZEN_2023, BEFORE_MONTHS + 12)
    state = build_population(timetable, SEED, families)
    mechanisms, rows = costs(state, timetable, SEED, BEFORE_MONTHS, ROUNDS)
    return {"mechanisms": mechanisms, "rows": rows}


def _show(now: Sequence[Turn], then: Sequence[Turn] | None = None) -> None:
    names = list(now[0]["mechanisms"])
    head = f"{'ns a family-month':<20}{'now':>8}"
    print(head if then is None else f"{head}{'then':>8}{'now/then':>10}")
    for name in [*names, "rows and draws", "whole month"]:
        after = median(_part(turn, name) for turn in now)
        line = f"{name:<20}{after:>8.1f}"
        if then is not None:
            before = median(_part(turn, name) for turn in then)
            line += f"{before:>8.1f}{after / before:>10.2f}"
        print(line)
    if then is not None:
        pairs = [
            _part(new, "whole month") / _part(old, "whole month")
            for new, old in zip(now, then, strict=True)
        ]
        told = ", ".join(f"{pair:.3f}" for pair in pairs)
        print(f"whole month, pair by pair: {told}; median {median(pairs):.3f}")


def _part(turn: Turn, name: str) -> float:
    if name == "rows and draws":
        return turn["rows"]
    if name == "whole month":
        return turn["rows"] + sum(turn["mechanisms"].values())
    return turn["mechanisms"][name]


if __name__ == "__main__":
    main()
