"""Why each number is believed: the keys of published figures behind its prior, and the reason.

`beliefs.csv` has one row per number of the ledger, with the reason in a line and what was mended
when limits and priors were set apart.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from model.errors import InputError
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

REASONS = Path(__file__).with_name("beliefs.csv")

COLUMNS = ("parameter", "figures", "reason", "mended")

COVERED = 1.0 / 3.0
"""Share of its limits that the prior of an assumption covers unless a figure narrows it."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Why a number has the prior it has; `figures` are keys of published figures."""

    parameter: str
    figures: tuple[str, ...]
    reason: str
    mended: str


def load_beliefs() -> dict[str, Belief]:
    """Return the rows of `beliefs.csv` by parameter, in the order of the file.

    Raises ValueError for another heading, a parameter named twice, or a row without a reason, and
    InputError when a number of the ledger has no row.
    """
    with REASONS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            message = f"{REASONS.name}: the columns are {reader.fieldnames}, not {list(COLUMNS)}"
            raise ValueError(message)
        found: dict[str, Belief] = {}
        for row in reader:
            name = row["parameter"]
            if name in found or not row["reason"].strip():
                message = (
                    f"{REASONS.name}, line {reader.line_num}: {name} stands twice or says no reason"
                )
                raise ValueError(message)
            found[name] = Belief(
                parameter=name,
                figures=tuple(row["figures"].split()),
                reason=row["reason"],
                mended=row["mended"],
            )
    lacking = [name for name in BY_PARAMETER if name not in found]
    if lacking:
        message = (
            f"{REASONS.name}: there is no row for {', '.join(lacking)}. Say there why its prior is"
            " what it is, in the order of the ledger."
        )
        raise InputError(message)
    return found


def covers(row: Parameter) -> float:
    """Return the share of its limits between the 5% and the 95% point of a number's prior."""
    if row.low == row.high:
        return 1.0
    low, high = row.likely
    return (high - low) / (row.high - row.low)


def narrowed() -> list[Parameter]:
    """Return the assumptions whose prior covers less of its limits than a bare assumption must."""
    return [row for row in BY_PARAMETER.values() if row.grade == "D" and covers(row) < COVERED]


def aside() -> list[Parameter]:
    """Return the numbers whose value lies outside the 5% to 95% range of their own prior."""
    return [
        row
        for row in BY_PARAMETER.values()
        if row.is_free and not row.likely[0] <= row.value <= row.likely[1]
    ]
