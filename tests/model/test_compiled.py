"""A changed rule is never served from what was compiled before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import model

CALL = """
import numpy as np
from model.keys import border_rank
print(repr(border_rank(np.uint64(1), np.uint64(7))))
"""


def run(folder: Path) -> str:
    """What a rule says in a fresh process that finds `model` in this folder."""
    done = subprocess.run(
        [sys.executable, "-c", CALL],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_a_rule_changed_in_another_file_is_compiled_anew(tmp_path: Path) -> None:
    shutil.copytree(Path(model.__file__).parent, tmp_path / "model")
    first, again = run(tmp_path), run(tmp_path)

    # border_rank stands in keys.py and calls draw4 in draws.py, which is what we change.
    draws = tmp_path / "model" / "draws.py"
    draws.write_text(draws.read_text("utf-8").replace("+ 0.5)", "+ 0.125)"), "utf-8")
    changed = run(tmp_path)

    assert first == again
    assert changed != first
    assert len(list((tmp_path / "cache" / "veerkracht" / "compiled").iterdir())) == 2
