"""One task of an ensemble: the scenarios of one replicate, lived by the same families.

What a worker needs and nothing more, so that it starts quickly. Population and network are laid
down once and shared by the scenarios of the task.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import eq

import numpy as np

from model.calendar import MONTHS_PER_YEAR
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import LAYERS, OUTCOMES, SERIES
from model.outcomes.sums import GROUPS, Sums
from model.policy.scenario import Scenario
from model.policy.timetable import asked_before, build
from model.run.build import Populations
from model.run.shared import Pasts
from scenarios.format.layout import WEIGHTED
from scenarios.format.records import Run, made_by, run_digest
from scenarios.runs.kept import FIRST_SEEN, lived

_LAYER_OF = [LAYERS.index(layer) for _, layer in SERIES]
_OUTCOME_OF = [[item.name for item in OUTCOMES].index(name) for name, _ in SERIES]
_WEIGHTED = [(_LAYER_OF[k], _OUTCOME_OF[k]) for k in WEIGHTED]


@dataclass(frozen=True, kw_only=True)
class Task:
    """Scenarios to live by the same families: a replicate (with its seed) and a parameter draw.

    `families` is None for the full size; `reference` is what levers are held against;
    `parameters` by dotted name are those of the draw.
    """

    scenarios: tuple[Scenario, ...]
    reference: Scenario
    families: int | None
    years: int
    replicate: int
    seed: int
    draw: int = 0
    parameters: Mapping[str, float] = field(default_factory=dict)
    threads: int = 1

    @property
    def months(self) -> int:
        """How many months it lives, all scenarios together."""
        return len(self.scenarios) * self.years * MONTHS_PER_YEAR

    @property
    def name(self) -> str:
        """What it is called in a message."""
        return f"replicate {self.replicate}, draw {self.draw}"

    def live(self, progress: Progress | None = None, stop: Stop | None = None) -> Lived:
        """Live it; `progress` hears of months done and all months, over all its scenarios.

        Only parameters can ask for other people, and few scenarios change those from the start: so
        there is one population, as a rule. The months before scenarios part are lived once; each
        run is what it would be alone. Raises Cancelled when `stop()` says so between two months.
        """
        months = self.years * MONTHS_PER_YEAR
        population, pasts, part_in = Populations(), Pasts(), _part_in(self, months)
        runs = []
        for k, scenario in enumerate(self.scenarios):
            before = k * months

            def heard(done: int, _: int, before: int = before) -> None:
                if progress is not None:
                    progress(before + done, self.months)

            sums = lived(
                scenario,
                families=self.families,
                years=self.years,
                seed=self.seed,
                groups=GROUPS,
                progress=heard,
                stop=stop,
                sample=self.parameters,
                reference=self.reference,
                weighted_as=self.reference,
                threads=self.threads,
                population=population,
                pasts=pasts,
                part_in=part_in[k],
            )
            runs.append(_run(self, scenario, sums))
        return Lived(runs=tuple(runs), made_by=made_by())


@dataclass(frozen=True, kw_only=True)
class Lived:
    """The runs of a task, and by which code and packages they were made."""

    runs: tuple[Run, ...]
    made_by: str


def _part_in(task: Task, months: int) -> list[set[int]]:
    """Return for each scenario the months in which later ones part from it.

    A base that weighs what others find is kept when its first school year has been seen.
    """
    asked = [
        asked_before(build(one, months, task.reference, task.parameters), b"")
        for one in task.scenarios
    ]
    result: list[set[int]] = [set() for _ in asked]
    for k, mine in enumerate(asked[1:], start=1):
        together = [sum(map(eq, mine, theirs)) - 1 for theirs in asked[:k]]
        result[together.index(max(together))].add(max(together))
        if task.scenarios[0] == task.reference and together[0] < FIRST_SEEN:
            result[0].add(FIRST_SEEN)
    return [kept - {0} for kept in result]


def _run(task: Task, scenario: Scenario, found: Sums) -> Run:
    years = found.school_years
    sums = np.ascontiguousarray(found.numbers[:, _LAYER_OF, _OUTCOME_OF])
    weights = np.stack([found.weights[place] for place in _WEIGHTED])
    return Run(
        scenario=scenario.id,
        draw=task.draw,
        replicate=task.replicate,
        years=years,
        sums=sums,
        weights=weights,
        digest=run_digest(years, sums, weights),
    )
