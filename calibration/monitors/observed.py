"""What one or more runs of the model showed: the yearly table and the counts of a watch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.monitors.families import Watch
from calibration.monitors.measures import MEASURES
from model.calendar import START
from model.errors import InputError, nearest
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import ACTUAL, BY_OUTCOME, DIMENSIONS, POPULATIONS, chosen_layers
from model.outcomes.sums import GROUPS, HELD
from model.policy.scenario import FROZEN_2023, Scenario
from scenarios.runs.harness import evaluate

if TYPE_CHECKING:
    import pandas as pd

FIRST_YEAR = int(START[:4])
"""Calendar year in which every run starts; its school year is year 1 of the run."""

LAST_YEAR = 99
"""A school year of a run after which there is none."""


@dataclass(frozen=True, slots=True)
class Observed:
    """`table` is the tidy table of outcomes, `counts` that of calibration.monitors.measures."""

    table: pd.DataFrame
    counts: pd.DataFrame

    def value(
        self,
        name: str,
        population: str = "eu11",
        group: str = "all",
        layer: str = ACTUAL,
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
        layer: str = ACTUAL,
        years: tuple[int, int] = (0, LAST_YEAR),
        *,
        standardised: bool = False,
    ) -> tuple[float, float]:
        """Return what an outcome or measure adds up to, and over how many (a year each).

        `name` is an outcome of the table or a measure of a watch; `population` may be "both".
        `group` of an outcome is "all" or "dimension:group". An outcome of children may be
        `standardised`: with the children of the first school year, for all together.
        Raises InputError for a name that there is not.
        """
        if standardised:
            group = HELD
        if name in MEASURES:
            rows = self.counts[self.counts["measure"] == name]
            rows = rows[rows["group"] == group]
            year = rows["year"]
        elif name in BY_OUTCOME:
            dimension, _, inside = group.rpartition(":")
            rows = self.table[self.table["outcome"] == name]
            rows = rows[(rows["dimension"] == (dimension or "all")) & (rows["group"] == inside)]
            rows = rows[rows["layer"].isin(chosen_layers(layer))]
            year = rows["school_year"].str[:4].astype(int) - FIRST_YEAR + 1
        else:
            known = (*MEASURES, *BY_OUTCOME)
            raise InputError(f"'{name}' is not observed.{nearest(name, known)}")
        chosen = (year >= years[0]) & (year <= years[1])
        if population != "both":
            chosen &= rows["population"] == population
        rows = rows[chosen]
        return float(rows["numerator"].sum()), float(rows["denominator"].sum())


def check_group(name: str, population: str, group: str, where: str) -> None:
    """Raise InputError when an outcome or measure is not there for a population and group."""
    if name in MEASURES:
        known: Sequence[str] = MEASURES[name]
    elif name in BY_OUTCOME:
        known = [
            group if dimension == "all" else f"{dimension}:{group}"
            for dimension, groups in DIMENSIONS
            for group in groups
        ]
    else:
        raise InputError(
            f"{where}: '{name}' is not observed.{nearest(name, (*MEASURES, *BY_OUTCOME))}"
        )
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
    watch = Watch()
    sums = evaluate(
        parameters=parameters,
        families=families,
        years=years,
        seed=seed,
        base=scenario,
        groups=groups,
        observers=[watch],
        progress=progress,
        stop=stop,
        threads=threads,
    )
    return Observed(sums.table(scenario.id, layer=None), watch.counts())


def together(runs: Sequence[Observed]) -> Observed:
    """Return several runs as one: numerators and denominators add up."""
    import pandas as pd

    return Observed(
        pd.concat([run.table for run in runs], ignore_index=True),
        pd.concat([run.counts for run in runs], ignore_index=True),
    )
