"""The real model behind the pages."""

from __future__ import annotations

import os
from functools import cache

from dashboards.figures.scales import HEADLINES
from dashboards.service.answering import Answering
from dashboards.service.studies import Studies
from scenarios.asking.paired_sums import PairedSums
from scenarios.statistics.words import SETTLED

MOST_WORKERS = 8


def is_settled(sums: PairedSums) -> bool:
    """Return whether more replicates would change no word about the headlines."""
    words = {sums.look(outcome).word for outcome in HEADLINES}
    return words <= {*SETTLED, "hidden", "nobody"}


@cache
def answers() -> Answering:
    """Return what answers the questions of this process: a thread per core, and one more."""
    return Answering(is_settled, workers=_workers())


@cache
def studies() -> Studies:
    """Return what looks closer for the pages of this process."""
    return Studies(quiet=lambda: answers().is_idle)


def _workers() -> int:
    return min(MOST_WORKERS, max(2, os.cpu_count() or 1) + 1)
