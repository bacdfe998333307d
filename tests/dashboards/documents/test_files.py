"""The page on file formats is current, and has every command's and format's fields."""

from __future__ import annotations

import re

from dashboards.cli import COMMANDS
from dashboards.documents.files import PAGE, TABLES, TEXT, page
from scenarios.authoring.json_schema import schema


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m dashboards.documents"


def test_every_place_has_a_table_and_no_field_is_without_words() -> None:
    places = re.findall(r"^\[\[(\w+)\]\]$", TEXT.read_text("utf-8"), re.MULTILINE)

    assert sorted(places) == sorted(TABLES)
    assert "[[" not in page()
    assert re.findall(r"^\| `\w+` \|(?: yes)? *\| *\|$", page(), re.MULTILINE) == []


def test_every_key_of_a_scenario_is_there_and_every_command_that_is_named() -> None:
    text = page()

    keys = set(schema()["properties"]) - {"levers", "parameters"}
    assert [key for key in keys if f"| `{key}` |" not in text] == []
    assert {"levers", "parameters"} <= set(re.findall(r"`\[(\w+)\]`", text))
    assert set(re.findall(r"`veerkracht (\w+)", text)) <= set(COMMANDS)
