"""An answer beside the page: what is asked, looked at again whenever enough more is there."""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Literal

import solara
import solara.lab

from dashboards.figures.scales import OUTCOMES
from dashboards.service.answering import FIRST, MOST, REFINED, Answering, Job
from model.errors import VeerkrachtError
from scenarios.asking.not_knowing import DRAWS
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question
from scenarios.statistics.answer import NotKnowing

PAUSE_SECONDS = 0.7
"""How long a page stays as it is before it is drawn anew with more of the same answer."""

FULL_SECONDS = 2.0
"""How often a page for which there is no room asks again."""

LOOKS = (FIRST, 8, 12, REFINED, 40, MOST)
"""Replicates from which on a page is drawn anew: often enough to see dots appear."""

State = Literal["busy", "ready", "full", "fault"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of an answer: sums (None before there are any), and how far it is.

    `families` are those of a sample, None for the full size. `fault` is a message for people, empty
    when nothing is known that would help them. `unknown` is what other assumptions leave possible
    of each headline after so many `draws`, `unreached` the levers that reach nobody. `progress`
    grows with what there is.
    """

    question: Question | None = None
    families: int | None = None
    sums: PairedSums | None = None
    state: State = "busy"
    fault: str = ""
    unknown: Mapping[str, NotKnowing] = field(default_factory=dict)
    draws: int = 0
    unreached: frozenset[str] = frozenset()
    progress: tuple[int, ...] = ()


def use_answer(service: Answering, question: Question) -> Found:
    """Ask a question for this page; what was found last stays until the new answer is there.

    An answer that is there already is given at once.
    """
    session = solara.use_memo(solara.get_kernel_id, [])
    told = solara.use_reactive(Found())
    last = solara.use_ref(Found())
    kept = solara.use_memo(lambda: _kept(service, question), [question.key])
    left: Future[None] = solara.use_memo(Future, [])

    async def run() -> None:
        while not left.done():
            if job := service.want(session, question):
                await _follow(job, question, told, kept, left)
                return
            told.set(replace(last.current, state="full"))
            await asyncio.sleep(FULL_SECONDS)

    def leave() -> None:
        # Solara lets go of a task when its page is gone, and does not end it.
        if not left.done():
            left.set_result(None)
        service.leave(session)

    solara.lab.use_task(run, dependencies=[question.key])
    solara.use_effect(lambda: leave, [])
    there = [one for one in (kept, told.value) if _is_of(one, question)]
    if there:
        last.current = max(there, key=lambda one: one.progress)
        return last.current
    return replace(last.current, state="full" if told.value.state == "full" else "busy")


def _is_of(found: Found, question: Question) -> bool:
    return found.question is not None and found.question.key == question.key


def _kept(service: Answering, question: Question) -> Found:
    """Return the answer to a question as far as it is there; without a question if it is not."""
    job = service.find(question.key)
    if job is None or job.fault is not None or job.shown.n < FIRST:
        return Found()
    return _found(job, question)


def _found(job: Job, question: Question) -> Found:
    """Return what there is of an answer: a first impression, a fault, or more."""
    if job.fault is not None:
        return Found(question=question, state="fault", fault=_told(job.fault))
    shown, is_answered, unreached = job.shown, job.is_answered, job.unreached
    draws = job.drawn.n
    is_drawn = draws >= DRAWS
    sums = shown.sums()
    looks = bisect_right(LOOKS, sums.n)
    return Found(
        question=question,
        families=shown.question.families,
        sums=sums,
        state="ready" if is_answered else "busy",
        unknown=_unknown(job) if is_drawn else {},
        draws=draws,
        unreached=unreached or frozenset(),
        progress=(shown is job.whole, looks, is_answered, unreached is not None, is_drawn),
    )


async def _follow(
    job: Job,
    question: Question,
    told: solara.Reactive[Found],
    kept: Found,
    left: Future[None],
) -> None:
    """Look whenever enough more has been lived, until nothing more comes or the page is left."""
    seen = kept.progress
    leaving = asyncio.wrap_future(left)
    while not left.done():
        changed, is_over, is_new = job.changed, job.is_over, False
        if job.fault is not None or job.shown.n >= FIRST:
            found = _found(job, question)
            is_new = found.state == "fault" or found.progress != seen
            if is_new:
                seen = found.progress
                told.set(found)
        if is_over:
            return
        if is_new:
            await asyncio.sleep(PAUSE_SECONDS)
        await asyncio.wait(
            {asyncio.wrap_future(changed), leaving}, return_when=asyncio.FIRST_COMPLETED
        )


def _unknown(job: Job) -> dict[str, NotKnowing]:
    found = {outcome: job.not_knowing(outcome) for outcome in OUTCOMES}
    return {outcome: one for outcome, one in found.items() if one is not None}


def _told(fault: BaseException) -> str:
    if isinstance(fault, VeerkrachtError):
        return str(fault)
    _log.error("An answer failed", exc_info=fault)
    return ""
