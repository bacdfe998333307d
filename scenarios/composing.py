"""Scenarios put together in Python, by the rules of files: for pages, sliders and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from model.scenario import LeverChange, ParameterChange, Scenario, Target
from scenarios.entries import Change, Setting, lever_settings, parameter_settings
from scenarios.files import Reader, names
from scenarios.header import valid_id
from scenarios.merge import Resolved, resolved
from scenarios.reading import Place

Part = str | Path | Scenario

OWN = "own settings"
"""What decides the settings given along with the parts."""


def compose(
    *parts: Part,
    name: str = "composed",
    title: Mapping[str, str] | None = None,
    levers: Mapping[str, Any] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Scenario:
    """Return one scenario made of others, with settings of its own on top.

    `levers` and `parameters` take what a file takes: a plain value, a table such as
    `{"value": 60, "start": "2028-01"}`, or a list of tables; a LeverChange or ParameterChange goes
    too. Raises InputError for the mistakes that a file can have, and when parts conflict and the
    settings do not decide. The base it is read against is the first part.
    """
    place = Place(name)
    own_name = valid_id(place.at("name"), name)
    reader = Reader()
    parents = [
        _resolved(part, reader, f"part {number}", is_alone=len(parts) == 1)
        for number, part in enumerate(parts)
    ]
    own = (
        lever_settings(place.at("levers"), levers or {}, OWN),
        parameter_settings(place.at("parameters"), parameters or {}, OWN),
    )
    titles = {**dict.fromkeys(("nl", "en"), own_name), **(title or {})}
    scenario = Scenario(
        id=own_name,
        title_nl=titles["nl"],
        title_en=titles["en"],
        compare_with=parents[0].scenario.id if parents else "",
    )
    return resolved(OWN, scenario, parents, own, place).scenario


def _resolved(part: Part, reader: Reader, key: str, *, is_alone: bool) -> Resolved:
    """Return a part with what it is built on; a Scenario object counts as one file.

    What it is built on decides between parts; for one that `is_alone` no file need be read.
    """
    if not isinstance(part, Scenario):
        return reader.read(part)
    if not is_alone and part.id in names():
        stored = reader.read(part.id)
        if stored.scenario == part:
            return stored
    below = [] if is_alone else [reader.read(name) for name in part.extends if name in names()]
    ancestry = {name: older for parent in below for name, older in parent.ancestry.items()}
    ancestry[key] = frozenset(ancestry)
    place = Place(part.id)
    return Resolved(
        key,
        part,
        tuple(_settings(part.levers, key, place)),
        tuple(_settings(part.parameters, key, place)),
        ancestry,
    )


def _settings(changes: Iterable[Change], decided_by: str, place: Place) -> Iterable[Setting]:
    groups: dict[tuple[str, Target | None], list[Change]] = {}
    for change in changes:
        key = (
            (change.lever, change.target)
            if isinstance(change, LeverChange)
            else (change.parameter, None)
        )
        groups.setdefault(key, []).append(change)
    for (name, who), group in groups.items():
        kind = "parameters" if isinstance(group[0], ParameterChange) else "levers"
        where = (place.at(kind, name),) * len(group)
        yield Setting(name, who, tuple(group), decided_by, where)
