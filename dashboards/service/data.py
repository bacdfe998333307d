"""The numbers of an answer, for who asks for them by its key."""

from __future__ import annotations

from dashboards.exports.answers import Made, proved, table
from dashboards.exports.beside import archive
from dashboards.figures.scales import SCALES
from dashboards.service.answering import Answering
from scenarios.asking.replicates import Replicates


def csv_of(answering: Answering, key: str, outcome: str) -> bytes | None:
    """Return the numbers of an outcome as CSV; None for an answer or outcome that is not there."""
    shown = _shown(answering, key, outcome)
    if shown is None:
        return None
    return table(shown.sums(), outcome, Made.of(shown.question)).encode()


def archive_of(answering: Answering, key: str, outcome: str) -> bytes | None:
    """Return the same numbers with their proof, as an archive; None for what is not there."""
    shown = _shown(answering, key, outcome)
    return None if shown is None else archive(proved(shown.sums(), outcome, shown.question))


def _shown(answering: Answering, key: str, outcome: str) -> Replicates | None:
    job = answering.find(key)
    shown = None if job is None else job.shown
    return None if shown is None or outcome not in SCALES or not shown.n else shown
