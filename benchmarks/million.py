"""A million families, for the record: `python -m benchmarks.million` (about two minutes).

Part of `make bench`. Two threads, in wall-clock seconds: laying down all who are there and all who
come, the months with what is observed of them, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from time import perf_counter

from benchmarks.machine import peak_mb
from benchmarks.plan import SEED
from model.calendar import MONTHS_PER_YEAR
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.run.build import build_population
from model.run.simulation import Simulation
from scenarios.runs.local import make_ready

FAMILIES, YEARS, THREADS = 1_000_000, 15, 2

LAID_DOWN = "laying them down"
LIVED = "the months with observation, two threads"
MEMORY = "most memory of the process, MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--families", type=int, default=FAMILIES)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    options = parser.parse_args()
    found = live(options.families, options.years)
    if options.json:
        print(json.dumps(found))
        return
    for what, measured in found.items():
        print(f"{what}: {measured:,.1f}")


def live(families: int, years: int) -> dict[str, float]:
    """Return seconds and megabytes of one run; its code is compiled before."""
    make_ready()
    start = perf_counter()
    people = build_population(build(FROZEN_2023, MONTHS_PER_YEAR * years), SEED, families)
    laid_down = perf_counter()
    run = Simulation(
        FROZEN_2023,
        families=families,
        years=years,
        seed=SEED,
        threads=THREADS,
        population=people,
    )
    del people  # the run has its own
    run.run()
    return {
        LAID_DOWN: laid_down - start,
        LIVED: perf_counter() - laid_down,
        MEMORY: peak_mb(),
    }


def in_own_process() -> dict[str, float]:
    """Return what a new process measures."""
    command = [sys.executable, "-m", "benchmarks.million", "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
