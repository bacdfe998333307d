"""layout."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypedDict

from model.outcomes.registry import BY_OUTCOME, POPULATIONS, SERIES, SLOTS

WEIGHTED = tuple(k for k, (name, _) in enumerate(SERIES) if BY_OUTCOME[name].is_standardised)
"""The places of the series that are standardised."""

SIZED_AS = {"vsv_adult_share": "vsv_vo_expected"}
"""Outcomes whose denominator is no number of children, and the one that is of the same children."""


class Series(TypedDict):
    """One thing that is observed: an outcome in a layer, and the two columns that have it.

    `total` is the column of what was added up, `of` that of how many. Of a count the total is the
    number itself. `sized_as` names the outcome that counts the same children where `of` is no
    number of children; elsewhere it is None.
    """

    outcome: str
    layer: Literal["actual", "registered"]
    unit: str
    level: Literal["child", "family", "count"]
    moment: Literal["october", "july"]
    sized_as: str | None
    total: str
    of: str


class Composition(TypedDict):
    """What standardised numbers are weighted by: children of the base's first school year.

    `column` has their numbers in a row of each population, the first school year's first group, as
    one list: those of `series` (outcome and layer) after each other, and of each the cells: stages,
    in these ages, in these generations. An age ends before `age_ends`, in years; the last is older
    too.
    """

    column: str
    series: list[list[str]]
    stages: list[str]
    age_ends: list[int]
    generations: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The axes of stored sums: series, populations, and groups as (dimension, group).

    `composition` says how weights are stored; None for a run of before there were any.
    """

    series: tuple[Series, ...]
    populations: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    composition: Composition | None = None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that are there, in order."""
        return tuple(dict.fromkeys(one["outcome"] for one in self.series))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the groups, in order."""
        return tuple(dict.fromkeys(dimension for dimension, _ in self.groups))

    @property
    def units(self) -> dict[str, str]:
        """The unit of every outcome."""
        return {one["outcome"]: one["unit"] for one in self.series}

    @property
    def sized_as(self) -> dict[str, str]:
        """Outcomes whose denominator is no number of children, and who counts the same children."""
        return {one["outcome"]: one["sized_as"] for one in self.series if one["sized_as"]}

    @property
    def columns(self) -> list[str]:
        """The columns of numbers that a part has."""
        found = [name for one in self.series for name in (one["total"], one["of"])]
        return found if self.composition is None else [*found, self.composition["column"]]

    @property
    def n_weights(self) -> tuple[int, int]:
        """How many series are weighted, and how many cells each has; 0 without weights."""
        if self.composition is None:
            return 0, 0
        axes = (self.composition[name] for name in ("stages", "age_ends", "generations"))
        return len(self.composition["series"]), math.prod(map(len, axes))

    @property
    def per_year(self) -> int:
        """How many rows a school year of a run has."""
        return len(self.populations) * len(self.groups)


def observed_now() -> Layout:
    """Return what this version observes."""
    # The months come with it, and their compiler: what was observed before is read without them.
    from model.outcomes.composition import AGE_ENDS, GENERATIONS, STAGES

    composition: Composition = {
        "column": "weights",
        "series": [list(SERIES[k]) for k in WEIGHTED],
        "stages": list(STAGES),
        "age_ends": list(AGE_ENDS),
        "generations": list(GENERATIONS),
    }
    return Layout(tuple(_series(*one) for one in SERIES), POPULATIONS, SLOTS, composition)


def _series(outcome: str, layer: Literal["actual", "registered"]) -> Series:
    row = BY_OUTCOME[outcome]
    return {
        "outcome": outcome,
        "layer": layer,
        "unit": row.unit,
        "level": row.level,
        "moment": row.moment,
        "sized_as": SIZED_AS.get(outcome),
        "total": f"{outcome}.{layer}.sum",
        "of": f"{outcome}.{layer}.of",
    }
