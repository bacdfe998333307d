"""Levens, as Solara draws it: the family in view, its time line, tables, and the others."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from solara.alias import rv

from dashboards.components import Chart, Doc, Notices, Top
from dashboards.components.question import Refused
from dashboards.pages import places
from dashboards.pages.chosen import Ways, use_choice
from dashboards.pages.levens import picture, state, view
from dashboards.pages.levens.state import Choice
from dashboards.pages.plans import own
from dashboards.pages.plans.asks import asks
from dashboards.pages.plans.given import plans_row, refused_row, use_given
from dashboards.pages.style import style
from dashboards.pages.words import left_out
from dashboards.service.lives import Found, Life, lives_of, telling_lives
from dashboards.service.prepared import TODAY
from dashboards.service.studies import Studies
from dashboards.service.use_study import Looked, use_study
from dashboards.texts import Texts, texts
from model.policy.scenario import Scenario

PLAN = "alternative"
"""Where a plan goes that is handed over."""

Row = Mapping[str, Any]
Event = Callable[[Any], None]


@solara.component_vue("one.vue")
def One(
    *,
    words: Row,
    title: str,
    place: str,
    told: str,
    before: int,
    next: int,  # noqa: A002 - the name that the template has
    parting: Sequence[str],
    event_commit: Event,
) -> None:
    """Show where the lives part, and the way to other families; sends `{name, value, move}`.

    `told` stands in its place while it is not there.
    """


@solara.component_vue("reasons.vue")
def Reasons(*, words: Row, why: Sequence[str], way: str) -> None:
    """Show why this family, how rare it is, and that it is no effect."""


@solara.component_vue("lanes.vue")
def Lanes(
    *,
    words: Row,
    save: Row,
    months: int,
    years: Sequence[Row],
    lanes: Sequence[Row],
    parted: Row | None,
    signs: Sequence[Row],
    caption: str,
) -> None:
    """Show both lives on one time line."""


@solara.component_vue("table.vue")
def Table(
    *,
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    help: str,  # noqa: A002 - the name that the template has
    numbers: str,
    again: str,
    command: str,
    event_commit: Event,
) -> None:
    """Show a table; a row with a `value` leads to the lives of that child."""


@solara.component
def Levens(*, studies: Studies, scenarios: Mapping[str, Scenario]) -> None:
    """Follow one family under today's policy and under a plan."""
    names = tuple(scenarios)

    def read(address: str | None) -> tuple[Choice, tuple[str, ...]]:
        return state.from_query(address, names)

    def changed(choice: Choice, name: str, value: object) -> Choice | None:
        return state.changed(choice, name, value, names)

    ways = Ways(read=read, changed=changed, before=state.as_before, seen_only=state.SEEN_ONLY)
    chosen = use_choice(ways)
    choice = chosen.choice
    t = texts(choice.language)
    known = own.known(scenarios, [choice.alternative])
    given = use_given(chosen, (PLAN,), PLAN)
    found, rows, told = _use_found(choice, studies, known, t)
    missing = [f"child={choice.child}"] if view.is_missing(choice, found, rows) else []
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(style())
        Doc(
            language=t.language,
            title=t("lives.title"),
            theme=choice.theme,
            screen=choice.screen,
            query=state.query(choice, names),
        )
        with rv.Html(tag="header", class_="vk-top"):
            Top(**places.top(choice, state.START, "levens", t), event_commit=chosen.commit)
            asks(
                chosen,
                given,
                view.question_row(choice, known, t),
                plans_row(given, [choice.alternative], known, t),
            )
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=left_out([*chosen.dropped, *missing], t))
            Refused(**refused_row(given.refused, t))
            with rv.Html(tag="div", class_="vk-results vk-lives", attributes={"id": "vk-results"}):
                _Seen(
                    choice=choice,
                    studies=studies,
                    found=found,
                    rows=rows,
                    told=told,
                    scenarios=known,
                    t=t,
                    event_commit=chosen.commit,
                )


def _use_found(
    choice: Choice, studies: Studies, scenarios: Mapping[str, Scenario], t: Texts
) -> tuple[Found | None, list[Any], str]:
    """Return the families found, those to see, and what is said while there are none yet."""
    study = solara.use_memo(
        lambda: telling_lives(scenarios[TODAY], scenarios[choice.alternative]),
        [choice.alternative],
    )
    looked: Looked[Found] = use_study(studies, study, "pairs")
    return looked.found, view.listed(choice, looked.found), view.waiting(looked, t)


@solara.component
def _Seen(
    *,
    choice: Choice,
    studies: Studies,
    found: Found | None,
    rows: Sequence[Any],
    told: str,
    scenarios: Mapping[str, Scenario],
    t: Texts,
    event_commit: Event,
) -> None:
    """Show the child in view; its lives are lived when they are not among those kept."""
    row = view.seen(choice, rows)
    kept = None if found is None or row is None else found.lives.get(row.child)
    child = None if row is None or kept is not None else row.child
    study = solara.use_memo(
        lambda: (
            None
            if child is None
            else lives_of(scenarios[TODAY], scenarios[choice.alternative], child)
        ),
        [choice.alternative, child],
    )
    looked: Looked[Life] = use_study(studies, study, "life")
    life = looked.found if kept is None else kept
    waits = told or (view.waiting(looked, t) if child is not None else "")
    with rv.Html(tag="div", class_="vk-life"):
        One(
            **view.one(choice, rows, waits, life, t),
            event_commit=event_commit,
        )
        if life is not None:
            Lanes(**picture.time_line(life, t)).key(f"lanes {life.story.child}")
        if found is not None and row is not None:
            Reasons(**view.reasons(choice, found, row, scenarios, t))
    if life is not None:
        with rv.Html(tag="div", class_="vk-charts"):
            for chart in picture.charts(life, t):
                Chart(**chart).key(chart["name"])
    with rv.Html(tag="div", class_="vk-lives-tables"):
        if life is not None:
            happens = view.happens(choice, life, scenarios, t)
            Table(**happens, event_commit=event_commit).key("happens")
        with rv.Html(tag="div", class_="vk-life"):
            if rows:
                Table(**view.pairs(choice, rows, t), event_commit=event_commit).key("list")
            if life is not None:
                Table(**view.acquaintances(life, t), event_commit=event_commit).key("known")
