"""The levers on the page come from the registry and stand where the scenario's file has them."""

import pytest

from dashboards.pages.verken import levers as board
from model.errors import InputError
from model.policy.scenario import LeverChange, Scenario
from model.registry import BY_NAME
from scenarios import compose


@pytest.mark.parametrize("name", board.BOARD_LEVERS)
def test_a_slider_runs_over_the_range_of_its_lever(name: str) -> None:
    lever = BY_NAME[name]
    places = board.positions(board.SCALES[name])

    assert (places[0], places[-1]) == (lever.low, lever.high)
    assert places == sorted(set(places))
    assert {board.snapped(board.SCALES[name], value) for value in (lever.base, lever.reform)} == {
        lever.base,
        lever.reform,
    }


def test_a_lever_that_the_file_does_not_name_stands_where_it_stood_in_2023() -> None:
    standing = board.setting(Scenario(), "housing_decoupled")

    assert (standing.value, standing.in_file) == (BY_NAME["housing_decoupled"].base, False)


def test_a_lever_stands_where_the_file_has_it(scenarios: dict[str, Scenario]) -> None:
    standing = board.setting(scenarios["s02_bandwidth"], "zero_hours_abolished")

    assert (standing.value, standing.in_file) == (1.0, True)
    assert standing.start == board.reform_start(scenarios["s02_bandwidth"])


def test_a_moved_lever_counts_from_the_month_of_the_file(scenarios: dict[str, Scenario]) -> None:
    scenario = board.moved(scenarios["s02_bandwidth"], [("bandwidth_extra_max", 0.5)])

    assert board.setting(scenario, "bandwidth_extra_max").value == 0.5
    assert board.setting(scenario, "bandwidth_extra_max").start == board.reform_start(scenario)


def test_a_lever_that_the_file_does_not_name_counts_from_the_month_of_the_letter() -> None:
    scenario = board.moved(Scenario(), [("housing_decoupled", 0.5)])

    assert scenario.levers[-1].start == board.start_month(Scenario(), BY_NAME["housing_decoupled"])
    assert scenario.levers[-1].start is not None


def test_a_lever_outside_its_range_is_refused_as_in_a_file() -> None:
    with pytest.raises(InputError, match=r"levers\.housing_decoupled\.value: 1\.5 lies outside"):
        board.moved(Scenario(), [("housing_decoupled", 1.5)])


def test_the_page_makes_what_a_notebook_composes(scenarios: dict[str, Scenario]) -> None:
    ours = board.moved(scenarios["s05_flex_law"], [("housing_decoupled", 1.0)])
    start = board.start_month(scenarios["s05_flex_law"], BY_NAME["housing_decoupled"])
    change = LeverChange(lever="housing_decoupled", value=1.0, start=start)
    theirs = compose("s05_flex_law", name="plan", levers={"housing_decoupled": change})

    assert ours.levers == theirs.levers
    assert (ours.id, ours.title_nl) == ("s05_flex_law", scenarios["s05_flex_law"].title_nl)


def test_moving_nothing_changes_nothing(scenarios: dict[str, Scenario]) -> None:
    assert board.moved(scenarios["s05_flex_law"], []) == scenarios["s05_flex_law"]


def test_a_lever_put_where_the_file_has_it_is_not_moved(scenarios: dict[str, Scenario]) -> None:
    levers = (("zero_hours_abolished", 1.0), ("housing_decoupled", 0.5))

    assert board.apart(scenarios["s02_bandwidth"], levers) == (("housing_decoupled", 0.5),)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 1.1])
def test_no_slider_stands_outside_its_range(value: float) -> None:
    assert board.snapped(board.SCALES["housing_decoupled"], value) is None


def test_origin_is_on_no_slider() -> None:
    assert not any("origin" in name for name in board.BOARD_LEVERS)


def test_a_scenario_knows_when_its_last_change_starts(scenarios: dict[str, Scenario]) -> None:
    downturn = scenarios["s22_downturn"]
    starts = [change.start for change in downturn.parameters if change.start is not None]

    assert board.latest_start(downturn) == max(starts)


def test_the_board_has_twelve_controls_in_four_groups() -> None:
    assert [name for name, _ in board.BOARD] == ["work", "home", "school", "trust"]
    assert sum(len(controls) for _, controls in board.BOARD) == 12


def test_how_fast_gains_fade_is_the_same_slider_for_every_scenario(
    scenarios: dict[str, Scenario],
) -> None:
    base = scenarios["s01_reference"]
    fast = board.faded(base, 0.6)

    assert board.fade_of(base) == board.FADE_PARAMETER.value
    assert (board.fade_of(fast), fast.levers) == (0.6, base.levers)
    assert board.faded(base, None) == base == board.faded(base, board.FADE_PARAMETER.value)
