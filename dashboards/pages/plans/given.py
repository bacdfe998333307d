"""Plans that a visitor hands over or names: taken into the page, or refused with all mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import solara

from dashboards.pages.chosen import Chosen
from dashboards.pages.plans import own
from dashboards.pages.plans.named import named, tidy
from dashboards.pages.plans.titles import listed
from dashboards.texts import Texts
from model.errors import InputError
from model.policy.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that was not taken, and what is wrong with it; without mistakes none was refused."""

    file: str = ""
    mistakes: tuple[own.Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Named:
    """The last plan that got a name: how many did so far, its name, and what it was before."""

    count: int = 0
    label: str = ""
    value: str = ""
    was: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What takes plans that a browser sends, and what came of the last one."""

    take: Callable[[Any], None]
    name: Callable[[Any], None]
    refused: Refused
    named: Named


def use_given[Choice](
    chosen: Chosen[Choice],
    places: Sequence[str],
    free: str,
    board: Callable[[], str] | None = None,
) -> Given:
    """Return what takes plans into `places` of a page; one without a place goes to `free`.

    `board` gives the scenario file of what stands on the board of the page, where it has one.
    """
    refused = solara.use_reactive(Refused())
    found = solara.use_reactive(Named())

    def put(place: str, value: str, move: object) -> None:
        # A plan that was refused changes nothing, but its move has been heard.
        chosen.commit({"name": place if value else "", "value": value, "move": move})

    def take(event: Any) -> None:  # noqa: ANN401 - whatever a browser sends
        sent = event if isinstance(event, dict) else {}
        file, text = _plan(sent)
        value, wrong = "", Refused()
        try:
            value = own.packed(text, file)
        except InputError as error:
            wrong = Refused(file=file, mistakes=tuple(own.mistakes(error)))
        refused.set(wrong)
        asked = sent.get("place")
        place = asked if isinstance(asked, str) and asked in places else free
        put(place, value, sent.get("move"))

    def name(event: Any) -> None:  # noqa: ANN401
        sent = event if isinstance(event, dict) else {}
        was, label = sent.get("value"), tidy(sent.get("name"))
        if not isinstance(was, str) or not label:
            return
        file, value, wrong = own.file_name(own.PREFIX), "", Refused()
        try:
            text = own.text_of(was) if was else board() if board else None
            value = own.packed(named(text or "", label, file), file)
        except InputError as error:
            wrong = Refused(file=label, mistakes=tuple(own.mistakes(error)))
        refused.set(wrong)
        if value:
            found.set(Named(count=found.value.count + 1, label=label, value=value, was=was))
        here = [place for place in places if getattr(chosen.choice, place) == was]
        place = next(iter(here), "") if was else free
        put(place, value, sent.get("move"))

    return Given(take=take, name=name, refused=refused.value, named=found.value)


def refused_row(found: Refused, t: Texts) -> own.Row:
    """Return what is wrong with a file that was handed over; nothing when all is well."""
    n = str(len(found.mistakes))
    return {
        "words": t.part("own_plans.refused"),
        "title": t("own_plans.refused_title", file=found.file, n=n) if found.mistakes else "",
        "items": list(found.mistakes),
    }


def plans_row(
    given: Given,
    names: Sequence[str],
    scenarios: Mapping[str, Scenario],
    t: Texts,
    *,
    has_board: bool = False,
) -> own.Row:
    """Return what the list of own plans shows: those on the page, and what was named last.

    `has_board` says that something stands on the board of the page that is no plan yet.
    """
    return {
        "words": t.part("own_plans.words"),
        "own": listed(names, scenarios, t),
        "named": asdict(given.named),
        "board": has_board,
        "most": own.MOST_SIGNS,
    }


def _plan(sent: dict[str, Any]) -> tuple[str, str]:
    """Return the name and the text of a plan that was sent, or kept by the browser."""
    file, text, kept = (sent.get(name) for name in ("file", "text", "value"))
    if isinstance(kept, str):
        text = own.text_of(kept)
    return tidy(file) or own.file_name(own.PREFIX), text if isinstance(text, str) else ""
