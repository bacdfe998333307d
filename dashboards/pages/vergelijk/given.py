"""Plans that a visitor hands over: taken into the comparison, or refused with all mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import solara

from dashboards.pages import own
from dashboards.pages.chosen import Chosen
from dashboards.pages.places import BOARD
from dashboards.pages.vergelijk.state import PLACES, Choice
from dashboards.pages.verken import levers
from dashboards.pages.verken import state as board
from model.errors import InputError
from model.policy.scenario import Scenario

LONG_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that was not taken, and what is wrong with it; without mistakes none was refused."""

    file: str = ""
    mistakes: tuple[own.Row, ...] = ()


def with_board(address: str | None, scenarios: Mapping[str, Scenario]) -> str:
    """Return an address in which what stands on the board of Verken is the first plan."""
    parts = parse_qsl((address or "").removeprefix("?"), keep_blank_values=True)
    found = dict(parts).get(BOARD)
    if found is None:
        return address or ""
    choice, _ = board.from_query(found, tuple(scenarios))
    name = choice.alternative
    moved = levers.apart(scenarios[name], choice.levers)
    try:
        first = own.of_board(levers.moved(scenarios[name], moved), name) if moved else name
    except InputError:
        return address or ""
    rest = [(key, value) for key, value in parts if key not in {BOARD, PLACES[0]}]
    return urlencode([(PLACES[0], first), *rest])


def use_given(chosen: Chosen[Choice]) -> tuple[Callable[[Any], None], Refused]:
    """Return what takes a plan that a browser sends, and what was wrong with the last one."""
    refused = solara.use_reactive(Refused())

    def given(event: Any) -> None:  # noqa: ANN401 - whatever a browser sends
        sent = event if isinstance(event, dict) else {}
        file, text = _plan(sent)
        try:
            name, found = own.packed(text, file), Refused()
        except InputError as error:
            name, found = "", Refused(file=file, mistakes=tuple(own.mistakes(error)))
        refused.set(found)
        asked = sent.get("place")
        place = asked if asked in PLACES else chosen.choice.free_place
        # A plan that was refused changes nothing, but its move has been heard.
        chosen.commit({"name": place if name else "", "value": name, "move": sent.get("move")})

    return given, refused.value


def _plan(sent: dict[str, Any]) -> tuple[str, str]:
    """Return the name and the text of a plan that was sent, or kept by the browser."""
    file, text, kept = (sent.get(name) for name in ("file", "text", "value"))
    if isinstance(kept, str):
        text = own.text_of(kept)
    called = file[:LONG_NAME] if isinstance(file, str) and file else own.file_name(own.PREFIX)
    return called, text if isinstance(text, str) else ""
