"""Scenarios by their name or file: the model knows no files, so whoever reads them says so here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import InputError

if TYPE_CHECKING:
    from model.policy.scenario import Scenario

Reader = Callable[[str | Path], "Scenario"]

_readers: list[Reader] = []


def read_names_with(reader: Reader) -> None:
    """Take names and files of scenarios from now on, through `reader`."""
    _readers[:] = [reader]


def named(scenario: Scenario | str | Path) -> Scenario:
    """Return a scenario that is given by itself, by its name or by the path of its file.

    Raises InputError for a name when nobody has said how names are read, and what the reader does.
    """
    if not isinstance(scenario, str | Path):
        return scenario
    if not _readers:
        message = (
            f"scenario = {str(scenario)!r} is a name, and the model by itself reads no files."
            " Write `import scenarios` first; then names are understood."
        )
        raise InputError(message)
    return _readers[0](scenario)
