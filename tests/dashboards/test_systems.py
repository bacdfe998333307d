"""The terminal where a system lacks what Windows lacks: no fcntl, no fork, no user numbers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GONE_MODULES = ("fcntl", "pwd", "resource")
GONE_CALLS = ("fork", "forkpty", "getuid", "geteuid")

WITHOUT = f"""
import os, sys
import platformdirs, platformdirs.unix  # on another system it would take another branch
for name in {GONE_MODULES}:
    sys.modules[name] = None
for name in {GONE_CALLS}:
    delattr(os, name)
"""

DAY = """
import importlib, multiprocessing, os, sys
from pathlib import Path
from dashboards.cli import main

PAIR = ["s01_reference", "s05_flex_law"]
SMALL = ["--families", "40", "--years", "5"]
RUNS = [*SMALL, "--replicates", "3"]
DAY = [
    ["scenarios"],
    ["check", "s05_flex_law"],
    ["new", "mine", "--from", "s05_flex_law"],
    ["run", "mine.toml", *SMALL, "--out", "one", "--quiet"],
    ["compare", *PAIR, *RUNS, "--workers", "2", "--out", "pair", "--quiet"],
    ["results", "."],
    ["results", "pair", "--csv", "pair.csv"],
    ["verify", "pair", "--workers", "1", "--quiet"],
    ["twins", *PAIR, *SMALL, "--quiet"],
    ["report", "pair", "--file", "pair.html", "--reach", "0"],
    ["cache"],
]

if __name__ == "__main__":
    for name in sys.argv[1].split(","):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        sys.exit(f"{name} is there")
    assert not any(hasattr(os, name) for name in sys.argv[2].split(","))
    for command in DAY:
        status = main(command)
        if status:
            sys.exit(f"{command}: {status}")
    assert "multiprocessing.popen_spawn_posix" in sys.modules
    assert "multiprocessing.popen_forkserver" not in sys.modules
    assert not list(Path("pair").glob("writing.*"))
"""


@pytest.mark.slow
def test_a_day_at_the_terminal_needs_nothing_that_other_systems_lack(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT, "utf-8")
    (tmp_path / "day.py").write_text(textwrap.dedent(DAY), "utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    own = tmp_path / "temporary"
    own.mkdir()

    done = subprocess.run(
        [sys.executable, "day.py", ",".join(GONE_MODULES), ",".join(GONE_CALLS)],
        cwd=tmp_path,
        # Without locks nobody sees that its folders are held: those who have them would sweep them.
        env=os.environ | {"PYTHONPATH": path, "TMPDIR": str(own)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert "Same" in done.stdout
    assert (tmp_path / "pair.csv").stat().st_size > 1000
    assert (tmp_path / "pair.html").stat().st_size > 100_000


def test_the_lock_has_every_dependency_and_serves_three_systems() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [one for group in project["optional-dependencies"].values() for one in group]
    asked = {
        re.split(r"[<>=\[;,! ]", one, maxsplit=1)[0].lower().replace("_", "-")
        for one in (*project["dependencies"], *extras)
    }

    assert asked - pinned == set()
    assert {"filelock", "platformdirs"} <= asked
    for system in ("win32", "darwin"):
        assert f"sys_platform == '{system}'" in lock
