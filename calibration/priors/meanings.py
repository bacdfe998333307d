"""What each number of the world means, in a sentence (`meanings.csv`)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from model.registry import BY_PARAMETER

MEANINGS = Path(__file__).with_name("meanings.csv")


@cache
def meanings() -> dict[str, str]:
    """Return a sentence for each parameter by dotted name, in the order of the ledger.

    A number without a sentence is told by its unit. Raises ValueError for a sentence that stands
    twice, and for a name that the ledger does not have.
    """
    found: dict[str, str] = {}
    with MEANINGS.open(encoding="utf-8", newline="") as file:
        for name, sentence in csv.reader(file):
            if name in found or name not in BY_PARAMETER:
                message = f"{MEANINGS.name}: {name} stands twice, or is no parameter"
                raise ValueError(message)
            found[name] = sentence
    return {name: found.get(name, f"In {row.unit}.") for name, row in BY_PARAMETER.items()}
