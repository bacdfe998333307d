"""Inherited changes that a file's own entries leave out, so that nothing is lost in silence.

An entry that replaces a schedule replaces all of it: also a change that was to come later, and what
held before the entry starts and after it ends. What the entry covers in the same months is no loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.calendar import START_NUMBER, month_number
from model.policy.scenario import Target
from scenarios.files.changes import Change, Entry, Setting
from scenarios.files.checks import Place
from scenarios.files.values import LAST, month_of

MONTHS = int(month_number(LAST)) - START_NUMBER + 1
"""Months in which a change can begin."""

NOBODY = -1


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A change of a lever or parameter that no longer comes.

    `month` is its first month (None for the start of the run), `scenario` the one that it was
    inherited from, `place` that of the entry which leaves it out.
    """

    name: str
    change: Change
    month: float | None
    scenario: str
    place: Place


def left_out(
    inherited: Sequence[Setting], own: Sequence[Setting], scenario: str, reform: float
) -> list[LeftOut]:
    """Return the changes inherited from `scenario` that a file's own settings leave out.

    `reform` is the month in which the bill starts.
    """
    found = []
    for name in dict.fromkeys(setting.name for setting in own):
        below = [setting for setting in inherited if setting.name == name]
        above = [setting for setting in own if setting.name == name]
        for group in dict.fromkeys(setting.target for setting in below):
            entries = _for(group, above)
            for change in _lost(_for(group, below), entries, group, reform):
                start = None if change.start is None else month_of(change.start, reform)
                found.append(
                    LeftOut(
                        name=name,
                        change=change,
                        month=start,
                        scenario=scenario,
                        place=_of_all(entries[0].place),
                    )
                )
    return found


def _of_all(place: Place) -> Place:
    """Return the place of a lever or parameter, for that of its first entry."""
    is_one_of_a_list = isinstance(place.path[-1], int)
    return replace(place, path=place.path[:-1]) if is_one_of_a_list else place


def _for(group: Target | None, settings: Sequence[Setting]) -> list[Entry]:
    """Return the entries that families of a group meet, in the order in which they are laid out."""
    met = [setting for setting in settings if setting.target in {None, group}]
    met.sort(key=lambda setting: setting.target is not None)
    return [entry for setting in met for entry in setting.entries]


def _lost(
    below: Sequence[Entry], above: Sequence[Entry], group: Target | None, reform: float
) -> list[Change]:
    """Return the changes of `below` for a group of which nothing is left under `above`."""
    if not above:
        return []
    before, after = _in_charge(below, reform), _in_charge(above, reform)
    replacing = any(not entry.lay_over for entry in above)
    said = {_terms(entry.change) for entry in above}
    lost = []
    for number, entry in enumerate(below):
        change = entry.change
        months = np.flatnonzero(before == number)
        if getattr(change, "target", None) != group or not len(months) or _terms(change) in said:
            continue
        owners = [above[k].change if k != NOBODY else None for k in after[months].tolist()]
        starts = month_of(change.start, reform)
        is_later = any(
            one is not None and month_of(one.start, reform) < starts and one.value != change.value
            for one in owners
        )
        if (replacing and None in owners) or (is_later and None not in owners):
            lost.append(change)
    return lost


def _in_charge(entries: Sequence[Entry], reform: float) -> np.ndarray:
    """Return for each month the number of the entry that decides, NOBODY where none does."""
    found = np.full(MONTHS, NOBODY)

    def turn(number: int) -> tuple[bool, float]:
        change = entries[number].change
        return getattr(change, "target", None) is not None, month_of(change.start, reform)

    order = sorted((k for k, entry in enumerate(entries) if not entry.lay_over), key=turn)
    order += [k for k, entry in enumerate(entries) if entry.lay_over]
    for k in order:
        change = entries[k].change
        first = max(int(month_of(change.start, reform)) - START_NUMBER, 0)
        last = MONTHS if change.end is None else int(change.end) - START_NUMBER
        found[first:last] = k
    return found


def _terms(change: Change) -> tuple[float, object, float | None, int]:
    """Return what a change does and when, whomever it is for."""
    return change.value, change.start, change.end, getattr(change, "ramp_months", 0)
