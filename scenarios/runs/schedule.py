"""Where tasks are lived: in this process, on this machine's cores, or on a Dask cluster.

One loop serves all: it keeps a few tasks ahead of the workers, so that memory does not grow with
the ensemble, gives results in the order in which they come, and gives a task again to another
worker when its worker died. The numbers do not depend on where a task is lived.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import AbstractContextManager, nullcontext

from model.errors import Cancelled, InputError, VeerkrachtError
from model.outcomes.observers import Progress, Stop
from scenarios.format.records import made_by
from scenarios.runs.dask import Cluster
from scenarios.runs.local import Local
from scenarios.runs.places import Made, Place, Work, live

LOOK_SECONDS = 0.1
"""How often a waiting ensemble asks whether it should stop."""

AHEAD = 2
"""Tasks given out per worker: one to live, one waiting."""

DEATHS = 3
"""Times in a row that workers may die without finishing anything before the ensemble gives up."""


def n_workers(workers: int | None) -> int:
    """Return how many processes to use: what was asked, or the cores of this machine.

    Raises InputError when fewer than one is asked.
    """
    if workers is None:
        return getattr(os, "process_cpu_count", os.cpu_count)() or 1
    if workers < 1:
        message = f"--workers {workers} is not possible. Give 1 or more."
        raise InputError(message)
    return workers


def results[T: Made](
    tasks: Sequence[Work[T]],
    *,
    workers: int | None = None,
    cluster: str | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Generator[T]:
    """Live tasks and give what they leave, in the order in which they finish.

    `executor` is any executor of `concurrent.futures`, `cluster` the address of a Dask scheduler;
    without either, tasks are lived by `workers` processes, or here when there is only one task or
    worker. `progress` hears of months done and all months. Raises Cancelled when `stop()` says
    so, and VeerkrachtError when workers keep dying or run other code.
    """
    heard = _Months(tasks, progress)
    if cluster is None and executor is None and min(n_workers(workers), len(tasks)) <= 1:
        for task in tasks:
            yield live(task, heard.within, stop)
            heard.finish(task)
        return
    with _place(workers, cluster, executor) as place:
        yield from _given_out(place, tasks, heard, stop)


def _place(
    workers: int | None, cluster: str | None, executor: Executor | None
) -> AbstractContextManager[Place]:
    if executor is not None:
        return nullcontext(_Given(executor, n_workers(workers)))
    if cluster is not None:
        return Cluster(cluster)
    return Local(n_workers(workers))


class _Given:
    """An executor that somebody else made and will close."""

    def __init__(self, executor: Executor, size: int) -> None:
        self._executor, self._size = executor, size

    def submit[T: Made](self, task: Work[T]) -> Future[T]:
        return self._executor.submit(live, task)

    def size(self) -> int:
        return self._size

    def is_death(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)

    def renew(self) -> None:
        message = "a worker of the executor died; make a new one and run again to resume."
        raise VeerkrachtError(message)

    def stop(self) -> None:
        """Leave it as it is."""


def _given_out[T: Made](
    place: Place, tasks: Sequence[Work[T]], heard: _Months, stop: Stop | None
) -> Generator[T]:
    waiting, running = deque(tasks), dict[Future[T], Work[T]]()
    deaths = 0
    try:
        while waiting or running:
            if stop is not None and stop():
                message = f"stopped after {heard.done} of {heard.all_months} months"
                raise Cancelled(message)
            lost = _fill(place, waiting, running)
            finished, _ = wait(running, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in finished:
                task = running.pop(future)
                error = _error(future)
                if error is None:
                    deaths = 0
                    heard.finish(task)
                    yield _checked(future.result())
                elif place.is_death(error):
                    waiting.append(task)
                    lost = True
                else:
                    raise error
            if lost:
                deaths += 1
                _renew(place, waiting, running, deaths)
    finally:
        place.stop()


def _fill[T: Made](
    place: Place, waiting: deque[Work[T]], running: dict[Future[T], Work[T]]
) -> bool:
    """Give out tasks; return whether the workers turned out to be gone."""
    room = AHEAD * max(1, place.size())
    while waiting and len(running) < room:
        try:
            future = place.submit(waiting[0])
        except BrokenExecutor:
            return True
        running[future] = waiting.popleft()
    return False


def _renew[T: Made](
    place: Place, waiting: deque[Work[T]], running: dict[Future[T], Work[T]], deaths: int
) -> None:
    """Get new workers and put what was lost back in the queue."""
    if deaths >= DEATHS:
        message = (
            f"workers died {deaths} times in a row without finishing anything, last with"
            f" {waiting[-1].name}. Most often memory is short: take fewer --workers or fewer"
            " --families. What is finished is kept; run the same again to go on."
        )
        raise VeerkrachtError(message)
    for future, task in list(running.items()):
        if future.done() and (error := _error(future)) and place.is_death(error):
            del running[future]
            waiting.append(task)
    place.renew()


def _error[T: Made](future: Future[T]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def _checked[T: Made](lived: T) -> T:
    """Return what a worker left, unless it runs other code. Raises VeerkrachtError."""
    if lived.made_by != made_by():
        message = (
            f"a worker runs other code than this: {lived.made_by} there, {made_by()} here."
            " Install the same version everywhere and start the workers again."
        )
        raise VeerkrachtError(message)
    return lived


class _Months:
    """How far an ensemble is, in months lived."""

    def __init__[T: Made](self, tasks: Sequence[Work[T]], progress: Progress | None) -> None:
        self.all_months = sum(task.months for task in tasks)
        self.done = 0
        self._progress = progress

    def within(self, done: int, _: int) -> None:
        """Report months of the task that is being lived here."""
        if self._progress is not None:
            self._progress(self.done + done, self.all_months)

    def finish[T: Made](self, task: Work[T]) -> None:
        """Report a task that is done."""
        self.done += task.months
        if self._progress is not None:
            self._progress(self.done, self.all_months)
