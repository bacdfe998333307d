"""Running again from run.json: the same numbers, or different ones and where."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from model.errors import StorageError
from model.observers import Progress, Stop
from model.outcomes import POPULATIONS, SERIES, SLOTS
from scenarios import executor
from scenarios.ensemble import Ensemble, open_run
from scenarios.living import Run, Task, made_by
from scenarios.parts import Held, Part, read_sums
from scenarios.record import from_record
from scenarios.store import Key

SHOWN = 3
"""Places of a difference that are named."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What running again gave.

    `n` runs were lived again, `different` of them gave other numbers; `where` names the first
    places; `made_here` says by what the numbers were made now when that is not what made them then,
    and is empty otherwise.
    """

    n: int
    different: tuple[Key, ...]
    where: tuple[str, ...]
    made_here: str

    @property
    def is_same(self) -> bool:
        """Whether all numbers are the same, to the bit."""
        return not self.different


def verify(
    folder: str | Path,
    *,
    replicates: Sequence[int] | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Verdict:
    """Live the runs of a folder again from its run.json and hold them against what is stored.

    `replicates` picks some; None is all. Raises StorageError when the folder is not finished or
    damaged, InputError when this version can no longer live its scenarios.
    """
    ensemble = open_run(folder)
    tasks = _tasks(ensemble, replicates)
    stored = {_key(held): (part, held) for part in ensemble.parts for held in part.runs}
    different: list[Key] = []
    where: list[str] = []
    lived = executor.results(tasks, workers=workers, cluster=cluster, progress=progress, stop=stop)
    n = 0
    with closing(lived):
        for run in (run for one in lived for run in one.runs):
            n += 1
            part, held = stored[run.scenario, run.draw, run.replicate]
            if run.digest != held.digest:
                different.append(_key(held))
                where.extend(_where(part, held, run)[: max(0, SHOWN - len(where))])
    before = str(ensemble.about["made_by"])
    return Verdict(
        n=n,
        different=tuple(sorted(different, key=lambda one: (one[1], one[2], one[0]))),
        where=tuple(where),
        made_here="" if before == made_by() else f"{made_by()}; then {before}",
    )


def _key(held: Held) -> Key:
    return held.scenario, held.draw, held.replicate


def _tasks(ensemble: Ensemble, replicates: Sequence[int] | None) -> list[Task]:
    about, settings = ensemble.about, ensemble.about["settings"]
    try:
        scenarios = tuple(from_record(record) for record in about["scenarios"])
    except (KeyError, TypeError, ValueError) as error:
        message = (
            f"{ensemble.folder}: run.json has a scenario that this version cannot read: {error}."
        )
        raise StorageError(message) from None
    ledger: dict[str, float] = about["parameters"]
    values = ensemble.draws().set_index("draw").to_dict("index")
    wanted = settings["replicates"] if replicates is None else replicates
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
            parameters=_changed(ledger, values.get(draw, {})),
        )
        for draw, replicate in pairs
        if replicate in wanted
    ]


def _changed(ledger: dict[str, float], drawn: dict[Any, float]) -> dict[str, float]:
    """Return the parameters of a draw as they were then, also where the ledger has moved since."""
    from model.parameters import BY_PARAMETER

    then = ledger | {str(name): float(value) for name, value in drawn.items()}
    now = {name: row.value for name, row in BY_PARAMETER.items()}
    return {name: value for name, value in then.items() if now.get(name) != value}


def _where(part: Part, held: Held, run: Run) -> list[str]:
    """Return the first places in which a run differs from what is stored, in words."""
    years, sums = read_sums(part, held)
    name = f"{run.scenario}, replicate {run.replicate}, draw {run.draw}"
    if years != run.years:
        return [f"{name}: school years {years[0]} to {years[-1]} there, {len(run.years)} years now"]
    differs = sums != run.sums
    places = np.argwhere(differs & ~(np.isnan(sums) & np.isnan(run.sums)))
    told = []
    for year, series, population, slot, what in places[:SHOWN]:
        outcome, layer = SERIES[series]
        before, now = (one[year, series, population, slot, what] for one in (sums, run.sums))
        told.append(
            f"{name}: {outcome} ({layer}, {('added up', 'of how many')[what]}),"
            f" {years[year]}, {POPULATIONS[population]}, {' '.join(SLOTS[slot])}:"
            f" {before:.17g} there, {now:.17g} now ({len(places):,} numbers of this run differ)"
        )
    return told
