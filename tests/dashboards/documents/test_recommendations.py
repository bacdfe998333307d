"""The page on the recommendations is current, complete and honest about what is assumed."""

from __future__ import annotations

import re

import pytest

from calibration.sources import load_sources
from dashboards.documents.recommendations import PAGE, page
from dashboards.texts import Texts
from model.evidence.graph import Recommendation, arrows, recommendations, stations
from model.registry import LEVERS
from scenarios import load, names

GRAPH = [
    *range(1, 9),
    *range(10, 17),
    *range(20, 27),
    *range(30, 50),
    *range(50, 63),
    *range(70, 75),
]
WORDS = ("says", "known")


def section(number: int) -> str:
    """Return the part of the page on one recommendation."""
    return re.split(r"^## ", page(), flags=re.MULTILINE)[number]


def test_the_page_is_current() -> None:
    written = PAGE.read_text("utf-8")

    assert written == page(), "run: python -m dashboards.documents"


def test_there_are_eleven_recommendations_in_order() -> None:
    assert [one.number for one in recommendations()] == list(range(1, 12))


def test_the_graph_has_all_its_arrows() -> None:
    assert list(arrows()) == [f"e{number:02}" for number in GRAPH]


def test_every_lever_and_scenario_stands_at_its_recommendations() -> None:
    for lever in LEVERS:
        assert all(f"| `{lever.name}` |" in section(one) for one in lever.recommendations)
    for name in names():
        assert all(f"- `{name}`," in section(one) for one in load(name).recommendations)


def test_every_path_is_one_road_and_every_source_is_listed() -> None:
    sources = load_sources()

    for one in recommendations():
        for path in one.paths:
            assert len(stations(path)) == len(path) + 1
    assert all(key in sources for arrow in arrows().values() for key in arrow.sources)


def test_arrows_that_do_not_meet_are_no_path() -> None:
    with pytest.raises(ValueError, match="e30 does not lead to where e46 begins"):
        stations(["e30", "e46"])


def test_every_arrow_and_what_it_joins_has_words(t: Texts) -> None:
    joined = {end for one in arrows().values() for end in (*one.causes, *one.effects)}

    assert set(t.part("node")) == joined
    assert set(t.part("arrow")) == {f"{one}.{part}" for one in arrows() for part in WORDS}


@pytest.mark.parametrize("one", recommendations(), ids=lambda one: str(one.number))
def test_the_scenario_of_a_recommendation_carries_it_out(one: Recommendation) -> None:
    assert one.number in load(one.scenario).recommendations


@pytest.mark.parametrize("one", recommendations(), ids=lambda one: str(one.number))
def test_line_numbers_lie_in_the_letter_and_the_answer_follows(one: Recommendation) -> None:
    for lines in (one.lines, one.answer_lines):
        for span in lines.split(", "):
            first, last = map(int, span.split("-"))
            assert 163 <= first < last <= 540


def test_every_effect_that_is_assumed_says_so() -> None:
    for lever in LEVERS:
        rows = [row for row in page().splitlines() if row.startswith(f"| `{lever.name}` |")]
        assert rows
        assert all(("(assumption)" in row) == (lever.effect_grade in "CD") for row in rows)
