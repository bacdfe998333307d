"""One lever or parameter in a scenario file: a plain value, a table, or a list of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from model.clock import START_NUMBER, month_text
from model.levers import BY_NAME, LEVERS, Lever
from model.parameters import BY_PARAMETER
from model.scenario import LeverChange, ParameterChange, Target
from scenarios.reading import (
    Place,
    items,
    known_keys,
    number_in_range,
    shown,
    suggestion,
    unknown,
    whole_number,
)
from scenarios.targets import target
from scenarios.values import REFORM_START, lever_value, month

LEVER_KEYS = ("value", "start", "ramp_months", "end", "for")
PARAMETER_KEYS = ("value", "start", "end")
LAID_DOWN = ("population.", "network.")
"""Parameters that are read once, before the first month."""

MAX_RAMP = 120
"""The longest ramp, in months."""

Start = float | Literal["reform_start"] | None
Change = LeverChange | ParameterChange


@dataclass(frozen=True, eq=False)
class Setting:
    """All that one file says about one lever, for one target group, or about one parameter."""

    name: str
    target: Target | None
    changes: tuple[Change, ...]
    decided_by: str
    places: tuple[Place, ...]


def lever_settings(place: Place, levers: Mapping[str, Any], decided_by: str) -> list[Setting]:
    """Return the settings of a [levers] table. Raises InputError at the first mistake."""
    found: list[Setting] = []
    for name, raw in levers.items():
        at = place.at(name)
        if name not in BY_NAME:
            listing = f"`veerkracht levers` lists all {len(LEVERS)}."
            raise unknown(at, "lever", name, list(BY_NAME), listing)
        changes = [
            (_lever_change(where, BY_NAME[name], value), where)
            for where, value in _entries(at, raw)
        ]
        found += _grouped(name, changes, decided_by)
    return found


def parameter_settings(place: Place, table: Mapping[str, Any], decided_by: str) -> list[Setting]:
    """Return the settings of a [parameters] table. Raises InputError at the first mistake."""
    found: list[Setting] = []
    for at, name, raw in _dotted(place, table):
        if name not in BY_PARAMETER:
            listing = "`veerkracht parameters` lists them all."
            raise unknown(at, "parameter", name, list(BY_PARAMETER), listing)
        changes = [
            (_parameter_change(where, name, value), where) for where, value in _entries(at, raw)
        ]
        found += _grouped(name, changes, decided_by)
    return found


def _dotted(place: Place, table: Mapping[str, Any]) -> Iterator[tuple[Place, str, Any]]:
    """Yield parameters by dotted name, also when the name was written without quotes."""
    submodels = {name.split(".")[0] for name in BY_PARAMETER}
    for key, raw in table.items():
        if key in submodels and isinstance(raw, Mapping):
            for field, inner in raw.items():
                yield place.at(key, field), f"{key}.{field}", inner
        else:
            yield place.at(key), key, raw


def _entries(place: Place, raw: object) -> list[tuple[Place, Any]]:
    """Return the entries of one lever or parameter, each with its place."""
    if not isinstance(raw, list | tuple):
        return [(place, raw)]
    entries = items(place, raw, '[{ value = 1, start = "2028-01" }]')
    return [(place.at(index), entry) for index, entry in enumerate(entries)]


def _grouped(name: str, changes: list[tuple[Any, Place]], decided_by: str) -> list[Setting]:
    """Return one setting per target group, in the order in which the file names the groups."""
    groups: dict[Target | None, list[tuple[Change, Place]]] = {}
    for change, place in changes:
        group = groups.setdefault(getattr(change, "target", None), [])
        if any(change.start == earlier.start for earlier, _ in group):
            advice = "Give the entries different start months or target groups, or keep one."
            raise place.refusal(
                f"'{name}' is set twice from the same month for the same group", advice
            )
        group.append((change, place))
    return [
        Setting(name, who, tuple(c for c, _ in group), decided_by, tuple(p for _, p in group))
        for who, group in groups.items()
    ]


def _lever_change(place: Place, lever: Lever, raw: object) -> LeverChange:
    if isinstance(raw, LeverChange):
        return _named(place, raw, lever.name, raw.lever)
    if not isinstance(raw, Mapping):
        return LeverChange(lever=lever.name, value=lever_value(place, lever, raw))
    known_keys(place, raw, LEVER_KEYS)
    _needs_value(place, raw)
    value = lever_value(place.at("value"), lever, raw["value"])
    change = LeverChange(lever=lever.name, value=value)
    if lever.name == REFORM_START:
        return _undated(place, raw, change)
    change = replace(
        change,
        start=_start(place.at("start"), raw["start"]) if "start" in raw else None,
        ramp_months=_ramp(place.at("ramp_months"), raw["ramp_months"], lever)
        if "ramp_months" in raw
        else 0,
        end=month(place.at("end"), raw["end"]) if "end" in raw else None,
        target=target(place.at("for"), raw["for"]) if "for" in raw else None,
    )
    check_order(place, change.start, change.ramp_months, change.end)
    return change


def _parameter_change(place: Place, name: str, raw: object) -> ParameterChange:
    row = BY_PARAMETER[name]
    limits = (row.low, row.high)
    if isinstance(raw, ParameterChange):
        return _named(place, raw, name, raw.parameter)
    if not isinstance(raw, Mapping):
        return ParameterChange(parameter=name, value=number_in_range(place, raw, limits, row.unit))
    known_keys(place, raw, PARAMETER_KEYS)
    _needs_value(place, raw)
    for key in PARAMETER_KEYS[1:]:
        if key in raw and name.startswith(LAID_DOWN):
            advice = (
                "The families and their ties are laid down before the run: give it a value only."
            )
            raise place.at(key).refusal(f"'{name}' has a '{key}'", advice)
    change = ParameterChange(
        parameter=name,
        value=number_in_range(place.at("value"), raw["value"], limits, row.unit),
        start=month(place.at("start"), raw["start"]) if "start" in raw else None,
        end=month(place.at("end"), raw["end"]) if "end" in raw else None,
    )
    check_order(place, change.start, 0, change.end)
    return change


def _named[C: Change](place: Place, change: C, name: str, own: str) -> C:
    """Return a ready-made change, after checking that it is about what it is given for."""
    if own != name:
        raise place.refusal(f"the change is about '{own}'", f"Give it under '{own}'.")
    return change


def _needs_value(place: Place, raw: Mapping[str, Any]) -> None:
    if "value" not in raw:
        advice = 'Every entry has a value, for example { value = 1, start = "2028-01" }.'
        raise place.refusal("there is no 'value'", advice)


def _undated(place: Place, raw: Mapping[str, Any], change: LeverChange) -> LeverChange:
    """Return the month of the bill, which itself has no start, end or target group."""
    for key in LEVER_KEYS[1:]:
        if key in raw:
            advice = 'Write only the month in which the bill starts: reform_start = "2028-01".'
            raise place.at(key).refusal(f"'{REFORM_START}' has a '{key}'", advice)
    return change


def _start(place: Place, value: object) -> Start:
    if value == REFORM_START:
        return "reform_start"
    if isinstance(value, str) and not any(sign.isdigit() for sign in value):
        advice = f'Write a month as "YYYY-MM", or "{REFORM_START}" for the start of the bill.'
        near = suggestion(value, [REFORM_START])
        raise place.refusal(f"{shown(value)} is not a month", advice + near)
    return month(place, value)


def _ramp(place: Place, value: object, lever: Lever) -> int:
    ramp = whole_number(place, value, 0, MAX_RAMP, "months")
    if ramp and lever.kind in {"boolean", "choice"}:
        advice = "It is there or it is not: leave 'ramp_months' out."
        raise place.refusal(f"'{lever.name}' cannot grow by degrees", advice)
    return ramp


def check_order(place: Place, start: Start, ramp: int, end: float | None) -> None:
    """Raise InputError when something ends before it starts, or before its ramp is over."""
    if end is None or start == REFORM_START:
        return
    first = float(START_NUMBER) if start is None else float(start)
    if end <= first:
        advice = "Put the end month after the start month: from the end on, nothing is changed."
        found = f"the end, {month_text(end)}, is not after the start, {month_text(first)}"
        raise place.at("end").refusal(found, advice)
    if ramp and end <= first + ramp:
        advice = f"Let it end later, or grow in fewer than {int(end - first)} months."
        raise place.at("ramp_months").refusal("it ends before it has grown to its value", advice)
