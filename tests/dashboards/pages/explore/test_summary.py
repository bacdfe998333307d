"""The words say what the numbers say: which way, how much, and when it is about the same."""

from collections.abc import Callable

import numpy as np
import pytest

from dashboards.figures.registry import SHEET, SHEETS
from dashboards.figures.series import Pair
from dashboards.pages.explore import page_levers, summary
from dashboards.texts import Texts, texts
from model.calendar import school_years
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.registry import BY_NAME
from scenarios.asking.paired_sums import PairedSums, paired_sums
from tests.dashboards.conftest import made_up_sums

MakePair = Callable[..., Pair]


def sums(factor: float, n: int = 20, years: int = 6) -> PairedSums:
    """Return n replicates in which EU-11 numbers are about `factor` times those of the base."""
    lived = [
        np.stack(
            [
                made_up_sums(by, years).numbers[:, 0, :, :, 0]
                for by in (1.0, factor * (1 + 0.0001 * (k % 5) * (factor != 1.0)))
            ]
        )
        for k in range(n)
    ]
    return paired_sums(lived, school_years(years), "s01_reference", "s02_bandwidth")


def told(found: PairedSums, language: str = "nl") -> dict[str, str]:
    sentences = summary.sentences(found, None, texts(language))
    return {item.text.split(":")[0]: item.text for item in sentences}


def test_a_direction_is_told_with_number_and_range() -> None:
    text = told(sums(0.9))["Schoolverlaten in het vo"]

    assert text.startswith("Schoolverlaten in het vo: minder, \N{MINUS SIGN}0,119")
    assert "procentpunt, tussen \N{MINUS SIGN}0,1198" in text


def test_a_first_impression_says_no_more_than_how_it_seems() -> None:
    (text,) = [text for text in told(sums(1.2, n=8), "en").values() if "leaving in mbo" in text]

    assert text.startswith("Early leaving in mbo seems more: +2.6")


def test_the_same_numbers_do_not_differ_at_all(t: Texts) -> None:
    found = summary.sentences(sums(1.0), None, t)

    assert {item.direction for item in found} == {"same"}
    assert found[-1].text == t("summary.contracts_same")
    assert len(found) == len(SHEETS) + 2


def test_a_difference_too_small_to_matter_is_said_to_be() -> None:
    text = told(sums(0.995))["Schoolverlaten in het vo"]

    assert "minder" in text
    assert "Dat is weinig: zeker minder dan 0,02 procentpunt." in text


def test_what_one_run_adds_is_said_to_be_of_one_run(make_pair: MakePair) -> None:
    found = summary.sentences(sums(0.9), make_pair(), texts("en"))

    assert all("one calculation" in one.text or "standardised" not in one.text for one in found)


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
