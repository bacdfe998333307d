"""A changed rule is never served from what was compiled before, nor is damaged code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import model

CALL = """
import numpy as np
from model.kernel.keys import border_rank
print(repr(border_rank(np.uint64(1), np.uint64(7))), "read" if border_rank.stats.cache_hits else "")
"""


def run(folder: Path, code: Path, **environment: str) -> tuple[str, bool]:
    """What a rule says in a fresh process, and whether it was read; the cache is in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", CALL],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": str(code), "VEERKRACHT_CACHE": str(folder / "cache")}
        | environment,
        check=True,
        capture_output=True,
        text=True,
    )
    value, _, how = done.stdout.strip().partition(" ")
    return value, how == "read"


def test_a_rule_changed_in_another_file_is_compiled_anew(tmp_path: Path) -> None:
    shutil.copytree(Path(model.__file__).parent, tmp_path / "model")
    first, again = run(tmp_path, tmp_path), run(tmp_path, tmp_path)

    # border_rank stands in keys.py and calls draw4 in random_numbers.py, which is what we change.
    draws = tmp_path / "model" / "kernel" / "random_numbers.py"
    draws.write_text(draws.read_text("utf-8").replace("+ 0.5)", "+ 0.125)"), "utf-8")
    changed = run(tmp_path, tmp_path)

    assert not first[1]
    assert again == (first[0], True)
    assert changed[0] != first[0]
    assert not changed[1]
    assert len(list((tmp_path / "cache" / "compiled").iterdir())) == 2


def test_who_listens_hears_what_is_compiled_and_not_what_is_read(tmp_path: Path) -> None:
    body = """
    from model.kernel.compile import listening
    import numpy as np
    from model.kernel.keys import border_rank
    heard = []
    with listening(heard.append):
        border_rank(np.uint64(1), np.uint64(7))
    print(sorted({one.part for one in heard}), max((one.share for one in heard), default=0) < 0.05)
    """
    code = Path(model.__file__).parent.parent
    told = [
        subprocess.run(
            [sys.executable, "-c", textwrap.dedent(body)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(code), "VEERKRACHT_CACHE": str(tmp_path / "cache")},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for _ in range(2)
    ]

    assert told == ["['people'] True\n", "[] True\n"]


def test_the_same_text_in_another_folder_is_not_compiled_anew(tmp_path: Path) -> None:
    shutil.copytree(Path(model.__file__).parent, tmp_path / "moved" / "model")

    first = run(tmp_path, Path(model.__file__).parent.parent)
    moved = run(tmp_path, tmp_path / "moved")

    assert moved == (first[0], True)


@pytest.mark.parametrize("damage", ["empty", "cut", "a bit", "another's"])
def test_damaged_code_is_compiled_anew(damage: str, tmp_path: Path) -> None:
    code = Path(model.__file__).parent.parent
    first = run(tmp_path, code)
    files = sorted((tmp_path / "cache").rglob("*.nb[ci]"))
    assert len(files) >= 4  # index and code of at least the rule and the draw it makes

    contents = [file.read_bytes() for file in files]
    for file, whole, other in zip(files, contents, [*contents[2:], *contents[:2]], strict=True):
        flipped = bytes([*whole[:400], whole[400] ^ 1, *whole[401:]])
        damaged = {"empty": b"", "cut": whole[:-10], "a bit": flipped, "another's": other}
        file.write_bytes(damaged[damage])

    assert run(tmp_path, code) == (first[0], False)
    assert run(tmp_path, code) == (first[0], True)


def test_where_the_home_folder_is_read_only_code_is_kept_among_temporary_files(
    tmp_path: Path,
) -> None:
    code = Path(model.__file__).parent.parent
    (tmp_path / "file").write_bytes(b"")
    places = {"VEERKRACHT_CACHE": str(tmp_path / "file" / "below"), "TMPDIR": str(tmp_path)}

    first, again = run(tmp_path, code, **places), run(tmp_path, code, **places)

    assert not first[1]
    assert again == (first[0], True)
    assert list(tmp_path.glob("veerkracht-*/compiled/*"))


def test_where_nothing_can_be_written_everything_is_compiled_each_time(tmp_path: Path) -> None:
    code = Path(model.__file__).parent.parent
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / f"veerkracht-{os.getuid()}").write_bytes(b"in the way")
    places = {"VEERKRACHT_CACHE": str(tmp_path / "file" / "below"), "TMPDIR": str(tmp_path)}

    first, again = run(tmp_path, code, **places), run(tmp_path, code, **places)

    assert first == again
    assert not again[1]
    assert not list(tmp_path.rglob("*.nb?"))


def test_a_cache_that_is_cleared_while_it_is_filled_stops_nobody(tmp_path: Path) -> None:
    body = """
    import shutil, sys
    import numpy as np
    from model.disk import cache
    from model.kernel.keys import adult_key, border_rank
    cache.clear()
    print(repr(border_rank(np.uint64(1), np.uint64(7))))
    cache.clear()
    print(adult_key(np.uint64(1), 1))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(body)],
        env=os.environ | {"VEERKRACHT_CACHE": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )

    assert len(done.stdout.split()) == 2
