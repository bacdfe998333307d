"""The real model behind the pages."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

import pandas as pd

from dashboards.service import Progress, Request, Service
from model.simulation import Simulation

MOST_WORKERS = 8


def run_model(request: Request, progress: Progress, cancelled: Callable[[], bool]) -> pd.DataFrame:
    """Run the model and return the rows of its tidy table that are about everybody."""
    run = Simulation(
        request.scenario, families=request.families, seed=request.seed, years=request.years
    )
    run.run(progress, cancelled)
    return run.sums().of_groups(["all"]).table(request.scenario.id)


@cache
def shared() -> Service:
    """Return the service of this process: two runs at once, or one per core when there are more."""
    return Service(run_model, workers=min(MOST_WORKERS, max(2, os.cpu_count() or 1)))
