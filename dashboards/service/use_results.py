"""Work beside the page: run what the visitor asks, keep the last result until the next is there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import solara
import solara.lab

from dashboards.service.jobs import Job, Request, Service
from model.errors import VeerkrachtError

if TYPE_CHECKING:
    import pandas as pd

DEBOUNCE_SECONDS = 0.15
"""A newer question within this time replaces the one before; results on hand come at once."""

LOOK_SECONDS = 0.15
"""How often a waiting page looks how far the run is."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class HowFar:
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
    service: Service, requests: tuple[Request, ...], progress: solara.Reactive[HowFar]
) -> Results:
    """Run the requests of this page in the service and keep `progress` up to date."""
    session = solara.use_memo(lambda: solara.get_session_id() + solara.get_kernel_id(), [])
    last = solara.use_ref(cast("Answer | None", None))

    async def run() -> Answer | str | None:
        progress.set(HowFar())
        if last.current is not None and not service.has(requests):
            await asyncio.sleep(DEBOUNCE_SECONDS)
        jobs = service.want(session, requests)
        await _watched(jobs, progress)
        return _found(requests, jobs)

    # Solara's annotations do not know that a coroutine function gives what it returns.
    task = cast(
        "solara.lab.Task[[], Answer | str | None]",
        solara.lab.use_task(run, dependencies=[requests], raise_error=False),
    )
    found = task.value if task.finished else None
    if isinstance(found, Answer):
        last.current = found
    solara.use_effect(lambda: lambda: service.drop(session), [])
    if task.error:
        return Results(answer=last.current, busy=False, fault="")
    if isinstance(found, str):
        return Results(answer=last.current, busy=False, fault=found)
    is_answered = found is not None and found.requests == requests
    return Results(answer=last.current, busy=not is_answered, fault=None)


async def _watched(jobs: list[Job], progress: solara.Reactive[HowFar]) -> None:
    """Wait until all jobs are done, and note how far they are."""
    running = [job for job in jobs if not job.future.done()]
    waiting = {asyncio.wrap_future(job.ended) for job in running}
    while waiting:
        progress.set(
            HowFar(
                done=sum(job.months_done for job in running),
                months=sum(job.months for job in running),
                queued=not any(job.started for job in running),
            )
        )
        _, waiting = await asyncio.wait(waiting, timeout=LOOK_SECONDS)


def _found(requests: tuple[Request, ...], jobs: list[Job]) -> Answer | str | None:
    """Return the tables, or what a person should know, or None when the run was stopped."""
    try:
        tables = [job.future.result() for job in jobs]
    except VeerkrachtError as error:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever it is, the page goes on and the log has it
        _log.exception("A run failed")
        return ""
    complete = tuple(table for table in tables if table is not None)
    return Answer(requests=requests, tables=complete) if len(complete) == len(jobs) else None
