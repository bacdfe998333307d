"""What figures, tables and sentences are made of: one outcome as lines over the school years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from dashboards.figures.registry import SHEETS
from model.calendar import school_years
from model.outcomes.registry import (
    ACTUAL,
    INDEX,
    N_OUTCOMES,
    POPULATIONS,
)
from scenarios.disclosure.suppress import hidden, sizes

if TYPE_CHECKING:
    import pandas as pd

Role = Literal["base", "alternative", "comparable", "comparable_alternative"]

Place = tuple[str, str, str]
"""Population, outcome and school year."""

DRAWN = tuple(outcome for sheet in SHEETS for outcome in sheet.outcomes)

_SIDES: dict[Role, tuple[int, int]] = {
    "base": (0, 0),
    "alternative": (0, 1),
    "comparable": (1, 0),
    "comparable_alternative": (1, 1),
}
"""The place of a line's population, and that of its scenario."""


class Sums(NamedTuple):
    """Numerators and denominators (outcomes, populations, 2, school years, replicates) of a pair.

    The base comes first; 0 where nobody was seen.
    """

    numerators: np.ndarray
    denominators: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The tidy tables of two runs with the same families, and what is needed to make them again.

    `years` are those that were lived; `key` names the pair; `code` is the digest of the model's
    code. `gone` are the small cells that are not shown, worked out from the tables when None.
    """

    base: pd.DataFrame
    alternative: pd.DataFrame
    base_title: str
    alternative_title: str
    base_id: str
    alternative_id: str
    changes: str
    families: str
    years: int
    seed: int
    key: str
    code: str
    gone: frozenset[Place] | None = None

    @cached_property
    def school_years(self) -> tuple[str, ...]:
        """The school years that were lived, in order."""
        return school_years(self.years)

    @cached_property
    def sums(self) -> Sums:
        """The sums of everybody, crude."""
        tables = [_of_everybody(table) for table in (self.base, self.alternative)]
        replicates = sorted({int(r) for table in tables for r in table["replicate"].unique()})
        shape = (N_OUTCOMES, len(POPULATIONS), 2, self.years, len(replicates))
        found = Sums(np.zeros(shape), np.zeros(shape))
        order = {year: k for k, year in enumerate(self.school_years)}
        for side, table in enumerate(tables):
            places = (
                table["outcome"].map(INDEX).to_numpy(np.int64),
                table["population"].map(POPULATIONS.index).to_numpy(np.int64),
                side,
                table["school_year"].map(order).to_numpy(np.int64),
                np.searchsorted(replicates, table["replicate"].to_numpy(np.int64)),
            )
            found.numerators[places] = table["numerator"]
            found.denominators[places] = table["denominator"]
        return found

    @cached_property
    def hidden(self) -> frozenset[Place]:
        """The small cells that are not shown, of the outcomes that the page draws."""
        if self.gone is not None:
            return self.gone
        import pandas as pd

        both = pd.concat([_of_everybody(self.base), _of_everybody(self.alternative)])
        return not_shown(hidden(sizes(both[both["outcome"].isin(DRAWN)])))


def not_shown(cells: pd.DataFrame) -> frozenset[Place]:
    """Return the places of hidden cells of everybody (columns `CELL` of disclosure)."""
    mine = _of_everybody(cells)[["population", "outcome", "school_year"]]
    return frozenset(map(tuple, mine.to_numpy().tolist()))


def _of_everybody(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["dimension"] == "all") & (table["layer"] == ACTUAL)]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One outcome of one population under one scenario; arrays run over `years`.

    A value is None where nobody, or too few, could be counted.
    """

    role: Role
    outcome: str
    years: tuple[str, ...]
    numerators: tuple[float, ...]
    denominators: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float | None, ...]:
        """Value per school year."""
        return tuple(map(_ratio, self.numerators, self.denominators))

    @property
    def last(self) -> float | None:
        """The value in the last school year."""
        return self.ratios[-1] if self.ratios else None


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator > 0 else None


def line(pair: Pair, outcome: str, role: Role) -> Line:
    """Return one line of a pair, replicates together; empty for what was never observed."""
    people, side = _SIDES[role]
    top, bottom = (part[INDEX[outcome], people, side].sum(axis=-1) for part in pair.sums)
    seen = np.flatnonzero(bottom)
    kept = range(seen[0], seen[-1] + 1) if seen.size else range(0)
    gone = [(POPULATIONS[people], outcome, pair.school_years[k]) in pair.hidden for k in kept]
    return Line(
        role=role,
        outcome=outcome,
        years=tuple(pair.school_years[k] for k in kept),
        numerators=tuple(0.0 if g else float(top[k]) for k, g in zip(kept, gone, strict=True)),
        denominators=tuple(0.0 if g else float(bottom[k]) for k, g in zip(kept, gone, strict=True)),
    )


def lines(pair: Pair, outcome: str, roles: Sequence[Role]) -> list[Line]:
    """Return the lines of an outcome, in the order of `roles`."""
    return [line(pair, outcome, role) for role in roles]
