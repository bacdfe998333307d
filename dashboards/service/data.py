"""The numbers of an answer, for who asks for them by its key."""

from __future__ import annotations

from dashboards.exports.answers import Made, table
from dashboards.figures.scales import SCALES
from dashboards.service.answering import Answering
from model.kernel.compile import code_digest

CODE_LENGTH = 12


def csv_of(answering: Answering, key: str, outcome: str) -> str | None:
    """Return the numbers of an outcome as CSV; None for an answer or outcome that is not there."""
    job = answering.find(key)
    if job is None or outcome not in SCALES or not job.shown.n:
        return None
    asked = job.shown.question
    made = Made(
        families=asked.families,
        years=asked.years,
        seed=asked.seed,
        code=code_digest()[:CODE_LENGTH],
    )
    return table(job.shown.sums(), outcome, made)
