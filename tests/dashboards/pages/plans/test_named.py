"""A plan gets a name: all else in its file stays as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.pages.plans import own
from dashboards.pages.plans.named import LONGEST, id_of, named, tidy
from model.errors import InputError
from scenarios.files.load import names

HEAD = """# My own notes.
id = "my_plan"   # how it is called
title = { nl = "Mijn plan", en = "My plan" }
question.nl = "Wat als?"
extends = [
  "s05_flex_law",
]
"""
BODY = """[levers]
course_hours = 250  # hours, not weeks
"""


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        HEAD.replace('title = { nl = "Mijn plan", en = "My plan" }', 'title.nl = "Mijn plan"'),
        HEAD.replace('title = { nl = "Mijn plan", en = "My plan" }', 'title = "Mijn plan"'),
    ],
)
def test_a_name_becomes_title_and_id_and_all_else_stays(head: str) -> None:
    text = named(head + BODY, 'Plan "Rotterdam" 2', "plan.toml")
    before, after = own.checked(head + BODY, "plan.toml"), own.checked(text, "plan.toml")

    assert (after.title_nl, after.title_en) == ('Plan "Rotterdam" 2', 'Plan "Rotterdam" 2')
    assert after.id == "plan_rotterdam_2"
    assert (after.levers, after.extends) == (before.levers, before.extends)
    assert after.question_nl == "Wat als?"
    assert "# My own notes." in text
    assert "# hours, not weeks" in text


def test_a_title_in_a_part_of_its_own_is_found() -> None:
    text = 'id = "my_plan"\n[levers]\ncourse_hours = 250\n[title]\nnl = "Mijn plan"\n[parameters]\n'

    after = own.checked(named(text, "Nieuw", "plan.toml"), "plan.toml")
    assert (after.title_nl, [one.value for one in after.levers]) == ("Nieuw", [250.0])


def test_a_title_that_cannot_be_found_is_refused_with_what_to_do() -> None:
    text = HEAD.replace('{ nl = "Mijn plan", en = "My plan" }', '"""Mijn\nplan"""') + BODY

    with pytest.raises(InputError, match="on one line"):
        named(text, "Nieuw", "plan.toml")


def test_a_wrong_file_is_refused_with_its_places() -> None:
    with pytest.raises(InputError) as error:
        named(HEAD + BODY.replace("course_hours", "kourse_hours"), "Nieuw", "plan.toml")

    assert [one["line"] for one in own.mistakes(error.value)] == [9]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Café aan zee", "cafe_aan_zee"),
        ("2030", "plan_2030"),
        ("s05 flex law", "plan_s05_flex_law"),
        ("Łódź", "odz"),
        ("计划", "plan"),
    ],
)
def test_an_id_is_made_of_a_name(name: str, found: str) -> None:
    assert id_of(name) == found


@settings(deadline=None)
@given(st.text(max_size=120))
def test_whatever_is_typed_is_a_name_on_one_line_or_none(typed: str) -> None:
    name = tidy(typed)

    assert len(name) <= LONGEST
    assert name == tidy(name)
    assert not set(name) & set("\n\r\t\x00\u202e\u200b")
    assert id_of(name) not in names()
    if name:
        assert own.checked(named(HEAD + BODY, name, "plan.toml"), "plan.toml").title_nl == name


@pytest.mark.parametrize("typed", [None, 3, ["a"], {"a": 1}, "", " \n\u200b"])
def test_what_is_no_name_is_none(typed: object) -> None:
    assert tidy(typed) == ""
