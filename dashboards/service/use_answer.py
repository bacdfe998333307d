"""An answer beside the page: what is asked, looked at again whenever enough more is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
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

DEBOUNCE_SECONDS = 0.12
"""A newer question within this time replaces the one before; an answer on hand comes at once."""

FULL_SECONDS = 2.0
"""How often a page for which there is no room asks again."""

LOOKS = frozenset({*range(FIRST, REFINED + 1, 4), 30, 40, 60, MOST})
"""Replicates after which a page draws anew: often enough to see dots appear."""

State = Literal["busy", "ready", "full", "fault"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of an answer: sums (None before there are any), and how far it is.

    `families` are those of a sample, None for the full size. `fault` is a message for people, empty
    when nothing is known that would help them. `unknown` is what other assumptions leave possible
    of each headline after so many `draws`, `unreached` the levers that reach nobody.
    """

    question: Question | None = None
    families: int | None = None
    sums: PairedSums | None = None
    state: State = "busy"
    fault: str = ""
    unknown: Mapping[str, NotKnowing] = field(default_factory=dict)
    draws: int = 0
    unreached: frozenset[str] = frozenset()


def use_answer(service: Answering, question: Question) -> Found:
    """Ask a question for this page; what was found last stays until the new answer is there."""
    session = solara.use_memo(solara.get_kernel_id, [])
    found = solara.use_reactive(Found())

    async def run() -> None:
        if not service.has(question):
            await asyncio.sleep(DEBOUNCE_SECONDS)
        while (job := service.want(session, question)) is None:
            found.set(_still(found.value, "full"))
            await asyncio.sleep(FULL_SECONDS)
        await _follow(job, question, found)

    solara.lab.use_task(run, dependencies=[question.key])
    solara.use_effect(lambda: lambda: service.leave(session), [])
    is_asked = found.value.question is not None and found.value.question.key == question.key
    return found.value if is_asked or found.value.state == "full" else _still(found.value, "busy")


def _still(found: Found, state: State) -> Found:
    return replace(found, state=state)


async def _follow(job: Job, question: Question, found: solara.Reactive[Found]) -> None:
    """Look whenever enough more has been lived, until nothing more comes."""
    seen: tuple[object, ...] | None = None
    while True:
        changed, is_over, shown = job.changed, job.is_answered, job.shown
        is_drawn = job.drawn.n >= DRAWS
        if job.fault is not None:
            found.set(Found(question=question, state="fault", fault=_told(job.fault)))
            return
        now = (shown is job.whole, shown.n, is_over, job.unreached is None, is_drawn)
        if now != seen and shown.n >= FIRST and (is_over or shown.n in LOOKS):
            seen = now
            found.set(
                Found(
                    question=question,
                    families=shown.question.families,
                    sums=shown.sums(),
                    state="ready" if is_over else "busy",
                    unknown=_unknown(job) if is_drawn else {},
                    draws=job.drawn.n,
                    unreached=job.unreached or frozenset(),
                )
            )
        if job.rank is None:
            return
        await asyncio.wait({asyncio.wrap_future(changed)})


def _unknown(job: Job) -> dict[str, NotKnowing]:
    found = {outcome: job.not_knowing(outcome) for outcome in OUTCOMES}
    return {outcome: one for outcome, one in found.items() if one is not None}


def _told(fault: BaseException) -> str:
    if isinstance(fault, VeerkrachtError):
        return str(fault)
    _log.error("An answer failed", exc_info=fault)
    return ""
