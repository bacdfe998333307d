"""What a target asks of the model and how near runs come: `meets(target, runs, families=2000)`."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calibration.monitors.observed import Observed
from calibration.targets.new import circular_with
from calibration.targets.target import WITHIN, Target

QUIET = 0.5
"""Share of a target's total error above which the luck of a run drowns it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """How runs of one size meet one target; NaN where nothing was seen or one run tells nothing.

    `values` are the runs' numbers in the unit. `behind` is how many were counted in a run, years
    together. `noise` is the standard deviation between runs, `distance` that of their mean in total
    errors. `quiet_families` is about the size from which noise is under half a total error.
    """

    target: Target
    values: tuple[float, ...]
    behind: float
    noise: float
    distance: float
    quiet_families: float

    @property
    def holds(self) -> bool | None:
        """Whether the mean lies within the errors; None when nothing was seen."""
        return None if math.isnan(self.distance) else abs(self.distance) <= WITHIN


def meets(target: Target, runs: Sequence[Observed], *, families: int) -> Met:
    """Return how runs with so many families, each with other luck, meet a target."""
    place = target.quantity.place
    values = tuple(target.quantity.value(run) for run in runs)
    regression = target.quantity.regression
    counted = [
        _pupils(target, run)
        if regression is not None
        else run.counted(place.measure, place.population, group, place.layer, place.years)[1]
        for run in runs
        for group in _groups(target)
    ]
    mean = math.fsum(values) / len(values)
    is_told = len(values) > 1 and not math.isnan(mean)
    noise = statistics.stdev(values) if is_told else math.nan
    ratio = noise / (QUIET * target.total_error)
    return Met(
        target=target,
        values=values,
        behind=sum(counted) / len(runs),
        noise=noise,
        distance=target.distance(mean),
        quiet_families=families * ratio**2,
    )


def _pupils(target: Target, run: Observed) -> float:
    """Return over how many pupils a regression goes in a run."""
    place, regression = target.quantity.place, target.quantity.regression
    if run.pupils is None or regression is None:
        return 0.0
    return run.pupils.coefficient(
        place.measure, place.population, place.years, regression.covariates, regression.term
    )[1]


def circular(target: Target) -> tuple[str, ...]:
    """Return parameters from the same table that the target does not name as its inputs."""
    found = {name for figure in target.figures for name in circular_with(figure)}
    return tuple(sorted(found - set(target.inputs)))


def same_quantity(target: Target, known: Mapping[str, Target]) -> Target | None:
    """Return the target of the program that is about the same quantity of the model."""
    mine = target.quantity.identity
    return next((one for one in known.values() if one.quantity.identity == mine), None)


def _groups(target: Target) -> list[str]:
    group = target.quantity.place.group
    if target.quantity.compared == "slope":
        return [f"{group}:{name}" for name, _ in target.quantity.at]
    return [group]
