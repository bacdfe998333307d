"""The first page: two scenarios side by side, with five levers to move."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import solara
from solara.alias import rv

from dashboards.components import (
    AnswerCards,
    Controls,
    Doc,
    FigureCard,
    Heading,
    Notices,
    Status,
    Summary,
)
from dashboards.figures.series import Pair
from dashboards.pages.explore import controls, state
from dashboards.pages.explore import view as parts
from dashboards.pages.explore.state import Choice
from dashboards.service.answering import Answering
from dashboards.service.jobs import Service
from dashboards.service.use_answer import Found, use_answer
from dashboards.service.use_results import HowFar, Results, use_results
from dashboards.texts import LANGUAGES, Texts, texts
from model.policy.scenario import Scenario

STYLE = Path(__file__).parent / "page.css"


@solara.component
def Explore(*, service: Service, answering: Answering, scenarios: Mapping[str, Scenario]) -> None:
    """Choose two scenarios, move levers, and see what follows and how sure that is."""
    choice, dropped, commit = use_choice(scenarios)
    progress = solara.use_reactive(HowFar())
    t = texts(choice.language)
    asked = parts.requests(choice, scenarios)
    question = parts.question(choice, scenarios)
    found = use_answer(answering, question)
    results = use_results(service, asked, progress)
    shown_key = "" if results.answer is None else parts.key(results.answer.requests)
    pair = solara.use_memo(lambda: parts.pair(results.answer, t), [shown_key, t.language])
    with rv.Html(tag="div", class_="vk-all"):
        solara.Style(STYLE)
        Doc(
            language=t.language,
            title=t("page.title"),
            query=state.query(choice, tuple(scenarios)),
        )
        with rv.Html(tag="header"):
            Heading(
                words=t.part("page.heading"),
                languages=[{"code": code, "name": texts(code)("page.name")} for code in LANGUAGES],
                language=t.language,
                event_choose=lambda code: commit({"name": "language", "value": code}),
            )
        with rv.Html(tag="main", class_="vk-main"):
            Notices(items=parts.notices(results, dropped, asked, t))
            AnswerCards(**parts.answer_cards(found, question, t))
            Fields(group=controls.comparison(choice, scenarios, t), commit=commit)
            StatusBar(results=results, progress=progress, t=t)
            with rv.Html(tag="div", class_="vk-columns"):
                with rv.Html(tag="div", class_="vk-side"):
                    Fields(group=controls.levers(choice, scenarios, t), commit=commit)
                Outcomes(found=found, pair=pair, choice=choice, scenarios=scenarios, t=t)


def use_choice(
    scenarios: Mapping[str, Scenario],
) -> tuple[Choice, tuple[str, ...], Callable[[Any], None]]:
    """Return the visitor's choice, what of the link was left out, and how to change the choice.

    The last takes what a browser sends, `{name, value}`, and ignores what does not fit.
    """
    names = tuple(scenarios)
    address = solara.use_router().search
    start, dropped = solara.use_memo(lambda: state.from_query(address, names), [])
    choice = solara.use_reactive(parts.settled(start, scenarios))

    def commit(event: Any) -> None:  # noqa: ANN401 - whatever a browser sends
        found = None
        if isinstance(event, dict):
            name, value = str(event.get("name")), event.get("value")
            found = state.changed(choice.value, name, value, names)
        if found is not None:
            choice.set(parts.settled(found, scenarios))

    return choice.value, dropped, commit


@solara.component
def Fields(*, group: Mapping[str, Any], commit: Callable[[Any], None]) -> None:
    """Show one group of fields."""
    Controls(
        groups=[group],
        event_commit=commit,
        event_reset=lambda _: commit({"name": "levers", "value": ""}),
    )


@solara.component
def StatusBar(*, results: Results, progress: solara.Reactive[HowFar], t: Texts) -> None:
    """Show how far the run behind the figures is; alone in following the progress."""
    Status(**parts.status(results, progress.value, t))


@solara.component
def Outcomes(
    *,
    found: Found,
    pair: Pair | None,
    choice: Choice,
    scenarios: Mapping[str, Scenario],
    t: Texts,
) -> None:
    """Show the answer in words, and the figures of the last complete pair of runs."""
    asked_key = parts.key(parts.requests(choice, scenarios))
    shown_key = "" if pair is None else pair.key
    stale = shown_key != asked_key
    told = solara.use_memo(
        lambda: parts.told(found, pair if not stale else None, t),
        [found.question, found.sums and found.sums.n, stale, shown_key, t.language],
    )
    cards = solara.use_memo(lambda: parts.cards(pair, t), [shown_key, t.language])
    settings = solara.use_memo(
        lambda: parts.settings(choice, scenarios, t), [asked_key, t.language]
    )
    with rv.Html(tag="div", class_="vk-results", attributes={"id": "vk-results"}):
        Summary(
            words=parts.summary_words(choice, scenarios, pair, settings, t),
            settings=settings,
            sentences=told,
            stale=found.question is None or found.question != parts.question(choice, scenarios),
        )
        with rv.Html(tag="div", class_="vk-figures"):
            for card in cards:
                FigureCard(**card, stale=stale).key(card["name"])
        rv.Html(tag="section", class_="vk-card vk-about", children=[*parts.about(t)])
