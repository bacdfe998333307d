"""Longer looks: one at a time, one for all who ask the same, and none that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from dashboards.service.studies import Studies, Study
from model.errors import Cancelled, InputError
from model.outcomes.observers import Progress, Stop

PATIENCE = 20.0


class Held:
    """A study that lives until it is let go, or told to stop."""

    def __init__(self, key: str) -> None:
        self.begun, self.go, self.ended = Event(), Event(), Event()
        self.times = 0
        self.study = Study(key=key, live=self.live)

    def live(self, progress: Progress, stop: Stop) -> str:
        """Tell of a quarter, and wait."""
        self.times += 1
        progress(1, 4)
        self.begun.set()
        while not self.go.wait(0.001):
            if stop():
                self.ended.set()
                message = "stopped"
                raise Cancelled(message)
        self.ended.set()
        return self.study.key.upper()


@pytest.fixture
def make() -> Iterator[Callable[..., Studies]]:
    made: list[Studies] = []

    def make(quiet: Callable[[], bool] = lambda: True, **settings: int) -> Studies:
        made.append(Studies(quiet=quiet, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


def done(studies: Studies, key: str) -> object:
    """Wait for the end of a study; return what it found, or what went wrong."""
    work = studies.find(key)
    assert work is not None
    pause = Event()
    for _ in range(int(PATIENCE / 0.005)):
        if work.is_over:
            return work.found if work.fault is None else work.fault
        pause.wait(0.005)
    raise AssertionError(key)


def test_who_asks_the_same_shares_one_study(make: Callable[..., Studies]) -> None:
    studies, one = make(), Held("one")
    first, second = (studies.want(session, one.study) for session in ("a", "b"))

    assert first is second
    assert one.begun.wait(PATIENCE)
    assert first is not None
    assert first.share == 0.25
    one.go.set()
    assert done(studies, "one") == "ONE"
    assert studies.want("c", one.study) is first
    assert one.times == 1


def test_a_study_stops_when_its_last_visitor_asks_something_else(
    make: Callable[..., Studies],
) -> None:
    studies, one, other = make(), Held("one"), Held("other")
    studies.want("a", one.study)
    studies.want("b", one.study)
    assert one.begun.wait(PATIENCE)
    studies.want("a", other.study)
    assert not one.ended.is_set()
    studies.leave("b")

    assert one.ended.wait(PATIENCE)
    assert other.begun.wait(PATIENCE)
    other.go.set()
    assert done(studies, "other") == "OTHER"
    assert studies.find("one") is None


def test_one_study_is_lived_at_a_time_in_the_order_of_asking(make: Callable[..., Studies]) -> None:
    studies, held = make(), [Held(name) for name in ("one", "two", "three")]
    for one in held:
        studies.want(one.study.key, one.study)
    for k, one in enumerate(held):
        assert one.begun.wait(PATIENCE)
        assert not any(later.begun.is_set() for later in held[k + 1 :])
        one.go.set()
        done(studies, one.study.key)


def test_who_asks_when_too_many_wait_hears_that_it_is_full(make: Callable[..., Studies]) -> None:
    studies = make(most_waiting=2)
    held = [Held(name) for name in ("one", "two", "three")]
    works = [studies.want(one.study.key, one.study) for one in held]

    assert works[2] is None
    held[0].go.set()
    done(studies, "one")
    assert studies.want("three", held[2].study) is not None


def test_what_went_wrong_is_told_and_tried_again_for_who_asks_again(
    make: Callable[..., Studies],
) -> None:
    studies, told = make(), []

    def live(_: Progress, __: Stop) -> str:
        told.append(1)
        message = "the two do not start with the same people"
        raise InputError(message)

    studies.want("a", Study(key="wrong", live=live))
    assert isinstance(done(studies, "wrong"), InputError)
    studies.want("b", Study(key="wrong", live=live))
    assert isinstance(done(studies, "wrong"), InputError)
    assert len(told) == 2


def test_the_oldest_of_what_nobody_looks_at_is_let_go(make: Callable[..., Studies]) -> None:
    studies = make(kept=1)
    for name in ("one", "two", "three"):
        held = Held(name)
        held.go.set()
        studies.want("a", held.study)
        done(studies, name)
    studies.leave("a")

    assert [studies.find(name) is None for name in ("one", "two", "three")] == [True, True, False]


def test_what_is_prepared_is_lived_when_nobody_waits_and_kept(make: Callable[..., Studies]) -> None:
    studies, one = make(kept=0), Held("one")
    one.go.set()
    studies.prepare([one.study])

    assert done(studies, "one") == "ONE"
    work = studies.want("a", one.study)
    studies.leave("a")
    assert studies.find("one") is work
    assert one.times == 1


def test_what_is_prepared_steps_back_for_who_asks(make: Callable[..., Studies]) -> None:
    studies, idle, asked = make(), Held("idle"), Held("asked")
    studies.prepare([idle.study])
    assert idle.begun.wait(PATIENCE)
    studies.want("a", asked.study)

    assert idle.ended.wait(PATIENCE)
    asked.go.set()
    assert done(studies, "asked") == "ASKED"
    idle.go.set()
    assert done(studies, "idle") == "IDLE"
    assert idle.times >= 2


def test_who_asks_for_what_is_being_prepared_waits_for_it_alone(
    make: Callable[..., Studies],
) -> None:
    studies, idle = make(most_waiting=1), Held("idle")
    studies.prepare([idle.study, Held("later").study])
    assert idle.begun.wait(PATIENCE)
    studies.want("a", idle.study)
    idle.go.set()

    assert done(studies, "idle") == "IDLE"
    assert idle.times == 1


def test_nothing_is_prepared_while_others_are_busy(make: Callable[..., Studies]) -> None:
    quiet = Event()
    studies, idle, asked = make(quiet=quiet.is_set), Held("idle"), Held("asked")
    idle.go.set()
    asked.go.set()
    studies.prepare([idle.study])
    studies.want("a", asked.study)
    assert done(studies, "asked") == "ASKED"

    assert not idle.begun.is_set()
    quiet.set()
    assert done(studies, "idle") == "IDLE"
