"""Scenarios on top of each other: what wins, what conflicts, and in which order it is laid out.

A file's own setting of a lever wins over all that it extends: a setting for everybody replaces
whatever was said about that lever, one for a target group replaces what was said for that group.
This holds through any number of files, so two files that extend the same one and change different
things can be put together. Two files that decide the same thing differently, neither of them built
on the other, conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from model.clock import month_text
from model.errors import InputError
from model.levers import BY_NAME
from model.parameters import BY_PARAMETER
from model.scenario import LeverChange, ParameterChange, Scenario
from model.timetable import MAX_TARGETS
from scenarios.entries import Change, Setting, Start, check_order
from scenarios.reading import Place
from scenarios.values import REFORM_START, plain_number, written

PARAMETER_ORDER = {name: number for number, name in enumerate(BY_PARAMETER)}


@dataclass(frozen=True, eq=False)
class Resolved:
    """A scenario with everything it extends, and which file decided what.

    `ancestry` gives for this file and every file below it the files that it is built on.
    """

    key: str
    scenario: Scenario
    levers: tuple[Setting, ...]
    parameters: tuple[Setting, ...]
    ancestry: Mapping[str, frozenset[str]]


def resolved(
    key: str,
    scenario: Scenario,
    parents: Sequence[Resolved],
    own: tuple[Sequence[Setting], Sequence[Setting]],
    place: Place,
) -> Resolved:
    """Put a file's own settings (levers, parameters) on top of what it extends.

    Raises InputError when two of the parents conflict and the file does not decide.
    """
    ancestry = {name: below for parent in parents for name, below in parent.ancestry.items()}
    ancestry[key] = frozenset(ancestry)
    levers = _merged([s for p in parents for s in p.levers], own[0], ancestry, place)
    parameters = _merged([s for p in parents for s in p.parameters], own[1], ancestry, place)
    levers.sort(key=lambda s: (BY_NAME[s.name].number, s.target is not None))
    parameters.sort(key=lambda s: PARAMETER_ORDER[s.name])
    _check_groups(levers, place)
    reform = _reform_start(levers)
    complete = replace(
        scenario,
        extends=tuple(parent.scenario.id for parent in parents),
        levers=tuple(c for s in levers for c in _dated(s, reform) if isinstance(c, LeverChange)),
        parameters=tuple(
            c for s in parameters for c in _dated(s, reform) if isinstance(c, ParameterChange)
        ),
    )
    return Resolved(key, complete, tuple(levers), tuple(parameters), ancestry)


def month_of(start: Start, reform: float) -> float:
    """Return the month number of a start; what is there from the beginning comes first."""
    if start is None:
        return 0.0
    return reform if isinstance(start, str) else start


def reform_month(scenario: Scenario) -> float:
    """Return the month in which the bill starts in a scenario."""
    own = [change.value for change in scenario.levers if change.lever == REFORM_START]
    return own[-1] if own else BY_NAME[REFORM_START].base


def change_text(change: Change) -> str:
    """Return one change in the words of a file: value, months, and whether it has a target."""
    value = (
        written(BY_NAME[change.lever], change.value)
        if isinstance(change, LeverChange)
        else plain_number(change.value)
    )
    start = change.start if isinstance(change.start, str | None) else month_text(change.start)
    parts = [value, f"from {start}" if start else "from the start of the run"]
    if isinstance(change, LeverChange) and change.ramp_months:
        parts.append(f"growing over {change.ramp_months} months")
    if change.end is not None:
        parts.append(f"until {month_text(change.end)}")
    return " ".join(parts)


def _merged(
    inherited: Sequence[Setting],
    own: Sequence[Setting],
    ancestry: Mapping[str, frozenset[str]],
    place: Place,
) -> list[Setting]:
    everything = [*dict.fromkeys(inherited), *own]
    kept: list[Setting] = []
    for setting in everything:
        if any(_replaces(other, setting, ancestry) for other in everything):
            continue
        twin = next((k for k in kept if (k.name, k.target) == (setting.name, setting.target)), None)
        if twin is None:
            kept.append(setting)
        elif set(twin.changes) != set(setting.changes):
            raise _conflict(twin, setting, place)
    return kept


def _replaces(winner: Setting, loser: Setting, ancestry: Mapping[str, frozenset[str]]) -> bool:
    """Whether a setting stands in a file built on the other's, and covers the same families."""
    return (
        winner.name == loser.name
        and loser.decided_by in ancestry.get(winner.decided_by, ())
        and winner.target in {None, loser.target}
    )


def _check_groups(settings: Iterable[Setting], place: Place) -> None:
    groups = {setting.target for setting in settings if setting.target is not None}
    if len(groups) > MAX_TARGETS:
        advice = f"At most {MAX_TARGETS} are possible; give levers the same group where you can."
        raise place.at("levers").refusal(
            f"the scenario has {len(groups)} different target groups", advice
        )


def _conflict(one: Setting, other: Setting, place: Place) -> InputError:
    def side(setting: Setting) -> str:
        texts = ", then ".join(map(change_text, setting.changes))
        return f"{texts} ({setting.places[0]})"

    group = " for the same target group" if one.target else ""
    return place.at("extends").refusal(
        f"what it extends sets '{one.name}'{group} in two ways: {side(one)} and {side(other)}",
        f"Set '{one.name}' in this file to decide, or leave one of the two out of 'extends'.",
    )


def _reform_start(levers: Iterable[Setting]) -> float:
    own = [s.changes[0].value for s in levers if s.name == REFORM_START]
    return own[-1] if own else BY_NAME[REFORM_START].base


def _dated(setting: Setting, reform: float) -> list[Change]:
    """Return the changes in order of their start month, now that the start of the bill is known.

    Raises InputError when the bill starts so late that a change would end before it.
    """
    for change, place in zip(setting.changes, setting.places, strict=True):
        ramp = change.ramp_months if isinstance(change, LeverChange) else 0
        start = reform if isinstance(change.start, str) else change.start
        check_order(place, start, ramp, change.end)
    return sorted(setting.changes, key=lambda change: month_of(change.start, reform))
