"""Vergelijk, as Solara draws it: the scenarios, the table of outcomes, and who is ahead."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from solara.alias import rv

from dashboards.components import Doc, Notices, Top
from dashboards.components.question import Refused
from dashboards.pages import places
from dashboards.pages.chosen import Ways, use_choice
from dashboards.pages.plans import own
from dashboards.pages.plans.asks import asks
from dashboards.pages.plans.given import plans_row, refused_row, use_given
from dashboards.pages.style import style
from dashboards.pages.vergelijk import state, view
from dashboards.pages.vergelijk.closer.look import Closer
from dashboards.pages.vergelijk.from_board import with_board
from dashboards.pages.vergelijk.state import Choice
from dashboards.pages.words import left_out
from dashboards.service.answering import Answering
from dashboards.service.prepared import question
from dashboards.service.studies import Studies
from dashboards.service.use_prepared import use_prepared
from dashboards.texts import texts
from model.policy.scenario import Scenario

Row = Mapping[str, Any]
Event = Callable[[Any], None]


@solara.component_vue("table.vue")
def Table(
    *,
    words: Row,
    columns: Sequence[Row],
    rows: Sequence[Row],
    chosen: str,
    basis: str,
    event_commit: Event,
) -> None:
    """Show every outcome under every scenario; sends `{name, value, move}` for one to rank."""


@solara.component_vue("ranked.vue")
def Ranked(
    *, words: Row, title: str, unit: str, apart: str, order: Sequence[Row], pairs: Sequence[Row]
) -> None:
    """Show the scenarios in order, and every pair."""


@solara.component_vue("differ.vue")
def Differ(*, words: Row, plans: Sequence[Row]) -> None:
    """Show what each plan changes, and the note that is printed with it."""


@solara.component
def Vergelijk(*, answering: Answering, studies: Studies, scenarios: Mapping[str, Scenario]) -> None:
    """Compare up to three scenarios with today's policy."""
    names = tuple(scenarios)

    def read(address: str | None) -> tuple[Choice, tuple[str, ...]]:
        return state.from_query(with_board(address, scenarios), names)

    def changed(choice: Choice, name: str, value: object) -> Choice | None:
        return state.changed(choice, name, value, names)

    ways = Ways(read=read, changed=changed, before=state.as_before, seen_only=state.SEEN_ONLY)
    chosen = use_choice(ways)
    choice = chosen.choice
    t = texts(choice.language)
    known = own.known(scenarios, choice.compared)
    questions = solara.use_memo(
        lambda: {name: question(known, name) for name in choice.compared}, [choice.compared]
    )
    passing = [name for name in choice.compared if own.is_own(name)]
    answers = use_prepared(answering, questions, passing)
    given = use_given(chosen, state.PLACES, choice.free_place)
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(style())
        Doc(
            language=t.language,
            title=t("compare.title"),
            theme=choice.theme,
            screen=choice.screen,
            query=state.query(choice, names),
        )
        with rv.Html(tag="header", class_="vk-top"):
            Top(**places.top(choice, state.START, "vergelijk", t), event_commit=chosen.commit)
            asks(
                chosen,
                given,
                view.question_row(choice, known, t),
                plans_row(given, choice.compared, known, t),
            )
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=left_out(chosen.dropped, t))
            Refused(**refused_row(given.refused, t))
            with rv.Html(tag="div", class_="vk-results", attributes={"id": "vk-results"}):
                table = view.table(choice, answers, known, t)
                differ = view.differ(choice, known, t)
                Table(**table, event_commit=chosen.commit)
                Ranked(**view.ranked(choice, answers, known, t))
                Closer(
                    choice=choice,
                    answers=answers,
                    studies=studies,
                    picture=view.picture(table, differ, t) if choice.view == "take" else "",
                    scenarios=known,
                    t=t,
                    event_commit=chosen.commit,
                )
                Differ(**differ)
