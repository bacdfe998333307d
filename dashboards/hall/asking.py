"""What a room asks of the model once choices are frozen: the group's settings, then clusters.

It goes through the same answers as every page, in turns with everybody else, one at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboards.service.answering import FIRST, Answering
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question

FULL_SECONDS = 2.0
"""How long a room waits before it asks again of a server that is full."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of an answer: sums, None before a first impression, and whether more comes."""

    sums: PairedSums | None = None
    is_over: bool = False
    is_failed: bool = False


class Asking:
    """Asks for a room; `told` hears whenever there is more to show."""

    def __init__(self, answering: Answering, session: str, told: Callable[[], None]) -> None:
        self._answering, self._session, self._told = answering, session, told
        self._asked: tuple[str, ...] = ()
        self._found: dict[str, Found] = {}
        self._task: asyncio.Task[None] | None = None

    def found(self, question: Question) -> Found:
        """Return what there is of an answer by now."""
        return self._found.get(question.key, Found())

    def ask(self, questions: Sequence[Question]) -> None:
        """Ask these, in this order; what is being asked already goes on."""
        keys = tuple(dict.fromkeys(one.key for one in questions))
        if keys == self._asked:
            return
        self.stop()
        self._asked = keys
        self._task = asyncio.ensure_future(self._run(list(questions)))

    def stop(self) -> None:
        """Ask nothing any more."""
        self._asked = ()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._answering.leave(self._session)

    async def _run(self, questions: Sequence[Question]) -> None:
        for question in questions:
            found = self.found(question)
            if not found.is_over or found.is_failed:
                await self._follow(question)
        self._answering.leave(self._session)

    async def _follow(self, question: Question) -> None:
        job = self._answering.want(self._session, question)
        while job is None:
            await asyncio.sleep(FULL_SECONDS)
            job = self._answering.want(self._session, question)
        seen = 0
        while True:
            changed, is_over, shown = job.changed, job.is_answered, job.shown
            if is_over or (shown.n >= FIRST and shown.n != seen):
                seen = shown.n
                self._found[question.key] = Found(
                    sums=shown.sums() if seen >= FIRST else None,
                    is_over=is_over,
                    is_failed=job.fault is not None,
                )
                self._told()
            if is_over:
                return
            await asyncio.wait({asyncio.wrap_future(changed)})
