"""Answers that were prepared, beside a page: looked at again whenever enough more is there."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

import solara
import solara.lab

from dashboards.service.answering import REFINED, Answering, Job
from dashboards.service.use_answer import LOOKS
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question

Prepared = Mapping[str, PairedSums | None]
"""What there is of each answer, by the name that it was asked under; None for one that failed."""


def use_prepared(
    service: Answering, questions: Mapping[str, Question], passing: Collection[str] = ()
) -> Prepared:
    """Return what there is of the answers to questions that are worked out when nobody waits.

    Those whose name is in `passing` are kept for as long as there is room for them.
    """
    nothing: Prepared = {}
    found = solara.use_reactive(nothing)

    async def run() -> None:
        jobs = {
            name: service.prepare(question, REFINED, is_passing=name in passing)
            for name, question in questions.items()
        }
        seen: dict[str, int] = {}
        while True:
            # What changes is taken before looking, so that nothing is missed.
            coming = [job.changed for job in jobs.values() if _is_coming(job)]
            now = {name: n for name, job in jobs.items() if (n := _looked(job))}
            if now != seen:
                seen = now
                found.set({name: _sums(jobs[name], n) for name, n in now.items()})
            if not coming:
                return
            waits = [asyncio.wrap_future(one) for one in coming]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)

    solara.lab.use_task(run, dependencies=[tuple(one.key for one in questions.values())])
    return found.value


def _is_coming(job: Job) -> bool:
    return job.fault is None and job.sample.n < REFINED


def _looked(job: Job) -> int:
    """Return after how many replicates an answer is shown: 0 before its first, -1 when failed."""
    if job.fault is not None:
        return -1
    return max((n for n in LOOKS if n <= job.sample.n), default=0)


def _sums(job: Job, n: int) -> PairedSums | None:
    return None if n < 0 else job.sample.sums().first(n)
