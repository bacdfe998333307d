"""Scenarios for a command, with what their authors should hear about them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.commands.terminal import Terminal
from dashboards.texts import Texts
from dashboards.texts.notes import notes
from model.policy.scenario import Scenario
from scenarios.files.load import read


def loaded(names: Sequence[str], years: int, t: Texts, *, stderr: bool = False) -> list[Scenario]:
    """Return scenarios for a run of `years` years; what to keep in mind of them is printed.

    Raises InputError and StorageError as `scenarios.load` does.
    """
    console = Terminal(stderr=stderr)
    found = [read(name) for name in names]
    for text in dict.fromkeys(text for one in found for text in notes(one, years, t)):
        console.print(text, soft_wrap=True)
    return [one.scenario for one in found]
