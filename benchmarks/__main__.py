"""Measure how fast the model is and write `docs/benchmarks.md` (`make bench`).

With --quick: a short run that writes nothing, unless --out says where. With --peer: measure only
the month at work against Mesa objects, and renew it in the page that is there.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks import ensembles, million, pairs
from benchmarks.machine import cores, describe
from benchmarks.measure import Sample, Slice, Way, draws_of, full_run, philox_ns, rounds
from benchmarks.picture import draw
from benchmarks.plan import QUICK, WHOLE, Plan
from benchmarks.report import page
from benchmarks.results import AtWork, Results, Size, compare, load, save
from benchmarks.starts import starts
from model.calendar import MONTHS_PER_YEAR

DOCS = Path(__file__).parent.parent / "docs"


def main() -> None:
    """Measure, print what was found, and write the page."""
    options = _options()
    plan = QUICK if options.quick else WHOLE
    folder = options.out or (None if options.quick else DOCS)
    before = load((options.out or DOCS) / "benchmarks.json")
    if options.peer:
        if before is None:
            sys.exit(
                "--peer renews a part of earlier results, and there are none that can be read."
            )
        results = replace(before, at_work=_at_work(plan))
    else:
        results = measure(plan)
    _tell("")
    for aim in results.aims():
        print(f"{'met    ' if aim.is_met else 'NOT MET'}  {aim.about}: {aim.measured} ({aim.aim})")
    if before is not None and before.plan == results.plan:
        print(f"\nSince {before.machine['date']}:", *compare(results, before), sep="\n  ")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        arguments = [argument for argument in sys.argv[1:] if argument != "--peer"]
        command = shlex.join(["python", "-m", "benchmarks", *arguments])
        (folder / "benchmarks.md").write_text(page(results, command), encoding="utf-8")
        draw(results, folder / "benchmarks.svg")
        save(results, folder / "benchmarks.json")
        print(f"\nWritten: benchmarks.md, .svg and .json in {folder.name}/")


def measure(plan: Plan) -> Results:
    """Measure everything in the plan."""
    machine = describe()
    _tell("counting draws")
    draws = draws_of(plan)
    samples = {}
    for size in plan.sizes:
        _tell(f"laying down {size:,} families")
        samples[size] = Sample(size, plan.months, draws)
    agents = Sample(plan.by_agents, plan.agent_months, draws)
    _tell("laying down the full size")
    full = Sample(plan.full, MONTHS_PER_YEAR * plan.years, draws)
    seconds = rounds(_ways(plan, samples, agents, full), plan.rounds, _tell)
    _tell("new processes")
    started = starts(plan.starts, _tell)
    _tell("pairs and answers")
    shared = pairs.in_own_process(quick=plan is QUICK)
    _tell("a million families")
    million_run = {} if plan is QUICK else million.in_own_process()
    _tell("ensembles")
    return Results(
        machine=machine,
        plan=asdict(plan) | {"sizes": list(plan.sizes)},
        sizes=[_size(size, sample, seconds) for size, sample in samples.items()],
        by_agents=_size(plan.by_agents, agents, seconds, "agents"),
        mesa_ns=1e9 * seconds["agent by agent"][0] / agents.family_months,
        at_work=_at_work(plan),
        draws=asdict(draws) | {"all": draws.all},
        full_families=int(full.state.entries[0]),
        full_family_months=full.family_months,
        full_build_seconds=full.build_seconds,
        full_one_seconds=seconds["one thread"][0],
        full_two_seconds=seconds.get("two threads", [None])[0],
        starts=started,
        ensembles=ensembles.in_own_process(quick=plan is QUICK),
        philox_ns=philox_ns(plan.rounds),
        pairs=shared,
        million=million_run,
    )


def _ways(plan: Plan, samples: dict[int, Sample], agents: Sample, full: Sample) -> dict[str, Way]:
    ways: dict[str, Way] = {}
    for name, sample in [*samples.items(), ("agents", agents)]:
        ways[f"compiled {name}"] = sample.compiled
        ways[f"floor {name}"] = sample.floor
    ways["agent by agent"] = agents.mesa_face
    ways["one thread"] = full_run(full.state, plan.years, 1)
    if cores() > 1:
        ways["two threads"] = full_run(full.state, plan.years, 2)
    return ways


def _at_work(plan: Plan) -> AtWork:
    machine = describe()
    pair = Slice(plan.by_agents, plan.agent_months)
    ways: dict[str, Way] = {"month at work": pair.compiled, "Mesa objects": pair.peer}
    seconds = rounds(ways, plan.rounds, _tell)
    compiled, objects = (1e9 * seconds[name][0] / pair.family_months for name in ways)
    return AtWork(plan.by_agents, pair.family_months, compiled, objects, machine)


def _size(families: int, sample: Sample, seconds: dict[str, list[float]], name: str = "") -> Size:
    key = name or families
    whole, rows = seconds[f"compiled {key}"]
    return Size(
        families,
        sample.family_months,
        sample.state.bytes_per_family,
        sample.build_seconds,
        1e9 * whole / sample.family_months,
        1e9 * rows / sample.family_months,
        1e9 * seconds[f"floor {key}"][0] / sample.floor_family_months,
    )


def _tell(text: str) -> None:
    """Say what is being measured, on one line of a terminal; elsewhere nothing is said."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run, about a minute")
    parser.add_argument("--peer", action="store_true", help="only the month at work, in the page")
    parser.add_argument("--out", type=Path, help="folder for the page, the picture and the numbers")
    return parser.parse_args()


if __name__ == "__main__":
    main()
