"""What the alternative sets elsewhere is told in words, each with its standing."""

import pytest

from dashboards.pages import told
from dashboards.pages.verken import levers
from dashboards.texts import Texts, texts
from model.calendar import START_NUMBER
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.registry import BY_NAME


@pytest.mark.parametrize("name", ["s02_bandwidth", "s05_flex_law", "s19_housing", "s22_downturn"])
def test_what_a_scenario_sets_otherwise_is_told(
    name: str, scenarios: dict[str, Scenario], t: Texts
) -> None:
    found = told.settings(scenarios["s01_reference"], scenarios[name], t)

    assert found
    assert all(item.text.endswith(".") for item in found)


def test_a_lever_moved_by_hand_is_told_with_its_standing(scenarios: dict[str, Scenario]) -> None:
    base = scenarios["s01_reference"]
    moved = levers.moved(base, [("housing_decoupled", 0.8)])
    (item,) = told.settings(base, moved, texts("nl"))

    assert item.text == (
        "Wonen los van werk: van 20% van deze woningen naar 80% van deze woningen,"
        " vanaf januari 2025."
    )
    assert (item.status, item.assumption) == ("kabinet", "effect is een aanname")


def test_a_lever_whose_effect_was_measured_is_not_called_an_assumption(
    scenarios: dict[str, Scenario], t: Texts
) -> None:
    base = scenarios["s01_reference"]
    (item,) = told.settings(base, levers.moved(base, [("web_places_per_100", 15.0)]), t)

    assert BY_NAME["web_places_per_100"].effect_grade == "B"
    assert item.assumption == ""


def test_a_change_of_the_world_is_not_called_policy(t: Texts) -> None:
    change = ParameterChange(parameter="work.labour_index", value=0.9)
    (item,) = told.settings(Scenario(), Scenario(id="x", parameters=(change,)), t)

    assert item.status == t("summary.world")


def test_two_that_are_the_same_have_no_differences(scenarios: dict[str, Scenario]) -> None:
    base = scenarios["s01_reference"]

    assert told.settings(base, base, texts("nl")) == []


def test_a_scenario_that_cannot_be_laid_out_has_nothing_to_tell(t: Texts) -> None:
    wrong = Scenario(id="x", levers=(LeverChange(lever="no_such_lever", value=1.0),))

    assert told.settings(Scenario(), wrong, t) == []


def test_the_first_month_in_which_two_differ_is_that_of_the_law(
    scenarios: dict[str, Scenario],
) -> None:
    base, law = scenarios["s01_reference"], scenarios["s02_bandwidth"]

    assert told.first_change(base, law) == levers.reform_start(law)
    assert told.first_change(base, base) is None


def test_what_differs_from_the_start_differs_from_the_first_month() -> None:
    always = Scenario(id="x", levers=(LeverChange(lever="housing_decoupled", value=0.8),))

    assert told.first_change(Scenario(), always) == START_NUMBER
