"""What a run leaves: sums over families and children, with named axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from model.aliases import current
from model.errors import InputError, nearest
from model.outcomes.registry import (
    ACTUAL,
    BY_OUTCOME,
    DENOMINATOR,
    FIRST_YEAR,
    LAYERS,
    N_OUTCOMES,
    NUMERATOR,
    OUTCOMES,
    POOLED,
    POPULATIONS,
    SLOTS,
    STANDARDISED,
    Choice,
)

if TYPE_CHECKING:
    import pandas as pd

GROUPS = tuple(
    dimension if dimension == group else f"{dimension}:{group}" for dimension, group in SLOTS
)
"""The names of the groups: "all", and "dimension:group" as in "municipality:rotterdam"."""

HELD = f"{STANDARDISED}:{FIRST_YEAR}"
"""The group under which a standardised number stands: all, as the children of the first year."""


@dataclass(frozen=True, slots=True, repr=False)
class Sums:
    """Sums of a run: `numbers` (school_years, layers, outcomes, populations, groups, 2).

    The last axis has what was added up (NUMERATOR) and of how many (DENOMINATOR): a share or a mean
    is the one divided by the other, also over several years or groups. For a count, such as
    `n_children`, the numerator is the number. Groups of one dimension share out the same people, so
    add up groups of one dimension only. The numbers are crude, but for the group HELD: there
    children's outcomes are standardised, and `weights` (layers, outcomes, populations, cells) are
    what they are weighted by: the children of the first school year, in a pair those of the base
    (`model.outcomes.composition`). The other fields name what lies along the axes.
    """

    numbers: np.ndarray
    school_years: tuple[str, ...]
    weights: np.ndarray
    groups: tuple[str, ...] = GROUPS
    layers: tuple[str, ...] = LAYERS
    outcomes: tuple[str, ...] = tuple(outcome.name for outcome in OUTCOMES)
    populations: tuple[str, ...] = POPULATIONS

    def __repr__(self) -> str:
        years = " to ".join(dict.fromkeys(self.school_years[:1] + self.school_years[-1:])) or "none"
        groups = ", ".join(dict.fromkeys(one.partition(":")[0] for one in self.groups))
        return f"<Sums: school years {years}; {len(self.outcomes)} outcomes, groups {groups}>"

    @classmethod
    def of_years(cls, years: Mapping[str, np.ndarray], weights: np.ndarray) -> Sums:
        """Return the sums of school years, each (layers, outcomes, populations, groups, 2)."""
        shape = (0, len(LAYERS), N_OUTCOMES, len(POPULATIONS), len(GROUPS), 2)
        numbers = np.stack(list(years.values())) if years else np.zeros(shape)
        return cls(numbers, tuple(years), weights.copy())

    def of_groups(self, names: Sequence[str]) -> Sums:
        """Return the sums of some groups; the name of a dimension stands for all its groups.

        Raises InputError for a name that is not there.
        """
        places = group_places(names, self.groups)
        numbers = self.numbers[:, :, :, :, places]
        return replace(self, numbers=numbers, groups=tuple(self.groups[k] for k in places))

    def of_layers(self, names: Sequence[str]) -> Sums:
        """Return the sums of some layers. Raises InputError for one that is not there."""
        places = [_place(name, self.layers, "layer") for name in names]
        return replace(
            self,
            numbers=self.numbers[:, places],
            weights=self.weights[places],
            layers=tuple(names),
        )

    def numerators(
        self, outcome: str, population: str = "eu11", group: str = "all", layer: str = ACTUAL
    ) -> np.ndarray:
        """Return what was added up of an outcome in each school year (school_years,)."""
        return self._series(outcome, population, group, layer)[:, NUMERATOR]

    def denominators(
        self, outcome: str, population: str = "eu11", group: str = "all", layer: str = ACTUAL
    ) -> np.ndarray:
        """Return of how many an outcome was added up in each school year (school_years,).

        It is 1 for a count.
        """
        found = self._series(outcome, population, group, layer)[:, DENOMINATOR]
        is_count = BY_OUTCOME[outcome].level == "count"
        return np.ones_like(found) if is_count else found

    def standardised(
        self, outcome: str, population: str = "eu11", layer: str = ACTUAL
    ) -> np.ndarray:
        """Return an outcome in each school year (school_years,), with the first year's children.

        What is left of a change over the years is no matter of who is counted. Raises InputError
        for an outcome that is not of children, and when the sums are of other groups only; NaN
        where nobody was seen.
        """
        held = self._held(outcome, population, layer)
        return _ratio(held[:, NUMERATOR], held[:, DENOMINATOR])

    def pooled(self, outcome: str, population: str = "eu11", layer: str = ACTUAL) -> np.ndarray:
        """Return of how many children (in 1) a standardised number had to take the rate of others.

        Theirs are the cells in which nobody was in that school year (school_years,).
        """
        held = self._held(outcome, population, layer)
        empty = self._series(outcome, population, f"{POOLED}:{FIRST_YEAR}", layer)
        return _ratio(empty[:, DENOMINATOR], held[:, DENOMINATOR])

    def _held(self, outcome: str, population: str, layer: str) -> np.ndarray:
        check_standardised(outcome)
        if HELD not in self.groups:
            message = (
                "these sums are of other groups only. Ask for standardised numbers too:"
                f" groups=('all', '{STANDARDISED}', '{POOLED}')."
            )
            raise InputError(message)
        return self._series(outcome, population, HELD, layer)

    def _series(self, outcome: str, population: str, group: str, layer: str) -> np.ndarray:
        found = self.numbers[
            :,
            _place(current("layer", layer), self.layers, "layer"),
            _place(outcome, self.outcomes, "outcome"),
            _place(population, self.populations, "population"),
            _place(group, self.groups, "group"),
        ]
        return np.asarray(found)

    def table(self, scenario: str = "", replicate: int = 0, layer: Choice = ACTUAL) -> pd.DataFrame:
        """Return the tidy table (columns `model.outcomes.registry.COLUMNS`), a row for each number.

        `layer` is what is actually so, or "registered" for what CBS and DUO would see; None is
        both. Groups without observations are left out; groups by origin that are smaller than
        `model.outcomes.registry.MINIMUM_CELL` too. Raises InputError for a layer that is not there.
        """
        from model.outcomes.tidy import tidy  # noqa: PLC0415 - pandas is needed for tables only

        return tidy(self, scenario, replicate, layer)


def check_standardised(outcome: str) -> None:
    """Raise InputError for an outcome that is there and is no number of each child."""
    if outcome in BY_OUTCOME and not BY_OUTCOME[outcome].is_standardised:
        message = (
            f"'{outcome}' is not standardised: it is no number of each child. Standardised are"
            f" {', '.join(one.name for one in OUTCOMES if one.is_standardised)}."
        )
        raise InputError(message)


def _ratio(numerators: np.ndarray, denominators: np.ndarray) -> np.ndarray:
    result = np.full(len(numerators), np.nan)
    np.divide(numerators, denominators, out=result, where=denominators > 0.0)
    return result


def group_places(names: Sequence[str], groups: Sequence[str] = GROUPS) -> list[int]:
    """Return the places of groups among others; a dimension stands for all its groups.

    Raises InputError for a name that is not there.
    """
    result: list[int] = []
    for name in names:
        found = [k for k, group in enumerate(groups) if name in {group, group.partition(":")[0]}]
        if not found:
            known = dict.fromkeys([*(one.partition(":")[0] for one in groups), *groups])
            message = f"there is no group '{name}'.{nearest(name, known)}"
            raise InputError(message)
        result += found
    return result


def _place(name: str, known: tuple[str, ...], what: str) -> int:
    if name not in known:
        message = f"there is no {what} '{name}'.{nearest(name, known)}"
        raise InputError(message)
    return known.index(name)
