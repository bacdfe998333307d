"""Runs of the model for the pages: one per question, for everybody who asks it.

One service serves the whole process. It has a bounded pool of threads (a run releases the
interpreter lock), keeps the latest results, lets everybody who asks the same wait for the same run,
and stops a run between two months when nobody waits for it any more.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from model.calendar import MONTHS_PER_YEAR
from model.errors import Cancelled
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

KEPT_RESULTS = 64


@dataclass(frozen=True, kw_only=True)
class Request:
    """One run: a scenario over a number of families (None: all) and years, with a seed.

    `moved` has the levers that were moved by hand; the scenario has them already. `base` is what
    it is compared with: the children of its first school year are what standardised numbers are
    weighted by.
    """

    scenario: Scenario
    base: Scenario
    families: int | None
    years: int
    seed: int
    moved: tuple[tuple[str, float], ...] = ()


class Runner(Protocol):
    """What makes a tidy table out of a request; raises Cancelled when told to stop."""

    def __call__(self, request: Request, progress: Progress, stop: Stop) -> pd.DataFrame:
        """Run it; `progress` hears of every month, `stop` is asked between months."""


class Job:
    """A run that somebody waits for: how far it is, and its table when it is done.

    `future` gives None when the run was stopped because nobody waited for it any more; `ended` only
    says that it is over, whichever way.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.months_done = 0
        self.months = request.years * MONTHS_PER_YEAR
        self.started = False
        self.future: Future[pd.DataFrame | None] = Future()
        self.ended: Future[None] = Future()
        # From here on nobody who waits can cancel it for the others.
        self.future.set_running_or_notify_cancel()
        self.ended.set_running_or_notify_cancel()
        self.future.add_done_callback(lambda _: self.ended.set_result(None))
        self.waiting: set[str] = set()
        self.stop = threading.Event()

    def report(self, done: int, months: int) -> None:
        """Note how many months of how many are done."""
        self.months_done, self.months = done, months


class Service:
    """Runs requests of many sessions; all its methods may be called from any thread."""

    def __init__(self, runner: Runner, workers: int, kept: int = KEPT_RESULTS) -> None:
        self._runner = runner
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="veerkracht-run")
        self._kept = kept
        self._lock = threading.Lock()
        self._results: OrderedDict[Request, Job] = OrderedDict()
        self._jobs: dict[Request, Job] = {}

    def has(self, requests: Sequence[Request]) -> bool:
        """Return whether all these results are there already."""
        with self._lock:
            return all(request in self._results for request in requests)

    def want(self, session: str, requests: Sequence[Request]) -> list[Job]:
        """Return a job per request; from now on the session waits for these and nothing else.

        A run that nobody waits for any more is stopped.
        """
        with self._lock:
            jobs = [self._job(session, request) for request in requests]
            self._release(session, keep=requests)
            return jobs

    def drop(self, session: str) -> None:
        """Let a session go: it waits for nothing any more."""
        with self._lock:
            self._release(session, keep=())

    def close(self) -> None:
        """Stop every run and take no new ones."""
        with self._lock:
            for job in self._jobs.values():
                job.stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _job(self, session: str, request: Request) -> Job:
        done = self._results.get(request)
        if done is not None:
            self._results.move_to_end(request)
            return done
        job = self._jobs.get(request)
        if job is None or job.stop.is_set():
            job = Job(request)
            self._jobs[request] = job
            self._pool.submit(self._run, job)
        job.waiting.add(session)
        return job

    def _release(self, session: str, keep: Sequence[Request]) -> None:
        for job in self._jobs.values():
            if job.request not in keep:
                job.waiting.discard(session)
                if not job.waiting:
                    job.stop.set()

    def _run(self, job: Job) -> None:
        if job.stop.is_set():
            self._forget(job)
            job.future.set_result(None)
            return
        job.started = True
        try:
            table = self._runner(job.request, job.report, job.stop.is_set)
        except Cancelled:
            self._forget(job)
            job.future.set_result(None)
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of any fault
            self._forget(job)
            job.future.set_exception(error)
        else:
            self._keep(job)
            job.future.set_result(table)

    def _keep(self, job: Job) -> None:
        with self._lock:
            self._results[job.request] = job
            while len(self._results) > self._kept:
                self._results.popitem(last=False)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            if self._jobs.get(job.request) is job:
                del self._jobs[job.request]
