"""The words say what the numbers say: which way, how much, and when it is about the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboards import board, summary
from dashboards.i18n import Texts, texts
from dashboards.series import Pair
from dashboards.sheets import SHEET, SHEETS
from model.levers import BY_NAME
from model.scenario import LeverChange, ParameterChange, Scenario

MakePair = Callable[..., Pair]


def told(pair: Pair, language: str = "nl") -> dict[str, str]:
    return {item.text.split(":")[0]: item.text for item in summary.sentences(pair, texts(language))}


def test_a_lower_number_is_called_lower(make_pair: MakePair) -> None:
    assert told(make_pair(factor=0.9))["Schoolverlaten in het vo"] == (
        "Schoolverlaten in het vo: van 1,20% naar 1,08%, dus lager."
        " Dat scheelt 1 op elke 1.000 leerlingen."
    )


def test_a_higher_number_is_called_higher(make_pair: MakePair) -> None:
    assert told(make_pair(factor=1.2), "en")["Early leaving in mbo"] == (
        "Early leaving in mbo: from 13.0% to 15.6%, so higher. That is 3 in every 100 students."
    )


def test_the_same_numbers_are_about_the_same(make_pair: MakePair, t: Texts) -> None:
    found = summary.sentences(make_pair(factor=1.0), t)

    assert {item.direction for item in found} == {"same"}


def test_a_difference_too_small_to_see_is_about_the_same(make_pair: MakePair) -> None:
    change = summary.change(make_pair(factor=0.99), SHEET["leaving_vo"], "vsv_vo_expected")

    assert change.direction == "same"


def test_nothing_is_said_of_what_nobody_was_counted_for(make_pair: MakePair, t: Texts) -> None:
    pair = make_pair()
    empty = pair.base.assign(numerator=0.0, denominator=0.0)
    found = summary.sentences(replace(pair, base=empty), t)

    assert {item.direction for item in found} == {"unknown"}


def test_the_difference_is_that_of_the_numbers_as_shown(make_pair: MakePair) -> None:
    # 9.04 and 8.16 are shown as 9.0 and 8.2, which lie 0.8 apart.
    pair = make_pair(factor=0.0816 / 0.09)
    base = pair.base.assign(numerator=pair.base["numerator"] * (0.0904 / 0.09))
    text = told(replace(pair, base=base))["Gedwongen verhuizingen"]

    assert text == (
        "Gedwongen verhuizingen: van 9,0 naar 8,2 per 100 gezinnen per jaar. Dat is 0,8 minder."
    )


def test_contracts_that_stay_as_they_are_share_a_sentence(make_pair: MakePair, t: Texts) -> None:
    found = [item.text for item in summary.sentences(make_pair(factor=1.0), t)]

    assert found[-1] == t("summary.contracts_same")
    assert len(found) == len(SHEETS) + 3 - 1


def test_a_figure_says_in_words_what_it_ends_with(make_pair: MakePair) -> None:
    assert summary.lead(SHEET["leaving_mbo"], make_pair(), texts("nl")) == (
        "In 2027/28: 13,0% in de basis, 11,7% in het alternatief en 6,5% bij vergelijkbare"
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
    moved = board.moved(base, [("housing_decoupled", 0.8)])
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
    (item,) = summary.settings(base, board.moved(base, [("web_places_per_100", 15.0)]), t)

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
