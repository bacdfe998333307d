"""Running again from run.json: the same numbers, or different ones and where.

First the stored numbers are held against the digests of when they were written. Then the runs are
lived again and held against the numbers as they are read. A run that another version of the model
made is not lived again, unless that is asked: other code gives other numbers, and that is no fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from model.errors import InputError
from model.kernel.compile import code_digest
from model.outcomes.observers import Progress, Stop
from model.policy.record import scenarios_in
from model.registry import BY_PARAMETER
from scenarios.format import parquet
from scenarios.format.damage import DamagedError
from scenarios.format.layout import Layout, observed_now
from scenarios.format.manifest import platforms, python_here
from scenarios.format.parts import Key, Part
from scenarios.format.records import Run, made_by
from scenarios.runs import schedule
from scenarios.runs.run import Ensemble, open_run
from scenarios.runs.task import Task

SHOWN = 3
"""Places of a difference that are named."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in which a run is different: `before` is what is stored, `now` what it gave again.

    Of another number `at` says of what it is (outcome, layer, total or of, school year, population,
    dimension, group) and `n` how many numbers of this run differ.
    """

    run: Key
    kind: Literal["years", "weights", "number"]
    before: str = ""
    now: str = ""
    at: tuple[str, ...] = ()
    n: int = 0


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What running again gave.

    `n` runs were lived again, `different` of them gave other numbers; `where` has the first places.
    `made_here` and `made_then` say by what the numbers were made now and then, and are empty when
    that is the same; `platform_here` and `platform_then` on which system and processor, since the
    same bits are promised on one platform only. With `is_other_version` another version of the
    model made the run, and nothing was lived: its `n_stored` runs have the numbers that were
    written.
    """

    n_stored: int
    n: int = 0
    different: tuple[Key, ...] = ()
    where: tuple[Place, ...] = ()
    made_here: str = ""
    made_then: str = ""
    platform_here: str = ""
    platform_then: str = ""
    is_other_version: bool = False

    @property
    def is_same(self) -> bool:
        """Whether all runs were lived again and gave the same numbers, to the bit."""
        return not self.different and not self.is_other_version


def verify(
    folder: str | Path,
    *,
    replicates: Sequence[int] | None = None,
    live_again: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Verdict:
    """Hold the numbers of a folder against their digests, and against its runs lived again.

    `replicates` picks some to live; None is all. With `live_again` runs of another version of the
    model are lived too, with this one. Raises StorageError when the folder is not finished or
    damaged, also when only a number in it was changed; InputError when this version can no longer
    live its scenarios or it has no such replicates.
    """
    ensemble = open_run(folder)
    before, here = ensemble.about["made_by"], made_by()
    made_here, made_then = ("", "") if before == here else (here, before)
    on_then, on_here = platforms(ensemble.about.get("python", ""), python_here())
    where_of = _checked_numbers(ensemble)
    is_other = ensemble.about["code_digest"] != code_digest()
    if is_other and not live_again:
        return Verdict(
            n_stored=len(where_of),
            made_here=made_here,
            made_then=made_then,
            platform_here=on_here,
            platform_then=on_then,
            is_other_version=True,
        )
    different: list[Key] = []
    told: list[Place] = []
    tasks = _tasks(ensemble, replicates)
    lived = schedule.results(tasks, workers=workers, cluster=cluster, progress=progress, stop=stop)
    n = 0
    with closing(lived):
        for run in (run for one in lived for run in one.runs):
            n += 1
            stored = _read(where_of[_key(run)], run, ensemble.layout)
            places = _where(stored, run, ensemble.layout)
            if places:
                different.append(_key(run))
                told.extend(places[: max(0, SHOWN - len(told))])
    return Verdict(
        n_stored=len(where_of),
        n=n,
        different=tuple(sorted(different, key=lambda one: (one[1], one[2], one[0]))),
        where=tuple(told),
        made_here=made_here,
        made_then=made_then,
        platform_here=on_here,
        platform_then=on_then,
    )


def _checked_numbers(ensemble: Ensemble) -> dict[Key, Part]:
    """Return the part of every run, after reading all numbers.

    Raises StorageError when they are not those whose digest was written.
    """
    found: dict[Key, Part] = {}
    for part in ensemble.parts:
        digests = {_key(run): run.digest for run in parquet.runs_in(part.path, ensemble.layout)}
        if digests != {(one.scenario, one.draw, one.replicate): one.digest for one in part.runs}:
            raise DamagedError(part.path, "its numbers are not those that were written")
        found |= dict.fromkeys(digests, part)
    return found


def _key(run: Run) -> Key:
    return run.scenario, run.draw, run.replicate


def _read(part: Part, run: Run, layout: Layout) -> Run:
    (found,) = (one for one in parquet.runs_in(part.path, layout) if _key(one) == _key(run))
    return found


def _tasks(ensemble: Ensemble, replicates: Sequence[int] | None) -> list[Task]:
    about, settings = ensemble.about, ensemble.about["settings"]
    scenarios = scenarios_in(about["scenarios"], str(ensemble.folder))
    wanted = settings["replicates"] if replicates is None else replicates
    if not set(wanted).intersection(settings["replicates"]):
        there = ", ".join(map(str, settings["replicates"]))
        raise InputError(f"{ensemble.folder} has none of these replicates; it has {there}.")
    values = ensemble.draws().set_index("draw").to_dict("index")
    pairs = sorted({(h.draw, h.replicate) for p in ensemble.parts for h in p.runs})
    return [
        Task(
            scenarios=scenarios,
            reference=scenarios[0],
            families=settings["families"],
            years=settings["years"],
            replicate=replicate,
            seed=about["seeds"][str(replicate)],
            draw=draw,
            parameters=_changed(ensemble.parameters, values.get(draw, {})),
        )
        for draw, replicate in pairs
        if replicate in wanted
    ]


def _changed(ledger: Mapping[str, float], drawn: Mapping[object, float]) -> dict[str, float]:
    """Return the parameters of a draw as they were then, also where the ledger has moved since."""
    then = {**ledger, **{str(name): float(value) for name, value in drawn.items()}}
    now = {name: row.value for name, row in BY_PARAMETER.items()}
    return {name: value for name, value in then.items() if now.get(name) != value}


def _where(stored: Run, run: Run, layout: Layout) -> list[Place]:
    """Return the first places in which a run differs from what is stored.

    What was observed then and is observed now is held against each other.
    """
    key = _key(run)
    if stored.years != run.years:
        there, now = (", ".join(one.years) for one in (stored, run))
        return [Place(run=key, kind="years", before=there, now=now)]
    if layout.composition == observed_now().composition and not np.array_equal(
        stored.weights, run.weights
    ):
        return [Place(run=key, kind="weights")]
    series, populations, groups = _shared(layout, observed_now())
    before, after = (
        one.sums[:, series[:, k, None, None], populations[:, k, None], groups[:, k]]
        for k, one in enumerate((stored, run))
    )
    places = np.argwhere((before != after) & ~(np.isnan(before) & np.isnan(after)))
    told = []
    for year, which, population, group, what in places[:SHOWN]:
        row = layout.series[series[which, 0]]
        numbers = (one[year, which, population, group, what] for one in (before, after))
        there, now = (f"{number:.17g}" for number in numbers)
        whose = layout.populations[populations[population, 0]]
        at = (row["outcome"], row["layer"], ("total", "of")[what], run.years[year], whose)
        told.append(
            Place(
                run=key,
                kind="number",
                before=there,
                now=now,
                at=(*at, *layout.groups[groups[group, 0]]),
                n=len(places),
            )
        )
    return told


def _shared(then: Layout, now: Layout) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return series, populations and groups that were there then and are now.

    Each is (n, 2): the place then and the place now.
    """
    names = ([(one["outcome"], one["layer"]) for one in layout.series] for layout in (then, now))
    return (
        _pairs(*names),
        _pairs(then.populations, now.populations),
        _pairs(then.groups, now.groups),
    )


def _pairs(then: Sequence[object], now: Sequence[object]) -> np.ndarray:
    found = [(k, now.index(one)) for k, one in enumerate(then) if one in now]
    return np.array(found, dtype=np.int64).reshape(-1, 2)
