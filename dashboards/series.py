"""What figures, tables and sentences are made of: one outcome as lines over the school years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from model.outcomes import ACTUAL, MINIMUM_CELL

if TYPE_CHECKING:
    import pandas as pd

Role = Literal["base", "alternative", "comparable", "comparable_alternative"]
Kind = Literal["percent", "per_100", "deviation"]

Sums = dict[str, dict[str, tuple[float, float]]]
"""Numerator and denominator by outcome and school year."""

LAST_YEARS = 3
"""School years that a sentence looks at: the last ones of the run, taken together."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The tidy tables of two runs with the same families, and what is needed to make them again.

    `key` names the pair; `code` is the digest of the model's code.
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

    @cached_property
    def sums(self) -> dict[Role, Sums]:
        """Numerators and denominators per school year, by outcome, for each kind of line."""
        base, alternative = _sums(self.base), _sums(self.alternative)
        return {
            "base": base["eu11"],
            "comparable": base["comparable"],
            "alternative": alternative["eu11"],
            "comparable_alternative": alternative["comparable"],
        }


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

    def last(self, years: int = LAST_YEARS) -> float | None:
        """Return the value over the last school years taken together."""
        return _ratio(sum(self.numerators[-years:]), sum(self.denominators[-years:]))


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator > 0 else None


def _sums(table: pd.DataFrame) -> dict[str, Sums]:
    """Return the actual layer of everybody by population and outcome; replicates taken together.

    What rests on fewer than MINIMUM_CELL children or families in some replicate is left out.
    """
    rows = table[(table["dimension"] == "all") & (table["layer"] == ACTUAL)]
    keys = ["population", "outcome", "school_year"]
    groups = rows.groupby(keys, sort=True)
    summed = groups[["numerator", "denominator"]].sum()
    summed[groups["denominator"].min() < MINIMUM_CELL] = 0.0
    summed = summed.reset_index()
    found: dict[str, Sums] = {"eu11": {}, "comparable": {}}
    for population, outcome, year, numerator, denominator in summed.itertuples(index=False):
        years = found[population].setdefault(outcome, {})
        years[year] = (float(numerator), float(denominator))
    return found


def line(pair: Pair, outcome: str, role: Role) -> Line:
    """Return one line of a pair; it is empty for an outcome that was never observed."""
    years = pair.sums[role].get(outcome, {})
    return Line(
        role=role,
        outcome=outcome,
        years=tuple(years),
        numerators=tuple(numerator for numerator, _ in years.values()),
        denominators=tuple(denominator for _, denominator in years.values()),
    )


def lines(pair: Pair, outcome: str, roles: Sequence[Role]) -> list[Line]:
    """Return the lines of an outcome, in the order of `roles`."""
    return [line(pair, outcome, role) for role in roles]
