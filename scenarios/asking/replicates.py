"""The replicates of a question, lived one by one; what was lived before is remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Self

import numpy as np

from model.calendar import MONTHS_PER_YEAR, school_years
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import ACTUAL
from model.run.build import Populations
from model.run.shared import Pasts
from scenarios.asking.paired_sums import PairedSums, paired_sums
from scenarios.asking.question import Question
from scenarios.runs.kept import lived

MOST_RUNS = 2000
"""Runs that are remembered, some 30 kB each."""

MOST_PEOPLE = 20
"""Populations that stay: those of the first replicates, which everybody asks for."""

MOST_BYTES = 100_000_000
"""Memory for what runs of those replicates were before a lever was moved, some MB each."""

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the runs of a replicate have in common: its people, and the months before they part."""

    people: Populations
    pasts: Pasts


class Memory:
    """What runs left, and who lived them, for all questions; what was not used longest goes first.

    A lever that moves asks for the alternative anew, from the month in which it is moved, and for
    neither the base nor the people. May be shared between threads.
    """

    def __init__(self, most_runs: int = MOST_RUNS, most_people: int = MOST_PEOPLE) -> None:
        self._shared = Shared(Populations(most_people), Pasts(MOST_BYTES))
        self._most_people = most_people
        self._most = most_runs
        self._runs: OrderedDict[_Key, np.ndarray] = OrderedDict()
        self._lock = Lock()

    def shared_of(self, replicate: int) -> Shared:
        """Return what keeps what a replicate shares: for the next question, or for this one."""
        is_kept = replicate < self._most_people
        return self._shared if is_kept else Shared(Populations(1), Pasts())

    def forget_people(self) -> None:
        """Let go of the people, who are laid down anew for who asks for them."""
        self._shared = Shared(Populations(self._most_people), Pasts(MOST_BYTES))

    def get(self, run: str, replicate: int) -> np.ndarray | None:
        """Return the sums of a run, if they are remembered."""
        with self._lock:
            found = self._runs.get((run, replicate))
            if found is not None:
                self._runs.move_to_end((run, replicate))
            return found

    def put(self, run: str, replicate: int, sums: np.ndarray) -> None:
        """Remember the sums of a run."""
        with self._lock:
            self._runs[run, replicate] = sums
            while len(self._runs) > self._most:
                self._runs.popitem(last=False)


class Replicates(Iterator[int]):
    """The replicates of a question: each `next` lives one more and gives how many there are.

    Between two of them anything may happen: looking, waiting, stopping for good. Whoever asks the
    same question with the same memory again goes on where it was left. Threads may live several at
    once, each another one; they count from the first on, without a gap, so that it does not matter
    which was ready first.
    """

    def __init__(self, question: Question, memory: Memory) -> None:
        self.question = question
        self._memory = memory
        self._lived: dict[int, np.ndarray] = {}
        self._at_work: set[int] = set()
        self._n = 0
        self._lock = Lock()
        self._looked: PairedSums | None = None
        self._school_years = school_years(question.years)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> int:
        return self.live()

    @property
    def n(self) -> int:
        """How many replicates have been lived."""
        return self._n

    @property
    def begun(self) -> int:
        """How many replicates have been lived or are being lived."""
        with self._lock:
            return len(self._lived) + len(self._at_work)

    def is_remembered(self) -> bool:
        """Return whether the next replicate costs nothing."""
        question = self.question
        return all(self._memory.get(run, self.n) is not None for run in question.runs)

    def begin(self) -> int:
        """Return the next replicate that nobody has begun; the caller is to `live` it."""
        with self._lock:
            taken = self._at_work | self._lived.keys()
            replicate = next(one for one in count(self._n) if one not in taken)
            self._at_work.add(replicate)
            return replicate

    def live(
        self,
        progress: Progress | None = None,
        stop: Stop | None = None,
        *,
        replicate: int | None = None,
    ) -> int:
        """Live a replicate under both scenarios; return how many there are now.

        It is the next one, or that which the caller has begun. `progress` hears of months done and
        all months. Raises Cancelled when `stop()` says so between two months, after which the same
        replicate is the next one; and InputError for scenarios that cannot be lived.
        """
        one = self.begin() if replicate is None else replicate
        try:
            sides = self._sides(one, progress, stop)
        except BaseException:
            with self._lock:
                self._at_work.discard(one)
            raise
        with self._lock:
            self._at_work.discard(one)
            self._lived[one] = sides
            while self._n in self._lived:
                self._n += 1
            return self._n

    def _sides(self, replicate: int, progress: Progress | None, stop: Stop | None) -> np.ndarray:
        months = self.question.years * MONTHS_PER_YEAR
        shared = self._memory.shared_of(replicate)
        sides = []
        for side, run in enumerate(self.question.runs):

            def heard(done: int, _: int, before: int = side * months) -> None:
                if progress is not None:
                    progress(before + done, 2 * months)

            sides.append(
                side_lived(
                    self.question,
                    side,
                    run,
                    replicate,
                    self._memory,
                    shared,
                    progress=heard,
                    stop=stop,
                )
            )
        return np.stack(sides)

    def sums(self) -> PairedSums:
        """Return what has been lived so far; at least one replicate.

        Everybody who looks before there is more gets the same sums, with what they worked out.
        """
        n, found = self._n, self._looked
        if found is None or found.n != n:
            base, alternative = self.question.scenarios
            lived = [self._lived[one] for one in range(n)]
            found = paired_sums(lived, self._school_years, base.id, alternative.id)
            self._looked = found
        return found


def side_lived(
    question: Question,
    side: int,
    run: str,
    replicate: int,
    memory: Memory,
    shared: Shared,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
    sample: Mapping[str, float] | None = None,
) -> np.ndarray:
    """Return the sums of a replicate under one of the scenarios, lived if they are not remembered.

    `sample` are parameters of a draw. Raises as `Replicates.live` does.
    """
    found = memory.get(run, replicate)
    if found is not None:
        return found
    sums = lived(
        question.scenarios[side],
        families=question.families,
        years=question.years,
        seed=question.seed_of(replicate),
        progress=progress,
        stop=stop,
        sample=sample,
        reference=question.base,
        population=shared.people,
        pasts=shared.pasts,
        part_in=question.part_in(sample or {}),
    ).of_layers((ACTUAL,))
    found = np.ascontiguousarray(sums.numbers[:, 0, :, :, 0])
    memory.put(run, replicate, found)
    return found
