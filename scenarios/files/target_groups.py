"""The target group of a measure: `for = { municipalities = [...], ... }` in a scenario file."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from model.policy.scenario import TARGET_LISTS, Target
from scenarios.files.checks import (
    Place,
    each,
    items,
    known_keys,
    listed,
    number_in_range,
    shown,
    table,
    unknown,
)

YEARS = "years_in_nl"
MAX_YEARS = 100.0
EXAMPLE = 'for = { municipalities = ["eindhoven"], years_in_nl = [0, 2] }'

_DESCENT = frozenset(
    {
        "afkomst",
        "countries",
        "country",
        "country_of_birth",
        "descent",
        "ethnicity",
        "herkomst",
        "home_language",
        "home_languages",
        "land",
        "nationaliteit",
        "nationalities",
        "nationality",
        "origin",
        "origins",
    }
)


def target(place: Place, value: object) -> Target:
    """Return the target group that a table describes.

    Raises InputError for unknown names, an empty group, and for descent: no measure of the letter
    is aimed at where somebody comes from, and no rule of the model reads it.
    """
    group = table(place, value, EXAMPLE)
    for key in group:
        if str(key).lower() in _DESCENT:
            advice = (
                "No measure can be aimed at where families come from or the language they speak:"
                " the letter ties their position to work, housing and stay, and so does the model."
                f" Choose from {listed((*TARGET_LISTS, YEARS))}."
            )
            raise place.at(key).refusal(f"found '{key}' as a target group", advice)
    known_keys(place, group, (*TARGET_LISTS, YEARS))
    if not group:
        advice = f"Say for whom, for example {EXAMPLE}, or leave 'for' out to reach everybody."
        raise place.refusal("the target group is empty", advice)
    lists: dict[str, Any] = {
        key: _members(place.at(key), group[key], kind)
        for key, kind in TARGET_LISTS.items()
        if key in group
    }
    if YEARS in group:
        lists[YEARS] = _years(place.at(YEARS), group[YEARS])
    return Target(**lists)


def names(kind: type[IntEnum]) -> list[str]:
    """Return the names of an enumeration as they are written in a file."""
    return [member.name.lower() for member in kind]


def _members(place: Place, value: object, kind: type[IntEnum]) -> tuple[IntEnum, ...]:
    known = names(kind)

    def member(at: Place, name: object) -> IntEnum:
        if not isinstance(name, str):
            raise at.refusal(
                f"found {shown(name)}", f"Allowed are {listed(known)}, between quotes."
            )
        if name not in known:
            raise unknown(at, kind.__name__.lower(), name, known, "")
        return kind[name.upper()]

    return tuple(sorted(set(each(place, items(place, value, f'["{known[0]}"]'), member))))


def _years(place: Place, value: object) -> tuple[float, float]:
    ends = items(place, value, "[0, 2]")
    if len(ends) != 2:  # noqa: PLR2004
        advice = "Write two numbers: from and up to, for example [0, 2]."
        raise place.refusal(f"found {shown(value)}", advice)
    limits = (0.0, MAX_YEARS)
    first, last = each(place, ends, lambda at, end: number_in_range(at, end, limits, "years"))
    if last <= first:
        advice = f"The second number is the larger one: [{last:g}, {first:g}] perhaps?"
        raise place.refusal(f"[{first:g}, {last:g}] holds nobody", advice)
    return first, last
