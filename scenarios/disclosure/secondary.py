"""Which cells of one population and school year to hide, so that no small one can be worked out.

Cells are unknowns; cells that are of the same children are one unknown. Relations say what adds
up to what. A small unknown is hidden. Then others are, the smallest first, until every relation
that has a hidden part has two or more of them, which together are not small; and until no small
unknown follows from all relations together, as linear algebra says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model.outcomes.registry import MINIMUM_CELL
from scenarios.disclosure.rules import WHOLES

if TYPE_CHECKING:
    import pandas as pd

Unknown = tuple[int, str, str]
"""A class of outcomes that are of the same children, a dimension and a group of it."""

Series = tuple[str, str]
"""Layer and outcome."""

Row = dict[Unknown, int]
"""One side of a linear equation: how often each unknown counts."""

Cell = tuple[str, str, float, float, float]
"""Dimension, group, and what `Problem` knows of it."""

_EVERYBODY = ("all", "all")
_PRIME = 2**31 - 1
"""Large enough that no small sum of relations vanishes by it, small enough for 64-bit products."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The whole is the sum of the parts."""

    whole: Unknown
    parts: tuple[Unknown, ...]


@dataclass(slots=True)
class Problem:
    """What is known of the unknowns: smallest size over runs, smallest above 0, and total."""

    least: dict[Unknown, float] = field(default_factory=dict)
    least_seen: dict[Unknown, float] = field(default_factory=dict)
    total: dict[Unknown, float] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def solve(self) -> set[Unknown]:
        """Return the unknowns to hide."""
        small = {one for one, size in self.least_seen.items() if size < MINIMUM_CELL}
        gone = set(small)
        while True:
            while sum(self._tighten(relation, gone) for relation in self.relations):
                pass
            more = self._against_algebra(small, gone)
            if more is None:
                return gone
            gone.add(more)

    def _tighten(self, relation: Relation, gone: set[Unknown]) -> bool:
        """Hide one more unknown where a relation asks for it; return whether it did."""
        parts = [one for one in relation.parts if one in gone]
        shown = [one for one in relation.parts if one not in gone]
        is_alone = len(set(parts)) == 1
        are_small = sum(self.least[one] for one in parts) < MINIMUM_CELL
        if relation.whole in gone:
            if parts:
                return False
        elif not parts or not (is_alone or (shown and are_small)):
            return False
        gone.add(self._smallest(shown) if shown else relation.whole)
        return True

    def _against_algebra(self, small: set[Unknown], gone: set[Unknown]) -> Unknown | None:
        """Return one more unknown to hide because all relations together give a small one away."""
        rows = [row for relation in self.relations if (row := _row(relation, gone))]
        for one in sorted(determined(rows) & small):
            reached = {one}
            while len(shown := self._beside(reached) - gone) == 0:
                wider = self._beside(reached) | reached
                if wider == reached:
                    return None
                reached = wider
            return self._smallest(shown)
        return None

    def _beside(self, unknowns: set[Unknown]) -> set[Unknown]:
        """Return the unknowns that share a relation with some."""
        near = (set(_members(r)) for r in self.relations if unknowns.intersection(_members(r)))
        return set().union(*near)

    def _smallest(self, unknowns: Iterable[Unknown]) -> Unknown:
        return min(unknowns, key=lambda one: (self.total[one], one))


def hidden_in_block(block: pd.DataFrame) -> pd.DataFrame:
    """Return the hidden cells (layer, outcome, dimension, group) of one population and year.

    `block` has columns layer, outcome, dimension, group, least, least_seen, total.
    """
    import pandas as pd

    class_of, classes = _classes(block)
    problem = Problem()
    for number, cells in enumerate(classes):
        for dimension, group, least, least_seen, total in cells:
            unknown = (number, dimension, group)
            problem.least[unknown] = least
            problem.least_seen[unknown] = least_seen
            problem.total[unknown] = total
    problem.relations = [*_groups_add_up(problem, len(classes)), *_levels_add_up(problem, class_of)]
    gone = problem.solve()
    of_class: dict[int, list[tuple[str, str]]] = {}
    for number, dimension, group in gone:
        of_class.setdefault(number, []).append((dimension, group))
    rows = [(*one, *cell) for one, number in class_of.items() for cell in of_class.get(number, ())]
    return pd.DataFrame(rows, columns=["layer", "outcome", "dimension", "group"])


def _classes(block: pd.DataFrame) -> tuple[dict[Series, int], list[tuple[Cell, ...]]]:
    """Return the class of every layer and outcome, and the cells of each class.

    Outcomes with the same sizes everywhere share a class: they are of the same children.
    """
    names = ["layer", "outcome", "dimension", "group", "least", "least_seen", "total"]
    found: dict[Series, list[Cell]] = {}
    for layer, outcome, *cell in block[names].itertuples(index=False, name=None):
        found.setdefault((layer, outcome), []).append(tuple(cell))
    numbers: dict[tuple[Cell, ...], int] = {}
    class_of = {
        one: numbers.setdefault(tuple(sorted(cells)), len(numbers)) for one, cells in found.items()
    }
    return class_of, list(numbers)


def _groups_add_up(problem: Problem, n_classes: int) -> list[Relation]:
    relations = []
    for number in range(n_classes):
        whole = (number, *_EVERYBODY)
        mine = [one for one in problem.total if one[0] == number and one != whole]
        for dimension in dict.fromkeys(one[1] for one in mine):
            parts = tuple(one for one in mine if one[1] == dimension)
            if whole in problem.total:
                relations.append(Relation(whole, parts))
    return relations


def _levels_add_up(problem: Problem, class_of: Mapping[Series, int]) -> list[Relation]:
    relations = []
    for (layer, outcome), number in class_of.items():
        names = WHOLES.get(outcome, ())
        levels = sorted(class_of[layer, name] for name in names if (layer, name) in class_of)
        for _, dimension, group in [one for one in problem.total if one[0] == number]:
            parts = tuple(
                (level, dimension, group)
                for level in levels
                if (level, dimension, group) in problem.total
            )
            if parts and number not in levels:
                relations.append(Relation((number, dimension, group), parts))
    return relations


def _members(relation: Relation) -> tuple[Unknown, ...]:
    return (relation.whole, *relation.parts)


def _row(relation: Relation, gone: set[Unknown]) -> Row:
    """Return what a relation says of hidden unknowns: how often each counts."""
    row: Row = {}
    for one in relation.parts:
        if one in gone:
            row[one] = row.get(one, 0) + 1
    if relation.whole in gone:
        row[relation.whole] = row.get(relation.whole, 0) - 1
    return {one: count for one, count in row.items() if count}


def determined(rows: Sequence[Row]) -> set[Unknown]:
    """Return the unknowns that linear equations fix, whatever their right-hand sides.

    An unknown that stands in one equation only takes that equation up; it is fixed when all others
    in it are. What is left when these are peeled off is small, and solved as a matrix.
    """
    left = {k: set(row) for k, row in enumerate(rows)}
    homes: dict[Unknown, set[int]] = {}
    for k, row in left.items():
        for one in row:
            homes.setdefault(one, set()).add(k)
    ends = [one for one, where in homes.items() if len(where) == 1]
    peeled: list[tuple[Unknown, set[Unknown]]] = []
    while ends:
        end = ends.pop()
        if len(homes[end]) != 1:
            continue
        (k,) = homes[end]
        others = left.pop(k) - {end}
        peeled.append((end, others))
        for one in (end, *others):
            homes[one].discard(k)
            if len(homes[one]) == 1:
                ends.append(one)
    fixed = _fixed_by_matrix([rows[k] for k in left])
    for end, others in reversed(peeled):
        if others <= fixed:
            fixed.add(end)
    return fixed


def _fixed_by_matrix(rows: Sequence[Row]) -> set[Unknown]:
    """Return the unknowns that stand alone in a row after Gauss-Jordan elimination.

    Numbers are remainders of a large prime, so that nothing is rounded.
    """
    if not rows:
        return set()
    unknowns = sorted({one for row in rows for one in row})
    matrix = np.array([[row.get(one, 0) for one in unknowns] for row in rows], np.int64) % _PRIME
    done = 0
    for column in range(len(unknowns)):
        candidates = np.flatnonzero(matrix[done:, column])
        if not candidates.size:
            continue
        pivot = done + int(candidates[0])
        matrix[[done, pivot]] = matrix[[pivot, done]]
        matrix[done] = matrix[done] * pow(int(matrix[done, column]), -1, _PRIME) % _PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != done]
        away = matrix[others, column, None] * matrix[done] % _PRIME
        matrix[others] = (matrix[others] - away) % _PRIME
        done += 1
        if done == len(rows):
            break
    alone = np.count_nonzero(matrix[:done], axis=1) == 1
    return {unknowns[int(np.flatnonzero(row)[0])] for row in matrix[:done][alone]}
