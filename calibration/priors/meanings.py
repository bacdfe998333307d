"""What each number of the world means, in a sentence (`meanings.csv`)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from model.registry import BY_PARAMETER

MEANINGS = Path(__file__).with_name("meanings.csv")


COLUMNS = ("parameter", "meaning")


@cache
def meanings() -> dict[str, str]:
    """Return a sentence for each parameter by dotted name, in the order of the ledger.

    A number without a sentence is told by its unit. Raises ValueError for a row that is no name and
    sentence, a sentence that stands twice, and a name that the ledger does not have.
    """
    found: dict[str, str] = {}
    with MEANINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) != len(COLUMNS) or row[0] in found or row[0] not in BY_PARAMETER:
                message = (
                    f"{MEANINGS.name}: {row[0]} stands twice, is no parameter, or has a comma"
                    " outside quotation marks"
                )
                raise ValueError(message)
            found[row[0]] = row[1]
    return {name: found.get(name, f"In {row.unit}.") for name, row in BY_PARAMETER.items()}
