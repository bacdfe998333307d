"""What stands on the board of Verken, as the first plan of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from dashboards.pages.places import BOARD
from dashboards.pages.plans import own
from dashboards.pages.vergelijk.state import PLACES
from dashboards.pages.verken import levers
from dashboards.pages.verken import state as board
from model.errors import InputError
from model.policy.scenario import Scenario


def with_board(address: str | None, scenarios: Mapping[str, Scenario]) -> str:
    """Return an address in which what stands on the board of Verken is the first plan."""
    parts = parse_qsl((address or "").removeprefix("?"), keep_blank_values=True)
    found = dict(parts).get(BOARD)
    if found is None:
        return address or ""
    choice, _ = board.from_query(found, tuple(scenarios))
    name = choice.alternative
    plan = own.known(scenarios, [name])[name]
    moved = levers.apart(plan, choice.levers)
    try:
        first = own.of_board(levers.moved(plan, moved), name) if moved else name
    except InputError:
        return address or ""
    rest = [(key, value) for key, value in parts if key not in {BOARD, PLACES[0]}]
    return urlencode([(PLACES[0], first), *rest])
