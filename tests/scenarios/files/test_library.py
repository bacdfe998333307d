"""The scenarios that come with the program."""

import re

import pytest

from model.calendar import month_number
from model.enums import Municipality
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario, Target
from model.policy.timetable import build
from model.registry import LEVERS
from scenarios import load, names
from scenarios.authoring.differences import changes
from scenarios.files.load import LIBRARY

MONTHS = 180
BRABANT = Target(
    municipalities=(Municipality.EINDHOVEN, Municipality.HELMOND, Municipality.TILBURG)
)
ON_THE_REFERENCE = [f"s{number:02d}" for number in range(2, 21)]


def numbered(start: str) -> Scenario:
    """Return the scenario whose id begins with a number."""
    return load(next(name for name in names() if name.startswith(f"{start}_")))


def values(scenario: Scenario) -> dict[str, float]:
    """Return the value to which a scenario sets each lever for everybody."""
    return {change.lever: change.value for change in scenario.levers if change.target is None}


def test_all_scenarios_of_the_letter_are_there() -> None:
    numbers = {name.split("_")[0] for name in names()}

    assert {f"s{number:02d}" for number in range(23)} | {"s22b"} <= numbers


@pytest.mark.parametrize("name", names())
def test_a_scenario_can_be_laid_out_over_fifteen_years(name: str) -> None:
    assert build(load(name), MONTHS).months == MONTHS


@pytest.mark.parametrize("name", names())
def test_a_scenario_says_in_two_languages_what_it_asks_and_what_to_mind(name: str) -> None:
    scenario = load(name)

    assert scenario.id == name
    for field in ("title", "question", "caveat"):
        dutch, english = (getattr(scenario, f"{field}_{language}") for language in ("nl", "en"))
        assert dutch
        assert english
        assert dutch != english


@pytest.mark.parametrize("name", names())
def test_a_scenario_file_begins_with_its_schema_and_says_what_it_is(name: str) -> None:
    lines = (LIBRARY / f"{name}.toml").read_text("utf-8").splitlines()

    assert lines[0] == "#:schema ./schema.json"
    assert re.match(r"# \w", lines[1])


@pytest.mark.parametrize("name", names()[1:])
def test_a_scenario_is_read_against_another_one_and_changes_something(name: str) -> None:
    scenario = load(name)

    assert scenario.compare_with in names()
    assert changes(scenario, load(scenario.compare_with))


@pytest.mark.parametrize("start", ON_THE_REFERENCE)
def test_everything_after_the_reference_stands_on_it(start: str) -> None:
    set_here = {(change.lever, change.target) for change in numbered(start).levers}

    assert set_here >= {(change.lever, change.target) for change in load("s01_reference").levers}


@pytest.mark.parametrize("name", names())
def test_no_scenario_moves_a_lever_before_the_month_in_which_it_can_start(name: str) -> None:
    earliest = {lever.name: lever.start for lever in LEVERS}
    for change in load(name).levers:
        start = earliest[change.lever]
        if start == "reform_start":
            assert change.start == "reform_start"
        else:
            assert isinstance(change.start, float)
            assert change.start >= min(month_number(start), month_number("2024-01"))


def test_the_frozen_world_changes_nothing() -> None:
    frozen = load("s00_frozen_2023")

    assert (frozen.levers, frozen.parameters) == ((), ())
    assert changes(frozen, FROZEN_2023) == ()


def test_the_reference_holds_no_bill_that_has_to_pass() -> None:
    moved = {change.name for change in changes(load("s01_reference"), FROZEN_2023)}
    bills = {lever.name for lever in LEVERS if lever.status != "K"}

    # Equal terms are in the bill too, but come by collective agreement.
    assert moved & bills == {"agency_equal_terms"}


def test_the_reference_has_the_information_points_of_brabant_from_2024() -> None:
    expected = LeverChange(
        lever="info_point_coverage", value=1, start=month_number("2024-01"), target=BRABANT
    )

    assert expected in load("s01_reference").levers


def test_the_flex_law_is_its_three_parts_together() -> None:
    law = {
        change.name: change.new for change in changes(*map(load, ("s05_flex_law", "s01_reference")))
    }

    assert law == {
        "zero_hours_abolished": 1,
        "agency_phase_b_months": 24,
        "chain_interval_months": 60,
    }


def test_the_avoided_law_makes_hardly_more_jobs_permanent_than_today() -> None:
    adverse = {change.parameter: change.value for change in load("s06_flex_adverse").parameters}

    assert adverse == {"work.q_phase_b_extra": 0.0, "work.q_chain_extra": 0.05}


def test_everything_together_holds_every_part_of_it() -> None:
    everything = load("s21_all")

    for start in ["s05", *(f"s{number:02d}" for number in range(7, 20))]:
        part = numbered(start)
        for change in changes(part, load("s01_reference")):
            if change.kind == "lever" and change.target is None:
                assert values(everything)[change.name] == values(part)[change.name], start


def test_both_downturns_are_the_same_two_years_and_come_after_the_law() -> None:
    dip = ParameterChange(
        parameter="work.labour_index",
        value=0.85,
        start=month_number("2030-01"),
        end=month_number("2032-01"),
    )

    assert load("s22_downturn").parameters == load("s22b_downturn_flex_law").parameters == (dip,)


def test_a_library_file_may_also_be_given_by_its_path() -> None:
    assert load(LIBRARY / ".." / "library" / "s05_flex_law.toml") == load("s05_flex_law")


def test_loading_twice_gives_the_same_scenario() -> None:
    assert [load(name) for name in names()] == [load(name) for name in names()]
