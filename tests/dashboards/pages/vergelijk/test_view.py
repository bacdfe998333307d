"""Vergelijk without a browser: the table, the order, and every pair."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages.vergelijk import view
from dashboards.pages.vergelijk.state import NOBODY, Choice, changed, from_query, query
from dashboards.service.answering import Answering
from dashboards.service.prepared import TODAY, prepared
from dashboards.texts import Texts, look_words
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.replicates import Memory, Replicates

Scenarios = dict[str, Scenario]
Answers = dict[str, PairedSums]


@pytest.fixture
def answers(answering: Answering, scenarios: Scenarios) -> Answers:
    """Give made-up answers of the scenarios that a visitor finds, of twenty replicates."""
    assert answering
    memory, found = Memory(), {}
    for name in Choice().compared:
        lived = Replicates(prepared(scenarios)[name], memory)
        for _ in range(20):
            lived.live()
        found[name] = lived.sums()
    return found


def test_every_cell_has_the_number_range_and_word_of_its_answer(
    answers: Answers, scenarios: Scenarios, t: Texts
) -> None:
    table = view.table(Choice(), answers, scenarios, t)

    assert [row["name"] for row in table["rows"]] == list(OUTCOMES)
    assert [column["name"] for column in table["columns"]] == list(Choice().compared)
    for row in table["rows"]:
        for name, cell in zip(Choice().compared, row["cells"], strict=True):
            told = look_words.told(answers[name].look(row["name"]), SCALES[row["name"]].many, t)
            assert (cell["number"], cell["range"], cell["word"]) == (
                told.number,
                told.range,
                told.word,
            )


def test_what_is_not_there_yet_has_no_number_and_no_order(
    answers: Answers, scenarios: Scenarios, t: Texts
) -> None:
    some = {"s02_bandwidth": answers["s02_bandwidth"], "s19_housing": None}
    cells = view.table(Choice(), some, scenarios, t)["rows"][0]["cells"]

    assert [cell["number"] for cell in cells[1:]] == [t("letter.waiting"), t("letter.fault")]
    assert all(cell["strip"] is None for cell in cells[1:])
    assert view.ranked(Choice(), some, scenarios, t)["order"] == []


def test_the_order_holds_all_and_todays_policy_and_every_pair_once(
    answers: Answers, scenarios: Scenarios, t: Texts
) -> None:
    ranked = view.ranked(Choice(outcome="forced_moves"), answers, scenarios, t)
    names = [scenarios[name].title_nl if t.language == "nl" else scenarios[name].title_en
             for name in (TODAY, *Choice().compared)]  # fmt: skip

    assert {item["title"] for item in ranked["order"]} == set(names)
    pairs = {frozenset((pair["one"], pair["other"])) for pair in ranked["pairs"]}
    assert pairs == {frozenset(pair) for pair in combinations(names, 2)}
    levels = [answers[name].look("forced_moves").answer.level for name in Choice().compared]
    base = answers["s02_bandwidth"].look("forced_moves").answer.level_base
    by_level = sorted(zip([base, *levels], names, strict=True))
    assert [item["title"] for item in ranked["order"]] == [name for _, name in by_level]


def test_a_pair_of_alternatives_is_what_living_it_as_a_pair_gives(
    answers: Answers, scenarios: Scenarios
) -> None:
    one, other = answers["s02_bandwidth"], answers["s05_flex_law"]
    between = other.against(one)
    look = between.look("forced_moves")

    assert (between.base, between.alternative) == ("s02_bandwidth", "s05_flex_law")
    assert look.answer.value == pytest.approx(
        other.look("forced_moves").answer.level - one.look("forced_moves").answer.level
    )
    assert look.answer.level_base == one.look("forced_moves").answer.level
    back = one.against(other).look("forced_moves")
    assert back.answer.value == pytest.approx(-look.answer.value)
    assert scenarios


def test_alternatives_beside_another_base_are_not_compared(
    answers: Answers, scenarios: Scenarios
) -> None:
    assert scenarios
    swapped = answers["s02_bandwidth"].against(answers["s05_flex_law"])

    with pytest.raises(ValueError, match="same base"):
        answers["s19_housing"].against(swapped)


def test_a_scenario_chosen_twice_is_compared_once() -> None:
    choice = Choice(first="s02_bandwidth", second="s02_bandwidth", third=NOBODY)

    assert choice.compared == ("s02_bandwidth",)


def test_all_that_was_chosen_stands_in_the_address(scenarios: Scenarios) -> None:
    names = tuple(scenarios)
    choice = Choice(
        first="s15_preschool", second=NOBODY, third="s21_all", outcome="poor_share", language="en"
    )

    assert from_query(query(choice, names), names) == (choice, ())
    assert query(Choice(), names) == ""


@pytest.mark.parametrize("text", ["first=", f"first={TODAY}", "second=s99", "outcome=wealth"])
def test_what_cannot_be_compared_is_left_out_and_named(text: str, scenarios: Scenarios) -> None:
    names = tuple(scenarios)
    name, _, value = text.partition("=")

    assert from_query(text, names) == (Choice(), (text,))
    assert changed(Choice(), name, value, names) is None
