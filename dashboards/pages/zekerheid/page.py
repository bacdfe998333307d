"""Zekerheid, as Solara draws it: the headline, what it rests on, and what does not fit."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from solara.alias import rv

from calibration.grades.found import load
from dashboards.components import Doc, Notices, Top
from dashboards.components.question import Question
from dashboards.documents.limits import limits
from dashboards.pages import places
from dashboards.pages.chosen import Ways, use_choice
from dashboards.pages.style import style
from dashboards.pages.words import left_out
from dashboards.pages.zekerheid import checks, state, view
from dashboards.pages.zekerheid.state import Choice
from dashboards.service.answering import Answering
from dashboards.service.prepared import question
from dashboards.service.use_prepared import use_prepared
from dashboards.texts import texts
from model.policy.scenario import Scenario

Row = Mapping[str, Any]
Event = Callable[[Any], None]


@solara.component_vue("sure.vue")
def Sure(
    *,
    headline: str,
    changed: str,
    sentence: str,
    word: str,
    n: int,
    title: str,
    items: Sequence[Row],
) -> None:
    """Show the headline and the three sentences about it."""


@solara.component_vue("grades.vue")
def Grades(
    *,
    words: Row,
    text: str,
    unit: str,
    rows: Sequence[Row],
    ends: Sequence[str],
    told: str,
    notes: Sequence[str],
    moving: Sequence[Row],
    moving_told: str,
    command: str,
) -> None:
    """Show a bar for each kind of number; `told` stands in its place when there is none."""


@solara.component_vue("checks.vue")
def Checks(*, words: Row, counts: str, first: Sequence[Row], rest: Sequence[Row], ran: str) -> None:
    """Show how the model lies to published figures."""


@solara.component_vue("still.vue")
def Still(
    *, words: Row, counts: str, first: Sequence[Row], rest: Sequence[Row], ages: Sequence[str]
) -> None:
    """Show what stands still and what moves."""


@solara.component_vue("limits.vue")
def Limits(*, title: str, sections: Sequence[Row]) -> None:
    """Show what the model cannot say; the first section is open."""


@solara.component
def Zekerheid(*, answering: Answering, scenarios: Mapping[str, Scenario]) -> None:
    """Read how sure an outcome of a plan is, and what it rests on."""
    names = tuple(scenarios)

    def read(address: str | None) -> tuple[Choice, tuple[str, ...]]:
        return state.from_query(address, names)

    def changed(choice: Choice, name: str, value: object) -> Choice | None:
        return state.changed(choice, name, value, names)

    ways = Ways(read=read, changed=changed, before=state.as_before, seen_only=state.SEEN_ONLY)
    chosen = use_choice(ways)
    choice = chosen.choice
    t = texts(choice.language)
    name = choice.scenario
    asked = solara.use_memo(lambda: {name: question(scenarios, name)}, [name])
    answers = use_prepared(answering, asked)
    kept = load()
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(style())
        Doc(
            language=t.language,
            title=t("certainty.title"),
            theme=choice.theme,
            screen=choice.screen,
            query=state.query(choice, names),
        )
        with rv.Html(tag="header", class_="vk-top"):
            Top(**places.top(choice, state.START, "zekerheid", t), event_commit=chosen.commit)
            with rv.Html(tag="div", class_="vk-asks"):
                Question(
                    **view.question_row(choice, scenarios, t),
                    undoable=chosen.can_undo,
                    event_commit=chosen.commit,
                    event_undo=chosen.undo,
                    event_given=lambda _: None,
                )
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=left_out(chosen.dropped, t))
            with rv.Html(tag="div", class_="vk-results", attributes={"id": "vk-results"}):
                sums = answers.get(name)
                has_failed = name in answers and sums is None
                Sure(
                    **view.sure(choice, sums, has_failed, scenarios, t),
                    **view.three(choice, kept, scenarios, t),
                )
                Grades(**view.grades(choice, kept, scenarios, t))
                _Standing(language=t.language)


@solara.component
def _Standing(*, language: str) -> None:
    """Show what is the same for every outcome; drawn anew for another language only."""
    t = texts(language)
    with rv.Html(tag="div", class_="vk-sure-foot"):
        Checks(**checks.checks(t))
        Still(**checks.still(t))
        Limits(title=t("certainty.limits.title"), sections=limits(language))
