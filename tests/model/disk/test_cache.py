"""One cache: what is damaged, locked away or in the way is as if it were not there."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from model.disk import cache, shelf
from model.policy.scenario import FROZEN_2023, ParameterChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population, laid_down
from model.run.engine import live_out

TAKE_TURNS = """
import sys
from model.disk import cache, shelf
letter = sys.argv[1].encode()
for turn in range(300):
    shelf.put("answers", "the same key", letter * 10_000)
    found = shelf.get("answers", "the same key")
    assert found is None or found in (b"a" * 10_000, b"b" * 10_000), found
    if turn % 50 == 0:
        cache.clear(["answers"])
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_was_put_is_got_back_under_its_kind_and_key_only(place: Path) -> None:
    shelf.put("answers", "one", b"1\n2")

    assert cache.folder() == place
    assert shelf.get("answers", "one") == b"1\n2"
    assert shelf.get("answers", "two") is None
    assert shelf.get("downloads", "one") is None


@pytest.mark.parametrize("at", range(0, 240, 7))
def test_a_damaged_entry_is_as_if_it_were_not_there_and_is_made_anew(at: int) -> None:
    shelf.put("answers", "key", b"content " * 10)
    (entry,) = cache.entries()
    content = bytearray(entry.path.read_bytes())
    content[at % len(content)] ^= 1

    for damaged in (content, content[:at]):
        entry.path.write_bytes(damaged)
        assert shelf.get("answers", "key") is None
        assert not entry.path.exists()
    shelf.put("answers", "key", b"again")
    assert shelf.get("answers", "key") == b"again"


def test_an_entry_under_the_name_of_another_is_not_taken_for_it() -> None:
    shelf.put("answers", "mine", b"mine")
    (mine,) = cache.entries()
    shelf.put("answers", "other", b"other")
    other = next(entry.path for entry in cache.entries() if entry.path != mine.path)

    mine.path.write_bytes(other.read_bytes())

    assert shelf.get("answers", "mine") is None


def test_what_was_not_used_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for age, name in enumerate(("new", "middle", "old")):
        shelf.put("answers", name, bytes(1000))
        newest = max(cache.entries(), key=lambda entry: entry.used).path
        os.utime(newest, (1e9 - age, 1e9 - age))
    assert shelf.get("answers", "old") is not None  # and is now the youngest
    size = cache.entries()[0].size

    monkeypatch.setattr(cache, "LIMIT", 3 * size)
    cache.sweep()
    assert len(cache.entries()) == 3
    monkeypatch.setattr(cache, "LIMIT", 2.5 * size)
    cache.sweep()

    assert shelf.get("answers", "middle") is None
    assert shelf.get("answers", "new") is not None
    assert shelf.get("answers", "old") is not None


def test_writing_more_than_the_limit_keeps_the_folder_below_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "LIMIT", 100_000)

    for turn in range(60):
        shelf.put("answers", f"answer {turn}", bytes(5_000))
    shelf.put("answers", "too large for any cache", bytes(50_000))

    kept = sum(entry.size for entry in cache.entries())
    assert 60_000 < kept <= 106_000
    assert shelf.get("answers", "answer 59") is not None
    assert shelf.get("answers", "answer 0") is None
    assert shelf.get("answers", "too large for any cache") is None


def test_what_a_user_put_into_the_folder_stays(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("answers", "key", b"content")
    mine = place / "answers" / "my run.npz"
    mine.write_bytes(bytes(100))

    monkeypatch.setattr(cache, "LIMIT", 1)
    cache.sweep()
    assert cache.entries() == []
    assert cache.clear() == 0

    assert mine.exists()


def test_where_nothing_can_be_written_a_folder_for_temporary_files_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "below"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    shelf.put("answers", "key", b"content")

    place = cache.folder()
    assert place is not None
    assert place.parent == tmp_path
    assert place.stat().st_mode & 0o077 == 0
    assert shelf.get("answers", "key") == b"content"


def test_a_folder_for_temporary_files_that_others_can_write_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "elsewhere"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    laid_ready = tmp_path / f"veerkracht-{os.getuid()}"
    laid_ready.mkdir()
    laid_ready.chmod(0o777)

    shelf.put("answers", "key", b"content")

    assert cache.folder() is None
    assert shelf.get("answers", "key") is None
    assert cache.entries() == []
    assert cache.clear() == 0


def test_the_folder_of_the_system_is_used_and_xdg_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))

    assert cache.folder() == tmp_path / "xdg" / "veerkracht"


def test_two_processes_at_once_read_whole_entries_or_none() -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE_TURNS, letter], stderr=subprocess.PIPE, text=True
        )
        for letter in "ab"
    ]

    told = [process.communicate()[1] for process in both]

    assert [process.returncode for process in both] == [0, 0], told


def test_a_population_from_the_cache_is_the_one_that_was_laid_down() -> None:
    plan = build(FROZEN_2023, 24)
    laid = build_population(plan, 5, 60)

    assert laid_down(plan, 5, 60, live_out).equals(laid)
    assert len(cache.entries(["populations"])) == 1
    assert laid_down(plan, 5, 60, live_out).equals(laid)

    other_people = ParameterChange(parameter="population.n_children_0_17", value=90_000)
    larger = build(Scenario(id="larger", parameters=(other_people,)), 24)
    for other in (
        laid_down(plan, 6, 60, live_out),
        laid_down(plan, 5, 62, live_out),
        laid_down(build(FROZEN_2023, 36), 5, 60, live_out),
        laid_down(larger, 5, 60, live_out),
    ):
        assert not other.equals(laid)
    of_another_ledger = 1  # the lives that its numbers make
    assert len(cache.entries(["populations"])) == 5 + of_another_ledger


def test_a_damaged_population_is_laid_down_again() -> None:
    plan = build(FROZEN_2023, 24)
    laid = laid_down(plan, 5, 60, live_out)
    (entry,) = cache.entries(["populations"])
    content = entry.path.read_bytes()

    entry.path.write_bytes(content[: len(content) // 2])

    assert laid_down(plan, 5, 60, live_out).equals(laid)
    assert np.array_equal(laid_down(plan, 5, 60, live_out).ties, laid.ties)
