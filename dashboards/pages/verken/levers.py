"""The board: which levers there are, where they stand in a scenario, and how to move them.

Ranges, increments, defaults and starts come from the registry; nothing is typed twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from model.calendar import START_NUMBER, month_number, month_text
from model.evidence.declaring import Lever
from model.policy.scenario import Scenario
from model.registry import BY_NAME, BY_PARAMETER
from scenarios import compose

BOARD: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "work",
        (
            ("zero_hours_abolished", "bandwidth_extra_max"),
            ("agency_phase_b_months",),
            ("agency_equal_terms",),
            ("chain_interval_months",),
        ),
    ),
    ("home", (("housing_decoupled",), ("childcare_open_hour",))),
    (
        "school",
        (
            ("web_places_per_100", "course_hours"),
            ("ve_guidance_level",),
            ("extra_education_hours",),
            ("newcomer_months_po",),
        ),
    ),
    ("trust", (("info_point_coverage",), ("key_persons_per_1000",))),
)
"""The twelve controls in their four groups, with the levers that each of them moves."""

BOARD_LEVERS = tuple(lever for _, controls in BOARD for names in controls for lever in names)

FADE = "fade_rate"
"""What the honesty slider is called in an address."""

FADE_PARAMETER = BY_PARAMETER["school.fade_rate"]
FADE_END, FADE_STEP = 0.6, 0.05
"""The most that fades in a year on the board, and a step of its slider: beyond it the meta-analyses
that the parameter rests on contradict it."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Where a slider can stand: from `low` to `high`, in steps of `increment`."""

    low: float
    high: float
    increment: float


SCALES = {
    name: Scale(low=one.low, high=one.high, increment=one.increment)
    for name, one in ((name, BY_NAME[name]) for name in BOARD_LEVERS)
} | {FADE: Scale(low=FADE_PARAMETER.low, high=FADE_END, increment=FADE_STEP)}


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


def fade_of(scenario: Scenario) -> float:
    """Return how much of a gain fades in a year in a scenario."""
    found = [one.value for one in scenario.parameters if one.parameter == FADE_PARAMETER.name]
    return found[-1] if found else FADE_PARAMETER.value


def reform_start(scenario: Scenario) -> float:
    """Return the month in which the bill on flexible work starts in a scenario."""
    found = [change.value for change in scenario.levers if change.lever == "reform_start"]
    return found[-1] if found else BY_NAME["reform_start"].base


def positions(scale: Scale) -> list[float]:
    """Return every value that a slider can stand at, from low to high."""
    count = round((scale.high - scale.low) / scale.increment)
    return [round(scale.low + place * scale.increment, 6) for place in range(count + 1)]


def snapped(scale: Scale, value: float) -> float | None:
    """Return the slider position nearest to a value, or None for a value outside the range."""
    if not math.isfinite(value) or not scale.low <= value <= scale.high:
        return None
    return min(positions(scale), key=lambda position: abs(position - value))


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


@lru_cache(maxsize=64)
def faded(scenario: Scenario, fade: float | None) -> Scenario:
    """Return a scenario in a world in which gains fade so fast; as it is for None."""
    if fade is None or fade == fade_of(scenario):
        return scenario
    made = compose(scenario, name=scenario.id, parameters={FADE_PARAMETER.name: fade})
    return replace(scenario, parameters=made.parameters)


def _entry(value: float, start: float | None) -> dict[str, float | str]:
    """Return what a scenario file would have for a lever that stands so from a month on."""
    return {"value": value} | ({} if start is None else {"start": month_text(start)})


def apart(scenario: Scenario, levers: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return the levers that stand elsewhere than in the scenario's file."""
    return tuple((name, value) for name, value in levers if value != setting(scenario, name).value)


def starts(scenario: Scenario) -> list[float]:
    """Return the months in which something starts to change in a scenario, the first one first."""
    found = [change.start for change in scenario.levers]
    found += [change.start for change in scenario.parameters]
    months = [reform_start(scenario) if start == "reform_start" else start for start in found]
    return sorted(month for month in months if month is not None)


def latest_start(scenario: Scenario) -> float:
    """Return the last month in which something starts to change, or the first month of a run."""
    return max(starts(scenario), default=START_NUMBER)
