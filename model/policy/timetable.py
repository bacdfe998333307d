"""The timetable of a run: the value of every lever and parameter in every month.

A scenario is laid out over the months before the run starts, so that the month loop only reads a
record. Levers with a target group have one record per combination of groups a family can be in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from model.calendar import MONTHS_PER_YEAR, START_NUMBER, month_text
from model.errors import InputError, nearest
from model.kernel.compile import plain
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario, Target
from model.policy.target_group import target_rows
from model.registry import (
    BY_NAME,
    BY_PARAMETER,
    LEVER_DTYPE,
    LEVERS,
    PARAMETER_DTYPE,
    ParameterRow,
    check_number,
    checked,
    named_today,
)
from model.row_bytes import solid
from model.submodels.school.letter_groups import letter_shares
from model.submodels.school.rules_learning import kept_month_of_change, kept_month_of_gains
from model.submodels.stay.rules import usual_leaving_by_life

MAX_TARGETS = 6
"""Different target groups in one scenario; each doubles the records of a month."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """What the month loop reads.

    `levers` (months, 2**targets) of LEVER_DTYPE, `parameters` (months,) of PARAMETER_DTYPE,
    `targets` (targets,) of TARGET_DTYPE.
    """

    levers: np.ndarray
    parameters: np.ndarray
    targets: np.ndarray

    @property
    def months(self) -> int:
        """Number of months laid out."""
        return int(self.levers.shape[0])

    def parameters_in(self, month: int) -> ParameterRow:
        """Return the parameters of a month, each as an attribute."""
        row: ParameterRow = self.parameters.view(np.recarray)[month]
        return row


def build(
    scenario: Scenario,
    months: int,
    reference: Scenario = FROZEN_2023,
    parameters: Mapping[str, float] | None = None,
) -> Timetable:
    """Lay a scenario out over `months` months, with other parameter values where they are given.

    What the scenario says of a parameter goes before `parameters` (dotted name to value).
    The bits of levers that differ from `reference` in a month are marked as active; they serve the
    report on who is reached, no rule reads them. Target groups of the reference are laid out too,
    so that a family is compared with what the reference does for that same family; when both have
    more than MAX_TARGETS groups together, with what it does outside its groups. Raises InputError
    for unknown names, for values outside their range, and for months outside the horizon.
    """
    if parameters:
        given = tuple(
            ParameterChange(parameter=k, value=v) for k, v in named_today(parameters).items()
        )
        scenario = replace(scenario, parameters=given + scenario.parameters)
    try:
        made = _laid_out(scenario, months, reference)
    except TypeError:  # a value that is no number is refused by its name
        made = _laid_out.__wrapped__(scenario, months, reference)
    return Timetable(made.levers.copy(), made.parameters.copy(), made.targets.copy())


@lru_cache(maxsize=16)
def _laid_out(scenario: Scenario, months: int, reference: Scenario) -> Timetable:
    """Lay a scenario out; replicates of one question ask for the same again and again."""
    targets = _targets(scenario)
    together = targets + [one for one in _targets(reference) if one not in targets]
    if len(together) <= MAX_TARGETS:
        targets = together
        base = _levers(reference, months, targets)
    else:
        base = _levers(reference, months, _targets(reference))[:, :1]
    levers = _levers(scenario, months, targets)
    for lever in LEVERS:
        moved = levers[lever.name] != base[lever.name]
        levers["active"] |= np.where(moved, np.uint64(lever.bit), np.uint64(0))
    return Timetable(levers, _parameters(scenario, months), target_rows(targets))


def first_difference(ours: Timetable, theirs: Timetable, months: int) -> tuple[str, int] | None:
    """Return what differs first in the first `months` months, and in which; None if nothing does.

    It is the name of a lever or a parameter, "target groups", or "active" when levers are held
    against another reference. Where both treat everybody alike, target groups of later months count
    for nothing.
    """
    pairs: dict[str, tuple[np.ndarray, np.ndarray]] = {
        name: (ours.parameters[name][:months, None], theirs.parameters[name][:months, None])
        for name in PARAMETER_DTYPE.names or ()
    }
    left, right = ours.levers[:months], theirs.levers[:months]
    if not np.array_equal(ours.targets, theirs.targets):
        if any((table != table[:, :1]).any() for table in (left, right)):
            return "target groups", 0
        left, right = left[:, :1], right[:, :1]
    pairs |= {name: (left[name], right[name]) for name in LEVER_DTYPE.names or ()}
    found = {
        name: int(np.flatnonzero((mine != other).any(axis=1))[0])
        for name, (mine, other) in pairs.items()
        if (mine != other).any()
    }
    return min(found.items(), key=lambda one: one[1]) if found else None


def asked_before(plan: Timetable, start: bytes) -> tuple[bytes, ...]:
    """Return for each month a digest of the start and of what all months before it ask of whom.

    It has an item more than there are months. Runs with the same digest for a month have lived the
    same until then. A target group of which a month asks nothing of its own counts for nothing.
    """
    levers = solid(plan.levers.reshape(-1)).reshape(*plan.levers.shape, -1)
    parameters = solid(plan.parameters)
    variants, bits = np.arange(plan.levers.shape[1]), 1 << np.arange(plan.targets.size)
    matters = np.array(
        [(levers != levers[:, variants & ~bit]).any(axis=(1, 2)) for bit in bits]
    ).reshape(bits.size, plan.months)
    names = [row.tobytes() for row in solid(plan.targets)]
    order = sorted(range(bits.size), key=names.__getitem__)
    found = [hashlib.blake2b(start, digest_size=16).digest()]
    for month in range(plan.months):
        digest = hashlib.blake2b(found[-1], digest_size=16)
        chosen = [0]
        for k in order:
            if matters[k, month]:
                digest.update(names[k])
                chosen += [variant | int(bits[k]) for variant in chosen]
        digest.update(levers[month, chosen].tobytes())
        digest.update(parameters[month].tobytes())
        found.append(digest.digest())
    return tuple(found)


def partings(plan: Timetable) -> tuple[int, ...]:
    """Return the months, from 1 on, in which a lever is first moved or parameters change."""
    active = np.bitwise_or.reduce(plan.levers["active"], axis=1)
    moved = np.bitwise_or.accumulate(active)
    is_first = moved[1:] != moved[:-1]
    parameters = solid(plan.parameters)
    is_first |= (parameters[1:] != parameters[:-1]).any(axis=1)
    return tuple(int(month) + 1 for month in np.flatnonzero(is_first))


def _targets(scenario: Scenario) -> list[Target]:
    found: list[Target] = []
    for change in scenario.levers:
        if change.target is not None and change.target not in found:
            found.append(change.target)
    if len(found) > MAX_TARGETS:
        message = (
            f"{scenario.id}: {len(found)} different target groups, more than {MAX_TARGETS}."
            " Give levers the same group where you can."
        )
        raise InputError(message)
    return found


def _levers(scenario: Scenario, months: int, targets: list[Target]) -> np.ndarray:
    table = np.zeros((months, 1 << len(targets)), LEVER_DTYPE)
    table["month"] = (START_NUMBER + np.arange(months))[:, None]
    for lever in LEVERS:
        table[lever.name] = lever.base
    for change in scenario.levers:
        _apply(table, change, targets, scenario.id, _reform_start(scenario))
    return table


def _reform_start(scenario: Scenario) -> float:
    """Return the month in which the bill starts: a lever of its own, on which others hang."""
    start = BY_NAME["reform_start"].base
    for change in scenario.levers:
        if change.lever == "reform_start":
            start = change.value
    return start


def _apply(
    table: np.ndarray, change: LeverChange, targets: list[Target], where: str, reform: float
) -> None:
    lever = BY_NAME.get(change.lever)
    if lever is None:
        message = f"{where}: there is no lever '{change.lever}'.{nearest(change.lever, BY_NAME)}"
        raise InputError(message)
    check_number(change.value, where, lever.name)
    if not lever.low <= change.value <= lever.high:
        message = (
            f"{where}: {lever.name} = {change.value:g} lies outside its range"
            f" {lever.low:g} to {lever.high:g} ({lever.unit}). Choose a value within it."
        )
        raise InputError(message)
    months = table.shape[0]
    weights = _weights(change, months, where, reform)
    for variant in range(table.shape[1]):
        if change.target is None or variant >> targets.index(change.target) & 1:
            column = table[lever.name][:, variant]
            moving = column + weights * (change.value - column)
            column[:] = np.where(weights == 1.0, change.value, moving)


def _weights(change: LeverChange, months: int, where: str, reform: float) -> np.ndarray:
    """Return how far (0 to 1) a change has come in each month."""
    start = reform if change.start == "reform_start" else change.start
    first, last = _span(start, change.end, months, f"{where}: {change.lever}")
    month = np.arange(months)
    rise = np.clip((month - first + 1) / (change.ramp_months + 1), 0.0, 1.0)
    return np.where((month >= first) & (month < last), rise, 0.0)


def _parameters(scenario: Scenario, months: int) -> np.ndarray:
    table = np.zeros(months, PARAMETER_DTYPE)
    for row in BY_PARAMETER.values():
        table[row.field] = row.value
    for change in scenario.parameters:
        _apply_parameter(table, change, months, scenario.id)
    table["gain_kept_month"] = plain(kept_month_of_gains)(table["fade_rate"])
    table["change_kept_month"] = plain(kept_month_of_change)(table["change_half_life_months"])
    table["crowding_kept_month"] = plain(kept_month_of_change)(table["crowding_half_life_months"])
    for end in ("new", "old"):
        table[f"leaving_usual_{end}"] = plain(usual_leaving_by_life)(
            planning=table[f"leave_usual_planning_{end}"],
            without_work=table[f"leave_usual_without_work_{end}"],
            without_right=table[f"leave_usual_without_right_{end}"],
            two_earners=table[f"leave_usual_two_earners_{end}"],
            intention_effect=table["intention_effect"],
            unemployed_ratio=table["unemployed_ratio"],
            no_right_ratio=table["no_right_ratio"],
            two_earner_ratio=table["two_earner_ratio"],
        )
    for name, share in letter_shares(table.view(np.recarray)[0]).items():
        table[name] = share
    return table


def _apply_parameter(table: np.ndarray, change: ParameterChange, months: int, where: str) -> None:
    row = checked(BY_PARAMETER, change.parameter, change.value, where)
    first, last = _span(change.start, change.end, months, f"{where}: {change.parameter}")
    table[row.field][first:last] = change.value


def _span(start: float | None, end: float | None, months: int, where: str) -> tuple[int, int]:
    """Return the run months from which and before which a change holds.

    A month in which no run can be, or after the end of this run, is refused: the change would
    silently do nothing.
    """
    first, last = 0, months
    if start is not None:
        first = round(start) - START_NUMBER
        _check_month(start, first, months, f"{where}, start")
    if end is not None:
        last = round(end) - START_NUMBER
        if last <= first:
            message = f"{where}: it ends before it starts. Put the end month after the start."
            raise InputError(message)
    return first, min(last, months)


def _check_month(month: float, index: int, months: int, where: str) -> None:
    if index < 0:
        message = (
            f"{where}: {month_text(month)} lies before the run starts ({month_text(START_NUMBER)})."
            " Leave the month out for a measure that is there from the start."
        )
        raise InputError(message)
    if index >= months:
        message = (
            f"{where}: {month_text(month)} lies after the run ends"
            f" ({month_text(START_NUMBER + months - 1)})."
            f" Run at least {index // MONTHS_PER_YEAR + 1} years (--years), or choose an"
            " earlier month."
        )
        raise InputError(message)
