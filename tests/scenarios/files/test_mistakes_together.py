"""All that is wrong with a file is told at once; no message shows other files or harms a screen."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import LONGEST, InputError, VeerkrachtError
from scenarios import load
from scenarios.files.load import LARGEST, MOST_DEEP

Write = Callable[..., Path]
Refusal = Callable[..., str]
HIDDEN = "root:x:0:0:secret"


def test_all_mistakes_of_a_file_are_told_in_the_order_of_its_lines(refusal: Refusal) -> None:
    told = refusal(
        """
question = 5
statuss = "K"
extends = ["s05_flexlaw", "s09_language"]
[levers]
course_hours = { value = 9, start = "2028-13", fro = {} }
info_contact_rat = 1
zero_hours_abolished = [{ value = 1 }, { value = true, end = 3, for = { origin = ["x"] } }]
[parameters]
work.labour_index = 3
"work.labour_idx" = 1
""",
        head='id = "Mine!"\n',
    ).splitlines()

    assert told[0] == "14 mistakes."
    assert [line.split(": ")[0].removesuffix(" …") for line in told[1:]] == [
        f"- mine.toml{place}"
        for place in (
            "",
            ", line 1, id",
            ", line 3, question",
            ", line 4, statuss",
            ", line 5, extends",
            ", line 7, levers.course_hours.fro",
            ", line 7, levers.course_hours.value",
            ", line 7, levers.course_hours.start",
            ", line 8, levers.info_contact_rat",
            ", line 9, levers.zero_hours_abolished[1].value",
            ", line 9, levers.zero_hours_abolished[2].end",
            ", line 9, levers.zero_hours_abolished[2].for.origin",
            ", line 11, parameters.work.labour_index",
            ', line 12, parameters."work.labour_idx"',
        )
    ]
    assert "there is no 'title'" in told[1]


def test_lines_that_cannot_be_read_are_told_with_the_rest(refusal: Refusal) -> None:
    told = refusal(
        """
[levers]
reform_start = 2028-01
course_hours = 20
info_contact_rate = 0,05
more hours for all
zero_hours_abolished = { value = True }
course_hours = 30
[parameters]
work.labour_index = 3
"""
    )
    lines = [line for line in told.splitlines() if line.startswith("- ")]

    assert told.startswith("7 mistakes.")
    assert [line.split(":")[0].split(", c")[0] for line in lines] == [
        f"- mine.toml, line {number}"
        for number in ("5", "6, levers.course_hours", "7", "8", "9", "10")
    ] + ["- mine.toml, line 12, parameters.work.labour_index"]
    assert "A month stands between quotes" in lines[0]
    assert "A decimal point is a point" in lines[2]
    assert "stands in the file twice" in lines[5]


def test_a_file_of_one_line_that_cannot_be_read_is_told_so(refusal: Refusal) -> None:
    told = refusal("", head="more hours for all\n")

    assert told.startswith("mine.toml, line 1, column ")
    assert "name = value" in told


def test_a_line_that_opens_more_lines_ends_the_reading(refusal: Refusal) -> None:
    told = refusal("[levers]\nreform_start = 2028-01\ncourse_hours = [\n  { value = 2 3 },\n]\n")

    assert told.startswith("2 mistakes.")
    assert "line 6, column" in told


def test_mistakes_in_what_is_extended_are_told_too(write: Write) -> None:
    write("[levers]\ncourse_hours = 1\n", "below")
    path = write('extends = "below"\n[levers]\ninfo_contact_rate = 9\n')
    with pytest.raises(InputError) as caught:
        load(path)
    own, other = str(caught.value).splitlines()[1:]

    assert "mine.toml, line 5, levers.info_contact_rate" in own
    assert "below.toml, line 4, levers.course_hours" in other


def test_every_conflict_is_told(write: Write) -> None:
    write("[levers]\ncourse_hours = 100\ninfo_contact_rate = 0.01\n", "one")
    write("[levers]\ncourse_hours = 200\ninfo_contact_rate = 0.02\n", "other")
    with pytest.raises(InputError) as caught:
        load(write('extends = ["one", "other"]\n'))

    assert "'course_hours' in two ways: 100" in str(caught.value)
    assert "'info_contact_rate' in two ways: 0.01" in str(caught.value)


def test_a_file_that_is_refused_twice_makes_no_circle(write: Write) -> None:
    write("[levers]\ncourse_hours = 1\n", "bad")
    write('extends = "bad"\n', "one")
    write('extends = "bad"\n', "other")
    with pytest.raises(InputError) as caught:
        load(write('extends = ["one", "other"]\n'))

    assert "circle" not in str(caught.value)
    assert str(caught.value).count("levers.course_hours") == 1


def test_files_that_all_extend_two_refused_ones_are_read_once_each(write: Write) -> None:
    for k in range(MOST_DEEP - 2):
        for side in "ab":
            write(f'extends = ["a{k + 1}", "b{k + 1}"]\n', f"{side}{k}")
    for side in "ab":
        write("[levers]\ncourse_hours = 1\n", f"{side}{MOST_DEEP - 2}")
    with pytest.raises(InputError, match=r"\Aa?.*2 mistakes"):
        load(write('extends = ["a0", "b0"]\n'))


def test_many_mistakes_are_counted_and_not_all_shown(refusal: Refusal) -> None:
    told = refusal("[levers]\n" + "".join(f"lever_{k} = {k}\n" for k in range(500)))

    assert told.startswith("500 mistakes.")
    assert len(told) <= LONGEST
    assert told.splitlines()[-1] == "… and 479 more."


def test_a_long_line_or_value_does_not_fill_the_screen(refusal: Refusal) -> None:
    long = "x" * 200_000
    for body in (f"course = {long} {long}", f'status = "{long}"', f"[levers]\n{long} = 1"):
        assert len(refusal(body)) < 600


def test_control_characters_of_a_file_never_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    for content in (b'id = "a\x1b[31m"', b'"\\u001b[2J" = 1', b'id = "\\u009b"\ntitle = "\\u202e"'):
        path.write_bytes(content + b"\n")
        with pytest.raises(VeerkrachtError) as caught:
            load(path)
        assert all(sign.isprintable() or sign == "\n" for sign in str(caught.value))


@given(
    content=st.binary(max_size=120), start=st.sampled_from([b"", b'id = "mine"\ntitle.nl = "x"\n'])
)
@settings(deadline=None, derandomize=True)
def test_whatever_a_file_holds_a_message_is_short_and_printable(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "mine.toml"
    path.write_bytes(start + content)
    try:
        load(path)
    except VeerkrachtError as error:
        told = str(error)
        assert len(told) <= LONGEST
        assert all(sign.isprintable() or sign == "\n" for sign in told)


@pytest.mark.parametrize("key", ["extends", "compare_with"])
def test_only_scenario_files_are_named_and_nothing_else_is_shown(
    write: Write, tmp_path: Path, key: str
) -> None:
    (tmp_path / "passwd").write_text(f"{HIDDEN}\n", "utf-8")
    (tmp_path / "broken.toml").write_text(f"{HIDDEN}\n", "utf-8")
    (tmp_path / "half.toml").write_text(f'id = "half"\n{HIDDEN}\n', "utf-8")
    (tmp_path / "other.toml").write_text(f'[tool.secret]\nsecret = "{HIDDEN}"\n', "utf-8")
    for name, said in (
        (f"{tmp_path}/passwd", "is not a .toml file"),
        ("/etc/passwd", "is not a .toml file"),
        ("broken.toml", "is no scenario file"),
        ("half.toml", "half.toml"),
        ("other.toml", "is no scenario file"),
    ):
        with pytest.raises(InputError) as caught:
            load(write(f'{key} = "{name}"\n'))
        told = str(caught.value)
        assert "secret" not in told, told
        assert "root:" not in told, told
        assert said in told


def test_a_file_given_by_name_is_a_scenario_file_too() -> None:
    with pytest.raises(InputError, match=r"'/etc/passwd' is not a \.toml file"):
        load("/etc/passwd")


@pytest.mark.parametrize("key", ["", "extends", "compare_with"])
def test_what_is_no_file_is_told_as_what_it_is(write: Write, tmp_path: Path, key: str) -> None:
    (tmp_path / "loop1.toml").symlink_to("loop2.toml")
    (tmp_path / "loop2.toml").symlink_to("loop1.toml")
    (tmp_path / "gone.toml").symlink_to("nowhere.toml")
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    for name, said in {
        "loop1.toml": "is a link that leads back to itself",
        "gone.toml": "is a link to a file that is not there",
        "folder.toml": "is a folder",
        "pipe.toml": "is no ordinary file",
        f"{'n' * 300}.toml": "has a name that is too long for a file",
        "loop.toml": "does not exist",
    }.items():
        with pytest.raises(InputError) as caught:
            load(write(f'{key} = "{name}"\n') if key else tmp_path / name)
        told = str(caught.value)
        assert said in told
        assert f"Did you mean '{name}'" not in told
        assert "Did you mean 'loop" not in told


def test_a_base_that_is_the_file_itself_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match="compared with itself"):
        load(write('compare_with = "mine.toml"\n'))


@pytest.mark.parametrize("length", [MOST_DEEP + 1, 1500])
def test_a_long_chain_of_files_ends_in_a_message(write: Write, length: int) -> None:
    for k in range(length):
        write(f'extends = "c{k + 1}"\n', f"c{k}")
    write("", f"c{length}")
    with pytest.raises(InputError, match=rf"At most {MOST_DEEP} can"):
        load(write('extends = "c0"\n'))


def test_a_chain_that_is_not_too_long_is_read(write: Write) -> None:
    for k in range(MOST_DEEP - 1):
        write(f'extends = "c{k + 1}"\n' if k < MOST_DEEP - 2 else "", f"c{k}")

    assert load(write('extends = "c0"\n')).extends == ("c0",)


@pytest.mark.parametrize("depth", [50, 500, 5000])
def test_lists_within_lists_are_refused_with_their_line(refusal: Refusal, depth: int) -> None:
    assert "line 4: lists or tables are nested too deeply" in refusal(f"\na = {'[' * depth}\n")


def test_brackets_in_texts_and_remarks_are_no_lists(refusal: Refusal) -> None:
    said = refusal(f'\na = "{"[" * 50}" # {"[" * 50}\nb = \n')
    assert "line 5" in said
    assert "nested" not in said


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\n" * (LARGEST + 1))
    with pytest.raises(InputError, match="too large for a scenario"):
        load(path)
