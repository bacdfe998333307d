"""A Dask cluster that somebody started: the same tasks, on other machines."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, CancelledError, Future
from types import TracebackType
from typing import Any, Self

from model.errors import InputError, VeerkrachtError
from scenarios.runs.places import Made, Work, live

CONNECT_SECONDS = 30
DEATHS = {"CommClosedError", "FutureCancelledError", "KilledWorker"}
"""Errors of Dask that say nothing about the task itself."""


class Cluster:
    """Workers of a Dask scheduler. Results come here; workers write nothing."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            message = (
                "--cluster needs the packages of the extra 'cluster'. In the folder of the program:"
                " pip install '.[cluster]'."
            )
            raise InputError(message) from None
        self._address = address
        try:
            self._client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise VeerkrachtError(_unreachable(address, error)) from None
        self._executor: Any = self._client.get_executor(pure=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._client.close()

    def submit[T: Made](self, task: Work[T]) -> Future[T]:
        """Give out a task. Raises VeerkrachtError when the scheduler is gone."""
        if self._client.status != "running":
            message = (
                f"the scheduler at {self._address} is gone. What is finished is kept; start the"
                " cluster and run the same again to go on."
            )
            raise VeerkrachtError(message)
        submitted: Future[T] = self._executor.submit(live, task)
        return submitted

    def size(self) -> int:
        """Return the threads of all workers that are there now."""
        return sum(self._client.nthreads().values())

    def is_death(self, error: BaseException) -> bool:
        """Return whether a task's workers died again and again, or its result was lost."""
        is_ours = isinstance(error, BrokenExecutor | CancelledError)
        return is_ours or type(error).__name__ in DEATHS

    def renew(self) -> None:
        """Do nothing: Dask looks after its workers."""

    def stop(self) -> None:
        """Let go of the tasks that are still waiting."""
        self._executor.shutdown(wait=False)


def _unreachable(address: str, error: Exception) -> str:
    return (
        f"no Dask scheduler with a worker answers at {address} ({error}). Start one"
        f" (dask scheduler; dask worker {address} --nthreads 1) or leave --cluster out."
    )
