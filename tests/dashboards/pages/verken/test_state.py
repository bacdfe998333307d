"""The choice of a visitor: kept in the address of the page, and never trusted from there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.scales import OUTCOMES
from dashboards.pages.shown import SCREENS, THEMES
from dashboards.pages.verken import state
from dashboards.pages.verken.levers import BOARD_LEVERS, FADE, SCALES, positions
from dashboards.pages.verken.state import SIZES, YEARS, Choice
from dashboards.texts import LANGUAGES

NAMES = ("s00_frozen_2023", "s01_reference", "s02_bandwidth", "s19_housing")


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    moved = draw(st.sets(st.sampled_from(BOARD_LEVERS)))
    return Choice(
        base=draw(st.sampled_from(NAMES)),
        alternative=draw(st.sampled_from(NAMES)),
        families=draw(st.sampled_from(SIZES)),
        years=draw(st.integers(*YEARS)),
        seed=draw(st.integers(0, state.SEED_LIMIT)),
        levers=tuple(
            (name, draw(st.sampled_from(positions(SCALES[name]))))
            for name in BOARD_LEVERS
            if name in moved
        ),
        fade=draw(st.sampled_from([None, *positions(SCALES[FADE])])),
        outcome=draw(st.sampled_from(OUTCOMES)),
        language=draw(st.sampled_from(LANGUAGES)),
        theme=draw(st.sampled_from(THEMES)),
        screen=draw(st.sampled_from(SCREENS)),
    )


def test_a_visitor_starts_with_todays_policy_beside_the_bandwidth_contract() -> None:
    choice = state.default(NAMES)

    assert (choice.base, choice.alternative) == ("s01_reference", "s02_bandwidth")


@given(choices())
def test_a_link_opens_the_choice_it_was_made_from(choice: Choice) -> None:
    found, dropped = state.from_query(state.query(choice, NAMES), NAMES)

    assert (found, dropped) == (choice, ())


def test_a_link_says_only_what_differs_from_the_start() -> None:
    start = state.default(NAMES)

    assert state.query(start, NAMES) == ""
    assert state.query(replace(start, years=10), NAMES) == "years=10"


@pytest.mark.parametrize(
    "part",
    [
        "colour=blue",
        "origin=poland",
        "base=s99_nothing",
        "alternative=",
        "families=3",
        "families=-1",
        "years=4",
        "years=21",
        "years=1e1",
        "seed=-1",
        "seed=99999999999",
        "housing_decoupled=1.2",
        "housing_decoupled=nan",
        "housing_decoupled=much",
        "housing_decoupled=\u0660",
        "language=xx",
        "theme=pink",
        "screen=cinema",
        "outcome=happiness",
        "fade_rate=0.7",
    ],
)
def test_what_does_not_fit_is_left_out_and_named(part: str) -> None:
    found, dropped = state.from_query(f"?{part}&years=7", NAMES)

    assert found == replace(state.default(NAMES), years=7)
    assert dropped == (part,)


def test_of_a_field_that_stands_there_twice_the_first_is_named() -> None:
    found, dropped = state.from_query("families=5000&years=7&families=1000&years=7", NAMES)

    assert found == replace(state.default(NAMES), families=1000, years=7)
    assert dropped == ("families=5000",)


@given(st.text(max_size=200))
def test_no_link_breaks_the_page(text: str) -> None:
    found, _ = state.from_query(text, NAMES)

    assert found.base in NAMES


@given(name=st.text(max_size=20), value=st.one_of(st.none(), st.floats(), st.text(max_size=20)))
def test_nothing_that_a_browser_sends_makes_an_unknown_choice(name: str, value: object) -> None:
    found = state.changed(state.default(NAMES), name, value, NAMES)

    assert found is None or found.families in SIZES


def test_a_value_between_two_positions_goes_to_the_nearest() -> None:
    found, _ = state.from_query("housing_decoupled=0.52", NAMES)

    assert found.levers == (("housing_decoupled", 0.5),)


def test_another_alternative_puts_the_levers_back() -> None:
    moved, _ = state.from_query("housing_decoupled=0.5", NAMES)
    found = state.changed(moved, "alternative", "s19_housing", NAMES)

    assert found is not None
    assert found.levers == ()


def test_another_base_leaves_the_levers_where_they_are() -> None:
    moved, _ = state.from_query("housing_decoupled=0.5", NAMES)
    found = state.changed(moved, "base", "s00_frozen_2023", NAMES)

    assert found is not None
    assert found.levers == (("housing_decoupled", 0.5),)


def test_undoing_leaves_language_theme_and_screen_as_they_are() -> None:
    before = state.default(NAMES)
    now = replace(before, years=10, language="en", theme="dark", screen="far")

    assert state.as_before(now, before) == replace(now, years=before.years)
