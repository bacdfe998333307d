"""Counting a round: nothing below five, untouched is no choice, and clusters of like choices."""

from __future__ import annotations

import pytest

from dashboards.hall.asked import Asked, Slider
from dashboards.hall.tally import FEWEST, MOST_CLUSTERS, Choice, Tally, tally

NAMES = ("one", "two", "three")
ASKED = Asked(
    base="s01_reference",
    outcome="forced_moves",
    sliders=tuple(Slider(name=name, places=11, start=2) for name in NAMES),
)


def counted(*choices: dict[str, int], guesses: list[int] | None = None) -> Tally:
    return tally(ASKED, guesses or [], [Choice(places=one) for one in choices])


@pytest.mark.parametrize(("n", "is_shown"), [(FEWEST - 1, False), (FEWEST, True)])
def test_nothing_is_shown_of_fewer_than_five(n: int, is_shown: bool) -> None:
    found = counted(*[{"one": 5}] * n, guesses=[1] * n)

    assert (found.sliders["one"].counts is not None) is is_shown
    assert (found.guesses.counts is not None) is is_shown
    assert ("one" in found.group) is is_shown


def test_who_left_a_slider_alone_is_not_counted_at_its_start() -> None:
    found = counted(*[{"one": 9}] * 5, *[{"two": 1}] * 20)

    assert found.sliders["one"].touched == 5
    assert found.group == {"one": 9, "two": 1}
    assert "three" not in found.group


def test_the_median_is_a_place_that_somebody_chose() -> None:
    found = counted(*[{"one": place} for place in (0, 0, 0, 10, 10, 10)])

    assert found.sliders["one"].median == 0


def test_every_guess_is_counted_at_its_own_place() -> None:
    found = counted(guesses=[-5, -5, 0, 1, 5])

    assert found.guesses.counts == (2, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1)


def test_two_minds_are_two_clusters() -> None:
    much, little = {"one": 10, "two": 10}, {"one": 0, "two": 1}
    found = counted(*[much] * 8, *[little] * 6)

    assert [(one.voices, one.places) for one in found.clusters] == [(8, much), (6, little)]


def test_one_mind_is_the_group_and_no_cluster() -> None:
    assert counted(*[{"one": 5}] * 12).clusters == ()


def test_a_few_who_choose_otherwise_are_no_cluster_and_are_not_left_out() -> None:
    found = counted(*[{"one": 10}] * 8, *[{"one": 0}] * 6, *[{"three": 5}] * 3)

    assert len(found.clusters) == 2
    assert found.apart == 3


def test_a_cluster_says_nothing_of_a_slider_that_few_of_it_touched() -> None:
    found = counted(*[{"one": 10}] * 5, *[{"one": 10, "two": 3}] * 4, *[{"one": 0, "two": 9}] * 6)

    assert found.clusters[0].places == {"one": 10}


def test_however_many_minds_there_are_at_most_eight_clusters() -> None:
    minds = [
        {"one": a, "two": b, "three": c} for a in (0, 5, 10) for b in (0, 5, 10) for c in (0, 10)
    ]
    found = counted(*[mind for mind in minds for _ in range(5)])

    assert 2 <= len(found.clusters) <= MOST_CLUSTERS
    assert sum(one.voices for one in found.clusters) + found.apart == 90


def test_a_table_of_five_is_shown_and_counts_as_one_voice() -> None:
    found = tally(ASKED, [], [Choice(places={"one": 7}, people=5)])

    assert found.sliders["one"].touched == 1
    assert found.group == {"one": 7}


def test_an_empty_room_counts_to_nothing() -> None:
    assert counted().group == {}
