"""The closer look that was chosen, as Solara draws it."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from solara.alias import rv

from dashboards.components import Chart
from dashboards.pages.vergelijk.closer import cohorts, flows, grid, groups, reach, takes, years
from dashboards.pages.vergelijk.state import DIMENSIONS, VIEWS, Choice
from dashboards.service.prepared import TODAY
from dashboards.service.studied import flowed, followed, grouped, reached
from dashboards.service.studies import Studies, Study
from dashboards.service.use_study import Looked, use_study
from dashboards.texts import Texts
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.pairs.cohorts import BYS

Row = Mapping[str, Any]
Event = Callable[[Any], None]
Answers = Mapping[str, PairedSums | None]


@solara.component_vue("tabs.vue")
def Tabs(
    *, words: Row, view: str, items: Sequence[Row], choices: Sequence[Row], event_commit: Event
) -> None:
    """Show which closer looks there are; sends `{name, value, move}`."""


@solara.component_vue("grid.vue")
def Grid(
    *,
    words: Row,
    name: str,
    title: str,
    told: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    legend: str,
    notes: Sequence[str],
    command: str,
) -> None:
    """Show a table with bars; `told` says how far it is while it has no rows."""


@solara.component_vue("tiles.vue")
def Tiles(*, words: Row, save: Row, maps: Sequence[Row]) -> None:
    """Show a map of equal tiles for each plan."""


@solara.component_vue("flows.vue")
def Flows(*, words: Row, save: Row, pictures: Sequence[Row]) -> None:
    """Show flows as bands between two columns, a picture for today's policy and for each plan."""


@solara.component_vue("takes.vue")
def Takes(
    *, words: Row, save: Row, told: str, files: Sequence[Row], picture: str, command: str
) -> None:
    """Offer files of what is compared, and a page of paper with a note."""


@solara.component
def Closer(
    *,
    choice: Choice,
    answers: Answers,
    studies: Studies,
    picture: str,
    scenarios: Mapping[str, Scenario],
    t: Texts,
    event_commit: Event,
) -> None:
    """Show the closer look that was chosen; it is worked out when somebody asks for it.

    `picture` is the comparison as SVG, to take along.
    """
    asked = solara.use_memo(
        lambda: _asked(choice, scenarios), [choice.view, choice.compared, choice.cohort]
    )
    looked: Looked[Any] = use_study(studies, asked)
    with rv.Html(
        tag="section", class_="vk-look", attributes={"aria-label": t("compare.tabs.label")}
    ):
        Tabs(**tabs(choice, t), event_commit=event_commit)
        if choice.view == "years":
            _Years(choice=choice, answers=answers, scenarios=scenarios, t=t)
        elif choice.view == "take":
            Takes(**takes.offered(choice, looked, picture, scenarios, t))
        else:
            if choice.view == "municipalities" and looked.found is not None:
                Tiles(**groups.tiles(choice, looked, scenarios, t))
            if choice.view == "flows" and looked.found is not None:
                Flows(**flows.pictures(choice, looked.found, scenarios, t))
            for table in _tables(choice, looked, scenarios, t):
                Grid(**table).key(table["name"])


@solara.component
def _Years(*, choice: Choice, answers: Answers, scenarios: grid.Scenarios, t: Texts) -> None:
    found = years.drawn(choice, answers)
    with rv.Html(tag="div", class_="vk-charts"):
        Chart(**years.levels(choice, found, t)).key("levels")
        for row in years.differences(choice, found, scenarios, t):
            Chart(**row).key(row["name"])
    Grid(**years.table(choice, answers, scenarios, t)).key("years")


def tabs(choice: Choice, t: Texts) -> dict[str, Any]:
    """Return the closer looks there are, and what else is to be chosen for the one that is open."""
    choices = []
    if choice.view == "groups":
        options = [{"value": one, "label": t(f"enum.dimension.{one}")} for one in DIMENSIONS]
        choices.append({"name": "by", "value": choice.by, "options": options})
    if choice.view == "cohorts":
        options = [{"value": one, "label": t(f"compare.cohorts.{one}")} for one in BYS]
        choices.append({"name": "cohort", "value": choice.cohort, "options": options})
    return {
        "words": t.part("compare.tabs"),
        "view": choice.view,
        "items": [{"name": one, "label": t(f"compare.view.{one}")} for one in VIEWS],
        "choices": [one | {"label": t(f"compare.tabs.{one['name']}")} for one in choices],
    }


def _asked(choice: Choice, scenarios: Mapping[str, Scenario]) -> Study[Any] | None:
    base, others = scenarios[TODAY], [scenarios[name] for name in choice.compared]
    if choice.view in {"groups", "municipalities", "take"}:
        return grouped(base, others)
    if choice.view == "reach":
        return reached(base, others)
    if choice.view == "flows":
        return flowed(base, others)
    return followed(base, others, choice.cohort) if choice.view == "cohorts" else None


def _tables(
    choice: Choice, looked: Looked[Any], scenarios: Mapping[str, Scenario], t: Texts
) -> list[dict[str, Any]]:
    if choice.view == "cohorts":
        return cohorts.tables(choice, looked, scenarios, t)
    if choice.view == "reach":
        return reach.tables(choice, looked, scenarios, t)
    if choice.view == "flows":
        return [flows.table(choice, looked, scenarios, t)]
    dimension = choice.by if choice.view == "groups" else "municipality"
    return [groups.table(choice, looked, scenarios, dimension, t)]
