"""Places run out: courses and preschool let in what fits, in order of waiting."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from model import FamilyModel
from model.enums import Stage
from model.family_rows import family_of_child
from model.kernel.rows import (
    COURSE,
    COURSE_ADMITTED,
    COURSE_ADULTS,
    LOT_LEVELS,
    N_PLACES,
    PRESCHOOL,
    VE_STAYING,
    VE_TARGET_GROUP,
)
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population
from model.run.engine import Engine

MONTHS = 48
Watch = Callable[[Engine, np.ndarray, np.ndarray], None]


def scarce(places: float = 2.0, ratio: float = 0.7) -> Scenario:
    """Return a policy with few course places and few preschool places."""
    return Scenario(
        id="scarce",
        levers=(LeverChange(lever="web_places_per_100", value=places),),
        parameters=(ParameterChange(parameter="early_years.ve_places_ratio", value=ratio),),
    )


def live(scenario: Scenario, watch: Watch) -> Engine:
    """Live some years; `watch` gets last month's counts and queues, when the month is open."""
    plan = build(scenario, MONTHS)
    engine = Engine(build_population(plan, 1, 4000), plan, 1)
    for _ in range(MONTHS):
        tally = engine._tallies[0]
        counts, queue = tally.counts.copy(), tally.queue.copy()
        engine.open()
        watch(engine, counts, queue)
        engine.live()
        engine.close()
    return engine


def waiting(queue: np.ndarray, which: int, place: int, cutoff: float) -> int:
    """Return how many on a waiting list have a priority that lets them in."""
    return int(queue[which, place, int(cutoff) :].sum())


def test_no_more_children_are_let_in_than_there_are_open_preschool_places() -> None:
    full: list[bool] = []

    def watch(engine: Engine, counts: np.ndarray, queue: np.ndarray) -> None:
        for k in range(N_PLACES):
            # What is carried over adds at most the place of one child.
            n_open = 0.7 * counts[k, VE_TARGET_GROUP] - counts[k, VE_STAYING] + 1.0
            cutoff = engine.state.places["ve_cutoff"][k]
            admitted = waiting(queue, PRESCHOOL, k, cutoff)
            assert admitted <= max(0, n_open)
            full.append(admitted < queue[PRESCHOOL, k].sum())

    live(scarce(ratio=0.7), watch)

    assert any(full), "nobody had to wait, so the test shows nothing"


def test_no_more_adults_are_let_in_than_there_are_course_places() -> None:
    given, due = np.zeros(N_PLACES), np.zeros(N_PLACES)
    had_to_wait: list[bool] = []

    def watch(engine: Engine, counts: np.ndarray, queue: np.ndarray) -> None:
        given[:] += counts[:, COURSE_ADMITTED]
        due[:] += 2.0 / 100.0 * counts[:, COURSE_ADULTS] / 12.0
        for k in range(N_PLACES):
            cutoff = engine.state.places["web_cutoff"][k]
            admitted = waiting(queue, COURSE, k, cutoff)
            assert admitted <= int(engine.state.places["web_credit"][k])
            had_to_wait.append(admitted < queue[COURSE, k].sum())
        assert (given <= due + 1.0).all()

    live(scarce(places=2.0), watch)

    assert any(had_to_wait)
    assert given.sum() > 0.0


def on_the_list(engine: Engine, which: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return months waited, who has a place, and where, of children or of families."""
    families, children = engine.state.families, engine.state.children
    where = families["municipality"].copy()
    if which == COURSE:
        return families["course_wait"].copy(), families["course_funder"] == 1, where
    has_place = children["stage"] == Stage.VE
    return children["ve_wait"].copy(), has_place, where[family_of_child(engine.state)]


@pytest.mark.parametrize("which", [PRESCHOOL, COURSE], ids=["preschool", "course"])
def test_who_gets_a_place_has_waited_as_long_as_whoever_goes_on_waiting(which: int) -> None:
    last: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    n_compared = 0

    def watch(engine: Engine, _: np.ndarray, __: np.ndarray) -> None:
        nonlocal n_compared
        now = on_the_list(engine, which)
        if last:
            was, had_place, where = last.pop()
            wait, has_place, there = now
            listed = (was > 0) & (where == there)
            let_in = listed & ~had_place & has_place & (wait == 0)
            waits_on = listed & (wait > was)
            for k in np.unique(where[let_in]):
                kept = was[waits_on & (where == k)]
                if kept.size:
                    n_compared += 1
                    assert was[let_in & (where == k)].min() >= kept.max()
        last.append(now)

    live(scarce(places=4.0, ratio=0.5), watch)

    assert n_compared > 5


@pytest.mark.parametrize("which", [PRESCHOOL, COURSE], ids=["preschool", "course"])
def test_who_waits_longest_is_let_in_first(which: int) -> None:
    name = ("ve_cutoff", "web_cutoff")[which]
    waited: list[float] = []

    def watch(engine: Engine, _: np.ndarray, queue: np.ndarray) -> None:
        for k in range(N_PLACES):
            cutoff = int(engine.state.places[name][k])
            let_in = np.flatnonzero(queue[which, k, cutoff:]) + cutoff
            kept = np.flatnonzero(queue[which, k, :cutoff])
            if let_in.size and kept.size:
                # A priority is the months waited times LOT_LEVELS plus a lot that stays.
                assert let_in.min() > kept.max()
                assert let_in.min() // LOT_LEVELS >= kept.max() // LOT_LEVELS
            waited.extend(let_in // LOT_LEVELS)

    live(scarce(places=4.0, ratio=0.7), watch)

    assert max(waited) > 1


def let_in_courses(places: float) -> int:
    """Return how many families a yearly number of places per 100 adults lets into a course."""
    seen: list[int] = []
    live(scarce(places=places), lambda _, counts, __: seen.append(counts[:, COURSE_ADMITTED].sum()))
    return sum(seen)


def test_more_course_places_let_more_families_in() -> None:
    admitted = [let_in_courses(places) for places in (0.0, 1.0, 4.0, 10.0, 30.0)]

    assert admitted[0] == 0
    assert admitted == sorted(set(admitted))


def test_more_preschool_places_let_more_children_in() -> None:
    hours = []
    # From .8 of the target group on there is a place for whoever wants one.
    for ratio in (0.5, 0.65, 1.1):
        children = live(scarce(ratio=ratio), lambda *_: None).state.children
        hours.append(float(children["ve_hours"].astype(float).sum()))

    assert hours == sorted(set(hours))


def test_a_child_that_waits_at_its_fourth_birthday_goes_to_school_instead() -> None:
    model = FamilyModel(scarce(ratio=0.6), families=2000, rng=1, years=4, collect=False)
    model.run_for(MONTHS)
    children = model.state.children
    pupils = children["is_enrolled"] != 0

    assert pupils.sum() > 100
    assert (children["ve_wait"][pupils] == 0).all()
