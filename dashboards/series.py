"""What figures, tables and sentences are made of: one outcome as lines over the school years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Role = Literal["base", "alternative", "comparable", "comparable_alternative"]
Kind = Literal["percent", "per_100", "deviation"]

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


@dataclass(frozen=True, kw_only=True)
class Line:
    """One outcome of one population under one scenario; arrays run over `years`.

    A value is None where nobody could be counted.
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


def line(pair: Pair, outcome: str, role: Role) -> Line:
    """Return one line of a pair; replicates are taken together."""
    table = pair.base if role in {"base", "comparable"} else pair.alternative
    population = "eu11" if role in {"base", "alternative"} else "comparable"
    rows = table[
        (table["outcome"] == outcome)
        & (table["population"] == population)
        & (table["dimension"] == "all")
        & (table["layer"] == "true")
    ]
    sums = rows.groupby("school_year", sort=True)[["numerator", "denominator"]].sum()
    return Line(
        role=role,
        outcome=outcome,
        years=tuple(map(str, sums.index)),
        numerators=tuple(map(float, sums["numerator"])),
        denominators=tuple(map(float, sums["denominator"])),
    )


def lines(pair: Pair, outcome: str, roles: Sequence[Role]) -> list[Line]:
    """Return the lines of an outcome, in the order of `roles`."""
    return [line(pair, outcome, role) for role in roles]
