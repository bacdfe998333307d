"""Dots: one per replicate, on an axis that never changes with what is shown."""

import numpy as np
import pytest

from dashboards.figures.dots import strip
from dashboards.figures.scales import SCALES
from scenarios.statistics.answer import NotKnowing
from scenarios.statistics.words import Look, looked


def look(differences: list[float], *, base: float = 1.0, is_small: bool = False) -> Look:
    numerators = np.full((1, 2, 1, len(differences)), base)
    numerators[0, 1, 0] += differences
    return looked(
        numerators,
        np.ones_like(numerators),
        outcome="forced_moves",
        population="eu11",
        layer="actual",
        years=("2030/31",),
        is_small=is_small,
    )


def test_a_difference_of_nothing_lies_in_the_middle_and_one_of_the_whole_axis_at_its_end() -> None:
    half = SCALES["forced_moves"].half
    found = strip(look([0.0, -half, half, half / 2]), None)

    assert found is not None
    assert found.dots == (500, 0, 1000, 750)
    assert not found.beyond or found.bar is not None


def test_the_axis_stays_where_it_is_whatever_is_shown() -> None:
    small, large = strip(look([-0.001] * 2 + [-0.0011]), None), strip(look([-0.03] * 3), None)

    assert small is not None
    assert large is not None
    assert small.middle == pytest.approx(487, abs=2)
    assert large.middle == 125
    assert large.bar is None  # no spread, no interval


def test_what_lies_beyond_stands_at_the_end_and_is_said_to() -> None:
    found = strip(look([-0.5, -0.51]), None)

    assert found is not None
    assert found.beyond
    assert (found.middle, found.dots[0]) == (0, 0)


def test_the_gap_is_where_it_would_be_gone() -> None:
    gap = look([0.0, 0.001], base=0.02).answer
    found = strip(look([-0.001, -0.002]), gap)

    assert found is not None
    assert found.gap == 250


def test_nothing_is_drawn_of_too_few() -> None:
    assert strip(look([-0.01, -0.02], is_small=True), None) is None


def test_what_other_assumptions_leave_lies_on_the_same_axis() -> None:
    found = strip(look([-0.001, -0.002]), None, NotKnowing(-0.02, 0.01, 0.7))

    assert found is not None
    assert found.unknown == (250, 625)
