"""What a run of the model showed: its sums, and the counts of a watch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.monitors.families import Watch
from calibration.monitors.measures import MEASURES
from calibration.monitors.pupils import REGRESSED, Pupils
from calibration.standing.watch import Standing
from model.calendar import START
from model.errors import InputError, nearest
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import (
    ACTUAL,
    BY_OUTCOME,
    DENOMINATOR,
    DIMENSIONS,
    MINIMUM_CELL,
    NUMERATOR,
    POPULATIONS,
    Layer,
)
from model.outcomes.sums import GROUPS, HELD, Sums
from model.policy.scenario import FROZEN_2023, Scenario
from scenarios.runs.harness import evaluate

FIRST_YEAR = int(START[:4])
"""Calendar year in which every run starts; its school year is year 1 of the run."""

LAST_YEAR = 99
"""A school year of a run after which there is none."""


@dataclass(frozen=True, slots=True)
class Observed:
    """`sums` are those of the run's outcomes, `counts` what a watch counted, by measure.

    `counts[measure]` is as in `calibration.monitors.measures.Tally.numbers`. A measure that is not
    there was not watched. `alike` are counts of people alike, for what should stand still, and
    `pupils` the rows of pupils, for regressions.
    """

    sums: Sums
    counts: Mapping[str, np.ndarray]
    alike: Standing | None = None
    pupils: Pupils | None = None

    def value(
        self,
        name: str,
        population: str = "eu11",
        group: str = "all",
        layer: Layer = ACTUAL,
        years: tuple[int, int] = (0, LAST_YEAR),
        *,
        standardised: bool = False,
    ) -> float:
        """Return the mean of an outcome or measure over school years of the run, from 1 on.

        All that was added up is divided by how many there were, so that years with more children
        weigh more. NaN when nothing was seen. The rest is as in `counted`.
        """
        numerator, denominator = self.counted(
            name, population, group, layer, years, standardised=standardised
        )
        return numerator / denominator if denominator > 0.0 else math.nan

    def counted(
        self,
        name: str,
        population: str = "eu11",
        group: str = "all",
        layer: Layer = ACTUAL,
        years: tuple[int, int] = (0, LAST_YEAR),
        *,
        standardised: bool = False,
    ) -> tuple[float, float]:
        """Return what an outcome or measure adds up to, and over how many (a year each).

        `name` is an outcome of the run or a measure of a watch; `population` may be "both".
        `group` of an outcome is "all" or "dimension:group". An outcome of children may be
        `standardised`: with the children of the first school year, for all together.
        Raises InputError for a name that there is not, and for a group that was not asked of the
        run.
        """
        if name in MEASURES:
            found = self._measured(name, group)
            year = np.arange(len(found))
        elif name in BY_OUTCOME:
            found = self._summed(name, HELD if standardised else group, layer)
            year = np.array([int(one[:4]) - FIRST_YEAR + 1 for one in self.sums.school_years])
        else:
            known = (*MEASURES, *BY_OUTCOME)
            raise InputError(f"'{name}' is not observed.{nearest(name, known)}")
        chosen = found[(year >= years[0]) & (year <= years[1])]
        if population != "both":
            chosen = chosen[:, POPULATIONS.index(population)]
        numerator, denominator = chosen.reshape(-1, 2).sum(axis=0).tolist()
        return numerator, denominator

    def _measured(self, name: str, group: str) -> np.ndarray:
        """Return what a watch counted (years from the start on, populations, 2)."""
        if name not in self.counts or group not in MEASURES[name]:
            return np.zeros((0, len(POPULATIONS), 2))
        found: np.ndarray = self.counts[name][MEASURES[name].index(group)]
        return found

    def _summed(self, name: str, group: str, layer: Layer) -> np.ndarray:
        """Return sums of an outcome (school years, populations, 2); a count is of one."""
        sums = self.sums
        if group not in sums.groups:
            raise InputError(
                f"{name} of '{group}' was not asked of the run.{nearest(group, sums.groups)}"
            )
        place = sums.layers.index(layer), sums.outcomes.index(name), sums.groups.index(group)
        found = sums.numbers[:, place[0], place[1], :, place[2]]
        n = found[..., DENOMINATOR]
        is_seen = n >= MINIMUM_CELL if group.startswith("origin:") else n > 0
        if BY_OUTCOME[name].level == "count":
            found = np.stack((found[..., NUMERATOR], is_seen), axis=-1)
        return np.where(is_seen[..., None], found, 0.0)


def check_group(name: str, population: str, group: str, where: str) -> None:
    """Raise InputError when an outcome or measure is not there for a population and group."""
    if name in MEASURES:
        known: Sequence[str] = MEASURES[name]
    elif name in REGRESSED:
        known = ("all",)
    elif name in BY_OUTCOME:
        known = [
            group if dimension == "all" else f"{dimension}:{group}"
            for dimension, groups in DIMENSIONS
            for group in groups
        ]
    else:
        there = (*MEASURES, *REGRESSED, *BY_OUTCOME)
        raise InputError(f"{where}: '{name}' is not observed.{nearest(name, there)}")
    if group not in known:
        raise InputError(f"{where}: {name} has no group '{group}'.{nearest(group, known)}")
    if population not in (*POPULATIONS, "both"):
        raise InputError(
            f"{where}: there is no population '{population}'; give one of"
            f" {', '.join((*POPULATIONS, 'both'))}."
        )


def observe_run(
    scenario: Scenario = FROZEN_2023,
    *,
    families: int | str | None = 5000,
    seed: int = 1,
    years: int = 15,
    threads: int = 1,
    parameters: Mapping[str, float] | None = None,
    groups: Sequence[str] = GROUPS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Observed:
    """Run a scenario and watch it; the arguments are those of `evaluate`."""
    watch, alike, pupils = Watch(), Standing(), Pupils()
    sums = evaluate(
        parameters=parameters,
        families=families,
        years=years,
        seed=seed,
        base=scenario,
        groups=groups,
        observers=[watch, alike, pupils],
        progress=progress,
        stop=stop,
        threads=threads,
    )
    return Observed(sums, watch.counts(), alike, pupils)
