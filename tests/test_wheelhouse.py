"""The lists of a wheelhouse name every wheel with its size and hash."""

from __future__ import annotations

import hashlib
import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / ".ci" / "wheelhouse.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two wheels, one of which the lock knows."""
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "Known-1-py3-none-any.whl").write_bytes(b"known")
    (tmp_path / "house" / "own-1-py3-none-any.whl").write_bytes(b"own wheel")
    known = hashlib.sha256(b"known").hexdigest()
    (tmp_path / "lock").write_text(f"known==1 --hash=sha256:{known}\n", encoding="utf-8")
    return tmp_path / "house"


def test_every_wheel_is_listed_with_size_and_hash(folder: Path) -> None:
    written = runpy.run_path(str(SCRIPT))["written"]

    told = written(folder, folder.parent / "lock")

    known, own = (hashlib.sha256(content).hexdigest() for content in (b"known", b"own wheel"))
    assert told.startswith("2 wheels, 0.0 MB")
    listed = (folder / "LIST.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split() for line in listed[:2]] == [
        ["5", known, "Known-1-py3-none-any.whl"],
        ["9", own, "own-1-py3-none-any.whl", "(built", "here)"],
    ]
    assert (folder / "install.txt").read_text(encoding="utf-8").splitlines() == [
        f"./Known-1-py3-none-any.whl --hash=sha256:{known}",
        f"./own-1-py3-none-any.whl --hash=sha256:{own}",
    ]


def test_an_empty_wheelhouse_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    with pytest.raises(SystemExit, match="has no wheel in it"):
        runpy.run_path(str(SCRIPT))["written"](tmp_path, tmp_path / "lock")
