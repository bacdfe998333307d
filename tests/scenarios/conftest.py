"""What the tests of scenario files share."""

import contextlib
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from model.errors import VeerkrachtError
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.run.simulation import Simulation
from scenarios import load
from scenarios.runs import schedule
from scenarios.runs.places import live
from scenarios.runs.task import Lived, Task
from scenarios.store import run_folder

HEAD = 'id = "mine"\ntitle = { nl = "Mijn proef", en = "My trial" }\n'
"""The two lines that every scenario needs."""

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def pair() -> tuple[Scenario, Scenario]:
    """Give a base and a policy that reaches many families from the first month."""
    level = LeverChange(lever="care_access_level", value=0.9)
    return FROZEN_2023, Scenario(id="more_care", title_en="More care", levers=(level,))


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that hears of each month that a run lives, by the name of its scenario."""
    heard: list[str] = []
    live_month = Simulation.live

    def counted(run: Simulation) -> None:
        heard.append(run.policy.id)
        live_month(run)

    monkeypatch.setattr(Simulation, "live", counted)
    return heard


@pytest.fixture(scope="session", autouse=True)
def _no_clock() -> Iterator[None]:
    """Let parts be written by the number of runs only, not by how busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_folder, "FLUSH_SECONDS", math.inf)
        yield


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a task be lived once only; this is about writing, not living."""
    known: dict[tuple[Any, ...], Lived] = {}

    def from_memory(
        task: Task, progress: Progress | None = None, stop: Stop | None = None
    ) -> Lived:
        key = (task.seed, task.replicate, task.draw, tuple(one.id for one in task.scenarios))
        if key not in known:
            known[key] = live(task, progress, stop)
        return known[key]

    monkeypatch.setattr(schedule, "live", from_memory)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a scenario file and returns its path."""

    def write_file(body: str, name: str = "mine", head: str | None = None) -> Path:
        path = tmp_path / f"{name}.toml"
        start = HEAD.replace('"mine"', f'"{name}"') if head is None else head
        path.write_text(start + body, "utf-8")
        return path

    return write_file


@pytest.fixture
def loaded(write: Write) -> Callable[..., Scenario]:
    """Give a function that writes a scenario file and loads it."""
    return lambda body, name="mine": load(write(body, name))


@pytest.fixture
def refusal(write: Write) -> Callable[..., str]:
    """Give a function that returns why a scenario file is refused, without its folder."""

    def refused(body: str, head: str | None = None) -> str:
        path = write(body, head=head)
        with contextlib.chdir(path.parent), pytest.raises(VeerkrachtError) as caught:
            load(Path(path.name))
        return str(caught.value)

    return refused
