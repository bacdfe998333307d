"""One task of an ensemble: the scenarios of one replicate, lived by the same families.

What a worker needs and nothing more, so that it starts quickly. Population and network are laid
down once and shared by the scenarios of the task.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata

import numpy as np

from model.clock import MONTHS_PER_YEAR
from model.compiled import code_digest
from model.observers import Progress, Stop
from model.outcomes import LAYERS, OUTCOMES, SERIES
from model.populations import Populations
from model.scenario import Scenario
from model.sums import GROUPS, Sums
from scenarios.harness import evaluate

_LAYER_OF = [LAYERS.index(layer) for _, layer in SERIES]
_OUTCOME_OF = [[item.name for item in OUTCOMES].index(name) for name, _ in SERIES]
PACKAGES = ("numba", "numpy")
"""Packages whose version may move a number in its last digit."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Scenarios to live by the same families: a replicate (with its seed) and a parameter draw.

    `families` is None for the full size; `reference` is what levers are held against;
    `parameters` by dotted name are those of the draw.
    """

    scenarios: tuple[Scenario, ...]
    reference: Scenario
    families: int | None
    years: int
    replicate: int
    seed: int
    draw: int = 0
    parameters: Mapping[str, float] = field(default_factory=dict)
    threads: int = 1


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run left: sums (school years, series, 2 populations, groups, 2) and their digest.

    The last axis has what was added up and of how many; the digest is over years and numbers.
    """

    scenario: str
    draw: int
    replicate: int
    years: tuple[str, ...]
    sums: np.ndarray
    digest: str


@dataclass(frozen=True, kw_only=True)
class Lived:
    """The runs of a task, and by which code and packages they were made."""

    runs: tuple[Run, ...]
    made_by: str


@cache
def made_by() -> str:
    """Return the digest of the model's code and the versions of the packages under it."""
    versions = (f"{name} {metadata.version(name)}" for name in PACKAGES)
    return ", ".join((f"model {code_digest()[:16]}", *versions))


def live(task: Task, progress: Progress | None = None, stop: Stop | None = None) -> Lived:
    """Live a task; `progress` hears of months done and all months, over all its scenarios.

    Only parameters can ask for other people, and few scenarios change those from the start: so
    there is one population, as a rule, and each scenario's run is what it would be alone. Raises
    Cancelled when `stop()` says so between two months.
    """
    months = task.years * MONTHS_PER_YEAR
    population = Populations()
    runs = []
    for k, scenario in enumerate(task.scenarios):
        before = k * months

        def heard(done: int, _: int, before: int = before) -> None:
            if progress is not None:
                progress(before + done, len(task.scenarios) * months)

        sums = evaluate(
            families=task.families,
            years=task.years,
            seed=task.seed,
            base=scenario,
            groups=GROUPS,
            progress=heard,
            stop=stop,
            sample=task.parameters,
            reference=task.reference,
            threads=task.threads,
            population=population,
        )
        runs.append(_run(task, scenario, sums))
    return Lived(runs=tuple(runs), made_by=made_by())


def _run(task: Task, scenario: Scenario, found: Sums) -> Run:
    years = found.school_years
    sums = np.ascontiguousarray(found.numbers[:, _LAYER_OF, _OUTCOME_OF])
    return Run(
        scenario=scenario.id,
        draw=task.draw,
        replicate=task.replicate,
        years=years,
        sums=sums,
        digest=run_digest(years, sums),
    )


def run_digest(years: tuple[str, ...], sums: np.ndarray) -> str:
    """Return the SHA-256 (hex) of the school years and the numbers of a run."""
    digest = hashlib.sha256("\t".join(years).encode())
    digest.update(np.ascontiguousarray(sums, "<f8").tobytes())
    return digest.hexdigest()
