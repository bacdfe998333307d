"""Questions of many sessions, answered chunk by chunk by a few threads.

A run releases the interpreter lock, so threads do. Each takes the chunk whose turn it is, lives it,
and tells whoever waits; it looks between two months whether anybody is still there who wants it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from threading import Condition, Thread

from dashboards import give_back
from dashboards.service.turns import MOST_SESSIONS, Rank, Turns
from model.errors import Cancelled
from model.outcomes.observers import Stop
from scenarios.asking.not_knowing import DRAWS, Drawn
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import SAMPLE, Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.pairs.reach import unreached
from scenarios.statistics.answer import NotKnowing

FIRST, REFINED, MOST = 4, 20, 80
"""Replicates of a first answer, of a refined one, and at most. All are of one size, so that every
dot weighs the same and no chunk holds up who asks next."""

MOST_LARGE = 20
"""Replicates of a size that was asked for and is larger than a sample."""

SECONDS, SECONDS_LARGE = 5.0, 120.0
"""Processor time after which an answer ends that does not settle; and one of a large size."""

QUIET_SECONDS = 1.0
"""How long nobody has asked anything before what nobody waits for is worked out."""

PASSING = 60
"""Questions of visitors' own plans that are prepared; of more the oldest are let go."""

KEPT = 48
"""Questions that are kept, answered or not."""

Chunk = Callable[[Stop], object]
"""Part of an answer that somebody has begun: lives it, and raises Cancelled when it is stopped."""

_OPENING = "opening"

Settled = Callable[[PairedSums], bool]


class Job:
    """A question being answered.

    A question of a larger size is answered in samples first. Whom the levers reach, what other
    assumptions change, and replicates beyond the refined answer are worked out when nobody waits.
    `fault` is what went wrong, after which nothing more comes. `changed` is done as soon as
    anything is there that was not; take it before looking, so that nothing is missed.
    """

    def __init__(self, question: Question, memory: Memory, large: Memory) -> None:
        self.question = question
        self.is_large = question.families is None or question.families > SAMPLE
        sample = replace(question, families=SAMPLE) if self.is_large else question
        self.sample = Replicates(sample, memory)
        self.whole = Replicates(question, large) if self.is_large else self.sample
        self.drawn = Drawn(sample, memory)
        self.unreached: frozenset[str] | None = None
        self.fault: BaseException | None = None
        self.spent = 0.0
        self.is_settled = False
        self.changed = _unfinished()

    @property
    def shown(self) -> Replicates:
        """The replicates to show: of the size that was asked once there are enough of them."""
        return self.whole if self.whole.n >= FIRST else self.sample

    @property
    def is_answered(self) -> bool:
        """Whether no more replicates come."""
        return self.fault is not None or not (self._has_more or self._is_at_work)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.is_answered and self.rank is None

    @property
    def rank(self) -> Rank | None:
        """What the next chunk is; None when there is none to begin."""
        if self.fault is not None:
            return None
        if self._has_more:
            return self._rank_of_replicate
        if self._is_at_work:
            return None
        is_known = self.unreached is not None and self.drawn.n >= DRAWS
        return None if is_known else Rank.WHEN_QUIET

    def not_knowing(self, outcome: str) -> NotKnowing | None:
        """Return what other assumptions leave possible of an outcome; None before it is known."""
        if self.drawn.n < DRAWS:
            return None
        return self.drawn.not_knowing(outcome, self.sample.sums())

    def begin(self) -> Chunk:
        """Return the next chunk, of the rank that `rank` says."""
        if self._has_more:
            those = self.sample if self.sample.begun < FIRST else self.whole
            replicate = those.begin()
            return lambda stop: those.live(stop=stop, replicate=replicate)
        return self._reach if self.unreached is None else self.drawn.live

    def _reach(self, stop: Stop) -> None:
        asked = self.sample.question
        self.unreached = unreached(
            *asked.scenarios, families=asked.families, years=asked.years, seed=asked.seed, stop=stop
        )

    @property
    def _is_at_work(self) -> bool:
        return self.sample.begun > self.sample.n or self.whole.begun > self.whole.n

    @property
    def _has_more(self) -> bool:
        """Whether there is a replicate to begin."""
        begun = self.whole.begun
        if self.sample.begun < FIRST or begun < (FIRST if self.is_large else REFINED):
            return True
        most, seconds = (MOST_LARGE, SECONDS_LARGE) if self.is_large else (MOST, SECONDS)
        return begun < most and self.spent < seconds and not self.is_settled

    @property
    def _rank_of_replicate(self) -> Rank:
        if self.sample.begun < FIRST:
            return Rank.PREVIEW
        if self.is_large:
            return Rank.FULL_SIZE
        return Rank.REFINEMENT if self.whole.begun < REFINED else Rank.WHEN_QUIET

    def tell(self) -> None:
        """Tell whoever waits that something changed."""
        told, self.changed = self.changed, _unfinished()
        told.set_result(None)


def _unfinished() -> Future[None]:
    """Return a future that nobody who waits for it can cancel for the others."""
    found: Future[None] = Future()
    found.set_running_or_notify_cancel()
    return found


class Answering:
    """Answers questions of many sessions; all its methods may be called from any thread.

    `settled` says of an answer whether more replicates would change nothing that is said; `clock`
    gives the processor seconds of the thread that asks, `quiet` how long nobody has asked anything
    before what nobody waits for is worked out. `lighter` hears when much memory came free.
    """

    def __init__(
        self,
        settled: Settled,
        *,
        workers: int,
        most_sessions: int = MOST_SESSIONS,
        clock: Callable[[], float] = time.thread_time,
        quiet: float = QUIET_SECONDS,
        lighter: Callable[[], None] = give_back.soon,
    ) -> None:
        self._settled = settled
        self._lighter, self._holds_large = lighter, False
        self._clock = clock
        self._quiet, self._asked_at = quiet, time.monotonic()
        self._memory, self._large = Memory(), Memory(most_people=1)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._prepared: dict[str, int] = {}
        self._passing: OrderedDict[str, None] = OrderedDict()
        self._turns = Turns[str](
            lambda key: self._jobs[key].rank, workers=workers, most_sessions=most_sessions
        )
        self._changed = Condition()
        self._is_closed = False
        self._threads = [
            Thread(target=self._work, name=f"veerkracht-answer-{k}", daemon=True)
            for k in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether nobody has asked anything for a while, and nothing is being worked at."""
        with self._changed:
            is_quiet = time.monotonic() - self._asked_at >= self._quiet
            return is_quiet and self._turns.is_idle and not self._unprepared()

    def has(self, question: Question) -> bool:
        """Return whether a first answer is there already."""
        job = self._jobs.get(question.key)
        return job is not None and job.shown.n >= FIRST

    def find(self, key: str) -> Job | None:
        """Return the job of a question by its key; None when it is not kept (any more)."""
        return self._jobs.get(key)

    def want(self, session: str, question: Question) -> Job | None:
        """Return the job of a question that a session wants from now on; None when it is full.

        What the session wanted before stops, unless somebody else wants it.
        """
        with self._changed:
            self._asked_at = time.monotonic()
            job = self._jobs.get(question.key)
            if job is None or job.fault is not None:
                job = self._jobs[question.key] = Job(question, self._memory, self._large)
            self._jobs.move_to_end(question.key)
            has_room = self._turns.want(session, question.key)
            self._forget()
            self._changed.notify_all()
            return job if has_room else None

    def prepare(
        self, question: Question, replicates: int = FIRST, *, is_passing: bool = False
    ) -> Job:
        """Return the job of a question that is answered when nobody waits, and then kept.

        So many replicates of it are lived although no session wants it. What `is_passing` is kept
        until PASSING others have come.
        """
        with self._changed:
            if is_passing:
                self._pass(question.key)
            job = self._jobs.get(question.key)
            if job is None:
                job = self._jobs[question.key] = Job(question, self._memory, self._large)
            self._prepared[question.key] = max(replicates, self._prepared.get(question.key, 0))
            self._changed.notify_all()
            return job

    def _pass(self, key: str) -> None:
        """Note a question that is prepared for now; the oldest of too many is let go."""
        if key in self._prepared and key not in self._passing:
            return
        self._passing[key] = None
        self._passing.move_to_end(key)
        if len(self._passing) > PASSING:
            oldest, _ = self._passing.popitem(last=False)
            self._prepared.pop(oldest, None)
            self._forget()

    def first(self, question: Question) -> None:
        """Wait for the first impression of a question. Raises what goes wrong with it."""
        job = self.want(_OPENING, question)
        while job is not None and job.fault is None:
            changed = job.changed
            if job.shown.n >= FIRST:
                break
            changed.result()
        self.leave(_OPENING)
        if job is not None and job.fault is not None:
            raise job.fault

    def leave(self, session: str) -> None:
        """Let a session go for good."""
        with self._changed:
            self._turns.leave(session)
            self._forget()

    def away(self, session: str) -> None:
        """Let a session wait, whose browser is gone."""
        with self._changed:
            self._turns.away(session)

    def back(self, session: str) -> None:
        """Take a session up again whose browser is back."""
        with self._changed:
            self._turns.back(session)
            self._changed.notify_all()

    def close(self) -> None:
        """Stop everything."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (found := self._next()) is not None:
            key, chunk = found
            job = self._jobs[key]
            large = job.whole.n if job.is_large else 0
            self._live(job, key, chunk)
            with self._changed:
                self._turns.done(key)
                self._forget()
                self._changed.notify_all()
            if job.is_large and job.whole.n > large:
                self._lighter()
            job.tell()

    def _next(self) -> tuple[str, Chunk] | None:
        with self._changed:
            while not self._is_closed:
                left = self._asked_at + self._quiet - time.monotonic()
                key = self._turns.take(self._unprepared(), is_quiet=left <= 0)
                if key is not None:
                    return key, self._jobs[key].begin()
                self._changed.wait(left if left > 0 else None)
            return None

    def _live(self, job: Job, key: str, chunk: Chunk) -> None:
        def stop() -> bool:
            with self._changed:
                is_wanted = key in self._prepared or self._turns.is_wanted(key)
                return self._is_closed or not is_wanted

        begun = self._clock()
        was_answered = job.is_answered
        try:
            chunk(stop)
            if not was_answered and (
                job.shown.n >= REFINED or (job.is_large and job.whole.n >= FIRST)
            ):
                job.is_settled = self._settled(job.shown.sums())
        except Cancelled:
            pass
        except BaseException as fault:  # noqa: BLE001 - whoever waits must hear of any fault
            job.fault = fault
        job.spent += self._clock() - begun

    def _unprepared(self) -> list[str]:
        """Return the questions to prepare that lack replicates.

        Those without an answer come first, and of them those that a page shows.
        """
        short = [
            key
            for key, replicates in self._prepared.items()
            if self._jobs[key].fault is None and self._jobs[key].sample.n < replicates
        ]

        def comes(key: str) -> tuple[bool, int]:
            return self._jobs[key].sample.n >= FIRST, -self._prepared[key]

        return sorted(short, key=comes)

    def _forget(self) -> None:
        """Let go of questions that nobody wants, those first that were asked longest ago.

        The people of a large size take much: they stay as long as somebody asks for such a size.
        """
        held, self._holds_large = (
            self._holds_large,
            any(one.is_large and self._turns.holds(key) for key, one in self._jobs.items()),
        )
        if held and not self._holds_large:
            self._large.forget_people()
            self._lighter()
        loose = [one for one in self._jobs if not self._turns.holds(one)]
        for key in [one for one in loose if one not in self._prepared]:
            if len(self._jobs) - len(self._prepared) <= KEPT:
                return
            del self._jobs[key]
