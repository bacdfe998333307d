"""Temporary folders go with whoever made them, also when that was killed."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import lock_descriptor

from model.disk.scratch import HELD, Scratch, sweep
from model.errors import StorageError

KILLED = """
import os, signal
from model.disk.scratch import Scratch
kept = Scratch()
(kept.path / "half").write_text("left")
print(kept.path, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_it_is_gone_with_all_in_it_when_it_was_used(tmp_path: Path) -> None:
    with Scratch() as made:
        (made.path / "deep").mkdir()
        assert made.path.stat().st_mode & 0o077 == 0
    kept = Scratch()
    del kept

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_by_the_next_and_what_lives_is_not(
    tmp_path: Path,
) -> None:
    with Scratch() as living:
        found = subprocess.run(
            [sys.executable, "-c", KILLED],
            env=os.environ | {"TMPDIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        left = Path(found.stdout.strip())
        assert found.returncode == -signal.SIGKILL
        assert (left / "half").exists()

        with Scratch() as next_one:
            names = {path.name for path in tmp_path.iterdir()}
            folders = {living.path.name, next_one.path.name}

    assert names == folders | {f"{name}{HELD}" for name in folders}


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "veerkracht-notes").mkdir()
    (tmp_path / "other.held").touch()
    (tmp_path / f"veerkracht-link{HELD}").symlink_to(tmp_path / "other.held")

    sweep()

    assert len(list(tmp_path.iterdir())) == 3


def test_a_name_that_is_swept_before_it_is_held_is_given_up_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[Path] = []

    def late(handle: int, *, blocking: bool) -> bool:
        if not swept:
            swept.extend(tmp_path.glob(f"*{HELD}"))
            swept[0].unlink()
        return lock_descriptor(handle, blocking=blocking)

    monkeypatch.setattr("model.disk.scratch.lock_descriptor", late)
    with Scratch() as made:
        assert swept[0].name != f"{made.path.name}{HELD}"
        assert {path.name for path in tmp_path.iterdir()} == {
            made.path.name,
            f"{made.path.name}{HELD}",
        }


def test_a_system_without_locks_has_folders_and_sweeps_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOSYS, "no locks here")

    monkeypatch.setattr("model.disk.scratch.lock_descriptor", missing)
    with Scratch() as first:
        with Scratch():
            assert len(list(tmp_path.iterdir())) == 4
        assert first.path.exists()

    assert list(tmp_path.iterdir()) == []


def test_no_place_for_it_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    with pytest.raises(StorageError, match=r"no temporary folder can be made: .*TMPDIR"):
        Scratch()
