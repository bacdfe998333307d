"""What a place where tasks are lived can do."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from scenarios.runs.task import Lived, Task


class Place(Protocol):
    """Workers somewhere."""

    def submit(self, task: Task) -> Future[Lived]:
        """Give out a task. Raises BrokenExecutor when the workers are gone."""

    def size(self) -> int:
        """Return how many tasks can be lived at once, now."""

    def is_death(self, error: BaseException) -> bool:
        """Return whether an error means that a worker died, not that the task is wrong."""

    def renew(self) -> None:
        """Get new workers for those that died."""

    def stop(self) -> None:
        """Let go of what is still being lived."""
