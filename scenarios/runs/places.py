"""What a task is that workers live, and what a place where they do so can do."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from model.outcomes.observers import Progress, Stop


class Made(Protocol):
    """What living a task leaves."""

    @property
    def made_by(self) -> str:
        """By which code and packages it was made."""


class Work[T: Made](Protocol):
    """A task: it goes to a worker and is lived there, and only there is anything worked out."""

    @property
    def months(self) -> int:
        """How many months it lives, all runs together."""

    @property
    def name(self) -> str:
        """What it is called in a message: "replicate 3, draw 4"."""

    def live(self, progress: Progress | None = None, stop: Stop | None = None) -> T:
        """Live it; `progress` hears of months done and all months.

        Raises Cancelled when `stop()` says so between two months.
        """


def live[T: Made](work: Work[T], progress: Progress | None = None, stop: Stop | None = None) -> T:
    """Live a task, here or in the worker to which this is sent."""
    return work.live(progress, stop)


class Place(Protocol):
    """Workers somewhere."""

    def submit[T: Made](self, task: Work[T]) -> Future[T]:
        """Give out a task. Raises BrokenExecutor when the workers are gone."""

    def size(self) -> int:
        """Return how many tasks can be lived at once, now."""

    def is_death(self, error: BaseException) -> bool:
        """Return whether an error means that a worker died, not that the task is wrong."""

    def renew(self) -> None:
        """Get new workers for those that died."""

    def stop(self) -> None:
        """Let go of what is still being lived."""
