"""A script that starts workers at its top level is told why that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.runs.main_guard import has_guard

START = "from scenarios.runs.local import Local\n"
BARE = START + "Local(2)\n"
WITHIN = START + "def go():\n    Local(2)\ngo()\n"
GUARDED = START + "if __name__ == '__main__':\n    Local(2).stop()\n    print('started')\n"


def run(path: Path, source: str) -> subprocess.CompletedProcess[str]:
    path.write_text(source, "utf-8")
    return subprocess.run(
        [sys.executable, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )


@pytest.mark.parametrize(
    "source", [pytest.param(BARE, id="bare"), pytest.param(WITHIN, id="within a function")]
)
def test_a_script_without_a_main_guard_is_told_so_before_any_worker_starts(
    source: str, tmp_path: Path
) -> None:
    done = run(tmp_path / "plan.py", source)

    assert done.returncode != 0
    assert "plan.py starts workers at its top level" in done.stderr
    assert 'if __name__ == "__main__":' in done.stderr
    assert "died" not in done.stderr


def test_a_script_with_a_main_guard_starts_workers(tmp_path: Path) -> None:
    done = run(tmp_path / "plan.py", GUARDED)

    assert (done.returncode, done.stdout) == (0, "started\n")


@pytest.mark.parametrize(
    ("source", "has_one"),
    [
        ("if __name__ == '__main__':\n    go()\n", True),
        ("if multiprocessing.parent_process() is None:\n    go()\n", True),
        ("go()\n", False),
        ("def go():\n    if __name__ == '__main__':\n        pass\ngo()\n", False),
        ("if True:\n    go()\n", False),
    ],
)
def test_a_guard_is_a_condition_at_the_top_level(source: str, has_one: bool) -> None:
    assert has_guard(source) == has_one
