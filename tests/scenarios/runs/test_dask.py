"""A Dask cluster gives the numbers of this machine, also when a worker is killed on the way."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import nullcontext
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest

from calibration.fitting.waves import Place
from calibration.fitting.world import Model
from calibration.targets.reader import load_targets
from model.errors import StorageError, VeerkrachtError
from model.policy.scenario import Scenario
from scenarios.runs import schedule
from scenarios.runs.local import Local
from scenarios.runs.places import live
from scenarios.runs.run import run_pairs
from scenarios.runs.task import Lived, Task

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {"families": 40, "years": 2, "seed": 7, "replicates": range(6)}
FIT = partial(
    Model,
    targets=[one for one in load_targets().values() if one.id.endswith("_poles")],
    families=40,
    years=5,
)
PLACES = [
    Place(wave=0, number=number, seed=seed, parameters={"work.p_hire": 0.1 + 0.02 * number})
    for number, seed in enumerate((7, 8, 7))
]
SECONDS = 300
"""A process of a cluster that takes longer to start or stop has hung."""


class Program:
    """A process whose output is read until it says something."""

    def __init__(self, *arguments: str, says: str) -> None:
        self.output: list[str] = []
        self.found: re.Match[str] | None = None
        self._pattern, self._settled = re.compile(says), threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._settled.wait(SECONDS)

    @property
    def pid(self) -> int:
        """The process, and the group of all that it started."""
        return self._process.pid

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.output.append(line)
            if self.found is None and (found := self._pattern.search(line)):
                self.found = found
                self._settled.set()
        self._settled.set()

    def kill(self) -> None:
        """End the process and all that it started, at once."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(SECONDS)
        self._reader.join(SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()


class Cluster:
    """A scheduler and two workers, as processes of their own."""

    def __init__(self) -> None:
        self.scheduler = Program(
            "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            says=r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)",
        )  # fmt: skip
        self.programs = [self.scheduler]
        if self.scheduler.found is None:
            self.stop()
            pytest.fail("The scheduler did not start:\n" + "".join(self.scheduler.output))
        self.address = self.scheduler.found.group(1)
        self.workers = [self._worker() for _ in range(2)]

    def _worker(self) -> Program:
        worker = Program(
            "dask", "worker", self.address, "--nthreads", "1", "--host", "127.0.0.1",
            "--no-dashboard", "--no-nanny", "--memory-limit", "0", says="Registered to",
        )  # fmt: skip
        self.programs.append(worker)
        return worker

    def stop(self) -> None:
        """End everything."""
        for program in reversed(self.programs):
            program.kill()


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Give a cluster on this machine."""
    monkeypatch.setenv("DASK_TEMPORARY_DIRECTORY", str(tmp_path))
    running = Cluster()
    try:
        yield running
    finally:
        running.stop()


def test_a_cluster_gives_the_numbers_of_one_process_also_when_a_worker_is_killed(
    cluster: Cluster, pair: Pair, tmp_path: Path
) -> None:
    here = run_pairs(pair, **SMALL, workers=1)
    heard: list[int] = []

    def kill_one(done: int, _: int) -> None:
        heard.append(done)
        if len(heard) == 2:
            os.killpg(cluster.workers[0].pid, signal.SIGKILL)

    there = run_pairs(
        pair, **SMALL, cluster=cluster.address, out=tmp_path / "run", progress=kill_one
    )

    assert cluster.workers[0]._process.wait(SECONDS) == -signal.SIGKILL
    assert there.digest == here.digest
    assert sum(len(part.runs) for part in there.parts) == 12
    assert there.table().equals(here.table())


def test_the_runs_of_a_fit_show_on_a_cluster_what_they_show_here(cluster: Cluster) -> None:
    here = sorted(FIT(workers=1)(PLACES), key=lambda one: one.number)
    there = sorted(FIT(cluster=cluster.address)(PLACES), key=lambda one: one.number)

    assert there == here
    assert not any(one.failed for one in here)
    assert len({tuple(one.values.items()) for one in here}) == 3


def test_an_address_where_no_scheduler_answers_is_said_in_plain_words(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenarios.runs.dask.CONNECT_SECONDS", 1)

    with pytest.raises(VeerkrachtError, match="no Dask scheduler with a worker answers at tcp"):
        run_pairs(pair, **SMALL, cluster="tcp://127.0.0.1:9")
    with pytest.raises(VeerkrachtError, match="no Dask scheduler with a worker answers at tcp"):
        list(FIT(cluster="tcp://127.0.0.1:9")(PLACES))


def test_a_worker_process_that_is_killed_costs_no_run(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run_pairs(pair, **SMALL, workers=1)
    places: list[Local] = []
    submit = Local.submit

    def noted(place: Local, task: Task) -> Future[Lived]:
        places.append(place)
        return submit(place, task)

    killed: list[int] = []

    def kill_one(*_: int) -> None:
        if not killed:
            killed.extend(list(places[0]._pool._processes)[:1])
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(Local, "submit", noted)
    there = run_pairs(pair, **SMALL, workers=2, progress=kill_one)

    assert killed
    assert there.digest == here.digest
    assert sum(len(part.runs) for part in there.parts) == 12


def test_a_server_of_workers_that_is_killed_costs_no_run(pair: Pair) -> None:
    here = run_pairs(pair, **SMALL, workers=1)
    killed: list[int] = []

    def kill_it(*_: int) -> None:
        server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        if not killed:
            killed.append(server)
            os.kill(server, signal.SIGKILL)

    there = run_pairs(pair, **SMALL, workers=2, progress=kill_it)
    forkserver.ensure_running()
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)  # type: ignore[attr-defined]
    again = run_pairs(pair, **SMALL, workers=2)

    assert killed
    assert {there.digest, again.digest} == {here.digest}


def test_a_system_that_lets_processes_share_nothing_is_told_in_one_sentence(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("multiprocessing.context.BaseContext.Event", full)

    with pytest.raises(StorageError, match=r"No space left.*/dev/shm.*--workers 1"):
        run_pairs(pair, **SMALL, workers=2)


class Graveyard:
    """A place where every worker dies of every task."""

    def __init__(self) -> None:
        self.renewed = 0

    def submit(self, _: Task) -> Future[Lived]:
        """Let a worker die."""
        future: Future[Lived] = Future()
        future.set_exception(BrokenExecutor())
        return future

    def size(self) -> int:
        """Return the number of workers."""
        return 2

    def is_death(self, error: BaseException) -> bool:
        """Return True."""
        return isinstance(error, BrokenExecutor)

    def renew(self) -> None:
        """Count new workers."""
        self.renewed += 1

    def stop(self) -> None:
        """Nothing lives here."""


def test_an_ensemble_whose_workers_die_again_and_again_gives_up_and_says_why(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Graveyard()
    monkeypatch.setattr(schedule, "_place", lambda *_: nullcontext(place))

    with pytest.raises(VeerkrachtError, match=r"died 3 times in a row .* memory is short"):
        run_pairs(pair, **SMALL, workers=2)
    assert place.renewed == 2


class Patient(Graveyard):
    """A place that lives tasks in order, and notes how many results somebody holds at once."""

    def __init__(self) -> None:
        super().__init__()
        self.held: WeakSet[Future[Lived]] = WeakSet()
        self.most = 0

    def submit(self, task: Task) -> Future[Lived]:
        """Live a task at once."""
        future: Future[Lived] = Future()
        future.set_result(live(task))
        self.held.add(future)
        self.most = max(self.most, len(self.held))
        return future


def test_only_a_few_results_are_held_at_once_however_large_the_ensemble(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Patient()
    monkeypatch.setattr(schedule, "_place", lambda *_: nullcontext(place))

    run_pairs(pair, **(SMALL | {"replicates": range(40)}), workers=2)

    assert place.most <= 2 * schedule.AHEAD * place.size()


def test_workers_with_other_code_are_refused(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "made_by", lambda: "model of today")

    with pytest.raises(VeerkrachtError, match=r"runs other code than this: .* model of today here"):
        run_pairs(pair, **SMALL, workers=2)
