"""The page of the benchmark, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.results import Results, short

_HEAD = """# How fast it is

Written by `{command}`; not to be edited by hand. Every number comes from one run on one machine:

> {machine}
{caveat}
![Nanoseconds per family-month by way of running and by size](benchmarks.svg)

"""

_BUSY = """
**Provisional**: other work ran on the machine at the same time (load {load} on {cores} cores),
which slows everything, two threads most of all.
"""

_WAYS = """
## Four ways to live a month

The unit is the active family-month: one family that is in the country, or away for a while, living
one month with its adults and children. Each month is timed {rounds} times, in rounds that take
turns; the fastest counts, and months are added up. One thread.

- **Compiled loop**: `model.step()`, what every run uses: opening the month, all rows, closing it.
- **Agent by agent**: `model.agents.do("step")`, the same compiled steps called for one family at a
  time, as Mesa does.
- **Idiomatic Mesa**: `benchmarks/idiomatic`, the same world with attributes on objects and
  `random`. What is the same and what differs is said in its first file.
- **Floor**: `model/measuring/floor.py`, which makes as many draws and touches the same rows, and
  works nothing out. It is held against the walk over the rows, without opening and closing the
  month.
"""

_SAME = """
Is it the same work? After {months} months with {agents:,} families the two models, which do not
meet the same luck, say:

"""

_DRAWS = """
## Draws

The floor makes {all:.2f} calls of the generator in a family-month, four draws each, as the steps do
on average over a school year (counted by walking {counted} families through the uncompiled steps):
{per_family:.2f} for a family, {per_adult:.2f} for each of its {adults:.2f} adults and
{per_child:.2f} for each of its {children:.2f} children.

"""


_ENSEMBLES = """
## Ensembles

`python -m benchmarks.ensembles`: pairs of two scenarios (`s01_reference` and `s19_housing`, 15
years) on all cores. The efficiency is the time of one process over that of all workers, times their
number. What it means for a study is in [scaling.md](scaling.md).

"""


def page(results: Results, command: str) -> str:
    """Return the whole page."""
    return "".join(
        (
            _HEAD.format(command=command, machine=_machine(results), caveat=_caveat(results)),
            _aims(results),
            _WAYS.format(rounds=results.plan["rounds"]),
            "\n",
            _ways(results),
            _SAME.format(months=results.plan["agent_months"], agents=results.by_agents.families),
            _averages(results),
            "\n## By size\n\n",
            _sizes(results),
            _DRAWS.format(counted=results.plan["counted"], **results.draws),
            _blocks(results),
            "\n## Whole runs and starts\n\n",
            _runs(results),
            _ENSEMBLES,
            table(("", "measured"), results.ensembles),
        )
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; the first column holds words, the others numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _caveat(results: Results) -> str:
    load, cores = results.machine["load at the start"], results.machine["cores"]
    return _BUSY.format(load=load, cores=cores) if float(load) > float(cores) / 2.0 else ""


def _machine(results: Results) -> str:
    machine = dict(results.machine)
    date, processor, cores = (machine.pop(key) for key in ("date", "processor", "cores"))
    rest = ", ".join(f"{name} {value}" for name, value in machine.items())
    return f"{processor}, {cores} cores, {rest}; {date}"


def _aims(results: Results) -> str:
    rows = [
        (aim.about, aim.measured, aim.aim, "met" if aim.is_met else "**not met**")
        for aim in results.aims()
    ]
    return table(("", "measured", "aim", ""), rows)


def _ways(results: Results) -> str:
    rows = [
        ("compiled loop", results.by_agents.ns),
        ("agent by agent", results.mesa_ns),
        ("idiomatic Mesa", results.idiomatic_ns),
        ("floor", results.by_agents.floor_ns),
    ]
    return table(
        (
            f"{results.by_agents.families:,} families",
            "ns per family-month",
            "times the compiled loop",
        ),
        [(name, f"{ns:,.0f}", short(ns / results.by_agents.ns)) for name, ns in rows],
    )


def _averages(results: Results) -> str:
    ours, theirs = results.averages["compiled"], results.averages["idiomatic"]
    rows = [(name, f"{ours[name]:,.4g}", f"{theirs[name]:,.4g}") for name in ours]
    return table(("average", "compiled", "idiomatic"), rows)


def _sizes(results: Results) -> str:
    head = (
        "families at the start",
        "ns",
        "rows only, ns",
        "floor, ns",
        "times the floor",
        "bytes per family",
    )
    rows = [
        (
            f"{size.families:,}",
            f"{size.ns:,.0f}",
            f"{size.rows_ns:,.0f}",
            f"{size.floor_ns:,.0f}",
            f"{size.rows_ns / size.floor_ns:.2f}",
            f"{size.bytes_per_family:,.0f}",
            f"{size.family_months:,}",
            f"{size.build_seconds:.2f}",
        )
        for size in results.sizes
    ]
    return table((*head, "family-months timed", "laid down in, s"), rows)


def _blocks(results: Results) -> str:
    rows = [(name, f"{calls:.3f}") for name, calls in results.draws["by_block"].items()]
    return table(("block of processes", "calls per family-month"), rows)


def _runs(results: Results) -> str:
    starts = results.starts
    parts = ", ".join(f"{name} {s:.2f}" for name, s in starts["second_start_parts"].items())
    years = results.plan["years"]
    whole = f"{results.full_families:,} families and those that come in {years} years"
    rows = [
        (f"{whole}: laying them down", f"{results.full_build_seconds:.2f}"),
        (
            "the months with observation, and the table, one thread",
            f"{results.full_one_seconds:.2f}",
        ),
    ]
    if results.full_two_seconds is not None:
        rows.append(("the same, two threads", f"{results.full_two_seconds:.2f}"))
    rows += [
        ("a process that does nothing", f"{starts['python_seconds']:.2f}"),
        ("a process that imports the model", f"{starts['import_seconds']:.2f}"),
        (
            "first start: compiles, then 2,000 families for 15 years",
            f"{starts['first_start_seconds']:.1f}",
        ),
        (f"second start, the same run ({parts})", f"{starts['second_start_seconds']:.2f}"),
    ]
    return table(("", "seconds"), rows)
