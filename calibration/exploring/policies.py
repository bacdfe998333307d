"""Worlds in which policies are tried: what the base shows of figures, and what scenarios change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import numpy as np

from calibration.fitting.kept import Shown
from calibration.fitting.waves import Place
from calibration.fitting.world import Model, Watched
from calibration.targets.target import Target
from model.errors import Cancelled, InputError, StorageError, VeerkrachtError
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import ACTUAL, BY_OUTCOME, POPULATIONS, SERIES, full_name, last_years
from model.outcomes.sums import GROUPS
from model.policy.scenario import Scenario
from model.policy.timetable import build
from model.run.settings import checked_months
from scenarios import load
from scenarios.format.records import Run, made_by
from scenarios.runs.schedule import results
from scenarios.runs.task import Task
from scenarios.statistics.answer import ratio


@dataclass(frozen=True, kw_only=True, order=True)
class Effect:
    """By how much a scenario moves an outcome of EU-11 families against its base."""

    scenario: str
    outcome: str

    @property
    def name(self) -> str:
        """What it is called in files and tables."""
        return f"{self.scenario}: {self.outcome}"

    @property
    def matters(self) -> float:
        """The smallest difference that matters, in the stored unit."""
        return BY_OUTCOME[self.outcome].smallest.value


def policies(names: Sequence[str], *, years: int) -> tuple[Scenario, ...]:
    """Return scenarios, the base first, that can be lived for so many years.

    Raises InputError for one that cannot, before anything is lived.
    """
    found = tuple(load(name) for name in names)
    for one in found:
        build(one, checked_months(years), found[0], {})
    return found


def effects_of(scenarios: Sequence[Scenario], outcomes: Sequence[str]) -> tuple[Effect, ...]:
    """Return all effects of scenarios, the first of which is the base, on outcomes.

    Raises InputError for an outcome that is not there or is a count, of which no world is nearer.
    """
    names = [full_name(outcome) for outcome in outcomes]
    for name in names:
        if BY_OUTCOME[name].level == "count":
            raise InputError(f"{name} is a count, which hangs on the size of a run; take a share.")
    return tuple(
        Effect(scenario=one.id, outcome=name)
        for one in scenarios[1:]
        for name in dict.fromkeys(names)
    )


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One world: its figures where they are watched, and its policies. A task for the harness.

    `scenarios` have the base first; it and the others meet the same families with the same luck.
    """

    watched: Watched
    scenarios: tuple[Scenario, ...]
    effects: tuple[Effect, ...]

    @property
    def _pair(self) -> Task:
        one = self.watched
        return Task(
            scenarios=self.scenarios,
            reference=self.scenarios[0],
            families=one.families,
            years=one.years,
            replicate=0,
            seed=one.seed,
            parameters=one.parameters,
        )

    @property
    def months(self) -> int:
        """How many months it lives, all runs together."""
        return self._pair.months + (self.watched.months if self.watched.quantities else 0)

    @property
    def name(self) -> str:
        """What it is called in a message."""
        return self.watched.name

    def live(self, progress: Progress | None = None, stop: Stop | None = None) -> Shown:
        """Live it. What the model refuses is a world that failed, with its message."""
        one = self.watched
        shown = (
            one.live(stop=stop)
            if one.quantities
            else Shown(wave=one.wave, number=one.number, values={}, failed="", made_by=made_by())
        )
        if shown.failed:
            return shown
        try:
            lived = self._pair.live(progress, stop)
        except (Cancelled, StorageError):
            raise
        except VeerkrachtError as error:
            return replace(shown, values={}, failed=str(error))
        return replace(shown, values={**shown.values, **_changed(lived.runs, self.effects)})


def _changed(runs: Sequence[Run], effects: Sequence[Effect]) -> dict[str, float | None]:
    by_name = {run.scenario: run for run in runs}
    values: dict[str, float | None] = {}
    for effect in effects:
        moved = level(by_name[effect.scenario], effect.outcome) - level(runs[0], effect.outcome)
        values[effect.name] = None if np.isnan(moved) else moved
    return values


def level(run: Run, outcome: str) -> float:
    """Return an outcome of EU-11 families over the last complete school years; NaN if not seen."""
    years = [run.years.index(year) for year in last_years(run.years)]
    place = SERIES.index((outcome, ACTUAL)), POPULATIONS.index("eu11"), GROUPS.index("all")
    top, bottom = run.sums[years][:, *place].sum(axis=0)
    return float(ratio(np.array(top), np.array(bottom)))


@dataclass(frozen=True, kw_only=True)
class Policies:
    """The model as a world in which policies are tried, lived by the harness of the ensembles.

    `model` says how large and long runs are, and which figures are watched (none is quicker).
    """

    model: Model
    scenarios: tuple[Scenario, ...]
    effects: tuple[Effect, ...] = field(default=())

    def __call__(self, places: Sequence[Place]) -> Iterator[Shown]:
        """Live worlds and give each as it ends."""
        tasks = [
            Tried(watched=one, scenarios=self.scenarios, effects=self.effects)
            for one in self.model.tasks(places)
        ]
        if not tasks:
            return
        lived = results(
            tasks,
            workers=self.model.workers,
            cluster=self.model.cluster,
            progress=self.model.progress,
            stop=self.model.stop,
        )
        with closing(lived):
            yield from lived


def units(targets: Sequence[Target], effects: Sequence[Effect]) -> Mapping[str, float]:
    """Return in which unit each is told: a total error of a target, a difference that matters."""
    return {one.id: one.total_error for one in targets} | {one.name: one.matters for one in effects}
