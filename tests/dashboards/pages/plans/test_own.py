"""Plans of a visitor's own: they travel in an address, and nothing in them is trusted."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.pages.plans import own
from dashboards.pages.plans.titles import listed
from dashboards.pages.vergelijk import view
from dashboards.pages.vergelijk.from_board import with_board
from dashboards.pages.vergelijk.state import Choice, changed, from_query, query
from dashboards.pages.verken import levers, state
from dashboards.pages.verken import view as verken_view
from dashboards.texts import Texts
from model.errors import InputError
from model.policy.scenario import Scenario

PLAN = """
id = "my_plan"
title = { nl = "Mijn plan", en = "My plan" }
extends = ["s05_flex_law"]
[levers]
course_hours = 250
"""
TEN_MISTAKES = """
id = "s05_flex_law"
title = 3
extends = ["/etc/passwd", "s01_referenc"]
compare_with = "../secret.toml"
[levers]
course_hours = 99999
kourse_hours = 1
reform_start = "2029-13"
info_point_coverage = "much"
[parameters]
"work.wealth" = 3
"""
Scenarios = dict[str, Scenario]


def test_a_plan_comes_out_of_an_address_as_it_went_in(scenarios: Scenarios) -> None:
    names = tuple(scenarios)
    choice = changed(Choice(), "third", own.packed(PLAN, "plan.toml"), names)

    assert choice is not None
    assert from_query(query(choice, names), names) == (choice, ())
    assert own.text_of(choice.third) == PLAN
    found = own.known(scenarios, choice.compared)[choice.third]
    assert (found.id, found.extends) == ("my_plan", ("s05_flex_law",))


@pytest.mark.parametrize("name", ["s01_reference", "s05_flex_law", "s21_all"])
def test_what_stands_on_the_board_is_what_is_compared(name: str, scenarios: Scenarios) -> None:
    moved = levers.moved(scenarios[name], (("course_hours", 250.0), ("housing_decoupled", 1.0)))
    found = own.scenario_of(own.of_board(moved, name))

    assert found is not None
    assert (found.levers, found.parameters) == (moved.levers, moved.parameters)


@pytest.mark.parametrize("text", ["course_hours=250", "alternative=s19_housing", "nonsense=1"])
def test_the_way_from_the_board_leads_to_what_stands_on_it(
    text: str, scenarios: Scenarios, t: Texts
) -> None:
    names = tuple(scenarios)
    asked, _ = state.from_query(f"{text}&language={t.language}", names)
    question = verken_view.question(asked, scenarios)
    way = verken_view.summary(question, asked, scenarios, t)["way"]
    choice, dropped = from_query(with_board(way.partition("?")[2], scenarios), names)

    assert dropped == ()
    assert choice.language == t.language
    found = own.known(scenarios, choice.compared)[choice.first]
    assert found.levers == question.alternative.levers


def test_a_board_on_which_gains_fade_otherwise_has_no_way(scenarios: Scenarios, t: Texts) -> None:
    asked, _ = state.from_query("fade_rate=0.2", tuple(scenarios))
    question = verken_view.question(asked, scenarios)

    assert verken_view.summary(question, asked, scenarios, t)["way"] == ""


def test_a_file_with_ten_mistakes_is_answered_with_ten_places() -> None:
    with pytest.raises(InputError) as error:
        own.packed(TEN_MISTAKES, "plan.toml")

    found = own.mistakes(error.value)
    assert [one["line"] for one in found] == [2, 3, 4, 4, 5, 7, 8, 9, 10, 12]
    assert all(one["text"].startswith(f"plan.toml, line {one['line']}, ") for one in found)


@pytest.mark.parametrize("name", ["/etc/passwd", "../library/s05_flex_law.toml", "./mine.toml"])
def test_no_file_of_the_server_is_looked_at(name: str) -> None:
    with pytest.raises(InputError, match="no scenario of the program"):
        own.packed(PLAN.replace("s05_flex_law", name), "plan.toml")


def test_a_plan_that_cannot_be_lived_is_refused_before_anybody_waits_for_it() -> None:
    late = PLAN.replace("250", '{ value = 250, start = "2043-01" }')

    with pytest.raises(InputError):
        own.packed(late, "plan.toml")


def test_what_is_too_long_for_a_link_is_refused() -> None:
    with pytest.raises(InputError, match="too long"):
        own.packed(PLAN + "#" * own.MOST_SIGNS, "plan.toml")


def test_a_small_address_that_unpacks_to_much_is_no_plan() -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b"#" * 5_000_000, 9)).decode().rstrip("=")

    assert own.text_of(own.PREFIX + bomb) is None


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_whatever_stands_in_an_address_is_a_plan_or_none(signs: str) -> None:
    assert own.scenario_of(own.PREFIX + signs) is None


@given(st.text(max_size=200))
def test_whatever_is_handed_over_is_taken_or_refused_with_words(text: str) -> None:
    with pytest.raises(InputError) as error:
        own.packed(text, "plan.toml")

    assert all(one["text"] for one in own.mistakes(error.value))


def test_what_was_moved_on_a_plan_of_ones_own_is_written_out(scenarios: Scenarios) -> None:
    name = own.packed(PLAN, "plan.toml")
    mine = own.known(scenarios, [name])[name]
    moved = levers.moved(mine, (("course_hours", 100.0), ("housing_decoupled", 1.0)))
    found = own.scenario_of(own.of_board(moved, name))

    assert found is not None
    assert (found.levers, found.parameters) == (moved.levers, moved.parameters)
    assert (found.title_nl, found.title_en) == (
        "Mijn versie van: Mijn plan",
        "My version of: My plan",
    )
    again = own.scenario_of(own.of_board(found, name))
    assert again is not None
    assert again.title_nl == found.title_nl


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        ("s05_flex_law", ("s05_flex_law", False)),
        ("s01_reference", ("", False)),
        (own.packed(PLAN, "plan.toml"), ("s05_flex_law", True)),
        (own.packed(PLAN.replace("s05_flex_law", "s01_reference"), "plan.toml"), ("", True)),
        (own.packed(PLAN.replace('extends = ["s05_flex_law"]', ""), "plan.toml"), ("", True)),
    ],
)
def test_a_plan_leads_to_how_sure_what_it_is_built_on_is(name: str, plan: tuple[str, bool]) -> None:
    assert own.lived_beforehand(name) == plan


def test_a_plan_of_ones_own_is_called_so_and_leads_to_the_board(
    scenarios: Scenarios, t: Texts
) -> None:
    name = own.packed(PLAN, "plan.toml")
    known = own.known(scenarios, [name])
    column = view.table(Choice(third=name), {}, known, t)["columns"][-1]

    title = known[name].title_nl if t.language == "nl" else known[name].title_en
    assert column["title"] == t("compare.own_title", title=title)
    asked, dropped = state.from_query(column["way"].partition("?")[2], tuple(scenarios))
    assert (asked.alternative, asked.levers, dropped) == (name, (), ())
    parts = verken_view.question_row(asked, known, t)["fields"]
    assert parts[1]["options"][-1] == {"value": name, "label": column["title"]}
    assert listed(["s05_flex_law", name], known, t) == [
        {"value": name, "title": title, "file": "my_plan.toml", "text": PLAN}
    ]
    sure = view.table(Choice(third=name), {name: None}, known, t)["rows"][0]["cells"][-1]["way"]
    assert sure.startswith("zekerheid?scenario=s05_flex_law&")
    assert "plan=changed" in sure
