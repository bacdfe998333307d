"""A run of the model at one place, watched for what the targets ask: a task for the harness."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from calibration.fitting.kept import Shown
from calibration.fitting.waves import Place
from calibration.monitors.observed import observe_run
from calibration.targets.quantities import Quantity
from calibration.targets.target import Target
from model.calendar import MONTHS_PER_YEAR
from model.errors import Cancelled, StorageError, VeerkrachtError
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import DIMENSIONS, STANDARDISED
from scenarios.format.records import made_by
from scenarios.runs.schedule import results


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One run of the base, with parameters of its own, and the quantities that are asked of it."""

    wave: int
    number: int
    seed: int
    families: int
    years: int
    parameters: Mapping[str, float]
    quantities: Mapping[str, Quantity]

    @property
    def months(self) -> int:
        """How many months it lives."""
        return self.years * MONTHS_PER_YEAR

    @property
    def name(self) -> str:
        """What it is called in a message."""
        return f"run {self.number} of wave {self.wave}"

    def live(self, progress: Progress | None = None, stop: Stop | None = None) -> Shown:
        """Live it. What the model refuses is a run that failed, with its message."""
        values: dict[str, float | None] = {}
        failed = ""
        try:
            seen = observe_run(
                families=self.families,
                years=self.years,
                seed=self.seed,
                parameters=self.parameters,
                groups=_groups(self.quantities),
                progress=progress,
                stop=stop,
            )
        except (Cancelled, StorageError):
            raise
        except VeerkrachtError as error:
            failed = str(error)
        else:
            for name, quantity in self.quantities.items():
                value = quantity.value(seen)
                values[name] = value if math.isfinite(value) else None
        return Shown(
            wave=self.wave, number=self.number, values=values, failed=failed, made_by=made_by()
        )


@dataclass(frozen=True, kw_only=True)
class Model:
    """The model as a world to fit: lives places by the harness of the ensembles.

    `targets` are all that are watched, those kept for checking too.
    """

    targets: Sequence[Target]
    families: int
    years: int
    workers: int | None = None
    cluster: str | None = None
    progress: Progress | None = None
    stop: Stop | None = None

    def tasks(self, places: Sequence[Place]) -> list[Watched]:
        """Return the runs at places, each with what is watched of it."""
        quantities = {target.id: target.quantity for target in self.targets}
        return [
            Watched(
                wave=place.wave,
                number=place.number,
                seed=place.seed,
                families=self.families,
                years=self.years,
                parameters=place.parameters,
                quantities=quantities,
            )
            for place in places
        ]

    def __call__(self, places: Sequence[Place]) -> Iterator[Shown]:
        """Live runs and give each as it ends."""
        tasks = self.tasks(places)
        if not tasks:
            return
        lived = results(
            tasks,
            workers=self.workers,
            cluster=self.cluster,
            progress=self.progress,
            stop=self.stop,
        )
        with closing(lived):
            yield from lived


def _groups(quantities: Mapping[str, Quantity]) -> list[str]:
    """Return the dimensions of groups of which a run has to keep sums."""
    places = [place for one in quantities.values() for place in (one.place, one.other) if place]
    asked = {"all", *(place.group.partition(":")[0] for place in places)}
    return [*(one for one, _ in DIMENSIONS if one in asked), STANDARDISED]
