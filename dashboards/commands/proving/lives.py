"""What two scenarios lived side by side led to, worked out once more from what a proof says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboards.exports.answers import Made, table
from dashboards.proof.carriers import rows_in_csv
from dashboards.proof.lived import ALL_OF_TWINS, IN_A_FIGURE, TABLE, tables
from dashboards.proof.record import Rows
from model.outcomes.observers import Progress
from model.policy.scenario import Scenario
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.pairs.attribution import attribute, keep_attribution
from scenarios.pairs.cohorts import cohorts
from scenarios.pairs.contract_flows import contract_flows
from scenarios.pairs.reach import exposure
from scenarios.pairs.twin_lives import twins
from scenarios.runs.run import Ensemble

Asked = Mapping[str, Any]
Live = Callable[[Sequence[Scenario], Asked, Asked, Progress | None], dict[str, Rows]]
"""Gives tables by name, of scenarios, settings, and what was asked."""


def _twins(
    scenarios: Sequence[Scenario], settings: Asked, asked: Asked, progress: Progress | None
) -> dict[str, Rows]:
    child, family = asked["child"], asked["family"]
    chosen: dict[str, Any] = {"child": child} if child else {"family": family}
    base, alternative = scenarios
    found = twins(base, alternative, **chosen, **settings, progress=progress)
    return tables(found, ALL_OF_TWINS if TABLE in asked else IN_A_FIGURE)


def _cohorts(
    scenarios: Sequence[Scenario], settings: Asked, asked: Asked, progress: Progress | None
) -> dict[str, Rows]:
    base, alternative = scenarios
    found = cohorts(base, alternative, by=asked["by"], **settings, progress=progress)
    return tables(found, ("table", "split"))


def _flows(
    scenarios: Sequence[Scenario], settings: Asked, _: Asked, progress: Progress | None
) -> dict[str, Rows]:
    base, alternative = scenarios
    return tables(contract_flows(base, alternative, **settings, progress=progress), ("table",))


def _reach(
    scenarios: Sequence[Scenario], settings: Asked, _: Asked, progress: Progress | None
) -> dict[str, Rows]:
    base, alternative = scenarios
    return tables(exposure(base, alternative, **settings, progress=progress), ("table",))


def _answer(
    scenarios: Sequence[Scenario], settings: Asked, asked: Asked, progress: Progress | None
) -> dict[str, Rows]:
    base, alternative = scenarios
    question = Question(
        base=base,
        alternative=alternative,
        families=settings["families"],
        years=settings["years"],
        seed=settings["rng"],
    )
    those, n = Replicates(question, Memory(most_people=1)), settings["replicates"]
    for replicate in range(n):

        def heard(done: int, whole: int, before: int = replicate) -> None:
            if progress is not None:
                progress(before * whole + done, n * whole)

        those.live(heard)
    text = table(those.sums(), asked["outcome"], Made.of(question))
    return {asked[TABLE]: rows_in_csv(text.encode())}


def attribute_again(
    run: Ensemble,
    scenarios: Sequence[Scenario],
    attributions: Sequence[Asked],
    *,
    workers: int | None,
) -> None:
    """Split differences once more, and keep that in the folder of a run for what is made of it."""
    known = {one.id: one for one in scenarios}
    for asked in attributions:
        others = {
            name: value for name, value in asked.items() if name not in {"base", "alternative"}
        }
        found = attribute(
            known[asked["base"]], known[asked["alternative"]], **others, workers=workers
        )
        keep_attribution(found, run.folder)


LIVES: Mapping[str, Live] = {
    "twins": _twins,
    "cohorts": _cohorts,
    "flows": _flows,
    "reach": _reach,
    "answer": _answer,
}
"""What makes a file again of which no run is stored, by its kind."""
