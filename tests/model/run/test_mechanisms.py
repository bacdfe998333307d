"""What is timed by mechanism is the month itself."""

from model.measuring.mechanisms import MECHANISMS, live_until
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.run.build import build_population
from model.run.engine import Engine
from model.state import ARRAYS

SPRING = 8
FAMILIES = 300


def engines() -> tuple[Engine, Engine]:
    timetable = build(FROZEN_2023, 12)
    state = build_population(timetable, 1, FAMILIES)
    return Engine(state.copy(), timetable, 1), Engine(state, timetable, 1)


def test_a_month_lived_up_to_its_last_mechanism_is_the_whole_month() -> None:
    whole, parts = engines()
    for month in range(SPRING):
        parts.open()
        for i in range(parts.n_rows):
            live_until()(parts.world, i, month, len(MECHANISMS))
        parts.close()
        whole.step()
    for name in ARRAYS:
        assert getattr(parts.state, name).tobytes() == getattr(whole.state, name).tobytes(), name


def test_a_month_without_its_last_mechanism_is_another_one() -> None:
    whole, parts = engines()
    for month in (0, 1):
        parts.open()
        for i in range(parts.n_rows):
            live_until()(parts.world, i, month, len(MECHANISMS) - 1)
        parts.close()
        whole.step()
    assert not parts.state.signals.any()
    assert whole.state.signals.any()
