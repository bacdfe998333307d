"""The same bits on another processor's mathematics: glibc with and without its fused operations."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from model.calendar import MONTHS_PER_YEAR
from model.run.simulation import Simulation
from scenarios import load
from tests import generic

WITHOUT = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX512F,-AVX512VL"}
"""Glibc takes other code for exp, log and power then, which rounds otherwise now and then."""

ROUNDED = """
import hashlib, math
print(hashlib.sha256(repr([math.exp(k / 1000) for k in range(20000)]).encode()).hexdigest())
"""

LIVED = """
import hashlib
from model.policy.timetable import build
from model.run.build import build_population, lives_of
from model.run.engine import live_out
from model.run.simulation import Simulation
from model.state import ARRAYS
from scenarios import load

scenario, months = load("s05_flex_law"), 72
table = build(scenario, months)
digest = hashlib.sha256()
state = build_population(table, 3, 400, lives_of(table, live_out))
for name in ARRAYS:
    digest.update(getattr(state, name).tobytes())
run = Simulation(scenario, families=400, population=state, seed=3, years=6).run()
for name in ARRAYS:
    digest.update(getattr(run.state, name).tobytes())
digest.update(run.sums().numbers.tobytes())
print(digest.hexdigest())
"""


def told(code: str, **environment: str) -> str:
    """Return what a new process says."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.skipif(
    platform.machine() != "x86_64" or platform.libc_ver()[0] != "glibc",
    reason="only glibc on x86-64 has the two variants",
)
def test_a_mathematics_library_without_fused_operations_gives_the_same_lives() -> None:
    if told(ROUNDED) == told(ROUNDED, **WITHOUT):
        pytest.skip("this processor or library has one variant only")

    assert told(LIVED) == told(LIVED, **WITHOUT)


def test_what_is_compared_with_a_generic_processor_is_a_run_as_anyone_lives_it(
    tmp_path: Path,
) -> None:
    years = generic.MONTHS // MONTHS_PER_YEAR
    run = Simulation(
        load(generic.SCENARIO), families=generic.FAMILIES, seed=generic.SEED, years=years
    )
    people = tmp_path / "people"
    people.write_bytes(generic.people())

    processor, digest = generic.lived(people).split()

    assert digest == run.run().state.digest()
    assert int(processor.rpartition("+")[2]) > 0
