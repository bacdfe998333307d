"""Exports go through links and devices, and harm nothing that lies there."""

import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from model.errors import InputError, StorageError
from scenarios import destinations
from scenarios.destinations import (
    ABOUT,
    GENERATOR,
    Destination,
    beside,
    csv_with,
    destination,
    is_about,
    is_page,
    is_workbook,
)
from scenarios.format import manifest
from scenarios.store import run_folder

OURS = csv_with(("scenario", "value"))
CONTENT = b"scenario,value\ns,1\n"


def never(_: Path) -> bool:
    """Say of every file that it is not ours."""
    return False


def test_a_new_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    place = destination(tmp_path / "a" / "b.csv", never)
    place.write(CONTENT)

    assert (tmp_path / "a" / "b.csv").read_bytes() == CONTENT
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a" / "b.csv"]


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_is_written_to_as_it_is(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    place = destination(name, never)
    place.write(CONTENT)

    assert place.is_standard_output
    assert capsysbinary.readouterr().out == CONTENT


def test_a_link_to_standard_output_leads_there_and_stays(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    link = tmp_path / "out"
    link.symlink_to("/dev/stdout")
    destination(link, never).write(CONTENT)

    assert capsysbinary.readouterr().out == CONTENT
    assert link.readlink() == Path("/dev/stdout")


def test_a_link_stays_a_link_and_its_target_gets_the_content(tmp_path: Path) -> None:
    target, first, second = tmp_path / "far" / "t.csv", tmp_path / "one", tmp_path / "two"
    target.parent.mkdir()
    target.write_bytes(CONTENT)
    first.symlink_to("far/t.csv")
    second.symlink_to(first)
    destination(second, OURS).write(b"scenario,value\nnew,2\n")

    assert second.is_symlink()
    assert first.is_symlink()
    assert target.read_bytes() == b"scenario,value\nnew,2\n"
    assert not target.is_symlink()


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "target.csv")
    destination(link, never).write(CONTENT)

    assert link.is_symlink()
    assert (tmp_path / "target.csv").read_bytes() == CONTENT


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StorageError, match=r"leads back to itself"):
        destination(tmp_path / "a", never)


def test_a_device_and_a_pipe_take_what_comes_and_stay(tmp_path: Path) -> None:
    destination("/dev/null", never).write(CONTENT)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    place = destination(pipe, never)
    place.write(CONTENT)

    assert os.read(reader, 100) == CONTENT
    assert place.is_stream
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    os.close(reader)


def test_an_open_file_of_the_shell_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    with (tmp_path / "f").open("wb") as file:
        destination(f"/dev/fd/{file.fileno()}", never).write(CONTENT)
        number = os.fstat(file.fileno()).st_ino

    assert (tmp_path / "f").read_bytes() == CONTENT
    assert (tmp_path / "f").stat().st_ino == number


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["run.json", "outcomes/part-00000.parquet", "new.csv", "x/y.csv"])
def test_nothing_goes_into_the_folder_of_a_run(tmp_path: Path, name: str, force: bool) -> None:
    (tmp_path / "outcomes").mkdir()
    (tmp_path / manifest.MANIFEST).write_text('{\n "program": "veerkracht"', "utf-8")
    with pytest.raises(InputError, match="lies in the folder of a run"):
        destination(tmp_path / name, never, force=force)


def test_nothing_goes_into_a_run_behind_a_link_or_with_a_damaged_manifest(tmp_path: Path) -> None:
    run = tmp_path / "run"
    (run / run_folder.TABLE).mkdir(parents=True)
    (run / manifest.MANIFEST).write_text("damaged", "utf-8")
    (tmp_path / "link.csv").symlink_to(run / manifest.MANIFEST)
    for name in (tmp_path / "link.csv", run / "a.csv"):
        with pytest.raises(InputError, match="lies in the folder of a run"):
            destination(name, never, force=True)


def test_a_file_that_is_not_ours_stays_without_force(tmp_path: Path) -> None:
    path = tmp_path / "thesis.csv"
    path.write_text("my,own\n", "utf-8")
    with pytest.raises(InputError, match=r"stays as it is.*--force"):
        destination(path, OURS)

    assert path.read_text("utf-8") == "my,own\n"
    path.chmod(0o640)
    destination(path, OURS, force=True).write(CONTENT)
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_an_export_of_before_and_an_empty_file_are_replaced(tmp_path: Path) -> None:
    path, empty = tmp_path / "a.csv", tmp_path / "empty.csv"
    path.write_bytes(CONTENT)
    empty.touch()

    assert destination(path, OURS) == Destination(str(path), path, is_stream=False)
    assert destination(empty, OURS).path == empty


def test_an_export_of_an_older_version_is_known_by_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("scenario,level\n", "utf-8")
    assert not OURS(path)

    told = {"code digest": 1, "data digest": 2, "run again": 3, "columns": ["scenario", "level"]}
    (tmp_path / f"a.csv{ABOUT}").write_text(json.dumps(told), "utf-8")
    assert OURS(path)
    assert is_about(tmp_path / f"a.csv{ABOUT}")


def test_what_made_the_numbers_lies_beside_a_file_and_nowhere_beside_a_stream(
    tmp_path: Path,
) -> None:
    place = beside(destination(tmp_path / "a.csv", OURS), ABOUT, is_about, force=False)

    assert place is not None
    assert place.path == tmp_path / f"a.csv{ABOUT}"
    assert beside(destination("/dev/null", OURS), ABOUT, is_about, force=False) is None


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        destination(tmp_path, never, force=True)


@pytest.mark.parametrize("name", ["a" * 300 + ".csv", "nul\0l.csv"])
def test_a_name_that_no_file_can_have_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="cannot write"):
        destination(tmp_path / name, never)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CONTENT)

    def no_room(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(StorageError, match="no space left"):
        destination(path, OURS).write(b"new")

    assert path.read_bytes() == CONTENT
    assert list(tmp_path.iterdir()) == [path]


def test_pages_and_workbooks_of_ours_are_known(tmp_path: Path) -> None:
    page, book, other = tmp_path / "p.html", tmp_path / "b.xlsx", tmp_path / "o.xlsx"
    page.write_text(f"<!doctype html><head>{GENERATOR}", "utf-8")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("xl/workbook.xml", '<sheet name="numbers"/><sheet name="about"/>')
    book.write_bytes(content.getvalue())
    other.write_text("no workbook", "utf-8")

    assert is_page(page)
    assert not is_page(book)
    assert is_workbook(book)
    assert not is_workbook(other)


def test_the_files_of_a_run_are_called_as_the_store_calls_them() -> None:
    assert (destinations.MANIFEST, destinations.TABLE) == (manifest.MANIFEST, run_folder.TABLE)


@pytest.mark.parametrize(
    ("name", "ending", "better"),
    [("x.csv", ".xlsx", "x.xlsx"), ("X.XLSX", ".csv", "X.csv"), ("a.b.json", ".html", "a.b.html")],
)
def test_a_name_that_says_something_else_is_refused(
    tmp_path: Path, name: str, ending: str, better: str
) -> None:
    with pytest.raises(InputError, match=rf"its name says .* Call it .*{better}\."):
        destination(tmp_path / name, never, ending=ending, force=True)


@pytest.mark.parametrize("name", ["x.csv", "x.CSV", "x", "x.txt", "2030.5", "x.dat"])
def test_any_other_name_will_do(tmp_path: Path, name: str) -> None:
    assert destination(tmp_path / name, never, ending=".csv").path == tmp_path / name
