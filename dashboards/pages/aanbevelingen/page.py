"""Aanbevelingen, as Solara draws it: the list of the eleven, and the one that is read."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import solara
from solara.alias import rv

from dashboards.components import Doc, Notices, Top
from dashboards.pages import places
from dashboards.pages.aanbevelingen import state, view
from dashboards.pages.chosen import Ways, use_choice
from dashboards.pages.style import style
from dashboards.pages.words import left_out
from dashboards.service.answering import Answering
from dashboards.service.prepared import prepared
from dashboards.service.use_prepared import use_prepared
from dashboards.texts import texts
from model.evidence.graph import recommendations
from model.policy.scenario import Scenario

Row = Mapping[str, Any]
Event = Callable[[Any], None]
WAYS = Ways(
    read=state.from_query,
    changed=state.changed,
    before=state.as_before,
    seen_only=state.SEEN_ONLY,
)


@solara.component_vue("eleven.vue")
def Eleven(
    *,
    words: Row,
    number: int,
    outcome: str,
    outcomes: Sequence[Row],
    unit: str,
    rows: Sequence[Row],
    basis: str,
    undoable: bool,
    event_commit: Event,
    event_undo: Event,
) -> None:
    """Show the eleven with their effects; sends `{name, value, move}`."""


@solara.component_vue("one.vue")
def One(
    *,
    words: Row,
    number: int,
    title: str,
    letter: str,
    answer: str,
    left_out: str,
    lines: str,
    answer_lines: str,
    scenario: str,
    caution: str,
    sentence: str,
    size: str,
    levers: Sequence[Row],
    paths: Sequence[Row],
    graph: str,
    gaps: Sequence[str],
    sure: str,
    address: str,
) -> None:
    """Show a recommendation: letter, answer, levers, paths, what is assumed, and the way on."""


@cache
def _asked(scenarios: tuple[tuple[str, Scenario], ...]) -> dict[str, Any]:
    wanted = {one.scenario for one in recommendations()}
    return {name: one for name, one in prepared(dict(scenarios)).items() if name in wanted}


@solara.component
def Aanbevelingen(*, answering: Answering, scenarios: Mapping[str, Scenario]) -> None:
    """Read the eleven recommendations, and see what the model makes of each."""
    chosen = use_choice(WAYS)
    choice = chosen.choice
    t = texts(choice.language)
    questions = solara.use_memo(lambda: _asked(tuple(scenarios.items())), [])
    answers = use_prepared(answering, questions)
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(style())
        Doc(
            language=t.language,
            title=t("letter.title"),
            theme=choice.theme,
            screen=choice.screen,
            query=state.query(choice),
        )
        with rv.Html(tag="header", class_="vk-top"):
            Top(
                **places.top(choice, state.START, "aanbevelingen", t),
                event_commit=chosen.commit,
            )
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=left_out(chosen.dropped, t))
            with rv.Html(tag="div", class_="vk-letter"):
                Eleven(
                    **view.listed(choice, answers, scenarios, t),
                    undoable=chosen.can_undo,
                    event_commit=chosen.commit,
                    event_undo=chosen.undo,
                )
                One(**view.told(choice, answers, scenarios, t)).key(str(choice.number))
