"""The lines on which the keys of a file stand."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import names
from scenarios.files.load import LIBRARY
from scenarios.files.positions import Path, key_lines

TEXT = """\
# a comment with = and [brackets]
id = "x # no comment"
title.nl = "een = twee"
title."e.n" = 'it'
long = \"\"\"
[not.a.table]
key = 1
\"\"\"
list = [
  1,
  { a = 1, b = [2,
    3] },
]
[one."two.three"]
four = 4
[[many]]
a = 1
[many.deep]
b = 2
[[many]]
a = 3
[many.deep]
b = 4
"""
EXPECTED: dict[Path, int] = {
    ("id",): 2,
    ("title", "nl"): 3,
    ("title", "e.n"): 4,
    ("long",): 5,
    ("list",): 9,
    ("list", 0): 10,
    ("list", 1, "a"): 11,
    ("list", 1, "b"): 11,
    ("list", 1, "b", 1): 12,
    ("one", "two.three"): 14,
    ("one", "two.three", "four"): 15,
    ("many", 0, "a"): 17,
    ("many", 0, "deep", "b"): 19,
    ("many", 1, "a"): 21,
    ("many", 1, "deep", "b"): 23,
}


def paths(value: Any, path: Path = ()) -> set[Path]:  # noqa: ANN401
    """Return the path of every key and list entry below a value."""
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        return set()
    found = {(*path, key) for key, _ in inner}
    return found.union(*(paths(below, (*path, key)) for key, below in inner))


@pytest.mark.parametrize("path", EXPECTED)
def test_a_key_is_found_on_its_line(path: Path) -> None:
    assert key_lines(TEXT)[path] == EXPECTED[path]


def test_every_key_of_a_text_is_found() -> None:
    assert set(key_lines(TEXT)) >= paths(tomllib.loads(TEXT))


@pytest.mark.parametrize("name", names())
def test_every_key_of_a_library_file_is_found_where_it_is_written(name: str) -> None:
    text = (LIBRARY / f"{name}.toml").read_text("utf-8")
    lines = text.splitlines()
    found = key_lines(text)

    assert set(found) >= paths(tomllib.loads(text))
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1]


@given(
    comments=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), max_size=5)
)
@settings(deadline=None, derandomize=True)
def test_comments_move_a_key_down_and_nothing_else(comments: list[str]) -> None:
    text = "".join(f"# {comment}\n" for comment in comments) + "[a]\nb = 1 # c\n"

    assert key_lines(text) == {("a",): len(comments) + 1, ("a", "b"): len(comments) + 2}
