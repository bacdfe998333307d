"""Results that last, whatever happens to the process: killed, crowded out, out of space."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.policy.record import to_record
from model.policy.scenario import Scenario
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.store.list_runs import list_runs
from scenarios.store.lock import writing

Pair = tuple[Scenario, Scenario]
Child = Callable[[str, Path], subprocess.CompletedProcess[str]]
SMALL: dict[str, Any] = {
    "families": 40, "years": 2, "seed": 7, "replicates": range(4), "workers": 1,
}  # fmt: skip
SECONDS = 300
"""A subprocess that takes longer has hung; compiling is slow on a busy machine."""

CHILD = """
    import json, os, resource, signal, sys
    from model.errors import VeerkrachtError
    from model.policy.scenario import FROZEN_2023
    from scenarios.format import parts
    from scenarios.store import run_folder
    from scenarios.runs.run import run_pairs
    from model.policy.record import from_record

    def live(folder, record, **more):
        pair = (FROZEN_2023, from_record(json.loads(record)))
        settings = dict(families=40, years=2, seed=7, replicates=range(4), workers=1) | more
        return run_pairs(pair, **settings, out=folder)
"""


@pytest.fixture(scope="module")
def reference(pair: Pair) -> Ensemble:
    """The ensemble that was never disturbed."""
    return run_pairs(pair, **SMALL)


@pytest.fixture(scope="module")
def child(pair: Pair) -> Child:
    """Give a function that runs Python with `live(folder, record)` in a process of its own."""

    def run(body: str, folder: Path) -> subprocess.CompletedProcess[str]:
        text = textwrap.dedent(CHILD) + textwrap.dedent(body)
        record = json.dumps(to_record(pair[1]))
        return subprocess.run(
            [sys.executable, "-c", text, str(folder), record],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    return run


@pytest.mark.parametrize(("n_parts", "moment"), [(0, "before"), (1, "between"), (2, "after")])
def test_an_ensemble_that_was_killed_ends_with_the_same_numbers(
    child: Child,
    pair: Pair,
    reference: Ensemble,
    tmp_path: Path,
    n_parts: int,
    moment: str,
) -> None:
    body = f"""
    run_folder.RUNS_PER_PART = 2
    write, whole, n = run_folder.write_part, parts.write_whole, 0

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    def write_part(path, runs, *about):
        global n
        if n == {n_parts}:
            if {moment!r} == "before":
                die()
            if {moment!r} == "between":
                parts.write_whole = lambda path, content: (whole(path, content), die())
        made = write(path, runs, *about)
        n += 1
        if n == {n_parts} and {moment!r} == "after":
            die()
        return made

    run_folder.write_part = write_part
    live(*sys.argv[1:])
    """

    killed = child(body, tmp_path / "run")
    left = list_runs(tmp_path)
    found = run_pairs(pair, **SMALL, out=tmp_path / "run")

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert [(one.state, one.done, one.due) for one in left] == [("unfinished", 2 * n_parts, 8)]
    assert found.digest == reference.digest
    assert sum(len(part.runs) for part in found.parts) == 8


def test_workers_end_with_the_process_that_started_them(
    child: Child,
    pair: Pair,
    reference: Ensemble,
    tmp_path: Path,
) -> None:
    body = """
    run_folder.RUNS_PER_PART = 2
    write = run_folder.write_part

    def write_part(path, runs, *about):
        write(path, runs, *about)
        os.kill(os.getpid(), signal.SIGKILL)

    run_folder.write_part = write_part
    if __name__ == "__main__":
        live(*sys.argv[1:], workers=2)
    """

    # Returns when everybody who holds the output has ended, workers included.
    killed = child(body, tmp_path / "run")

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert run_pairs(pair, **SMALL, out=tmp_path / "run").digest == reference.digest


def test_two_processes_do_not_write_into_one_folder(child: Child, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    body = """
    try:
        live(*sys.argv[1:])
    except VeerkrachtError as error:
        print(error)
    """

    with writing(folder):
        refused = child(body, folder)

    assert f"is being written by process {os.getpid()} on" in refused.stdout, refused.stderr
    assert "another folder" in refused.stdout


def test_when_space_runs_out_it_is_said_and_what_is_whole_stays(
    child: Child,
    pair: Pair,
    reference: Ensemble,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "run"
    run_pairs(pair, **(SMALL | {"replicates": range(1)}), out=folder)
    body = """
    write = run_folder.write_part

    def write_part(*given):
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
        return write(*given)

    run_folder.write_part = write_part
    try:
        live(*sys.argv[1:])
    except VeerkrachtError as error:
        print(error)
    """

    full = child(body, folder)

    assert "no space left to write" in full.stdout, full.stderr
    assert "run the same again to go on" in full.stdout
    (left,) = list_runs(tmp_path)
    assert (left.state, left.done, left.due) == ("unfinished", 2, 8)
    assert list(folder.rglob("*.partial")) == []
    assert run_pairs(pair, **SMALL, out=folder).digest == reference.digest
