"""Runs that are kept in the cache, for another ensemble of the same people to take along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from model.disk import shelf
from scenarios.format import parquet
from scenarios.format.layout import observed_now
from scenarios.format.parts import Part
from scenarios.format.records import Run

PLACE = Path("a run of the cache")
"""What messages call it."""


def keep(key: str, runs: Sequence[Run]) -> None:
    """Keep runs under a key, which says all that they hang on, the version of the program too."""
    shelf.put("answers", key, parquet.encode(runs, observed_now(), b"{}"))


def recalled(key: str) -> list[Run]:
    """Return the runs that are kept under a key; none when there are none, or not as they were."""
    content = shelf.get("answers", key)
    return [] if content is None else parquet.runs_of(content, PLACE, observed_now())


def runs_of(parts: Iterable[Part], scenario: str) -> list[Run]:
    """Return the runs of a scenario in the parts of an ensemble of this version."""
    return [
        run
        for part in parts
        for run in parquet.runs_of(part.path.read_bytes(), part.path, observed_now())
        if run.scenario == scenario
    ]
