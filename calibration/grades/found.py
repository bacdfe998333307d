"""What was found of each scenario and outcome by `make grades`: typed rows of two tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calibration.rows import keep_rows, kept_rows
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

RANGES = Path(__file__).with_name("ranges.csv")
MOVING = Path(__file__).with_name("moving.csv")
MADE = Path(__file__).with_name("made.json")
DIGITS, MADE_BY = 3, "make grades"

FALSE_ALARM = 0.05
"""Probability below which a spread is not put down to luck."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a set of numbers leaves possible of an effect, in the outcome's stored unit.

    `low` to `high` hold the middle 95% of the worlds, luck taken out, which of few is about all of
    them (`scenarios.runs.parameter_samples.held_by` says how much that is). `same` is the share of
    the worlds in which the effect has the sign that it has at the ledger's values. Of the set
    "luck", `middle` is the effect at those, and `low` to `high` hold it in 95% of such studies.
    `by_luck` is the probability that luck alone spreads worlds so far (F-test); 1 for luck itself.
    """

    scenario: str
    outcome: str
    set: str
    n_worlds: int
    middle: float
    low: float
    high: float
    same: float
    by_luck: float

    @property
    def is_told(self) -> bool:
        """Whether the draws spread the effect further than luck would."""
        return self.by_luck < FALSE_ALARM


@dataclass(frozen=True, slots=True)
class Moving:
    """A number with whose draws an effect goes along, by Spearman's rank correlation."""

    scenario: str
    outcome: str
    parameter: str
    correlation: float


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The whole study: how large, under which digest of the ledger, and what was found.

    `n_worlds` and `numbers` count both by set.
    """

    digest: str
    families: int
    years: int
    seed: int
    n_worlds: Mapping[str, int]
    numbers: Mapping[str, int]
    ranges: tuple[Range, ...]
    moving: tuple[Moving, ...]

    def ranges_of(self, scenario: str, outcome: str) -> dict[str, Range]:
        """Return the ranges of an effect by set; none of an effect that was not seen."""
        return {
            one.set: one
            for one in self.ranges
            if (one.scenario, one.outcome) == (scenario, outcome)
        }

    def moving_of(self, scenario: str, outcome: str) -> tuple[Moving, ...]:
        """Return the numbers that an effect goes along with, the closest first."""
        return tuple(
            one for one in self.moving if (one.scenario, one.outcome) == (scenario, outcome)
        )

    @property
    def is_of_today(self) -> bool:
        """Whether values, limits and priors of the ledger are still those of the study."""
        return self.digest == ledger_digest()


def ledger_digest(ledger: Mapping[str, Parameter] = BY_PARAMETER) -> str:
    """Return a digest of all names, values, grades and priors of the ledger."""
    lines = [
        f"{row.name} {row.value!r} {row.grade} {row.low!r} {row.high!r} {row.prior!r}"
        for row in sorted(ledger.values(), key=lambda row: row.name)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def write(found: Kept) -> None:
    """Write the two tables and how they were made."""
    keep_rows(RANGES, Range, found.ranges, digits=DIGITS)
    keep_rows(MOVING, Moving, found.moving, digits=DIGITS)
    made = {
        "digest": found.digest,
        "families": found.families,
        "years": found.years,
        "seed": found.seed,
        "n_worlds": dict(found.n_worlds),
        "numbers": dict(found.numbers),
    }
    MADE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


@cache
def load() -> Kept:
    """Return the study that is kept. Raises StorageError where a table has another heading."""
    ranges = kept_rows(RANGES, Range, made_by=MADE_BY)
    moving = kept_rows(MOVING, Moving, made_by=MADE_BY)
    made: dict[str, Any] = json.loads(MADE.read_text(encoding="utf-8"))
    return Kept(**made, ranges=tuple(ranges), moving=tuple(moving))
