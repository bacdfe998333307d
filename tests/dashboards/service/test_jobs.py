"""The service behind the pages: all who ask the same wait for one run, and none is wasted."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from typing import Protocol

import pytest

from dashboards.service.jobs import Request, Service
from model.errors import InputError
from model.policy.scenario import FROZEN_2023, Scenario

SOON = 10


class Gated(Protocol):
    """The made-up runner of these tests."""

    gate: threading.Event
    at_work: threading.Semaphore
    started: list[Request]
    stopped: list[Request]
    fault: Exception | None


def asking(name: str, years: int = 5) -> Request:
    return Request(scenario=Scenario(id=name), base=FROZEN_2023, families=500, years=years, seed=1)


A, B, C, D = (asking(name) for name in "abcd")


@pytest.fixture
def service(runner: Gated) -> Iterator[Service]:
    found = Service(runner, workers=2, kept=3)  # type: ignore[arg-type]
    yield found
    runner.gate.set()
    found.close()


def test_thirty_who_ask_the_same_get_one_run(service: Service, runner: Gated) -> None:
    runner.gate.clear()
    jobs = [service.want(f"visitor {number}", [A])[0] for number in range(30)]
    runner.gate.set()
    tables = [job.future.result(SOON) for job in jobs]

    assert runner.started == [A]
    assert all(table is tables[0] for table in tables)


def test_a_result_that_is_there_is_given_at_once(service: Service, runner: Gated) -> None:
    service.want("one", [A])[0].future.result(SOON)

    assert service.has([A])
    assert service.want("two", [A])[0].future.done()
    assert runner.started == [A]


def test_the_latest_question_wins(service: Service, runner: Gated) -> None:
    runner.gate.clear()
    first = service.want("one", [A])[0]
    assert runner.at_work.acquire(timeout=SOON)
    second = service.want("one", [B])[0]

    assert first.future.result(SOON) is None
    runner.gate.set()
    second.future.result(SOON)
    assert runner.stopped == [A]


def test_moving_a_lever_keeps_the_base_and_stops_the_alternative(
    service: Service, runner: Gated
) -> None:
    runner.gate.clear()
    jobs = service.want("one", [A, B])
    assert runner.at_work.acquire(timeout=SOON)
    assert runner.at_work.acquire(timeout=SOON)
    jobs += service.want("one", [A, C])
    runner.gate.set()
    wait([job.future for job in jobs], SOON)

    assert runner.started.count(A) == 1
    assert runner.stopped == [B]


def test_a_run_that_somebody_else_waits_for_goes_on(service: Service, runner: Gated) -> None:
    runner.gate.clear()
    service.want("one", [A])
    theirs = service.want("two", [A])[0]
    service.want("one", [B])
    runner.gate.set()
    theirs.future.result(SOON)

    assert runner.stopped == []


def test_a_run_is_stopped_when_its_visitor_leaves(service: Service, runner: Gated) -> None:
    runner.gate.clear()
    job = service.want("one", [A])[0]
    assert runner.at_work.acquire(timeout=SOON)
    service.drop("one")

    assert job.future.result(SOON) is None


def test_a_run_that_waits_its_turn_is_never_begun_once_nobody_wants_it(
    service: Service, runner: Gated
) -> None:
    runner.gate.clear()
    service.want("one", [A, B])
    waiting = service.want("two", [C])[0]
    service.drop("two")
    runner.gate.set()

    assert waiting.future.result(SOON) is None
    assert C not in runner.started


def test_who_comes_back_to_a_stopped_question_gets_a_new_run(
    service: Service, runner: Gated
) -> None:
    runner.gate.clear()
    service.want("one", [A])
    assert runner.at_work.acquire(timeout=SOON)
    service.want("one", [B])
    again = service.want("one", [A])[0]
    runner.gate.set()

    assert again.future.result(SOON) is not None


def test_no_more_runs_at_once_than_there_are_workers(service: Service, runner: Gated) -> None:
    runner.gate.clear()
    jobs = service.want("one", [A, B, C, D])
    assert runner.at_work.acquire(timeout=SOON)
    assert runner.at_work.acquire(timeout=SOON)

    assert len(runner.started) == 2
    runner.gate.set()
    wait([job.future for job in jobs], SOON)
    assert len(runner.started) == 4


def test_only_the_latest_results_are_kept(service: Service) -> None:
    for request in (A, B, C, D):
        service.want("one", [request])[0].future.result(SOON)

    assert [service.has([request]) for request in (A, B, C, D)] == [False, True, True, True]


def test_whoever_waits_hears_why_a_run_failed(service: Service, runner: Gated) -> None:
    runner.fault = InputError("a.toml: there is no lever 'x'.")
    job = service.want("one", [A])[0]

    with pytest.raises(InputError, match="no lever"):
        job.future.result(SOON)
    assert not service.has([A])


def test_a_run_that_failed_is_tried_again(service: Service, runner: Gated) -> None:
    runner.fault = InputError("not today")
    wait([service.want("one", [A])[0].future], SOON)
    runner.fault = None

    assert service.want("one", [A])[0].future.result(SOON) is not None


def test_a_run_says_how_far_it_is(service: Service, runner: Gated) -> None:
    runner.gate.clear()
    job = service.want("one", [asking("a", years=7)])[0]
    assert runner.at_work.acquire(timeout=SOON)

    assert (job.months_done, job.months, job.started) == (6, 84, True)


def test_closing_stops_every_run(runner: Gated) -> None:
    runner.gate.clear()
    service = Service(runner, workers=1)  # type: ignore[arg-type]
    job = service.want("one", [A])[0]
    assert runner.at_work.acquire(timeout=SOON)
    closing: Callable[[], None] = service.close
    closing()

    assert job.future.result(SOON) is None
