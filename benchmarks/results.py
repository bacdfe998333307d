"""The results of a benchmark, and each against its aim."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from math import isnan
from pathlib import Path
from typing import Any

from benchmarks.pairs import ANSWER, FULL_MEGABYTES, FULL_SECONDS, MEAN_PAIR, PAIR

AIM_PHILOX, DREAM_PHILOX = 54.0, 40.0
AIM_FLAT, AIM_PEER, AIM_FLOOR = 1.3, 100.0, 2.8
AIM_FULL_SECONDS, AIM_THREADS = 4.0, 1.6
AIM_START_SECONDS, AIM_IMPORT_SECONDS = 1.0, 0.4
AIM_PAIRS = {
    PAIR: (0.75, ""),
    MEAN_PAIR: (0.85, ""),
    ANSWER: (120.0, " CPU-ms"),
    FULL_SECONDS: (8.0, " s"),
    FULL_MEGABYTES: (1500.0, " MB"),
}
NOT_MEASURED = float("nan")


@dataclass(frozen=True)
class Size:
    """One size of the compiled loop, in nanoseconds per active family-month.

    `ns` is of whole months, `rows_ns` of walking the rows, without opening and closing the month;
    `floor_ns` is of the floor loop, which only walks rows.
    """

    families: int
    family_months: int
    bytes_per_family: float
    build_seconds: float
    ns: float
    rows_ns: float
    floor_ns: float


@dataclass(frozen=True)
class AtWork:
    """The month at work alone, compiled and as Mesa objects, in nanoseconds per family-month.

    It may have been measured on its own (`--peer`), so it says on which machine and when.
    """

    families: int
    family_months: int
    compiled_ns: float
    peer_ns: float
    machine: dict[str, str]

    @property
    def times(self) -> float:
        """How many times faster the compiled slice is than the same slice as objects."""
        return self.peer_ns / self.compiled_ns

    @property
    def is_busy(self) -> bool:
        """Whether other work ran on the machine; it slows objects more than rows."""
        return float(self.machine["load at the start"]) > float(self.machine["cores"]) / 2.0


@dataclass(frozen=True)
class Aim:
    """One requirement: what was measured, what was aimed at, and whether it is met."""

    about: str
    measured: str
    aim: str
    is_met: bool


@dataclass(frozen=True)
class Results:
    """All numbers of a run of the benchmark; seconds are wall-clock time, of starts processor time.

    `by_agents` is the size at which families are also walked agent by agent; `philox_ns` the time
    of one number of NumPy's Philox, `pairs` what sharing months saves (`benchmarks.pairs`),
    `million` a run of a million families (`benchmarks.million`), for the record.
    """

    machine: dict[str, str]
    plan: dict[str, Any]
    sizes: list[Size]
    by_agents: Size
    mesa_ns: float
    at_work: AtWork
    draws: dict[str, Any]
    full_families: int
    full_family_months: int
    full_build_seconds: float
    full_one_seconds: float
    full_two_seconds: float | None
    starts: dict[str, Any] = field(default_factory=dict)
    ensembles: list[tuple[str, str]] = field(default_factory=list)
    philox_ns: float = float("nan")
    pairs: dict[str, float] = field(default_factory=dict)
    million: dict[str, float] = field(default_factory=dict)

    @property
    def slowest_ns(self) -> float:
        """Nanoseconds per active family-month at the size where they are most."""
        return max(size.ns for size in self.sizes)

    @property
    def flatness(self) -> float:
        """The slowest size divided by the fastest."""
        return self.slowest_ns / min(size.ns for size in self.sizes)

    def aims(self) -> list[Aim]:
        """Return every requirement and whether this machine meets it."""
        at_work = "times faster than Mesa objects, month at work"
        if self.at_work.is_busy:
            at_work += " (provisional: busy machine)"
        floor = max(size.rows_ns / size.floor_ns for size in self.sizes)
        largest = max(size.families for size in self.sizes)
        second = self.starts["second_start_seconds"]
        from_nothing = self.full_build_seconds + self.full_one_seconds
        aims = [
            _at_most(
                f"ns per active family-month ({self.slowest_ns:.0f}, slowest size) over ns of one"
                f" number of NumPy's Philox ({self.philox_ns:.2f})",
                *(self.slowest_ns / self.philox_ns, AIM_PHILOX),
            ),
            _at_most("the same, the dream", self.slowest_ns / self.philox_ns, DREAM_PHILOX),
            _at_most(f"slowest by fastest size, up to {largest:,}", self.flatness, AIM_FLAT),
            _at_least(at_work, self.at_work.times, AIM_PEER),
            _at_most("times the floor, worst size", floor, AIM_FLOOR),
            _at_most(
                f"full size, {self.plan['years']} years, one thread: months and table",
                *(self.full_one_seconds, AIM_FULL_SECONDS, " s"),
            ),
            _at_most(
                "the same, with laying down the population", from_nothing, AIM_FULL_SECONDS, " s"
            ),
            *(
                _at_most(about, self.pairs.get(about, NOT_MEASURED), aim, unit)
                for about, (aim, unit) in AIM_PAIRS.items()
            ),
            _at_most(
                "second start to the first result (evaluate), processor time",
                *(self.starts.get("asked_seconds", NOT_MEASURED), AIM_START_SECONDS, " s"),
            ),
            _at_most("the same with Mesa's face and its table", second, AIM_START_SECONDS, " s"),
            _at_most(
                "import of FamilyModel with Mesa, processor time",
                *(self.starts["import_seconds"], AIM_IMPORT_SECONDS, " s"),
            ),
            *self._imports(),
        ]
        if self.full_two_seconds is not None:
            gain = self.full_one_seconds / self.full_two_seconds
            aims.append(_at_least("times faster with two threads", gain, AIM_THREADS))
        return aims

    def _imports(self) -> list[Aim]:
        """Return the aims of commands (the slowest), tasks and pages, in processor time."""
        found: dict[str, float] = self.starts.get("imports", {})
        commands = {name: s for name, s in found.items() if name.startswith("command ")}
        slowest = max(commands, key=commands.__getitem__, default="command")
        return [
            _at_most(f"import of {what}, processor time", seconds, AIM_IMPORT_SECONDS, " s")
            for what, seconds in (
                (f"the slowest command ({slowest.removeprefix('command ')})", found.get(slowest)),
                ("what a worker's task needs", found.get("tasks")),
                ("the pages", found.get("pages")),
            )
            for seconds in [NOT_MEASURED if seconds is None else seconds]
        ]


def short(value: float) -> str:
    """Return a number with three figures, or whole from 100 on."""
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.3g}"  # noqa: PLR2004


def _at_most(about: str, value: float, aim: float, unit: str = "") -> Aim:
    measured = "not measured" if isnan(value) else f"{short(value)}{unit}"
    return Aim(about, measured, f"at most {aim:g}{unit}", value <= aim)


def _at_least(about: str, value: float, aim: float) -> Aim:
    return Aim(about, short(value), f"at least {aim:g}", value >= aim)


def save(results: Results, path: Path) -> None:
    """Write the results as JSON, for later comparison."""
    text = json.dumps(asdict(results), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def load(path: Path) -> Results | None:
    """Return earlier results, None when there are none that can be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        sizes = [Size(**size) for size in raw["sizes"]]
        parts = {"by_agents": Size(**raw["by_agents"]), "at_work": AtWork(**raw["at_work"])}
        return Results(**raw | parts | {"sizes": sizes})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def compare(now: Results, before: Results) -> list[str]:
    """Return how the main numbers changed, a line each; per cent more is slower."""
    pairs = [("compiled, slowest size, ns", now.slowest_ns, before.slowest_ns)]
    pairs.append(("full size, one thread, s", now.full_one_seconds, before.full_one_seconds))
    key = "second_start_seconds"
    pairs.append(("second start, s", now.starts[key], before.starts[key]))
    lines = []
    for name, new, old in pairs:
        lines.append(f"{name}: {old:.3g} then, {new:.3g} now ({100.0 * (new / old - 1.0):+.0f}%)")
    return lines
