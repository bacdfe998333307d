"""Verken, as Solara draws it: the question, the board, the answer, two charts, and explanation."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Mapping

import solara
from solara.alias import rv

from dashboards.components import (
    About,
    Answer,
    Board,
    Chart,
    Doc,
    Notices,
    Numbers,
    Pill,
    Summary,
    Top,
)
from dashboards.components.question import Refused
from dashboards.pages import places
from dashboards.pages.chosen import Chosen, Ways, use_choice
from dashboards.pages.plans import own
from dashboards.pages.plans.asks import asks
from dashboards.pages.plans.given import plans_row, refused_row, use_given
from dashboards.pages.style import style
from dashboards.pages.verken import state, view
from dashboards.pages.verken.fields import PLACES, standing
from dashboards.pages.verken.state import Choice
from dashboards.pages.words import left_out
from dashboards.service.answering import Answering
from dashboards.service.use_answer import Found, use_answer
from dashboards.texts import Texts, texts
from model.policy.scenario import Scenario
from scenarios.asking.question import Question as Asked

Scenarios = Mapping[str, Scenario]


@solara.component
def Verken(*, answering: Answering, scenarios: Scenarios) -> None:
    """Choose two scenarios, move levers, and see what follows and how sure that is."""
    chosen = use_choice(ways(scenarios))
    choice = chosen.choice
    t = texts(choice.language)
    known = own.known(scenarios, [choice.base, choice.alternative])
    question = solara.use_memo(lambda: view.question(choice, known), [state.asked(choice)])
    found = use_answer(answering, question)
    given = use_given(chosen, PLACES, PLACES[-1], lambda: view.board_file(choice, known))
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(style())
        Doc(
            language=t.language,
            title=t("page.title"),
            theme=choice.theme,
            screen=choice.screen,
            query=state.query(choice, tuple(scenarios)),
        )
        with rv.Html(tag="header", class_="vk-top"):
            Top(
                **places.top(choice, state.default(tuple(scenarios)), "verken", t),
                event_commit=chosen.commit,
            )
            mine = [choice.base, choice.alternative]
            asks(
                chosen,
                given,
                view.question_row(choice, known, t),
                plans_row(given, mine, known, t, has_board=bool(choice.levers)),
            )
            Pill(**view.status(found, question, t), move=chosen.moves)
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=left_out(chosen.dropped, t))
            Refused(**refused_row(given.refused, t))
            with rv.Html(tag="div", class_="vk-columns"):
                Levers(chosen=chosen, found=found, scenarios=known, t=t)
                Results(chosen=chosen, found=found, question=question, scenarios=known, t=t)
            Foot(choice=choice, question=question, scenarios=known, t=t)


def ways(scenarios: Scenarios) -> Ways[Choice]:
    """Return how this page reads and changes a choice."""
    names = tuple(scenarios)

    def settled(choice: Choice) -> Choice:
        return view.settled(choice, own.known(scenarios, [choice.alternative]))

    def read(address: str | None) -> tuple[Choice, tuple[str, ...]]:
        start, dropped = state.from_query(address, names)
        return settled(start), dropped

    def changed(choice: Choice, name: str, value: object) -> Choice | None:
        found = state.changed(choice, name, value, names)
        return None if found is None else settled(found)

    return Ways(read=read, changed=changed, before=state.as_before, seen_only=state.SEEN_ONLY)


@solara.component
def Levers(*, chosen: Chosen[Choice], found: Found, scenarios: Scenarios, t: Texts) -> None:
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
    *, chosen: Chosen[Choice], found: Found, question: Asked, scenarios: Scenarios, t: Texts
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
            for name, row in view.charts(found, question, choice, t).items():
                Chart(**row).key(name)
            Numbers(**view.numbers(found, choice, t))


@solara.component
def Foot(*, choice: Choice, question: Asked, scenarios: Scenarios, t: Texts) -> None:
    """Show what the alternative changes, and what words and numbers mean."""
    summary = solara.use_memo(
        lambda: view.summary(question, choice, scenarios, t),
        [question.key, choice.base, choice.fade, t.language],
    )
    with rv.Html(tag="div", class_="vk-foot"):
        Summary(**summary)
        About(title=t("page.about.title"), entries=view.about(t))
