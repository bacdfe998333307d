"""What one scenario does differently from another: lever by lever, group by group, month by month.

The two are laid out over the months and compared there, so that whatever is written in the files,
what has no effect counts as no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from model.calendar import START_NUMBER
from model.policy.scenario import TARGET_LISTS, Scenario, Target
from model.policy.timetable import Timetable, build
from model.registry import BY_PARAMETER, LEVERS
from scenarios.files.extends import reform_month
from scenarios.files.values import REFORM_START, month_of

HORIZON = 180
"""Months over which scenarios are compared, more when one of them reaches further."""

DIGITS = 10
"""Decimals to which values are compared."""

Kind = Literal["lever", "parameter"]

Run = tuple[int, int, int, float, float]
"""First month, ramp months, month after the last, old value, new value."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One value that differs, for one group of families, over one stretch of months.

    `start` None means from the start of the run, `end` None to its end. `except_for` are groups for
    which the same stretch does not hold.
    """

    kind: Kind
    name: str
    old: float
    new: float
    start: float | None
    ramp_months: int
    end: float | None
    with_bill: bool = False
    target: Target | None = None
    except_for: tuple[Target, ...] = ()


def changes(scenario: Scenario, against: Scenario) -> tuple[Difference, ...]:
    """Return all that differs between a scenario and its base, in the order of the ledgers.

    Raises InputError when one of the two cannot be laid out over the months.
    """
    months = max(HORIZON, _reach(scenario), _reach(against))
    new, old = build(scenario, months), build(against, months)
    return (*_levers(scenario, against, new, old, months), *_parameters(new, old, months))


def _reach(scenario: Scenario) -> int:
    """Return how many months it takes until nothing in a scenario changes any more."""
    reform = reform_month(scenario)
    grown = [month_of(c.start, reform) + c.ramp_months for c in scenario.levers]
    begun = [month_of(c.start, reform) for c in scenario.parameters]
    ended = [c.end for c in scenario.levers if c.end is not None]
    ended += [c.end for c in scenario.parameters if c.end is not None]
    return int(max([0.0, *grown, *begun, *ended])) - START_NUMBER + 2


def _levers(
    scenario: Scenario, against: Scenario, new: Timetable, old: Timetable, months: int
) -> Iterator[Difference]:
    ours, theirs = _targets(scenario), _targets(against)
    groups = list(dict.fromkeys([*ours, *theirs]))
    reform = reform_month(scenario)
    for lever in LEVERS:
        runs: dict[Target | None, list[Run]] = {
            group: _runs(
                old.levers[lever.name][:, _variant(group, theirs)],
                new.levers[lever.name][:, _variant(group, ours)],
            )
            for group in (None, *groups)
        }
        with_bill = any(c.lever == lever.name and c.start == REFORM_START for c in scenario.levers)
        apart = [group for group in groups if runs[group] != runs[None]]
        for group in (None, *apart):
            for run in runs[group]:
                if group is not None and _is_shared(run, runs[group], runs[None]):
                    continue
                yield replace(
                    _difference("lever", lever.name, run, months),
                    with_bill=with_bill and run[0] == reform - START_NUMBER,
                    target=group,
                    except_for=()
                    if group
                    else tuple(g for g in apart if not _shares(run, runs[g], runs[None])),
                )


def _parameters(new: Timetable, old: Timetable, months: int) -> Iterator[Difference]:
    for row in BY_PARAMETER.values():
        for run in _runs(old.parameters[row.field], new.parameters[row.field]):
            yield _difference("parameter", row.name, run, months)


def _difference(kind: Kind, name: str, run: Run, months: int) -> Difference:
    first, ramp, last, old, new = run
    return Difference(
        kind=kind,
        name=name,
        old=old,
        new=new,
        start=float(START_NUMBER + first) if first else None,
        ramp_months=ramp,
        end=float(START_NUMBER + last) if last < months else None,
    )


def _runs(old: np.ndarray, new: np.ndarray) -> list[Run]:
    """Return the stretches in which two paths differ; months of change grow into the next stretch.

    `old` and `new` have one value per month; dust in the last digits is no difference.
    """
    if np.array_equal(old, new):
        return []
    old, new = old.round(DIGITS), new.round(DIGITS)
    differs = old != new
    moves = (np.diff(old) != 0) | (np.diff(new) != 0) | (np.diff(differs.astype(int)) != 0)
    edges = [0, *(np.flatnonzero(moves) + 1).tolist(), len(old)]
    found: list[Run] = []
    ramp = 0
    for position, (first, last) in enumerate(pairwise(edges)):
        if not differs[first]:
            ramp = 0
            continue
        goes_on = position + 2 < len(edges) and bool(differs[last])
        if goes_on and last - first == 1:
            ramp += 1
            continue
        found.append((first - ramp, ramp, last, float(old[first]), float(new[first])))
        ramp = 0
    return found


def _is_shared(run: Run, own: list[Run], general: list[Run]) -> bool:
    """Whether a stretch of a group is told already, by what holds for everybody.

    That is so when it is the same, or the same until the group's next stretch begins.
    """
    if run in general:
        return True
    first, ramp, last, *values = run
    goes_on = any(other[0] == last for other in own)
    return goes_on and any(
        (other[0], other[1], *other[3:]) == (first, ramp, *values) and last <= other[2]
        for other in general
    )


def _shares(general: Run, own: list[Run], all_general: list[Run]) -> bool:
    """Whether a stretch that holds for everybody holds for a group too, at least at its start."""
    return any(run[0] == general[0] and _is_shared(run, own, all_general) for run in own)


def _targets(scenario: Scenario) -> list[Target]:
    """Return the target groups in the order in which the timetable numbers them."""
    return list(dict.fromkeys(c.target for c in scenario.levers if c.target is not None))


def _variant(group: Target | None, targets: list[Target]) -> int:
    """Return the column of the timetable for a group of families: one bit per target."""
    if group is None:
        return 0
    return sum(1 << bit for bit, target in enumerate(targets) if _covers(target, group))


def _covers(wide: Target, narrow: Target) -> bool:
    """Whether every family of the narrow group is in the wide one."""
    lists = [(getattr(wide, name), getattr(narrow, name)) for name in TARGET_LISTS]
    if not all(not large or (small and set(small) <= set(large)) for large, small in lists):
        return False
    if wide.years_in_nl is None:
        return True
    if narrow.years_in_nl is None:
        return False
    return (
        wide.years_in_nl[0] <= narrow.years_in_nl[0]
        and narrow.years_in_nl[1] <= wide.years_in_nl[1]
    )
