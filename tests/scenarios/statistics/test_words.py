"""Words that hold: no direction by luck, however often somebody looks."""

import numpy as np
import pytest

from scenarios.statistics.words import ERROR, FIRST, Look, Word, looked
from tests.data.paired_differences.make import read

SERIES = 200
LOOKS = range(4, 81, 4)
"""Replicates after which somebody looks."""

OUTCOME, SMALLEST = "forced_moves", 0.003


def look(differences: np.ndarray, outcome: str = OUTCOME, *, is_small: bool = False) -> Look:
    """Return the look at replicates that differ by so much, from levels of 1."""
    numerators = np.ones((1, 2, 1, differences.size))
    numerators[0, 1, 0] += differences
    return looked(
        numerators,
        np.ones_like(numerators),
        outcome=outcome,
        population="eu11",
        layer="actual",
        years=("2030/31",),
        is_small=is_small,
    )


def spread(mean: float, sd: float, n: int) -> np.ndarray:
    """Return n differences with just this mean and standard deviation."""
    values = np.linspace(-1.0, 1.0, n)
    return np.asarray(mean + sd * values / values.std(ddof=1))


def null_series() -> list[tuple[str, np.ndarray]]:
    """Return differences of real pairs with signs flipped at random: no true difference."""
    rng = np.random.default_rng(20261126)
    rows = [(outcome, values) for (_, outcome), values in read().items() if values.any()]
    chosen = [rows[k % len(rows)] for k in range(SERIES)]
    return [(name, values * rng.choice((-1.0, 1.0), values.size)) for name, values in chosen]


def test_of_200_pairs_that_do_not_differ_at_most_one_in_a_hundred_is_ever_said_to() -> None:
    ever = 0
    for outcome, values in null_series():
        ever += any(look(values[:n], outcome).word in {"less", "more"} for n in LOOKS)

    assert ever <= ERROR * SERIES


def test_a_usual_interval_looked_at_as_often_would_find_many() -> None:
    ever = 0
    for outcome, values in null_series():
        found = (look(values[:n], outcome).answer for n in LOOKS)
        ever += any(one.low > 0 or one.high < 0 for one in found)

    assert ever > 10 * ERROR * SERIES


def test_real_differences_are_found_all_the_same() -> None:
    moves = read()["s05_flex_law", "forced_moves"]

    assert look(moves).word == "less"


@pytest.mark.parametrize(
    ("mean", "sd", "n", "word"),
    [
        (-0.01, 0.002, 19, "seems_less"),
        (0.01, 0.002, 19, "seems_more"),
        (0.0, 0.002, 19, "seems_small"),
        (0.0, 0.02, 19, "seems_unsure"),
        (-0.01, 0.002, 20, "less"),
        (0.01, 0.002, 20, "more"),
        (0.0, 0.002, 20, "small"),
        (0.0, 0.02, 20, "unsure"),
    ],
)
def test_what_is_said_hangs_on_size_spread_and_number(
    mean: float, sd: float, n: int, word: Word
) -> None:
    found = look(spread(mean, sd, n))

    assert found.word == word
    assert (found.word in FIRST) == (n < 20)


def test_a_direction_can_be_known_of_what_is_too_small_to_matter() -> None:
    found = look(spread(-0.001, 0.0005, 20))

    assert (found.word, found.is_minor) == ("less", True)


def test_few_large_differences_among_many_zeros_give_no_direction() -> None:
    differences = np.zeros(60)
    differences[:19] = 0.5

    assert look(differences).word == "unsure"


def test_what_cannot_be_said_is_not_said() -> None:
    assert look(np.array([-0.5])).word == "once"
    assert look(np.zeros(30)).word == "none"
    assert look(spread(-0.5, 0.01, 30), is_small=True).word == "hidden"
    nobody = looked(
        np.zeros((1, 2, 1, 30)),
        np.zeros((1, 2, 1, 30)),
        outcome=OUTCOME,
        population="eu11",
        layer="actual",
        years=("2030/31",),
        is_small=False,
    )
    assert nobody.word == "nobody"


def test_every_replicate_is_a_dot_and_their_mean_is_the_difference() -> None:
    found = look(spread(-0.01, 0.002, 8))

    assert len(found.dots) == 8
    assert np.mean(found.dots) == pytest.approx(found.answer.value)
