"""Policies in time: scenario files, runs, paired comparisons and ensembles.

    from scenarios import difference, load
    difference("s01_reference", "s05_flex_law", run="runs/flex", outcome="vsv_mbo")

The names load when they are first used, so that importing one small part stays quick.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.policy.by_name import read_names_with

if TYPE_CHECKING:
    from model.policy.scenario import Scenario
    from scenarios.authoring.compose import compose
    from scenarios.files.load import load, names
    from scenarios.runs.harness import evaluate
    from scenarios.statistics.answer import Answer
    from scenarios.statistics.ask import difference

__all__ = ["Answer", "compose", "difference", "evaluate", "load", "names"]

_HOMES = {
    "Answer": "scenarios.statistics.answer",
    "compose": "scenarios.authoring.compose",
    "difference": "scenarios.statistics.ask",
    "evaluate": "scenarios.runs.harness",
    "load": "scenarios.files.load",
    "names": "scenarios.files.load",
}


def _named(name_or_path: str | Path) -> Scenario:
    return import_module("scenarios.files.load").load(name_or_path)  # type: ignore[no-any-return]


read_names_with(_named)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'scenarios' has no attribute '{name}'"
    raise AttributeError(message)
