"""What sharing months saves: `python -m benchmarks.pairs` (about a minute of a quiet processor).

Part of `make bench`. All in processor time, in rounds that take turns; of every way the fastest
round counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from statistics import fmean
from time import perf_counter, process_time

import numpy as np

from benchmarks.machine import peak_mb
from model.family_rows import MARK
from model.policy.scenario import Scenario
from model.run.simulation import Simulation
from scenarios import compose, load
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.files.load import names
from scenarios.pairs.pair import Pair
from scenarios.runs.local import make_ready
from scenarios.runs.task import Task

BASE, FLEX_LAW, BANDWIDTH = "s01_reference", "s05_flex_law", "s02_bandwidth"
FAMILIES, YEARS, SEED, REPLICATES = 1_000, 15, 1, 4
LEVER, VALUES, FROM = "housing_decoupled", (0.4, 0.6, 0.8), "2026-01"
"""What a visitor moves on the board, where to, and from when."""

PAIR = "processor time of a pair over two runs, s05_flex_law"
MEAN_PAIR = "the same, mean of all shipped scenarios"
ANSWER = "4 replicates of 500 families, an alternative, base kept, to numbers with interval"
FULL_SECONDS = "full size, a pair, two threads, people from the cache, wall-clock seconds"
FULL_MEGABYTES = "the same, most memory of the process"
MOVED_FURTHER = "the same, a lever that was moved before"
LIVED = "of 100 family-months of an alternative, those after the shared months (mean)"
DIFFER = "of the same 100, those in which a lever reaches the family or its life differs (mean)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the best counts (3)")
    parser.add_argument("--full", action="store_true", help="one pair at full size, nothing else")
    parser.add_argument("--few", action="store_true", help="of the scenarios only the bill")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    options = parser.parse_args()
    if options.full:
        found = full(_people_kept())
    else:
        found = pairs(options.rounds, few=options.few) | answers(options.rounds)
        found |= {} if options.few else differing()
    if options.json:
        print(json.dumps(found))
        return
    for what, measured in found.items():
        print(f"{what}: {measured:.2f}")


def in_own_process(*, quick: bool) -> dict[str, float]:
    """Return what a new process measures."""
    found = _measured(*(["--rounds", "1", "--few"] if quick else []))
    return found if quick else found | _measured("--full")


def _measured(*options: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.pairs", "--json", *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def full(task: Task) -> dict[str, float]:
    """Return the seconds of a pair of which nobody lived a month before, and the memory."""
    start = perf_counter()
    task.live()
    return {FULL_SECONDS: perf_counter() - start, FULL_MEGABYTES: peak_mb()}


def _people_kept() -> Task:
    """Return the pair at full size; its people are in the cache then, and code is ready."""
    scenarios = load(BASE), load(FLEX_LAW)
    make_ready()
    Simulation(scenarios[0], families=None, years=YEARS, seed=SEED, reference=scenarios[0])
    return Task(
        scenarios=scenarios,
        reference=scenarios[0],
        families=None,
        years=YEARS,
        replicate=0,
        seed=SEED,
        threads=2,
    )


def pairs(rounds: int, *, few: bool) -> dict[str, float]:
    """Return the time of a pair over that of its two runs, each on its own.

    Of the bill on flexible work, and of all shipped scenarios on average.
    """
    base = load(BASE)
    others = [FLEX_LAW] if few else [name for name in names() if name != BASE]
    _live(base, load(FLEX_LAW))
    ratios = {}
    for name in others:
        other = load(name)
        ways = (lambda: _live(base, other), lambda: _live(base), lambda: _live(other))  # noqa: B023
        together, *alone = fastest(ways, rounds)
        ratios[name] = together / sum(alone)
    mean = {} if few else {MEAN_PAIR: fmean(ratios.values())}
    return {PAIR: ratios[FLEX_LAW]} | mean


def differing() -> dict[str, float]:
    """Return what is lived of a hundred family-months of an alternative, and what of it differs.

    A family-month differs when a lever reaches the family in it, or when anything of the family is
    other than in the base after it or after the month before. Means of all shipped scenarios.
    """
    counts = np.array([_family_months(load(name)) for name in names() if name != BASE])
    lived, differ = 100.0 * (counts[:, 1:] / counts[:, :1]).mean(axis=0)
    return {LIVED: float(lived), DIFFER: float(differ)}


def _family_months(alternative: Scenario) -> tuple[int, int, int]:
    """Return family-months of an alternative: all, those not shared with the base, differing."""
    pair = Pair.of(load(BASE), alternative, families=FAMILIES, years=YEARS, seed=SEED)
    months = lived = differ = 0
    was_other = np.zeros(pair.states[0].families.size, bool)

    def watch(pair: Pair) -> None:
        nonlocal months, lived, differ, was_other
        base, run = pair.runs
        here = run.is_here()
        months += int(here.sum())
        if run is base:
            return
        families, children = run.state.families, run.state.children
        is_reached = families[MARK] != 0
        is_reached[pair.family_of_child[children[MARK] != 0]] = True
        is_other = pair.differing()
        lived += int(here.sum())
        differ += int((here & (is_reached | is_other | was_other)).sum())
        was_other = is_other
        # The next month's marks are its own; no rule reads them.
        families[MARK] = children[MARK] = 0

    pair.run(watch)
    return months, lived, differ


def answers(rounds: int) -> dict[str, float]:
    """Return the milliseconds to an answer of four replicates, of which the base is remembered.

    When another lever is moved than before, and when the same one is moved further.
    """
    base = load(BASE)
    first: list[float] = []
    further: list[float] = []
    for _ in range(rounds):
        memory = Memory()
        _asked(base, base, memory)
        first.append(_asked(base, _moved(VALUES[0]), memory))
        further += [_asked(base, _moved(value), memory) for value in VALUES[1:]]
    return {
        ANSWER: 1000 * min(first),
        MOVED_FURTHER: 1000 * min(further),
    }


def fastest(ways: tuple[Callable[[], None], ...], rounds: int) -> list[float]:
    """Return the processor seconds of each way, the fewest of rounds that take turns."""
    taken = [[_timed(way) for way in ways] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def _moved(value: float) -> Scenario:
    return compose(BANDWIDTH, name="moved", levers={LEVER: {"value": value, "start": FROM}})


def _live(*scenarios: Scenario) -> None:
    Task(
        scenarios=scenarios,
        reference=load(BASE),
        families=FAMILIES,
        years=YEARS,
        replicate=0,
        seed=SEED,
    ).live()


def _asked(base: Scenario, alternative: Scenario, memory: Memory) -> float:
    """Ask a question; return the processor seconds to its numbers with interval."""
    found = Replicates(Question(base=base, alternative=alternative, years=YEARS, seed=SEED), memory)

    def ask() -> None:
        while found.n < REPLICATES:
            found.live()
        found.sums().look("vsv_vo_expected")

    return _timed(ask)


def _timed(way: Callable[[], None]) -> float:
    start = process_time()
    way()
    return process_time() - start


if __name__ == "__main__":
    main()
