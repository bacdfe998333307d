"""Aanbevelingen without a browser: the eleven, their effects, and the one that is read."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboards.documents.causal_graph import numbers_of
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages.aanbevelingen import view
from dashboards.pages.aanbevelingen.state import Choice, changed, from_query, query
from dashboards.pages.verken import state as verken
from dashboards.service.answering import Answering
from dashboards.service.prepared import TODAY, prepared
from dashboards.texts import Texts, look_words
from model.evidence.graph import arrows, recommendations
from model.policy.scenario import Scenario
from model.registry import BY_NAME
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.replicates import Memory, Replicates

Scenarios = dict[str, Scenario]


@pytest.fixture
def answers(answering: Answering, scenarios: Scenarios) -> dict[str, PairedSums]:
    """Give made-up answers of every recommendation's scenario, of five replicates."""
    assert answering
    memory, found = Memory(), {}
    for one in recommendations():
        lived = Replicates(prepared(scenarios)[one.scenario], memory)
        for _ in range(5):
            lived.live()
        found[one.scenario] = lived.sums()
    return found


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_recommendation_has_its_effect_on_the_chosen_outcome(
    outcome: str, answers: dict[str, PairedSums], scenarios: Scenarios, t: Texts
) -> None:
    choice = Choice(outcome=outcome)
    rows = view.listed(choice, answers, scenarios, t)["rows"]

    assert [row["number"] for row in rows] == list(range(1, 12))
    for row, one in zip(rows, recommendations(), strict=True):
        look = answers[one.scenario].look(outcome)
        assert row["told"] == look_words.told(look, SCALES[outcome].many, t).number
        assert row["word_name"] == look.word
        assert row["n"] == 5


def test_an_effect_that_is_not_there_yet_has_no_number(scenarios: Scenarios, t: Texts) -> None:
    found = view.listed(Choice(), {}, scenarios, t)

    assert {row["told"] for row in found["rows"]} == {t("letter.waiting")}
    assert all(row["strip"] is None and row["n"] == 0 for row in found["rows"])


def test_an_effect_that_failed_says_so(scenarios: Scenarios, t: Texts) -> None:
    one = recommendations()[0]
    found = view.listed(Choice(), {one.scenario: None}, scenarios, t)

    assert found["rows"][0]["told"] == t("letter.fault")
    assert found["rows"][1]["told"] == t("letter.waiting")


@pytest.mark.parametrize("number", range(1, 12))
def test_what_is_read_names_letter_answer_levers_and_what_is_assumed(
    number: int, scenarios: Scenarios, t: Texts
) -> None:
    found = view.told(Choice(number=number), {}, scenarios, t)
    one = recommendations()[number - 1]
    moved = [lever for lever in found["levers"] if lever["moved"]]

    assert all(found[part] for part in ("title", "letter", "answer", "left_out", "caution"))
    assert all(lines in found["lines"] for lines in one.lines.split(", "))
    assert moved
    assert all(lever["before"] != lever["after"] for lever in moved)
    sizes = {arrow["name"]: arrow["line"] for path in found["paths"] for arrow in path["arrows"]}
    assert sizes == {
        name: {"A": "solid", "B": "solid", "C": "dashed", "D": "dotted"}[arrows()[name].size]
        for path in one.paths
        for name in path
    }
    for name, line in sizes.items():
        assert (t(f"arrow.{name}.says") in found["gaps"]) == (line != "solid")


def test_an_arrow_says_whether_a_number_of_it_was_set_on_figures(
    scenarios: Scenarios, t: Texts
) -> None:
    told = {
        arrow["name"]: arrow
        for number in range(1, 12)
        for path in view.told(Choice(number=number), {}, scenarios, t)["paths"]
        for arrow in path["arrows"]
    }

    for name, arrow in told.items():
        numbers = numbers_of()[name]
        placed = [row for row in numbers if row.fitted]
        assert arrow["is_fitted"] == bool(placed)
        kind = "none" if not numbers else "fitted" if placed else "assumed"
        assert arrow["basis"] == t(f"letter.basis.{kind}")
        if numbers:
            assert str(len(numbers)) in arrow["numbers"]
    assert {arrow["is_fitted"] for arrow in told.values()} == {True, False}


def test_the_numbers_of_an_arrow_are_read_by_the_rules_that_cite_it() -> None:
    leaving = {row.name for row in numbers_of()["e44"]}

    assert "school.leave_vo" in leaving
    assert not leaving & {row.name for row in numbers_of()["e55"]}
    assert numbers_of()["e74"] == ()


def test_an_effect_of_a_lever_that_is_assumed_is_marked(scenarios: Scenarios, t: Texts) -> None:
    for number in range(1, 12):
        for row in view.told(Choice(number=number), {}, scenarios, t)["levers"]:
            (lever,) = [
                one
                for one in BY_NAME.values()
                if t(f"lever.{one.name}.label") == row["label"] and number in one.recommendations
            ]
            marked = any(mark["kind"] == "assumption" for mark in row["marks"])
            assert marked == (lever.effect_grade == "D")


def test_the_way_to_verken_asks_what_the_page_shows(scenarios: Scenarios, t: Texts) -> None:
    choice = Choice(number=7, outcome="language_at_4", language="en", theme="dark")
    address = view.told(choice, {}, scenarios, t)["address"]
    opened, dropped = verken.from_query(urlsplit(address).query, tuple(scenarios))

    assert dropped == ()
    assert opened.base == TODAY
    assert opened.alternative == "s15_preschool"
    assert (opened.outcome, opened.language, opened.theme) == ("language_at_4", "en", "dark")


def test_all_that_was_chosen_stands_in_the_address() -> None:
    choice = Choice(number=11, outcome="forced_moves", language="en", theme="light", screen="far")

    assert from_query(query(choice)) == (choice, ())
    assert query(Choice()) == ""
    assert set(parse_qs(query(choice))) == {"number", "outcome", "language", "theme", "screen"}


@pytest.mark.parametrize("text", ["0", "12", "1.0", "-1", "", "one", "٣"])
def test_a_recommendation_that_does_not_exist_is_left_out_and_named(text: str) -> None:
    assert from_query(f"number={text}") == (Choice(), (f"number={text}",))
    assert changed(Choice(), "number", text) is None
