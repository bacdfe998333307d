"""Scenarios put together in Python, by the rules of files: the way for pages and notebooks.

from scenarios import compose, evaluate
plan = compose("s05_flex_law", "s09_language", name="plan", levers={"housing_decoupled": 1})
evaluate(base=plan, families=1000).table()
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from model.calendar import month_text
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from model.policy.scenario import LeverChange, Scenario, Target
from model.registry import BY_NAME
from scenarios.files.changes import Change, Entry, Setting, lever_settings, parameter_settings
from scenarios.files.checks import Mistakes, Place
from scenarios.files.extends import Resolved, laid_over, resolved
from scenarios.files.header import valid_id
from scenarios.files.load import Reader, names
from scenarios.files.values import REFORM_START

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
    too. Where a file has a word, a program may give the model's number: 1 for true, the number of a
    choice or a month. Raises InputError for the mistakes that a file can have, and when parts
    conflict and the settings do not decide. The base it is read against is the first part.
    """
    place = Place(name)
    own_name = valid_id(place.at("name"), name)
    reader = Reader()
    parents = [
        _resolved(part, reader, f"part {number}", is_alone=len(parts) == 1)
        for number, part in enumerate(parts)
    ]
    mistakes = Mistakes()
    own: tuple[list[Setting], list[Setting]] = ([], [])
    with mistakes.heard():
        own[0].extend(lever_settings(place.at("levers"), _as_in_file(levers or {}), OWN))
    with mistakes.heard():
        own[1].extend(
            parameter_settings(place.at("parameters"), python_numbers(parameters or {}), OWN)
        )
    mistakes.tell()
    titles = {**dict.fromkeys(("nl", "en"), own_name), **(title or {})}
    scenario = Scenario(
        id=own_name,
        title_nl=titles["nl"],
        title_en=titles["en"],
        compare_with=parents[0].scenario.id if parents else "",
    )
    return resolved(OWN, scenario, parents, own, place).scenario


def _as_in_file(levers: Mapping[str, Any]) -> dict[str, object]:
    return {name: _entry(BY_NAME.get(name), raw) for name, raw in levers.items()}


def _entry(lever: Lever | None, raw: object) -> object:
    """Return what a file would have for one lever: a value, a table or a list of tables."""
    if isinstance(raw, list | tuple):
        return [_entry(lever, one) for one in raw]
    if isinstance(raw, Mapping):
        return {key: _value(lever, v) if key == "value" else v for key, v in raw.items()}
    return _value(lever, raw)


def _value(lever: Lever | None, raw: object) -> object:
    value = python_numbers(raw)
    if lever is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    match lever.kind:
        case "boolean":
            return bool(value) if value in {0, 1} else value
        case "choice":
            places = range(len(EXTRA_EDUCATION_TARGETS))
            return EXTRA_EDUCATION_TARGETS[int(value)] if value in places else value
        case "month":
            return month_text(value) if math.isfinite(value) else value
        case "integer":
            return int(value) if float(value).is_integer() else value
        case _:
            return value


def python_numbers(raw: Any) -> Any:  # noqa: ANN401 - whatever a program gives
    """Return Python's own number for one of NumPy's."""
    if isinstance(raw, Mapping):
        return {key: python_numbers(value) for key, value in raw.items()}
    return raw.item() if isinstance(raw, np.generic) else raw


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


def _settings(changes: Sequence[Change], decided_by: str, place: Place) -> Iterator[Setting]:
    """Yield the changes of a scenario as settings; the order in which they stand is kept."""
    reform = [change.value for change in changes if _name(change) == REFORM_START]
    groups: dict[tuple[str, Target | None], list[Entry]] = {}
    for name in dict.fromkeys(map(_name, changes)):
        mine = [change for change in changes if _name(change) == name]
        where = place.at("levers" if isinstance(mine[0], LeverChange) else "parameters", name)
        flags = laid_over(mine, reform[-1] if reform else BY_NAME[REFORM_START].base)
        for depth, (change, over) in enumerate(zip(mine, flags, strict=True), start=1):
            entry = Entry(change, where, lay_over=over, depth=depth)
            groups.setdefault((name, getattr(change, "target", None)), []).append(entry)
    for (name, who), entries in groups.items():
        yield Setting(name, who, tuple(entries), decided_by, replaced_by=decided_by)


def _name(change: Change) -> str:
    return change.lever if isinstance(change, LeverChange) else change.parameter
