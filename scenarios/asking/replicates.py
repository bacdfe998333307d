"""The replicates of a question, lived one by one; what was lived before is remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    same question with the same memory again goes on where it was left. One thread lives; any may
    look.
    """

    def __init__(self, question: Question, memory: Memory) -> None:
        self.question = question
        self._memory = memory
        self._lived: list[np.ndarray] = []
        self._school_years = school_years(question.years)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> int:
        return self.live()

    @property
    def n(self) -> int:
        """How many replicates have been lived."""
        return len(self._lived)

    def is_remembered(self) -> bool:
        """Return whether the next replicate costs nothing."""
        question = self.question
        return all(self._memory.get(run, self.n) is not None for run in question.runs)

    def live(self, progress: Progress | None = None, stop: Stop | None = None) -> int:
        """Live the next replicate under both scenarios; return how many there are now.

        `progress` hears of months done and all months. Raises Cancelled when `stop()` says so
        between two months, after which the same replicate is the next one; and InputError for
        scenarios that cannot be lived.
        """
        months = self.question.years * MONTHS_PER_YEAR
        shared = self._memory.shared_of(self.n)
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
                    self.n,
                    self._memory,
                    shared,
                    progress=heard,
                    stop=stop,
                )
            )
        self._lived.append(np.stack(sides))
        return self.n

    def sums(self) -> PairedSums:
        """Return what has been lived so far; at least one replicate."""
        base, alternative = self.question.scenarios
        return paired_sums(tuple(self._lived), self._school_years, base.id, alternative.id)


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
