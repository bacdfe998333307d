"""Answers in chunks for many sessions: made-up runs, which wait at a gate when a test says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait

import numpy as np
import pytest

from dashboards.service import answering
from dashboards.service.answering import FIRST, MOST, REFINED, Answering, Job
from model.calendar import school_years
from model.errors import Cancelled, InputError
from model.outcomes.observe import no_weights
from model.outcomes.registry import LAYERS, N_OUTCOMES, POPULATIONS
from model.outcomes.sums import Sums
from model.policy.scenario import Scenario
from scenarios.asking import replicates
from scenarios.asking.question import Question

SOON = 10


class Model:
    """Stands in for the model: counts what is lived, waits at its gate, fails when told to.

    Runs with parameters of a draw, which are lived when nobody waits, are not counted.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.at_work = threading.Semaphore(0)
        self.lived: list[tuple[str, int | None]] = []
        self.stopped = 0
        self.fault: Exception | None = None
        self._lock = threading.Lock()

    def __call__(
        self,
        scenario: Scenario,
        *,
        families: int | None,
        years: int,
        stop: Callable[[], bool],
        sample: object = None,
        **_: object,
    ) -> Sums:
        """Return sums without any difference."""
        if sample is None:
            with self._lock:
                self.lived.append((scenario.id, families))
            self.at_work.release()
        while not self.gate.wait(0.01):
            if stop():
                with self._lock:
                    self.stopped += 1
                message = "stopped"
                raise Cancelled(message)
        if self.fault is not None:
            raise self.fault
        shape = (years, len(LAYERS), N_OUTCOMES, len(POPULATIONS))
        numbers = np.full((*shape, 1, 2), 100.0)
        return Sums(numbers, school_years(years), no_weights(), groups=("all",))


def asking(name: str, families: int | None = 500) -> Question:
    return Question(
        base=Scenario(id="base"), alternative=Scenario(id=name), families=families, years=2
    )


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    found = Model()
    monkeypatch.setattr(replicates, "lived", found)
    monkeypatch.setattr(answering, "unreached", lambda *_, **__: frozenset())
    # Scenarios that change nothing are one question; here their names tell them apart.
    monkeypatch.setattr(
        Question, "runs", property(lambda q: (f"{q.base.id} {q.families}", f"{q.alternative.id} "))
    )
    yield found
    found.gate.set()


@pytest.fixture
def make(model: Model) -> Iterator[Callable[..., Answering]]:
    made: list[Answering] = []

    def making(
        *,
        settled: bool = False,
        workers: int = 2,
        most_sessions: int = 60,
        quiet: float = 0.0,
        lighter: Callable[[], None] = lambda: None,
    ) -> Answering:
        found = Answering(
            lambda _: settled,
            workers=workers,
            most_sessions=most_sessions,
            clock=lambda: 0.0,
            quiet=quiet,
            lighter=lighter,
        )
        made.append(found)
        return found

    yield making
    model.gate.set()
    for one in made:
        one.close()


def until(job: Job, is_so: Callable[[], bool]) -> None:
    """Wait until something is so of a job."""
    while True:
        changed = job.changed
        if is_so():
            return
        assert wait([changed], SOON).done


def until_answered(job: Job) -> None:
    until(job, lambda: job.is_over)


def test_a_question_is_refined_until_it_is_settled(make: Callable[..., Answering]) -> None:
    job = make(settled=True).want("one", asking("a"))
    assert job is not None
    until_answered(job)

    assert job.shown.n == REFINED


def test_what_does_not_settle_ends_all_the_same(make: Callable[..., Answering]) -> None:
    job = make().want("one", asking("a"))
    assert job is not None
    until_answered(job)

    assert job.shown.n == MOST


def test_thirty_who_ask_the_same_get_one_answer(
    make: Callable[..., Answering], model: Model
) -> None:
    service = make(settled=True)
    model.gate.clear()
    jobs = [service.want(f"visitor {k}", asking("a")) for k in range(30)]
    model.gate.set()
    assert jobs[0] is not None
    until_answered(jobs[0])

    assert len({id(job) for job in jobs}) == 1
    assert len(model.lived) == 2 * REFINED


def test_the_latest_question_wins_and_what_was_lived_is_not_lost(
    make: Callable[..., Answering], model: Model
) -> None:
    service = make(settled=True, workers=1)
    model.gate.clear()
    first = service.want("one", asking("a"))
    assert model.at_work.acquire(timeout=SOON)
    second = service.want("one", asking("b"))
    assert first is not None
    assert second is not None
    until(first, lambda: model.stopped == 1)
    model.gate.set()
    until_answered(second)

    assert first.shown.n == 0
    again = service.want("one", asking("a"))
    assert again is first
    until_answered(first)


def test_a_browser_that_is_gone_stops_its_chunk_and_goes_on_when_it_is_back(
    make: Callable[..., Answering], model: Model
) -> None:
    service = make(settled=True, workers=1)
    model.gate.clear()
    job = service.want("one", asking("a"))
    assert job is not None
    assert model.at_work.acquire(timeout=SOON)
    changed = job.changed
    service.away("one")
    assert wait([changed], SOON).done
    assert model.stopped == 1
    model.gate.set()
    assert job.shown.n == 0

    service.back("one")
    until_answered(job)
    assert job.shown.n == REFINED


def test_a_first_impression_is_lived_by_all_workers_but_one(
    make: Callable[..., Answering], model: Model
) -> None:
    model.gate.clear()
    job = make(settled=True, workers=3).want("one", asking("a"))
    assert job is not None
    assert all(model.at_work.acquire(timeout=SOON) for _ in range(2))
    assert job.sample.begun == 2
    assert job.shown.n == 0
    model.gate.set()
    until_answered(job)

    assert job.shown.n == REFINED


@pytest.mark.usefixtures("model")
def test_what_nobody_waits_for_waits_until_nobody_asks(make: Callable[..., Answering]) -> None:
    job = make(quiet=1e6).want("one", asking("a"))
    assert job is not None
    until(job, lambda: job.shown.n == REFINED)

    assert not job.is_over
    assert job.unreached is None
    assert job.drawn.n == 0


def test_a_large_size_is_answered_in_samples_first(
    make: Callable[..., Answering], model: Model
) -> None:
    job = make(settled=True).want("one", asking("a", families=None))
    assert job is not None
    until_answered(job)

    sizes = [families for name, families in model.lived if name == "a"]
    assert sizes == [500] * FIRST + [None] * FIRST
    assert job.shown is job.whole


def test_the_people_of_a_large_size_go_when_nobody_is_left_who_asked_for_them(
    make: Callable[..., Answering], model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = threading.Event()
    model.gate.clear()
    service = make()
    service.want("one", asking("a", families=None))
    assert model.at_work.acquire(timeout=SOON)
    monkeypatch.setattr(replicates.Memory, "forget_people", lambda _: gone.set())

    service.leave("one")  # in the middle of a chunk, which still needs them

    assert gone.wait(SOON)


def test_memory_is_given_back_after_a_large_size_and_not_after_samples(
    make: Callable[..., Answering],
) -> None:
    given = threading.Semaphore(0)
    service = make(settled=True, lighter=given.release)
    small = service.want("one", asking("a"))
    assert small is not None
    until_answered(small)
    service.leave("one")
    assert not given.acquire(blocking=False)

    large = service.want("one", asking("b", families=None))
    assert large is not None
    until_answered(large)
    for _ in range(FIRST):
        assert given.acquire(timeout=SOON)
    assert not given.acquire(blocking=False)
    service.leave("one")

    assert given.acquire(blocking=False)
    service.leave("one")
    assert not given.acquire(blocking=False)


def test_whoever_waits_hears_of_a_fault_and_others_go_on(
    make: Callable[..., Answering], model: Model
) -> None:
    service = make(settled=True)
    model.fault = InputError("the model does not like it")
    job = service.want("one", asking("a"))
    assert job is not None
    until_answered(job)
    assert job.fault is model.fault
    model.fault = None
    other = service.want("one", asking("b"))
    assert other is not None
    until_answered(other)

    assert other.fault is None


def test_nobody_who_stops_waiting_stops_the_others(
    make: Callable[..., Answering], model: Model
) -> None:
    model.gate.clear()
    job = make(settled=True).want("one", asking("a"))
    assert job is not None
    assert not job.changed.cancel()
    model.gate.set()
    until_answered(job)


def test_when_it_is_full_that_is_said(make: Callable[..., Answering], model: Model) -> None:
    service = make(most_sessions=1)
    model.gate.clear()

    assert service.want("one", asking("a")) is not None
    assert service.want("two", asking("b")) is None
    service.leave("one")
    assert service.want("two", asking("b")) is not None


def test_what_is_prepared_is_answered_though_nobody_asks_and_is_kept(
    make: Callable[..., Answering], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "KEPT", 0)
    service = make(settled=True)
    job = service.prepare(asking("a"))
    until(job, lambda: job.sample.n == FIRST)
    other = service.want("one", asking("b"))
    assert other is not None
    until(other, lambda: other.is_answered)

    assert job.sample.n == FIRST
    assert service.find(asking("a").key) is job
    assert service.prepare(asking("a"), REFINED) is job
    until(job, lambda: job.sample.n == REFINED)


def test_who_asks_goes_before_what_is_prepared(
    make: Callable[..., Answering], model: Model
) -> None:
    model.gate.clear()
    service = make(settled=True, workers=1)
    service.prepare(asking("first"))
    assert model.at_work.acquire(timeout=SOON)
    later = service.prepare(asking("later"))
    asked = service.want("one", asking("asked"))
    assert asked is not None
    model.gate.set()
    until(asked, lambda: asked.is_answered)

    assert later.sample.n == 0


def test_a_prepared_question_that_fails_is_not_tried_again_and_again(
    make: Callable[..., Answering], model: Model
) -> None:
    model.fault = InputError("no")
    job = make().prepare(asking("a"))
    until(job, lambda: job.fault is not None)

    assert len(model.lived) == 1
