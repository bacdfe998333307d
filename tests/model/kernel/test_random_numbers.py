"""Luck: published vectors, and statistics on the keys as the model really uses them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from model.kernel.keys import FIRST_CHILD, Kind, adult_key, arrival_numbers, family_keys, roles
from model.kernel.random_numbers import Block, draw, draw4, draw4_many, philox4x32

# Random123 v1.14, tests/kat_vectors, philox4x32 with 10 rounds: counter, key, result.
KNOWN_ANSWERS = [
    (" ".join(["00000000"] * 4), "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    (" ".join(["ffffffff"] * 4), "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        "243f6a88 85a308d3 13198a2e 03707344",
        "a4093822 299f31d0",
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]
N = 40_000
FAMILIES = family_keys(Kind.INITIAL_EU11, np.arange(N))


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN_ANSWERS)
def test_the_generator_gives_the_published_vectors(counter: str, key: str, expected: str) -> None:
    found = philox4x32(*words(counter), *words(key))

    assert words(expected) == [int(word) for word in found]


def test_one_process_gives_what_its_block_gives() -> None:
    block = draw4(np.uint64(7), np.uint64(9), 3, 5)

    assert list(block) == [draw(np.uint64(7), np.uint64(9), 12 + k, 5) for k in range(4)]


def test_many_entities_give_what_each_gives_alone() -> None:
    together = draw4_many(np.uint64(7), FAMILIES[:5], int(Block.WORK), 3)

    for row, key in zip(together, FAMILIES[:5], strict=True):
        assert tuple(row) == draw4(np.uint64(7), key, int(Block.WORK), 3)


def test_a_draw_is_never_zero_or_one() -> None:
    sample = draw4_many(np.uint64(1), FAMILIES, int(Block.FAMILY_A), 0)

    assert sample.min() > 0.0
    assert sample.max() < 1.0


def test_draws_differ_by_every_part_of_the_key() -> None:
    base = draw4(np.uint64(1), FAMILIES[3], int(Block.WORK), 4)
    others = [
        draw4(np.uint64(2), FAMILIES[3], int(Block.WORK), 4),
        draw4(np.uint64(1) + (np.uint64(1) << np.uint64(40)), FAMILIES[3], int(Block.WORK), 4),
        draw4(np.uint64(1), FAMILIES[4], int(Block.WORK), 4),
        draw4(np.uint64(1), FAMILIES[3], int(Block.HIRE), 4),
        draw4(np.uint64(1), FAMILIES[3], int(Block.WORK), 5),
        draw4(np.uint64(1), adult_key(FAMILIES[3], 0), int(Block.WORK), 4),
    ]

    assert all(other != base for other in others)


def samples() -> dict[str, np.ndarray]:
    """Rows of uniforms as neighbouring seeds, families, roles, processes and months give them."""
    queue = arrival_numbers(np.arange(N) // 300, np.arange(N) % 300)
    arrivals = family_keys(Kind.ARRIVING_EU11, queue)
    children = roles(FAMILIES, FIRST_CHILD, np.zeros(FAMILIES.size, np.int64))
    months = np.array([draw4(np.uint64(1), FAMILIES[5], int(Block.SCHOOL), m) for m in range(N)])
    seeds = np.array([draw4(np.uint64(s), FAMILIES[5], int(Block.SCHOOL), 3) for s in range(N)])
    return {
        "families": draw4_many(np.uint64(1), FAMILIES, int(Block.FAMILY_A), 12),
        "arrivals": draw4_many(np.uint64(1), arrivals, int(Block.FAMILY_B), 12),
        "children": draw4_many(np.uint64(1), children, int(Block.SCHOOL), 12),
        "before the start": draw4_many(np.uint64(1), FAMILIES, int(Block.SCHOOL), -7),
        "months": months,
        "seeds": seeds,
    }


# The battery looks at about 60 p-values of fixed keys; the bound holds for all of them together.
SMALLEST_P = 1e-4 / 60


@pytest.mark.parametrize("name", samples())
def test_draws_are_uniform(name: str) -> None:
    for column in samples()[name].T:
        assert stats.kstest(column, "uniform").pvalue > SMALLEST_P
        counts = np.bincount((column * 64).astype(int), minlength=64)
        assert stats.chisquare(counts).pvalue > SMALLEST_P


@pytest.mark.parametrize("name", samples())
def test_neighbours_and_lanes_are_not_correlated(name: str) -> None:
    rows = samples()[name]
    serial = [stats.pearsonr(column[1:], column[:-1]).pvalue for column in rows.T]
    lanes = [stats.pearsonr(rows[:, a], rows[:, b]).pvalue for a in range(4) for b in range(a)]

    assert min(serial + lanes) > SMALLEST_P


def test_neighbouring_pairs_fill_the_square_evenly() -> None:
    for rows in samples().values():
        x, y = (rows[:-1, 0] * 16).astype(int), (rows[1:, 0] * 16).astype(int)
        counts = np.bincount(16 * x + y, minlength=256)
        assert stats.chisquare(counts).pvalue > SMALLEST_P


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((1, Block.WORK, 3), (2, Block.WORK, 3)),
        ((1, Block.WORK, 3), (1, Block.WORK, 4)),
        ((1, Block.FAMILY_A, 3), (1, Block.FAMILY_B, 3)),
        ((1, Block.SCHOOL, 3), (1, Block.SCHOOL, 15)),
    ],
)
def test_seeds_months_and_processes_are_not_correlated(
    left: tuple[int, Block, int], right: tuple[int, Block, int]
) -> None:
    first = draw4_many(np.uint64(left[0]), FAMILIES, int(left[1]), left[2])
    second = draw4_many(np.uint64(right[0]), FAMILIES, int(right[1]), right[2])

    for lane in range(4):
        assert stats.pearsonr(first[:, lane], second[:, lane]).pvalue > SMALLEST_P


def test_every_bit_is_set_half_of_the_time() -> None:
    for rows in samples().values():
        bits = (rows[:, 0] * 2.0**32).astype(np.uint64)
        for k in range(32):
            share = float(((bits >> np.uint64(k)) & np.uint64(1)).mean())
            assert abs(share - 0.5) < 5 * 0.5 / np.sqrt(N)
