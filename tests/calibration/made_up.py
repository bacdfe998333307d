"""Made-up runs, of which only what is said was seen."""

from collections.abc import Mapping

import numpy as np

from calibration.monitors.measures import MEASURES, Tally
from calibration.monitors.observed import Observed
from model.calendar import MONTHS_PER_YEAR, school_year
from model.outcomes.registry import LAYERS, N_OUTCOMES, OUTCOMES, POPULATIONS, Layer
from model.outcomes.sums import GROUPS, Sums

Place = tuple[str, str, str]
"""Outcome or measure, population, group."""


def made_up(values: Mapping[Place, Mapping[int, float]], n: float = 1000.0) -> Observed:
    """Return a run of ten years from values by school year, each the mean of `n`.

    Leaving is of registered children.
    """
    numbers = np.zeros((10, len(LAYERS), N_OUTCOMES, len(POPULATIONS), len(GROUPS), 2))
    counts = Tally(np.zeros(0), 10).numbers
    for (name, population, group), by_year in values.items():
        who = POPULATIONS.index(population)
        for year, value in by_year.items():
            if name in MEASURES:
                counts[name][MEASURES[name].index(group), year, who] = n * value, n
            else:
                which = GROUPS.index(group)
                numbers[year - 1, *_outcome(name), who, which] = n * value, n
    years = tuple(school_year(MONTHS_PER_YEAR * k) for k in range(10))
    return Observed(Sums(numbers, years, np.zeros(0)), counts)


def _outcome(name: str) -> tuple[int, int]:
    """Return the places of an outcome's layer and of itself."""
    layer: Layer = "registered" if name.startswith("vsv_") else "actual"
    return LAYERS.index(layer), [one.name for one in OUTCOMES].index(name)
