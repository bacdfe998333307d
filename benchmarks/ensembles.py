"""How ensembles scale on this machine: `python -m benchmarks.ensembles` (about four minutes).

Part of `make bench`. The parallel efficiency is the time of one process for the same runs, over
that of all workers together; workers are started before the clock, as their start (a few seconds,
once) does not grow with the ensemble.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import peak_mb
from model import FamilyModel
from model.policy.scenario import Scenario
from scenarios import load
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.runs.schedule import n_workers

PAIR = ("s01_reference", "s19_housing")
YEARS = 15
HALF_SECOND = 6_000
"""Families whose run takes about half a second."""

NATIONAL_PAIRS = 10_000

type Rows = list[tuple[str, str]]
"""What was measured, and the number with its unit."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--replicates", type=int, default=20, help="pairs for the efficiency (20)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds, of which the best counts (3)"
    )
    parser.add_argument("--long", type=int, default=500, help="pairs for memory (500); 0 skips")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    options = parser.parse_args()
    pair = [load(name) for name in PAIR]
    rows = [
        *(_long(pair, options.long) if options.long else []),
        *(_national(pair) if options.long else []),
        *_efficiency(pair, options.replicates, options.rounds),
        *_shared(pair, options.rounds),
    ]
    if options.json:
        print(json.dumps(rows))
        return
    print("| what | measured |\n| --- | --- |")
    for what, measured in rows:
        print(f"| {what} | {measured} |")


def in_own_process(*, quick: bool) -> Rows:
    """Return the rows of a new process, whose memory is its own."""
    few = ["--replicates", "4", "--rounds", "1", "--long", "20"] if quick else []
    command = [sys.executable, "-m", "benchmarks.ensembles", "--json", *few]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return [(what, measured) for what, measured in json.loads(done.stdout.splitlines()[-1])]


def _efficiency(pair: Sequence[Scenario], n: int, rounds: int) -> Rows:
    workers = n_workers(None)

    def live(count: int, cores: int) -> Callable[[], Ensemble]:
        return lambda: run_pairs(
            pair, families=HALF_SECOND, years=YEARS, replicates=range(count), workers=cores
        )

    for cores in (1, workers):
        live(2 * workers, cores)()
    times = [(_seconds(live(n, 1)), _seconds(live(n, workers))) for _ in range(rounds)]
    alone, together = (min(column) for column in zip(*times, strict=True))
    runs = n * len(pair)
    return [
        (f"one run of {HALF_SECOND:,} families over {YEARS} years", f"{alone / runs:.2f} s"),
        (
            f"{runs} such runs, one process and {workers} workers",
            f"{alone:.1f} s, {together:.1f} s",
        ),
        ("**parallel efficiency**", f"{alone / workers / together:.0%}"),
    ]


def _shared(pair: Sequence[Scenario], rounds: int) -> Rows:
    """Measure what sharing a population saves, and what pairing and counting cost."""

    def apart() -> None:
        for scenario in pair:
            FamilyModel(
                scenario, families=HALF_SECOND, rng=1, years=YEARS, collect=False
            ).run().outcomes()

    def together() -> None:
        run_pairs(pair, families=HALF_SECOND, years=YEARS, workers=1)

    times = [(_seconds(apart), _seconds(together)) for _ in range(rounds)]
    alone, paired = (min(column) for column in zip(*times, strict=True))
    return [("a pair of an ensemble, over two runs on their own", f"{paired / alone:.2f}")]


def _long(pair: Sequence[Scenario], n: int) -> Rows:
    """Measure memory and storage over many small runs."""
    memory: dict[int, float] = {}
    months = YEARS * 12 * len(pair)

    def note(done: int, _: int) -> None:
        memory[done // months] = peak_mb()

    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        found = run_pairs(
            pair, families=400, years=YEARS, replicates=range(n), out=folder, progress=note
        )
        seconds = time.perf_counter() - start
        size = sum(part.size for part in found.parts)
        one = _seconds(lambda: found.table(outcome="vsv_mbo_expected", dimension="all"))
        group = _seconds(lambda: found.table(outcome="poor_share", dimension="municipality"))
        n_parts = len(list((Path(folder) / "outcomes").glob("*.parquet")))
    runs = n * len(pair)
    return [
        (
            f"{runs:,} runs of 400 families, stored",
            f"{seconds:.0f} s, {runs / seconds:.0f} a second",
        ),
        (
            f"most memory of the writing process after {n // 5:,}, {n // 2:,} and {n:,} pairs",
            ", ".join(f"{memory[k]:.0f} MB" for k in (n // 5, n // 2, n)),
        ),
        (
            f"memory after {n:,} pairs, over that after {n // 5:,}",
            f"{memory[n] / memory[n // 5]:.2f}",
        ),
        ("stored", f"{size / runs / 1000:.0f} kB a run, {n_parts} parts"),
        ("one outcome of everybody, all runs", f"{one:.2f} s"),
        ("one outcome by municipality, all runs", f"{group:.2f} s"),
    ]


def _national(pair: Sequence[Scenario]) -> Rows:
    """Measure one full-size pair in this process; work out what many cost."""
    start, cpu = time.perf_counter(), time.process_time()
    found = run_pairs(pair, families=None, years=YEARS, workers=1)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    hours = NATIONAL_PAIRS * cpu / 3600
    size = sum(part.size for part in found.parts)
    return [
        ("one full-size pair, one core", f"{seconds:.0f} s ({cpu:.0f} s of processor time)"),
        ("memory of a worker at full size", f"{peak_mb():,.0f} MB at most"),
        (
            f"{NATIONAL_PAIRS:,} full-size pairs",
            (
                f"{hours:,.0f} core hours: {hours / 2:,.0f} h on 2 cores, {hours / 64:.1f} h on 64;"
                f" {NATIONAL_PAIRS * size / 1e9:.1f} GB stored"
            ),
        ),
    ]


def _seconds(live: Callable[[], object]) -> float:
    start = time.perf_counter()
    live()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
