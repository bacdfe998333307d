"""The words say what the numbers say: which way, how much, and when it is about the same."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from dashboards.figures.registry import SHEET, SHEETS
from dashboards.figures.series import Pair
from dashboards.pages.explore import page_levers, summary
from dashboards.texts import Texts, texts
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.registry import BY_NAME

MakePair = Callable[..., Pair]


def told(pair: Pair, language: str = "nl") -> dict[str, str]:
    return {item.text.split(":")[0]: item.text for item in summary.sentences(pair, texts(language))}


def test_a_lower_number_is_called_lower(make_pair: MakePair) -> None:
    assert told(make_pair(factor=0.9))["Schoolverlaten in het vo"] == (
        "Schoolverlaten in het vo: van 1,20% naar 1,08%, dus lager."
        " Dat scheelt 0,12 procentpunt (12 op elke 10.000 leerlingen)."
    )


def test_a_higher_number_is_called_higher(make_pair: MakePair) -> None:
    assert told(make_pair(factor=1.2), "en")["Early leaving in mbo"] == (
        "Early leaving in mbo: from 13.00% to 15.60%, so higher."
        " That is 2.60 percentage points (26 in every 1,000 students)."
    )


def test_one_pair_of_runs_does_not_tell_how_large_chance_is(make_pair: MakePair, t: Texts) -> None:
    found = [item.text for item in summary.sentences(make_pair(), t)]

    assert found.count(t("answer.chance_unknown")) == 1


def test_with_several_pairs_the_interval_is_told_and_chance_is_known(make_pair: MakePair) -> None:
    pair = make_pair(factor=0.9)
    second = [
        table.assign(replicate=1, numerator=table["numerator"] * by)
        for table, by in ((pair.base, 1.1), (pair.alternative, 1.099))
    ]
    both = replace(
        pair,
        base=pd.concat([pair.base, second[0]]),
        alternative=pd.concat([pair.alternative, second[1]]),
    )
    found = told(both, "en")

    # Differences per replicate -0.13 * 0.1 and -0.13 * (1.1 - 0.9 * 1.099).
    assert found["Early leaving in mbo"].startswith(
        "Early leaving in mbo: lower in the model, from 13.65% to 12.28%. That is a difference of"
    )
    assert texts("en")("answer.chance_unknown") not in found.values()


def test_the_same_numbers_do_not_differ_at_all(make_pair: MakePair, t: Texts) -> None:
    found = summary.sentences(make_pair(factor=1.0), t)

    assert {item.direction for item in found} == {"same"}


def test_a_difference_too_small_to_matter_is_about_the_same(make_pair: MakePair) -> None:
    assert make_pair(factor=0.99).answer("vsv_vo_expected").direction == "same"


def test_nothing_is_said_of_what_nobody_was_counted_for(make_pair: MakePair, t: Texts) -> None:
    pair = make_pair()
    empty = pair.base.assign(numerator=0.0, denominator=0.0)
    found = summary.sentences(replace(pair, base=empty), t)

    assert {item.direction for item in found} == {"unknown"}


def test_a_number_with_a_unit_is_told_with_it(make_pair: MakePair) -> None:
    assert told(make_pair(factor=0.9))["Gedwongen verhuizingen"] == (
        "Gedwongen verhuizingen: van 9,0 naar 8,1 per 100 gezinnen per jaar, dus lager."
        " Dat scheelt 0,90 per 100 gezinnen per jaar."
    )


def test_contracts_that_stay_as_they_are_share_a_sentence(make_pair: MakePair, t: Texts) -> None:
    found = [item.text for item in summary.sentences(make_pair(factor=1.0), t)]

    assert found[-1] == t("summary.contracts_same")
    assert len(found) == len(SHEETS) + 2


def test_a_figure_says_in_words_what_it_ends_with(make_pair: MakePair) -> None:
    assert summary.lead(SHEET["leaving_mbo"], make_pair(), texts("nl")) == (
        "In 2027/28: 13,00% in de basis, 11,70% in het alternatief en 6,50% bij vergelijkbare"
        " Nederlandse kinderen."
    )


def test_a_figure_with_many_panels_tells_those_that_differ(make_pair: MakePair, t: Texts) -> None:
    text = summary.lead(SHEET["contracts"], make_pair(factor=0.9), t)

    assert t("enum.contract.permanent") in text
    assert t("enum.contract.agency_a") not in text


@pytest.mark.parametrize("name", ["s02_bandwidth", "s05_flex_law", "s19_housing", "s22_downturn"])
def test_what_a_scenario_sets_otherwise_is_told(
    name: str, scenarios: dict[str, Scenario], t: Texts
) -> None:
    found = summary.settings(scenarios["s01_reference"], scenarios[name], t)

    assert found
    assert all(item.text.endswith(".") for item in found)


def test_a_lever_moved_by_hand_is_told_with_its_standing(scenarios: dict[str, Scenario]) -> None:
    base = scenarios["s01_reference"]
    moved = page_levers.moved(base, [("housing_decoupled", 0.8)])
    (item,) = summary.settings(base, moved, texts("nl"))

    assert item.text == (
        "Wonen los van werk: van 20% van deze woningen naar 80% van deze woningen,"
        " vanaf januari 2025."
    )
    assert (item.status, item.assumption) == ("kabinet", "effect is een aanname")


def test_a_lever_whose_effect_was_measured_is_not_called_an_assumption(
    scenarios: dict[str, Scenario], t: Texts
) -> None:
    base = scenarios["s01_reference"]
    (item,) = summary.settings(base, page_levers.moved(base, [("web_places_per_100", 15.0)]), t)

    assert BY_NAME["web_places_per_100"].effect_grade == "B"
    assert item.assumption == ""


def test_a_change_of_the_world_is_not_called_policy(t: Texts) -> None:
    change = ParameterChange(parameter="work.labour_index", value=0.9)
    (item,) = summary.settings(Scenario(), Scenario(id="x", parameters=(change,)), t)

    assert item.status == t("summary.world")


def test_two_that_are_the_same_have_no_differences(scenarios: dict[str, Scenario]) -> None:
    base = scenarios["s01_reference"]

    assert summary.settings(base, base, texts("nl")) == []


def test_a_scenario_that_cannot_be_laid_out_has_nothing_to_tell(t: Texts) -> None:
    wrong = Scenario(id="x", levers=(LeverChange(lever="no_such_lever", value=1.0),))

    assert summary.settings(Scenario(), wrong, t) == []
