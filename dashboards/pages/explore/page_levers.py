"""The levers on the page: which there are, where they stand in a scenario, and how to move them.

Ranges, increments, defaults and starts come from the registry of levers; nothing is typed twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from model.calendar import START_NUMBER, month_number, month_text
from model.evidence.declaring import Lever
from model.policy.scenario import Scenario
from model.registry import BY_NAME
from scenarios import compose

CONTROLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bandwidth", ("zero_hours_abolished", "bandwidth_extra_max")),
    ("agency", ("agency_phase_b_months",)),
    ("housing", ("housing_decoupled",)),
    ("language", ("web_places_per_100",)),
    ("education", ("extra_education_hours",)),
)
"""The five controls and the levers that each of them moves."""

BOARD_LEVERS = tuple(lever for _, levers in CONTROLS for lever in levers)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a lever stands in a scenario: its value, from which month, whether its file says so.

    `start` is None when the lever stands there from the first month of the run.
    """

    value: float
    start: float | None = None
    in_file: bool = False


def setting(scenario: Scenario, name: str) -> Setting:
    """Return where a lever stands for most families, once all its changes have been made."""
    for_all = [
        change
        for change in scenario.levers
        if change.lever == name and change.target is None and change.end is None
    ]
    if not for_all:
        return Setting(value=BY_NAME[name].base)
    last = for_all[-1]
    start = reform_start(scenario) if last.start == "reform_start" else last.start
    return Setting(value=last.value, start=start, in_file=True)


def reform_start(scenario: Scenario) -> float:
    """Return the month in which the bill on flexible work starts in a scenario."""
    found = [change.value for change in scenario.levers if change.lever == "reform_start"]
    return found[-1] if found else BY_NAME["reform_start"].base


def positions(lever: Lever) -> list[float]:
    """Return every value that a slider of this lever can stand at, from low to high."""
    count = round((lever.high - lever.low) / lever.increment)
    return [round(lever.low + place * lever.increment, 6) for place in range(count + 1)]


def snapped(lever: Lever, value: float) -> float | None:
    """Return the slider position nearest to a value, or None for a value outside the range."""
    if not math.isfinite(value) or not lever.low <= value <= lever.high:
        return None
    return min(positions(lever), key=lambda position: abs(position - value))


def start_month(scenario: Scenario, lever: Lever) -> float | None:
    """Return from which month a moved lever counts: as the scenario has it, else as the letter has.

    None means from the first month of the run.
    """
    standing = setting(scenario, lever.name)
    if standing.in_file:
        return standing.start
    if lever.start == "reform_start":
        return reform_start(scenario)
    return month_number(lever.start)


def moved(scenario: Scenario, levers: Iterable[tuple[str, float]]) -> Scenario:
    """Return a scenario with levers set to other values, checked as those of a file.

    Raises InputError.
    """
    return _moved(scenario, tuple(levers))


@lru_cache(maxsize=64)
def _moved(scenario: Scenario, levers: tuple[tuple[str, float], ...]) -> Scenario:
    if not levers:
        return scenario
    entries = {name: _entry(value, start_month(scenario, BY_NAME[name])) for name, value in levers}
    return replace(scenario, levers=compose(scenario, name=scenario.id, levers=entries).levers)


def _entry(value: float, start: float | None) -> dict[str, float | str]:
    """Return what a scenario file would have for a lever that stands so from a month on."""
    return {"value": value} | ({} if start is None else {"start": month_text(start)})


def apart(scenario: Scenario, levers: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return the levers that stand elsewhere than in the scenario's file."""
    return tuple((name, value) for name, value in levers if value != setting(scenario, name).value)


def latest_start(scenario: Scenario) -> float:
    """Return the last month in which something starts to change, or the first month of a run."""
    starts = [change.start for change in scenario.levers]
    starts += [change.start for change in scenario.parameters]
    months = [reform_start(scenario) if start == "reform_start" else start for start in starts]
    return max((month for month in months if month is not None), default=START_NUMBER)
