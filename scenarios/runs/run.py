"""Paired ensembles: every scenario meets the same families with the same luck in each replicate.

Two kinds of not being sure are kept apart. Chance: replicates at the ledger's values (`draw` 0).
Not knowing: with `draws`, every replicate is lived once more with parameters of its own
(`scenarios.runs.parameter_samples`). Runs stream to a folder as they come; a stopped ensemble goes
on where it was.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from model.aliases import current
from model.calendar import MONTHS_PER_YEAR
from model.disk.scratch import Scratch
from model.errors import InputError
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import ACTUAL, Choice
from model.policy.scenario import Scenario
from model.run.settings import checked_families
from scenarios.format import records
from scenarios.format.layout import Layout
from scenarios.format.manifest import About, Settings, layout_of, manifest, read_about
from scenarios.format.parts import Key, Part, check_part
from scenarios.format.records import Run
from scenarios.runs import parameter_samples
from scenarios.runs.parameter_samples import Asked
from scenarios.store.query import Numbers, Stored
from scenarios.store.run_folder import Writer, finished_parts, open_folder, read_draws

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.runs.task import Task

Values = Callable[[int], dict[str, float]]
"""Parameters of a draw, by its number."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """A finished ensemble: where it lies, what run.json says of it, and its parts.

    `repaired` has a message for every damaged part that was set aside and made again.
    """

    folder: Path
    about: About
    parts: tuple[Part, ...]
    repaired: tuple[str, ...] = ()

    def __repr__(self) -> str:
        settings, (base, *others) = self.about["settings"], self.scenarios
        size = "full size" if settings["families"] is None else f"{settings['families']:,} families"
        draws = "" if settings["draws"] == "none" else f", draws from the {settings['draws']}"
        return (
            f"<Ensemble {self.folder.name}: {', '.join([f'{base} (base)', *others])}; {size},"
            f" {settings['years']} years, {len(self.replicates)} replicates{draws}>"
        )

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios, the base first."""
        return tuple(one["id"] for one in self.about["scenarios"])

    @property
    def base(self) -> str:
        """The scenario that the others are compared with."""
        return self.scenarios[0]

    @property
    def replicates(self) -> tuple[int, ...]:
        """The numbers of the replicates."""
        return tuple(self.about["settings"]["replicates"])

    @property
    def school_years(self) -> tuple[str, ...]:
        """The school years that were lived, in order."""
        return tuple(self.about["school_years"])

    @property
    def layout(self) -> Layout:
        """What its numbers are of: outcomes, layers, units and groups, by what the run says."""
        return layout_of(self.about)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that it holds; a run of another version may hold others than this one."""
        return self.layout.outcomes

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters of the ledger as they were, by their dotted names of today."""
        return {current("parameter", one["name"]): one["value"] for one in self.about["parameters"]}

    @cached_property
    def stored(self) -> Stored:
        """Its parts, and what may be asked of them."""
        return Stored(parts=self.parts, scenarios=self.scenarios, layout=self.layout)

    def draws(self) -> pd.DataFrame:
        """Return the parameter draws: a row each, columns `draw` and parameters by dotted name."""
        return read_draws(self.folder)

    @property
    def digest(self) -> str:
        """The digest of all numbers; the same wherever and in whatever order they were made."""
        return self.about["data_digest"]

    def table(
        self,
        *,
        outcome: Choice = None,
        dimension: Choice = None,
        group: Choice = None,
        population: Choice = None,
        school_year: Choice = None,
        scenario: Choice = None,
        layer: Choice = ACTUAL,
        draw: Numbers = None,
        replicate: Numbers = None,
    ) -> pd.DataFrame:
        """Return the tidy table: columns of `COLUMNS`, and `draw` after replicate.

        Each choice is one name, several, or None for all; only what is asked is read. Of the layers
        that is what is actually so; "registered" is what CBS and DUO would see, None both.
        Rows stand in the order of scenarios, draws, replicates, and then as
        `FamilyModel.outcomes()` has them.
        Unlike there, small groups by origin are in it: this is what statistics are made of, and
        `scenarios.statistics.overview` hides small groups in what is shown.
        Raises InputError for a name that this run does not hold, StorageError when a part is
        damaged.
        """
        cells = {
            "dimension": dimension,
            "group": group,
            "population": population,
            "school_year": school_year,
            "scenario": scenario,
        }
        return self.stored.tidy(outcome, layer, cells, {"draw": draw, "replicate": replicate})


def open_run(folder: str | Path) -> Ensemble:
    """Return a finished ensemble. Raises StorageError when there is none, or it is damaged."""
    path = Path(folder).expanduser()
    about = read_about(path)
    parts = tuple(finished_parts(path, about))
    layout = layout_of(about)
    for part in parts:
        check_part(part, layout)
    return Ensemble(folder=path, about=about, parts=parts)


def run_pairs(
    scenarios: Sequence[Scenario],
    *,
    families: int | None,
    years: int = 15,
    seed: int = 1,
    replicates: Sequence[int] = range(1),
    draws: Asked = "none",
    out: str | Path | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    executor: Executor | None = None,
    given: Sequence[Run] = (),
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Ensemble:
    """Live scenarios in every replicate, and return the ensemble; the first scenario is the base.

    `families` is None for the full size. Replicate r has the seed `replicate_seed(seed, r)`, in
    every scenario; with `draws` it is lived at the ledger's values (draw 0) and with those of draw
    r + 1. `out` is a folder, new or of the same ensemble, which then goes on where it stopped and
    may get more replicates; without it the runs lie in a temporary folder for as long as the result
    is held. Where it is lived (`workers` processes of this machine, a Dask `cluster` by address, an
    `executor`) changes no number. What is `given` was lived before, by the same version and beside
    the same base, and is not lived again. `progress` hears of months done and all months.

    Raises InputError, StorageError, VeerkrachtError when workers keep dying, and Cancelled when
    `stop()` says so; what is finished is kept.
    """
    # Months and workers come with who lives: a run that is only read does without them.
    from model.policy.timetable import build
    from scenarios.runs.schedule import n_workers
    from scenarios.runs.schedule import results as lived_by

    _check(scenarios, replicates)
    size = checked_families(families)
    values = parameter_samples.values(draws, seed)
    settings: Settings = {
        "families": size,
        "years": years,
        "seed": seed,
        "draws": parameter_samples.kind(draws),
        "draws_from": parameter_samples.source(draws),
        "replicates": sorted(replicates),
    }
    seeds = {
        replicate: parameter_samples.replicate_seed(seed, replicate) for replicate in replicates
    }
    about = manifest(scenarios, settings, seeds)
    for scenario in scenarios:
        build(scenario, years * MONTHS_PER_YEAR, scenarios[0], values(1))
    scratch = None
    if out is None:
        scratch = Scratch()
        out = scratch.path
    folder = Path(out).expanduser().resolve()
    with ExitStack() as left, open_folder(folder, about) as writer:
        if scratch is not None:
            left.callback(scratch.remove)
        writer.add([one for one in given if _key(one) not in writer.held])
        writer.flush()
        tasks = _tasks(scenarios, writer, values, n_workers(workers))
        lived = lived_by(
            tasks,
            workers=workers,
            cluster=cluster,
            executor=executor,
            progress=progress,
            stop=stop,
        )
        with closing(lived):
            for one in lived:
                writer.add(one.runs)
        if draws != "none":
            writer.keep_draws({draw: values(draw) for draw in map(records.draw_of, _all(writer))})
        about = writer.finish()
        left.pop_all()
    made = Ensemble(folder=folder, about=about, parts=tuple(writer.parts), repaired=writer.repaired)
    if scratch is not None:
        weakref.finalize(made, scratch.remove)
    return made


def _check(scenarios: Sequence[Scenario], replicates: Sequence[int]) -> None:
    names = [scenario.id for scenario in scenarios]
    twice = {name for name in names if names.count(name) > 1}
    if not names or twice:
        message = (
            f"the scenario {twice.pop()} stands there twice. Name each scenario once."
            if twice
            else "there is no scenario to live. Name at least one."
        )
        raise InputError(message)
    if len(replicates) == 0 or min(replicates) < 0 or len(set(replicates)) < len(replicates):
        message = "replicates are different whole numbers from 0 on, at least one."
        raise InputError(message)


def _tasks(
    scenarios: Sequence[Scenario], writer: Writer, values: Values, workers: int
) -> list[Task]:
    """Return what is still to be lived: a task per replicate and draw, and smaller ones at the end.

    The replicates that are left over when every worker has had the same number of them are cut up
    by scenario, so that no worker sits idle; with fewer tasks than workers, tasks get more threads.
    """
    from scenarios.runs.task import Task

    settings, held = writer.about["settings"], writer.held
    pairs = [(0, r) for r in _all(writer)]
    if settings["draws"] != "none":
        pairs += [(records.draw_of(r), r) for r in _all(writer)]
    todo = [
        (draw, replicate, missing)
        for draw, replicate in pairs
        if (missing := _missing(scenarios, held, draw, replicate))
    ]
    whole = len(todo) - len(todo) % workers
    pieces = todo[:whole] + [
        (draw, replicate, (one,)) for draw, replicate, missing in todo[whole:] for one in missing
    ]
    return [
        Task(
            scenarios=group,
            reference=scenarios[0],
            families=settings["families"],
            years=settings["years"],
            replicate=replicate,
            seed=writer.about["seeds"][str(replicate)],
            draw=draw,
            parameters=values(draw),
            threads=max(1, workers // len(pieces)),
        )
        for draw, replicate, group in pieces
    ]


def _key(run: Run) -> Key:
    return run.scenario, run.draw, run.replicate


def _all(writer: Writer) -> list[int]:
    """Return the replicates of a folder: those that are asked, and those that were asked before."""
    return list(writer.about["settings"]["replicates"])


def _missing(
    scenarios: Sequence[Scenario], held: set[Key], draw: int, replicate: int
) -> tuple[Scenario, ...]:
    return tuple(one for one in scenarios if (one.id, draw, replicate) not in held)
