"""One lever or parameter in a scenario file: a plain value, a table, or a list of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from model.aliases import GONE, LEVELS, RENAMED, current
from model.calendar import START_NUMBER, month_text
from model.errors import InputError
from model.evidence.declaring import Lever
from model.policy.scenario import LeverChange, ParameterChange, Target
from model.registry import BY_NAME, BY_PARAMETER, LEVERS, named_today
from scenarios.files.checks import (
    Mistakes,
    Place,
    each,
    items,
    known_keys,
    number_in_range,
    shown,
    suggestion,
    unknown,
    whole_number,
)
from scenarios.files.target_groups import target
from scenarios.files.values import REFORM_START, lever_value, month, truth

LAY_OVER = "lay_over"
"""The key of an entry that lies over what is inherited: it holds in its own months, no others."""

LEVER_KEYS = ("value", "start", "ramp_months", "end", "for", LAY_OVER)
PARAMETER_KEYS = ("value", "start", "end", LAY_OVER)
LAID_DOWN = ("population.", "network.")
"""Parameters that are read once, before the first month."""

MAX_RAMP = 120
"""The longest ramp, in months."""

Start = float | Literal["reform_start"] | None
Change = LeverChange | ParameterChange


@dataclass(frozen=True, eq=False)
class Entry:
    """One change as a file says it, and where.

    With `lay_over` it lies over what is inherited, which stays as it is; `depth` is the number of
    files below the one that says so, and orders such entries.
    """

    change: Change
    place: Place
    lay_over: bool = False
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Setting:
    """All that is said about one lever, for one target group, or about one parameter.

    `decided_by` is the file that said the last of it, `replaced_by` the one that last replaced what
    was inherited ('' when nobody did).
    """

    name: str
    target: Target | None
    entries: tuple[Entry, ...]
    decided_by: str
    replaced_by: str

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order of the file."""
        return tuple(entry.change for entry in self.entries)


def lever_settings(place: Place, levers: Mapping[str, Any], decided_by: str) -> list[Setting]:
    """Return the settings of a [levers] table. Raises InputError with all mistakes in it."""
    mistakes, found = Mistakes(), _Names(decided_by)
    for written, raw in levers.items():
        at, name = place.at(written), current("lever", written)
        if name not in BY_NAME:
            listing = f"`veerkracht levers` lists all {len(LEVERS)}."
            mistakes.add(unknown(at, "lever", name, list(BY_NAME), listing))
            continue
        with mistakes.heard():
            found.add(at, name, _entries(at, raw, BY_NAME[name], _lever_change))
    mistakes.tell()
    return found.settings


def parameter_settings(place: Place, table: Mapping[str, Any], decided_by: str) -> list[Setting]:
    """Return the settings of a [parameters] table. Raises InputError with all mistakes in it."""
    mistakes, found = Mistakes(), _Names(decided_by)
    for at, written, raw in _dotted(place, table):
        name = current("parameter", written)
        if name in GONE:
            mistakes.add(InputError(f"{at}: {name} is no more; {GONE[name]}. Leave it out."))
            continue
        if name not in BY_PARAMETER:
            listing = "`veerkracht parameters` lists them all."
            mistakes.add(unknown(at, "parameter", name, list(BY_PARAMETER), listing))
            continue
        with mistakes.heard():
            found.add(at, name, _entries(at, _of_today(raw, written), name, _parameter_change))
    mistakes.tell()
    return found.settings


def _of_today(raw: object, written: str) -> object:
    """Return what is said of a parameter, with a level of before told against the ledger."""
    if written not in LEVELS:
        return raw
    if isinstance(raw, list | tuple):
        return [_of_today(one, written) for one in raw]
    if isinstance(raw, Mapping) and "value" in raw:
        return {**raw, "value": _of_today(raw["value"], written)}
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return next(iter(named_today({written: raw}).values()))
    return raw


class _Names:
    """The settings of one file; each lever or parameter is set in one place."""

    def __init__(self, decided_by: str) -> None:
        self.settings: list[Setting] = []
        self._decided_by = decided_by
        self._places: dict[str, Place] = {}

    def add(self, place: Place, name: str, entries: list[Entry]) -> None:
        """Add what is said of a name. Raises InputError when the file has said so before."""
        if name in self._places:
            first = self._places[name]
            before = f"line {first.line}" if first.line else "the same settings"
            advice = "Keep one of the two; several months go into one list."
            raise place.refusal(f"'{name}' is set twice: also in {before}", advice)
        self._places[name] = place
        self.settings += _grouped(name, entries, self._decided_by)


def _dotted(place: Place, table: Mapping[str, Any]) -> Iterator[tuple[Place, str, Any]]:
    """Yield parameters by dotted name, also when the name was written without quotes."""
    submodels = {name.split(".")[0] for name in (*BY_PARAMETER, *RENAMED["parameter"])}
    for key, raw in table.items():
        if key in submodels and isinstance(raw, Mapping):
            for field, inner in raw.items():
                yield place.at(key, field), f"{key}.{field}", inner
        else:
            yield place.at(key), key, raw


def _entries[What](
    place: Place, raw: object, what: What, read: Callable[[Place, What, object], Change]
) -> list[Entry]:
    """Return the entries of one lever or parameter, each with its place.

    Raises InputError with the mistakes of all of them.
    """
    if not isinstance(raw, list | tuple):
        return [_entry(place, raw, what, read)]
    entries = items(place, raw, '[{ value = 1, start = "2028-01" }]')
    return each(place, entries, lambda at, entry: _entry(at, entry, what, read))


def _entry[What](
    place: Place, raw: object, what: What, read: Callable[[Place, What, object], Change]
) -> Entry:
    mistakes = Mistakes()
    lay_over = False
    if isinstance(raw, Mapping) and LAY_OVER in raw:
        with mistakes.heard():
            lay_over = truth(place.at(LAY_OVER), raw[LAY_OVER])
    with mistakes.heard():
        change = read(place, what, raw)
    mistakes.tell()
    return Entry(change, place, lay_over)


def _grouped(name: str, entries: list[Entry], decided_by: str) -> list[Setting]:
    """Return one setting per target group, in the order in which the file names the groups."""
    groups: dict[Target | None, list[Entry]] = {}
    for entry in entries:
        group = groups.setdefault(getattr(entry.change, "target", None), [])
        if not entry.lay_over and any(
            entry.change.start == earlier.change.start for earlier in group if not earlier.lay_over
        ):
            advice = "Give the entries different start months or target groups, or keep one."
            raise entry.place.refusal(
                f"'{name}' is set twice from the same month for the same group", advice
            )
        group.append(entry)
    return [
        Setting(
            name,
            who,
            tuple(group),
            decided_by,
            replaced_by="" if all(entry.lay_over for entry in group) else decided_by,
        )
        for who, group in groups.items()
    ]


def _lever_change(place: Place, lever: Lever, raw: object) -> LeverChange:
    if isinstance(raw, LeverChange):
        return _named(place, raw, lever.name, raw.lever)
    if not isinstance(raw, Mapping):
        return LeverChange(lever=lever.name, value=lever_value(place, lever, raw))
    if lever.name == REFORM_START:
        return _month_of_the_bill(place, lever, raw)
    readers: dict[str, tuple[str, Callable[[Place, object], Any]]] = {
        "value": ("value", lambda at, value: lever_value(at, lever, value)),
        "start": ("start", _start),
        "ramp_months": ("ramp_months", lambda at, value: _ramp(at, value, lever)),
        "end": ("end", month),
        "for": ("target", target),
    }
    found = _fields(place, raw, LEVER_KEYS, readers)
    change = LeverChange(lever=lever.name, **found)
    check_order(place, change.start, change.ramp_months, change.end)
    return change


def _parameter_change(place: Place, name: str, raw: object) -> ParameterChange:
    row = BY_PARAMETER[name]
    limits = (row.low, row.high)
    if isinstance(raw, ParameterChange):
        return _named(place, raw, name, raw.parameter)
    if not isinstance(raw, Mapping):
        return ParameterChange(parameter=name, value=number_in_range(place, raw, limits, row.unit))

    def dated(at: Place, value: object) -> float:
        if name.startswith(LAID_DOWN):
            advice = (
                "The families and their ties are laid down before the run: give it a value only."
            )
            raise at.refusal(f"'{name}' has a '{at.path[-1]}'", advice)
        return month(at, value)

    readers: dict[str, tuple[str, Callable[[Place, object], Any]]] = {
        "value": ("value", lambda at, value: number_in_range(at, value, limits, row.unit)),
        "start": ("start", dated),
        "end": ("end", dated),
    }
    change = ParameterChange(parameter=name, **_fields(place, raw, PARAMETER_KEYS, readers))
    check_order(place, change.start, 0, change.end)
    return change


def _fields(
    place: Place,
    raw: Mapping[str, Any],
    allowed: Sequence[str],
    readers: Mapping[str, tuple[str, Callable[[Place, object], Any]]],
) -> dict[str, Any]:
    """Return the fields of a change, each read by its reader.

    Raises InputError with all mistakes.
    """
    mistakes, found = Mistakes(), {}
    with mistakes.heard():
        known_keys(place, raw, allowed)
    if "value" not in raw:
        advice = 'Every entry has a value, for example { value = 1, start = "2028-01" }.'
        mistakes.add(place.refusal("there is no 'value'", advice))
    for key, (field, read) in readers.items():
        if key in raw:
            with mistakes.heard():
                found[field] = read(place.at(key), raw[key])
    mistakes.tell()
    return found


def _named[C: Change](place: Place, change: C, name: str, own: str) -> C:
    """Return a ready-made change, after checking that it is about what it is given for."""
    if own != name:
        raise place.refusal(f"the change is about '{own}'", f"Give it under '{own}'.")
    return change


def _month_of_the_bill(place: Place, lever: Lever, raw: Mapping[str, Any]) -> LeverChange:
    """Return the month in which the bill starts, which itself has no start, end or target group."""
    mistakes = Mistakes()
    advice = 'Write only the month in which the bill starts: reform_start = "2028-01".'
    for key in LEVER_KEYS[1:]:
        if key in raw:
            mistakes.add(place.at(key).refusal(f"'{REFORM_START}' has a '{key}'", advice))
    found: dict[str, Any] = {}
    with mistakes.heard():
        readers = {"value": ("value", lambda at, value: lever_value(at, lever, value))}
        found = _fields(place, raw, LEVER_KEYS, readers)
    mistakes.tell()
    return LeverChange(lever=lever.name, **found)


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
