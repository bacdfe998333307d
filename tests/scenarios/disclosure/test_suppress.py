"""Small groups are hidden, and cannot be worked out from what is shown."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.outcomes.registry import MINIMUM_CELL
from scenarios.disclosure.rules import CELL, MARK
from scenarios.disclosure.secondary import determined
from scenarios.disclosure.suppress import hidden, sizes, suppress

Key = tuple[str, str, str]
"""Outcome, dimension and group."""

MBO = "vsv_mbo_expected"
LEVELS = tuple(f"vsv_mbo{level}_expected" for level in (1, 2, 3, 4))
GROUPS = {
    "municipality": ("den_haag", "rotterdam", "westland"),
    "family_type": ("recent", "settled"),
    "origin": ("poland", "romania", "latvia", "estonia"),
}
SHAPE = (4, 3, 2, 4)
"""Children by level of mbo, municipality, family type and origin."""

counts = st.lists(st.sampled_from([0, 0, 0, 1, 2, 5, 9, 10, 14, 30]), min_size=96, max_size=96).map(
    lambda values: np.array(values).reshape(SHAPE)
)


def table_of(children: np.ndarray, run: int = 0) -> pd.DataFrame:
    """Return a tidy table of leaving in mbo: all children, each level, and counted leavers."""
    rows = []
    for outcome, these in [(MBO, children.sum(0)), ("vsv_mbo_counted", children.sum(0)), *zip(
        LEVELS, children, strict=True
    )]:  # fmt: skip
        cells: list[tuple[str, str, int]] = [("all", "all", int(these.sum()))]
        for axis, (dimension, groups) in enumerate(GROUPS.items()):
            others = tuple(k for k in range(3) if k != axis)
            cells += [
                (dimension, g, int(n)) for g, n in zip(groups, these.sum(others), strict=True)
            ]
        rows += [(outcome, dimension, group, n) for dimension, group, n in cells if n > 0]
    table = pd.DataFrame(rows, columns=["outcome", "dimension", "group", "denominator"])
    return table.assign(
        scenario="s", replicate=run, draw=0, school_year="2030/31", population="eu11",
        layer="actual", value=0.1, numerator=0.1 * table["denominator"],
    )  # fmt: skip


def worked_out(table: pd.DataFrame) -> set[Key]:
    """Return the cells that somebody can work out from the shown ones, by exact elimination.

    Known to everybody: groups add up to all, levels to mbo, counted leavers are of mbo, and a cell
    that is neither shown nor marked is empty.
    """
    shown = table[table["mark"] == ""]
    outcomes = (MBO, *LEVELS)
    cells = [("all", "all"), *((d, g) for d, groups in GROUPS.items() for g in groups)]
    unknowns: list[Key] = [(o, *cell) for o, cell in product(outcomes, cells)]
    place = {one: k for k, one in enumerate(unknowns)}
    rows: list[dict[int, Fraction]] = []
    for outcome, (dimension, groups) in product(outcomes, GROUPS.items()):
        row = {place[outcome, dimension, g]: Fraction(1) for g in groups}
        rows.append(row | {place[outcome, "all", "all"]: Fraction(-1)})
    for cell in cells:
        row = {place[level, *cell]: Fraction(1) for level in LEVELS}
        rows.append(row | {place[MBO, *cell]: Fraction(-1)})
    for row_ in shown.to_dict("records"):
        name = MBO if row_["outcome"] == "vsv_mbo_counted" else row_["outcome"]
        rows.append({place[name, row_["dimension"], row_["group"]]: Fraction(1)})
    named = set(table[["outcome", "dimension", "group"]].itertuples(index=False, name=None))
    zeros = [one for one in unknowns if one not in named]
    rows += [{place[one]: Fraction(1)} for one in zeros]
    solved = eliminated(rows)
    return {unknowns[next(iter(row))] for row in solved if len(row) == 1} - set(zeros)


def eliminated(rows: list[dict[int, Fraction]]) -> list[dict[int, Fraction]]:
    """Return the reduced row echelon form of linear equations."""
    pivots: dict[int, dict[int, Fraction]] = {}
    for original in rows:
        row = dict(original)
        for column in [c for c in row if c in pivots]:
            _subtract(row, pivots[column], column)
        if not row:
            continue
        pivot = min(row)
        row = {column: value / row[pivot] for column, value in row.items()}
        for other in pivots.values():
            if pivot in other:
                _subtract(other, row, pivot)
        pivots[pivot] = row
    return list(pivots.values())


def _subtract(row: dict[int, Fraction], other: dict[int, Fraction], column: int) -> None:
    factor = row.get(column, Fraction(0))
    for k, value in other.items():
        left = row.get(k, Fraction(0)) - factor * value
        if left:
            row[k] = left
        else:
            row.pop(k, None)


def sizes_by_key(children: np.ndarray) -> dict[Key, int]:
    found = {}
    for outcome, these in [(MBO, children.sum(0)), *zip(LEVELS, children, strict=True)]:
        found[outcome, "all", "all"] = int(these.sum())
        for axis, (dimension, groups) in enumerate(GROUPS.items()):
            summed = these.sum(tuple(k for k in range(3) if k != axis))
            for group, n in zip(groups, summed, strict=True):
                found[outcome, dimension, group] = int(n)
    return found


@given(counts)
@settings(max_examples=60, deadline=None)
def test_no_small_cell_is_shown_or_can_be_worked_out(children: np.ndarray) -> None:
    assume(children.sum() > 0)
    table = table_of(children)

    result = suppress(table, hidden(sizes(table)))
    shown = result[result["mark"] == ""]

    assert (shown["denominator"] >= MINIMUM_CELL).all()
    known = sizes_by_key(children)
    small = {one for one, n in known.items() if 0 < n < MINIMUM_CELL}
    assert worked_out(result) & small == set()


@given(counts)
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_together_is_not_small_either(children: np.ndarray) -> None:
    assume(children.sum() >= MINIMUM_CELL)
    table = table_of(children)

    result = suppress(table, hidden(sizes(table)))
    shown = {
        (row["outcome"], row["dimension"], row["group"]): row["denominator"]
        for row in result[result["mark"] == ""].to_dict("records")
    }
    for outcome, (dimension, groups) in product((MBO, *LEVELS), GROUPS.items()):
        whole = shown.get((outcome, "all", "all"))
        if whole is not None:
            rest = whole - sum(shown.get((outcome, dimension, g), 0) for g in groups)
            assert rest == 0 or rest >= MINIMUM_CELL


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_where_every_cell_is_large_nothing_is_hidden(seed: int) -> None:
    children = np.random.default_rng(seed).integers(MINIMUM_CELL, 50, SHAPE)

    assert hidden(sizes(table_of(children))).empty


@given(counts, counts)
@settings(max_examples=20, deadline=None)
def test_a_cell_that_is_hidden_in_one_run_is_hidden_in_all_and_nobody_seen_looks_the_same(
    first: np.ndarray, second: np.ndarray
) -> None:
    assume(first.sum() > 0)
    assume(second.sum() > 0)
    table = pd.concat([table_of(first), table_of(second, run=1)], ignore_index=True)

    result = suppress(table, hidden(sizes(table)))
    gone = result[result["mark"] == MARK]
    per_run = [
        set(map(tuple, rows[list(CELL)].to_numpy())) for _, rows in gone.groupby("replicate")
    ]

    assert len(per_run) in {0, 2}
    assert not per_run or per_run[0] == per_run[1]
    assert gone[["value", "numerator", "denominator"]].isna().all().all()
    for run, children in enumerate((first, second)):
        known = sizes_by_key(children)
        small = {one for one, n in known.items() if 0 < n < MINIMUM_CELL}
        assert worked_out(result[result["replicate"] == run]) & small == set()


@given(counts, st.randoms())
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_does_not_matter(children: np.ndarray, luck: Random) -> None:
    assume(children.sum() > 0)
    table = table_of(children)
    order = list(range(len(table)))
    luck.shuffle(order)

    cells = [
        set(map(tuple, hidden(sizes(one))[list(CELL)].to_numpy()))
        for one in (table, table.iloc[order])
    ]

    assert cells[0] == cells[1]


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    children = np.zeros(SHAPE, int)
    children[0, :, 1, 0] = (4, 12, 90)
    table = table_of(children)

    gone = hidden(sizes(table))
    groups = set(gone.loc[gone["dimension"] == "municipality", "group"])

    assert groups == {"den_haag", "rotterdam"}


def test_small_groups_that_are_small_together_take_another_with_them() -> None:
    children = np.zeros(SHAPE, int)
    children[0, :, 1, 0] = (4, 5, 90)

    gone = hidden(sizes(table_of(children)))

    assert set(gone.loc[gone["dimension"] == "municipality", "group"]) == {
        "den_haag", "rotterdam", "westland",
    }  # fmt: skip


def test_a_level_cannot_be_worked_out_from_mbo_and_the_other_levels() -> None:
    children = np.zeros(SHAPE, int)
    children[:, 0, 0, 0] = (5, 20, 40, 60)

    gone = hidden(sizes(table_of(children)))
    everybody = gone[gone["dimension"] == "all"]

    assert set(everybody["outcome"]) == {"vsv_mbo1_expected", "vsv_mbo2_expected"}


def test_linear_algebra_finds_what_follows_from_several_sums_at_once() -> None:
    a, b, c, d = ((0, "x", name) for name in "abcd")
    ring = [{a: 1, b: 1}, {b: 1, c: 1}, {c: 1, d: 1}, {d: 1, a: 1}]
    triangle = [{a: 1, b: 1}, {b: 1, c: 1}, {c: 1, a: 1}]

    assert determined(ring) == set()
    assert determined(triangle) == {a, b, c}
    assert determined([*triangle, {c: 1, d: 1}]) == {a, b, c, d}
