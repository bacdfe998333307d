"""Which cells of one population and school year to hide, so that no small one can be worked out.

Cells are unknowns; cells that are of the same children are one unknown. Relations say what adds
up to what. A small unknown is hidden. Then others are, the smallest first, until every relation
that has a hidden part has two or more of them, which together are not small; and until no small
unknown follows from all relations together, as linear algebra says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scenarios.small_cells import LEAST, REST, WHOLES

Unknown = tuple[int, str, str]
"""A class of outcomes that are of the same children, a dimension and a group of it."""

_EVERYBODY = ("all", "all")


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
    never_shown: set[Unknown] = field(default_factory=set)

    def solve(self) -> set[Unknown]:
        """Return the unknowns to hide; those that are never shown are among them."""
        small = {one for one, size in self.least_seen.items() if size < LEAST}
        gone = small | self.never_shown
        while True:
            while any([self._tighten(relation, gone) for relation in self.relations]):
                pass
            more = self._against_algebra(small, gone)
            if more is None:
                return gone
            gone.add(more)

    def _tighten(self, relation: Relation, gone: set[Unknown]) -> bool:
        """Hide one more unknown where a relation asks for it; return whether it did.

        What is never shown is of several small groups as soon as it is not small itself.
        """
        parts = [one for one in relation.parts if one in gone]
        shown = [one for one in relation.parts if one not in gone]
        is_alone = len(parts) == 1 and parts[0] not in self.never_shown
        are_small = sum(self.least[one] for one in parts) < LEAST
        if relation.whole in gone:
            if parts:
                return False
        elif not parts or not (is_alone or (shown and are_small)):
            return False
        gone.add(self._smallest(shown) if shown else relation.whole)
        return True

    def _against_algebra(self, small: set[Unknown], gone: set[Unknown]) -> Unknown | None:
        """Return one more unknown to hide because all relations together give a small one away."""
        for cluster in self._clusters(gone):
            unknowns = sorted({one for r in cluster for one in _members(r) if one in gone})
            if len(cluster) == 1 or not small & set(unknowns):
                continue
            matrix = _matrix(cluster, unknowns)
            for one in _determined(matrix, unknowns):
                shown = {x for r in cluster for x in _members(r)} - gone
                if one in small and shown:
                    return self._smallest(sorted(shown))
        return None

    def _clusters(self, gone: set[Unknown]) -> list[list[Relation]]:
        """Return relations in groups that hang together by hidden unknowns."""
        clusters: list[tuple[set[Unknown], list[Relation]]] = []
        for relation in self.relations:
            own = {one for one in _members(relation) if one in gone}
            if not own:
                continue
            touching = [item for item in clusters if item[0] & own]
            clusters = [item for item in clusters if not item[0] & own]
            joined = own.union(*(unknowns for unknowns, _ in touching))
            clusters.append((joined, [r for _, found in touching for r in found] + [relation]))
        return [found for _, found in clusters]

    def _smallest(self, unknowns: Iterable[Unknown]) -> Unknown:
        return min(unknowns, key=lambda one: (self.total[one], one))


def hidden_in_block(block: pd.DataFrame) -> pd.DataFrame:
    """Return the hidden cells (layer, outcome, dimension, group) of one population and year.

    `block` has columns layer, outcome, dimension, group, least, least_seen, total.
    """
    series, class_of, firsts = _classes(block)
    problem = Problem()
    for number, cells in enumerate(firsts):
        for row in cells.to_dict("records"):
            unknown = (number, str(row["dimension"]), str(row["group"]))
            problem.least[unknown] = row["least"]
            problem.least_seen[unknown] = row["least_seen"]
            problem.total[unknown] = row["total"]
            if row["group"] == REST or str(row["outcome"]).endswith(REST):
                problem.never_shown.add(unknown)
    problem.relations = [
        *_groups_add_up(problem, len(firsts)),
        *_levels_add_up(problem, series, class_of),
    ]
    gone = problem.solve()
    rows = [
        (layer, outcome, dimension, group)
        for (layer, outcome), number in zip(series, class_of, strict=True)
        for k, dimension, group in gone
        if k == number
    ]
    return pd.DataFrame(rows, columns=["layer", "outcome", "dimension", "group"])


def _classes(
    block: pd.DataFrame,
) -> tuple[list[tuple[str, str]], list[int], list[pd.DataFrame]]:
    """Return layers and outcomes, the class of each, and for each class the cells of its first.

    Outcomes with the same sizes everywhere share a class: they are of the same children.
    """
    numbers: dict[bytes, int] = {}
    series, class_of, firsts = [], [], []
    for (layer, outcome), cells in block.groupby(["layer", "outcome"], observed=True):
        ordered = cells.sort_values(["dimension", "group"])
        names = "\0".join([*ordered["dimension"], *ordered["group"]]).encode()
        sizes = ordered[["least", "least_seen", "total"]].to_numpy(float).tobytes()
        number = numbers.setdefault(names + sizes, len(numbers))
        if number == len(firsts):
            firsts.append(ordered)
        series.append((str(layer), str(outcome)))
        class_of.append(number)
    return series, class_of, firsts


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


def _levels_add_up(
    problem: Problem, series: Sequence[tuple[str, str]], class_of: Sequence[int]
) -> list[Relation]:
    number = dict(zip(series, class_of, strict=True))
    relations = []
    for layer, outcome in series:
        levels = [
            number[layer, name]
            for name in (*WHOLES.get(outcome, ()), f"{outcome} {REST}")
            if (layer, name) in number
        ]
        for _, dimension, group in [
            one for one in problem.total if one[0] == number[layer, outcome]
        ]:
            parts = tuple(
                (level, dimension, group)
                for level in dict.fromkeys(levels)
                if (level, dimension, group) in problem.total
            )
            if parts:
                relations.append(Relation((number[layer, outcome], dimension, group), parts))
    return relations


def _members(relation: Relation) -> tuple[Unknown, ...]:
    return (relation.whole, *relation.parts)


def _matrix(relations: Sequence[Relation], unknowns: Sequence[Unknown]) -> np.ndarray:
    """Return what relations say of hidden unknowns (relations, unknowns): -1 whole, 1 part."""
    place = {one: k for k, one in enumerate(unknowns)}
    matrix = np.zeros((len(relations), len(unknowns)))
    for row, relation in zip(matrix, relations, strict=True):
        for one in relation.parts:
            if one in place:
                row[place[one]] += 1.0
        if relation.whole in place:
            row[place[relation.whole]] -= 1.0
    return matrix


def _determined(matrix: np.ndarray, unknowns: Sequence[Unknown]) -> list[Unknown]:
    """Return the unknowns that the relations fix: those that no solution of A x = 0 moves."""
    _, values, rows = np.linalg.svd(matrix)
    rank = int((values > 1e-9 * max(1.0, float(values.max(initial=0.0)))).sum())
    free = rows[rank:]
    moved = (np.abs(free) > 1e-9).any(axis=0)
    return [one for one, is_moved in zip(unknowns, moved, strict=True) if not is_moved]
