"""Verken, as Solara draws it: the question, the board, the answer, two charts, and explanation."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import solara
from solara.alias import rv

from dashboards.components import (
    About,
    Answer,
    Bar,
    Board,
    Chart,
    Doc,
    Notices,
    Numbers,
    Pill,
    Summary,
)
from dashboards.figures import tokens
from dashboards.pages.verken import state, view
from dashboards.pages.verken.fields import standing
from dashboards.pages.verken.state import Choice
from dashboards.service.answering import Answering
from dashboards.service.use_answer import Found, use_answer
from dashboards.texts import Texts, texts
from model.policy.scenario import Scenario
from scenarios.asking.question import Question

STYLE = tokens.css() + (Path(__file__).parent / "page.css").read_text("utf-8")
MOST_BACK = 50
"""Choices that can be undone."""

Scenarios = Mapping[str, Scenario]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a visitor chose, how many moves of theirs have been heard, and how to make one.

    `commit` takes what a browser sends, `{name, value, move}`, and ignores what does not fit.
    """

    choice: Choice
    dropped: tuple[str, ...]
    moves: int
    can_undo: bool
    commit: Callable[[Any], None]
    undo: Callable[[Any], None]


@solara.component
def Verken(*, answering: Answering, scenarios: Scenarios) -> None:
    """Choose two scenarios, move levers, and see what follows and how sure that is."""
    chosen = use_choice(scenarios)
    choice = chosen.choice
    t = texts(choice.language)
    question = view.question(choice, scenarios)
    found = use_answer(answering, question)
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(STYLE)
        Doc(
            language=t.language,
            title=t("page.title"),
            theme=choice.theme,
            screen=choice.screen,
            query=state.query(choice, tuple(scenarios)),
        )
        with rv.Html(tag="header", class_="vk-top"):
            Bar(
                **view.bar(choice, scenarios, t, can_undo=chosen.can_undo),
                event_commit=chosen.commit,
                event_undo=chosen.undo,
            )
            Pill(**view.status(found, question, t), move=chosen.moves)
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=view.notices(found, chosen.dropped, choice, scenarios, t))
            with rv.Html(tag="div", class_="vk-columns"):
                Levers(chosen=chosen, found=found, scenarios=scenarios, t=t)
                Results(chosen=chosen, found=found, question=question, scenarios=scenarios, t=t)
            Foot(choice=choice, scenarios=scenarios, t=t)


def use_choice(scenarios: Scenarios) -> Chosen:
    """Return what the address says, and from then on what the visitor does."""
    names = tuple(scenarios)
    address = solara.use_router().search
    start, dropped = solara.use_memo(lambda: state.from_query(address, names), [])
    choice = solara.use_reactive(view.settled(start, scenarios))
    moves = solara.use_reactive(0)
    nothing: tuple[Choice, ...] = ()
    past = solara.use_reactive(nothing)

    def heard(event: Any) -> None:  # noqa: ANN401 - whatever a browser sends
        move = event.get("move") if isinstance(event, dict) else None
        if isinstance(move, int) and move > moves.value:
            moves.set(move)

    def commit(event: Any) -> None:  # noqa: ANN401
        found = None
        if isinstance(event, dict):
            name, value = str(event.get("name")), event.get("value")
            found = state.changed(choice.value, name, value, names)
        if found is not None and (found := view.settled(found, scenarios)) != choice.value:
            if str(event.get("name")) not in state.SEEN_ONLY:
                past.set((*past.value, choice.value)[-MOST_BACK:])
            choice.set(found)
        # Only now: a page that has heard of a move must no longer show the question before it.
        heard(event)

    def undo(event: Any) -> None:  # noqa: ANN401
        if past.value:
            choice.set(state.as_before(choice.value, past.value[-1]))
            past.set(past.value[:-1])
        heard(event)

    return Chosen(
        choice=choice.value,
        dropped=dropped,
        moves=moves.value,
        can_undo=bool(past.value),
        commit=commit,
        undo=undo,
    )


@solara.component
def Levers(*, chosen: Chosen, found: Found, scenarios: Scenarios, t: Texts) -> None:
    """Show the board of levers."""
    choice = chosen.choice
    moved = frozenset(name for name, _ in choice.levers)
    groups = solara.use_memo(
        lambda: view.board(choice, scenarios, t), [choice.alternative, moved, t.language]
    )
    Board(
        words=t.part("board.words"),
        groups=groups,
        standing=standing(choice, scenarios[choice.alternative]),
        moved=bool(choice.levers) or choice.fade is not None,
        unreached=sorted(found.unreached),
        event_commit=chosen.commit,
    )


@solara.component
def Results(
    *, chosen: Chosen, found: Found, question: Question, scenarios: Scenarios, t: Texts
) -> None:
    """Show the answer in a sentence and cards, and the two charts of one outcome."""
    choice = chosen.choice
    with rv.Html(tag="div", class_="vk-results", attributes={"id": "vk-results"}):
        Answer(
            **view.answer(found, question, choice, t),
            standing=standing(choice, scenarios[choice.alternative]),
            event_commit=chosen.commit,
        )
        if found.state == "fault":
            return
        with rv.Html(tag="div", class_="vk-charts"):
            Chart(**view.levels(found, choice, scenarios, t)).key("levels")
            Chart(**view.differences(found, choice, scenarios, t)).key("differences")
            Numbers(**view.numbers(found, choice, t))


@solara.component
def Foot(*, choice: Choice, scenarios: Scenarios, t: Texts) -> None:
    """Show what the alternative changes, and what words and numbers mean."""
    asked = view.question(choice, scenarios)
    summary = solara.use_memo(
        lambda: view.summary(choice, scenarios, t), [asked.key, choice.base, t.language]
    )
    with rv.Html(tag="div", class_="vk-foot"):
        Summary(**summary)
        About(title=t("page.about.title"), entries=view.about(t))
