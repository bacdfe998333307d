"""New scenario files, written for people to change."""

import os
import re
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.calendar import month_number, month_text
from model.enums import FamilyType, LetterGroup, Municipality
from model.errors import InputError, StorageError
from model.evidence.declaring import Lever
from model.policy.scenario import LeverChange, Target
from model.registry import LEVERS
from scenarios import compose, load, names
from scenarios.authoring.differences import changes
from scenarios.authoring.template import new, scenario_text
from scenarios.files.load import read

Write = Callable[..., Path]
FOR_HELMOND = {"municipalities": ["helmond"]}


@pytest.mark.parametrize("name", names())
def test_a_new_file_starts_as_a_copy_of_its_base(tmp_path: Path, name: str) -> None:
    copy, base = load(new("mine", name, tmp_path)), load(name)

    assert (copy.levers, copy.parameters) == (base.levers, base.parameters)
    assert changes(copy, base) == ()
    assert (copy.id, copy.extends, copy.compare_with) == ("mine", (name,), name)
    assert copy.title_nl == f"Mijn versie van: {base.title_nl}"


@pytest.mark.parametrize("name", names())
def test_a_new_file_says_nothing_in_the_name_of_the_letter(tmp_path: Path, name: str) -> None:
    path = new("mine", name, tmp_path)
    copy, text = load(path), path.read_text("utf-8")

    assert (copy.status, copy.letter_lines) == ("", "")
    assert (copy.caveat_nl, copy.caveat_en) == ("", "")
    assert read(path).set_aside == ()
    assert not re.search(r"^(status|letter_lines|caveat)", text, re.MULTILINE)


def test_a_file_that_was_copied_with_the_words_of_the_letter_does_not_wear_them(
    write: Write,
) -> None:
    base = load("s05_flex_law")
    body = f"""
extends = "s05_flex_law"
status = "W"
letter_lines = "243-257,270-271"
caveat.nl = "{base.caveat_nl}"
caveat.en = "My own warning"
"""
    found = read(write(body))

    assert (found.scenario.status, found.scenario.letter_lines) == ("", "")
    assert (found.scenario.caveat_nl, found.scenario.caveat_en) == ("", "My own warning")
    assert [place.key for place in found.set_aside] == ["status", "letter_lines"]


def subset(kind: type[IntEnum]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw some members of an enumeration, in order."""
    return st.sets(st.sampled_from(list(kind))).map(lambda members: tuple(sorted(members)))


targets = st.builds(
    Target,
    municipalities=subset(Municipality),
    family_types=subset(FamilyType),
    letter_groups=subset(LetterGroup),
    years_in_nl=st.none() | st.tuples(st.floats(0, 20), st.floats(21, 100)),
).filter(lambda target: target != Target())


Entries = dict[str, list[LeverChange | dict[str, Any]]]


@st.composite
def lever_changes(draw: st.DrawFn) -> Entries:
    """Draw what a file can say of levers: changes, and entries that lie over others."""
    usual = [lever for lever in LEVERS if lever.name != "reform_start"]
    levers: list[Lever] = draw(st.lists(st.sampled_from(usual), unique=True, max_size=5))
    groups = [None, *draw(st.lists(targets, unique=True, min_size=1, max_size=3))]
    found: Entries = {}
    for lever in levers:
        whole = lever.kind != "real"
        numbers = st.integers(int(lever.low), int(lever.high)).map(float)
        value = numbers if whole else st.floats(lever.low, lever.high)
        for who in draw(st.lists(st.sampled_from(groups), unique=True, min_size=1, max_size=2)):
            start = draw(st.none() | st.integers(24284, 24400).map(float))
            ramp = 0 if lever.kind in {"boolean", "choice"} else draw(st.integers(0, 24))
            change = LeverChange(
                lever=lever.name,
                value=draw(value),
                start=start,
                ramp_months=ramp,
                end=draw(st.none() | st.integers(24430, 24800).map(float)),
                target=who,
            )
            found.setdefault(lever.name, []).append(change)
        if lever.kind in {"real", "integer"}:
            for _ in range(draw(st.integers(0, 2))):
                first = draw(st.integers(24284, 24400))
                over = {"value": draw(value), "lay_over": True, "start": month_text(first)}
                over |= draw(st.sampled_from([{}, {"end": "2070-01"}, {"for": FOR_HELMOND}]))
                found.setdefault(lever.name, []).append(over)
    return found


@given(levers=lever_changes())
@settings(deadline=None, derandomize=True)
def test_whatever_a_scenario_holds_is_the_same_after_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, levers: Entries
) -> None:
    base = compose(levers=levers)
    path = tmp_path_factory.mktemp("written") / "mine.toml"
    path.write_text(scenario_text("mine", base, "s00_frozen_2023", {}), "utf-8")

    assert load(path).levers == base.levers


def test_a_new_file_shows_every_lever_with_its_unit_range_and_base(tmp_path: Path) -> None:
    text = new("mine", "s05_flex_law", tmp_path).read_text("utf-8")

    for lever in LEVERS:
        assert f"\n# {lever.name} = " in text or f"\n{lever.name} = " in text
        assert f"# {lever.unit}: " in text
    assert "\n# share of minimum hours: 0 to 1; in 2023 0.3, when switched on 0.3.\n" in text
    assert '\nbandwidth_extra_max = { value = 0.3, start = "reform_start" }\n' in text
    assert "\n# course_hours = 100\n" in text


def test_a_new_file_holds_the_meanings_it_is_given(tmp_path: Path) -> None:
    meanings = {"course_hours": "How long a course lasts."}
    text = new("mine", "s05_flex_law", tmp_path, meanings).read_text("utf-8")

    assert "\n# How long a course lasts.\n# hours per participant: 30 to 600;" in text


def test_every_line_of_a_new_file_that_is_commented_out_can_be_used(tmp_path: Path) -> None:
    path = new("mine", "s00_frozen_2023", tmp_path)
    lines = path.read_text("utf-8").splitlines()
    levers = {lever.name for lever in LEVERS}
    used = [line[2:] if line[2:].split(" = ")[0] in levers else line for line in lines]
    path.write_text("\n".join(used), "utf-8")
    scenario = load(path)

    assert {change.lever for change in scenario.levers} == levers
    assert changes(scenario, load("s00_frozen_2023")) == ()


def test_a_new_file_can_start_from_a_file(write: Write, tmp_path: Path) -> None:
    base = write("[levers]\ncourse_hours = 200\n", "base")
    folder = tmp_path / "below"
    folder.mkdir()
    copy = load(new("mine", str(base), folder))

    assert copy.levers == load(base).levers
    assert load(copy.compare_with).id == "base"


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine", "utf-8")
    with pytest.raises(InputError, match="such a file already"):
        new("mine", "s05_flex_law", tmp_path)

    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("My Law", 'cannot be an id.*"my_law"'),
        ("../mine", 'cannot be an id.*"mine"'),
        ("", "empty text"),
        ("s05_flex_law", "is taken.*'s05_flex_law_mine'"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        new(name, "s05_flex_law", tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_base_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 's05_flex_law'"):
        new("mine", "s05_flexlaw", tmp_path)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot write .*Choose a place you may write to"):
        new("mine", "s05_flex_law", tmp_path / "nowhere")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="no space left"):
        new("mine", "s05_flex_law", tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_months_of_the_drawn_changes_are_months_of_a_run() -> None:
    assert (month_text(24284), month_number("2023-09")) == ("2023-09", 24284)
