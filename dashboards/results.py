"""Work beside the page: run what the visitor asks, keep the last result until the next is there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import cast

import pandas as pd
import solara
import solara.lab

from dashboards.service import Job, Request, Service
from model.errors import Cancelled, VeerkrachtError

DEBOUNCE_SECONDS = 0.15
"""A newer question within this time replaces the one before; results on hand come at once."""

LOOK_SECONDS = 0.15
"""How often a waiting page looks how far the run is."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a page's runs are: months done of all months; `queued` before any has started."""

    done: int = 0
    months: int = 0
    queued: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The requests and a tidy table for each."""

    requests: tuple[Request, ...]
    tables: tuple[pd.DataFrame, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """What a page can show now.

    `answer` is the last one that is complete, which may belong to an earlier question. `fault` is
    a message for people when the present question cannot be answered, empty when it is unknown.
    """

    answer: Answer | None
    busy: bool
    fault: str | None


def use_results(
    service: Service, requests: tuple[Request, ...], progress: solara.Reactive[Progress]
) -> Results:
    """Run the requests of this page in the service and keep `progress` up to date."""
    session = solara.get_session_id() + solara.get_kernel_id()
    last = solara.use_ref(cast("Answer | None", None))

    async def run() -> Answer:
        progress.set(Progress())
        if last.current is not None and not service.has(requests):
            await asyncio.sleep(DEBOUNCE_SECONDS)
        jobs = service.want(session, requests)
        return Answer(requests=requests, tables=await _tables(jobs, progress))

    # Solara's annotations do not know that a coroutine function gives what it returns.
    task = cast(
        "solara.lab.Task[[], Answer]",
        solara.lab.use_task(run, dependencies=[requests], raise_error=False),
    )
    if task.finished and task.value is not None:
        last.current = task.value
    solara.use_effect(lambda: lambda: service.drop(session), [])
    return Results(answer=last.current, busy=not (task.finished or task.error), fault=_fault(task))


async def _tables(jobs: list[Job], progress: solara.Reactive[Progress]) -> tuple[pd.DataFrame, ...]:
    running = [job for job in jobs if not job.future.done()]
    waiting = [asyncio.wrap_future(job.future) for job in running]
    while not all(job.future.done() for job in running):
        progress.set(
            Progress(
                done=sum(job.months_done for job in running),
                months=sum(job.months for job in running),
                queued=not any(job.started for job in running),
            )
        )
        await asyncio.wait(waiting, timeout=LOOK_SECONDS)
    return tuple(job.future.result() for job in jobs)


def _fault(task: solara.lab.Task[[], Answer]) -> str | None:
    if not task.error or isinstance(task.exception, Cancelled):
        return None
    if isinstance(task.exception, VeerkrachtError):
        return str(task.exception)
    _log.error("A run failed", exc_info=task.exception)
    return ""
