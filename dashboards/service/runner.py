"""The real model behind the pages."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from dashboards.service.answering import Answering
from dashboards.service.jobs import Request, Service
from model.outcomes.observers import Progress, Stop
from model.run.build import Populations
from scenarios.asking.paired_sums import PairedSums
from scenarios.runs.harness import evaluate
from scenarios.statistics.over_time import DIMENSIONS
from scenarios.statistics.words import SETTLED

if TYPE_CHECKING:
    import pandas as pd

MOST_WORKERS = 8

HEADLINES = ("vsv_vo_expected", "vsv_mbo_expected", "forced_moves", "language_at_12")
"""The outcomes that a page has cards of; an answer is settled when they are."""

_PEOPLE = Populations()
"""Who was laid down last; most questions are about the same people under another policy."""


def run_model(request: Request, progress: Progress, stop: Stop) -> pd.DataFrame:
    """Run the model and return the rows of its tidy table that are about everybody.

    They are crude, and standardised to the children of the first school year of the base.
    """
    sums = evaluate(
        families=request.families,
        years=request.years,
        seed=request.seed,
        base=request.scenario,
        weighted_as=request.base,
        groups=DIMENSIONS,
        progress=progress,
        stop=stop,
        population=_PEOPLE,
        cached=True,
    )
    return sums.table(request.scenario.id)


def is_settled(sums: PairedSums) -> bool:
    """Return whether more replicates would change no word about the headlines."""
    words = {sums.look(outcome).word for outcome in HEADLINES}
    return words <= {*SETTLED, "hidden", "nobody"}


@cache
def answers() -> Answering:
    """Return what answers the questions of this process: two threads, or one per core."""
    return Answering(is_settled, workers=_workers())


def _workers() -> int:
    return min(MOST_WORKERS, max(2, os.cpu_count() or 1))


@cache
def shared() -> Service:
    """Return what lives single runs for the figures of levels: one at once."""
    return Service(run_model, workers=1)
