"""Tables of StatLine that matter to the model, in `tables.toml`: `declared()["84780NED"]`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from model.errors import InputError

TABLES = Path(__file__).parent / "tables.toml"

Grade = Literal["B", "C"]
"""B: number, title and columns were read somewhere public; C: recalled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A table by its number, what it gives, and what its figures would replace.

    `dimensions` are columns as they were read, empty where they were not. `targets` are ids of
    targets, `figures` keys of published figures, `parameters` keys of the ledger.
    """

    id: str
    title: str
    grade: Grade
    dimensions: tuple[str, ...]
    gives: str
    targets: tuple[str, ...]
    figures: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def replaces(self) -> tuple[str, ...]:
        """All that it would replace or stand beside."""
        return (*self.targets, *self.figures, *self.parameters)


@cache
def declared() -> dict[str, Declared]:
    """Return the declared tables by number, most wanted first. Raises InputError for a fault."""
    found: dict[str, Declared] = {}
    names = {item.name for item in fields(Declared)}
    for entry in tomllib.loads(TABLES.read_text(encoding="utf-8"))["table"]:
        if set(entry) != names or entry["id"] in found:
            raise InputError(
                f"{TABLES.name}: '{entry.get('id')}' is there twice, or has other words than"
                f" {', '.join(sorted(names))}."
            )
        found[entry["id"]] = Declared(**{name: _frozen(value) for name, value in entry.items()})
    return found


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a text or a list of texts
    return tuple(value) if isinstance(value, list) else value
