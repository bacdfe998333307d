"""The page of the benchmark, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks import million
from benchmarks.pairs import FAMILIES, YEARS
from benchmarks.results import AtWork, Results, short

_HEAD = """# How fast it is

Written by `{command}`; not to be edited by hand. Every number comes from one run on one
machine, but for the month at work, which may be measured on its own:

> {machine}
{caveat}
![Nanoseconds per family-month by way of running and by size](benchmarks.svg)

"""

_BUSY = """
**Provisional**: other work ran on the machine at the same time (load {load} on {cores} cores),
which slows everything, two threads most of all.
"""

_WAYS = """
## Three ways to live a month

The unit is the active family-month: one family that is in the country, or away for a while, living
one month with its adults and children. Each month is timed {rounds} times, in rounds that take
turns; the fastest counts, and months are added up. One thread.

- **Compiled loop**: `model.step()`, what every run uses: opening the month, all rows, closing it.
- **Agent by agent**: `model.agents.do("step")`, the same compiled steps called for one family at a
  time, as Mesa does.
- **Floor**: `model/measuring/floor.py`, which makes as many draws and touches the same rows, and
  works nothing out. It is held against the walk over the rows, without opening and closing the
  month.
"""

_AT_WORK = """
## Against Mesa objects: the month at work

`benchmarks/peer.py` lives one slice of the month as a Mesa model is usually written: families are
agents that hold their adults and children, objects with attributes, and luck is Python's `random`.
The slice is the month at work: contracts end, change and begin, hours are drawn, income and roster
follow. It calls the rules of the model as plain Python, and with the model's luck it gives the
model's values (`tests/benchmarks/test_peer.py`). The compiled side is the same step alone, over all
rows. The ratio is of this slice; for a whole month no peer exists, so none is given. {families:,}
families at the start, {family_months:,} family-months, fastest of the rounds; the objects in
processor time, so that other work on the machine does not count against them.

Measured {date}, load at the start {load} on {cores} cores.
{caveat}
"""

_BUSY_AT_WORK = """
**Provisional**: other work ran on the machine at the same time. It slows objects more than rows, so
that the ratio is higher than on a quiet machine; `python -m benchmarks --peer` measures it anew.
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

_PAIRS = f"""
## Shared months

`python -m benchmarks.pairs`: the months before two scenarios part are lived once. Ratios and
milliseconds of processor time; the base is `s01_reference`, {FAMILIES:,} families for {YEARS}
years. Families whose life does not differ are lived again all the same: what it would give to leave
them out, and what it would cost, is in [architecture.md](architecture.md#months-lived-once).

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
            _at_work(results.at_work),
            "\n## By size\n\n",
            _sizes(results),
            _DRAWS.format(counted=results.plan["counted"], **results.draws),
            _blocks(results),
            "\n## Whole runs and starts\n\n",
            _runs(results),
            _ENSEMBLES,
            table(("", "measured"), results.ensembles),
            _PAIRS,
            table(
                ("", "measured"), [(what, short(value)) for what, value in results.pairs.items()]
            ),
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


def _at_work(slice_: AtWork) -> str:
    machine = slice_.machine
    words = _AT_WORK.format(
        families=slice_.families,
        family_months=slice_.family_months,
        date=machine["date"],
        load=machine["load at the start"],
        cores=machine["cores"],
        caveat=_BUSY_AT_WORK if slice_.is_busy else "",
    )
    rows = [
        ("compiled", f"{slice_.compiled_ns:,.0f}", "1"),
        ("Mesa objects", f"{slice_.peer_ns:,.0f}", short(slice_.times)),
    ]
    return words + table(("month at work", "ns per family-month", "times the compiled"), rows)


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
    of_million = f"{million.FAMILIES:,} families over {million.YEARS} years"
    rows += [
        (f"{of_million}, for the record: {what}", f"{measured:,.0f}")
        for what, measured in results.million.items()
    ]
    rows += [
        ("processor time of a process that does nothing", f"{starts['python_seconds']:.2f}"),
        ("the same, importing FamilyModel with Mesa", f"{starts['import_seconds']:.2f}"),
        (
            "the same, first start: compiles, then 2,000 families for 15 years",
            f"{starts['first_start_seconds']:.1f}",
        ),
        (
            f"the same, second start, the same run ({parts})",
            f"{starts['second_start_seconds']:.2f}",
        ),
    ]
    if "asked_seconds" in starts:
        rows.append(("the same asked of `evaluate`", f"{starts['asked_seconds']:.2f}"))
    rows += [
        (f"processor time of an import: {name}", f"{seconds:.2f}")
        for name, seconds in starts.get("imports", {}).items()
    ]
    return table(("", "seconds"), rows)
