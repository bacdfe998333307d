"""What of a scenario lies beyond the end of a run, so that it does nothing or not all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.calendar import START_NUMBER
from model.policy.scenario import LeverChange, Scenario
from scenarios.files.changes import Change
from scenarios.files.extends import reform_month
from scenarios.files.values import month_of


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """A change that starts, or comes to its value, after the last month of a run.

    `month` is the month in which it would, and `value` the value.
    """

    what: Literal["start", "ramp"]
    name: str
    month: float
    value: float


def beyond(scenario: Scenario, months: int) -> list[Beyond]:
    """Return what of a scenario lies beyond a run of this many months."""
    reform, last = reform_month(scenario), START_NUMBER + months - 1
    found = []
    changes: list[Change] = [*scenario.levers, *scenario.parameters]
    for change in changes:
        name = change.lever if isinstance(change, LeverChange) else change.parameter
        start = max(month_of(change.start, reform), START_NUMBER)
        grown = start + (change.ramp_months if isinstance(change, LeverChange) else 0)
        if start > last:
            found.append(Beyond(what="start", name=name, month=start, value=change.value))
        elif grown > last:
            found.append(Beyond(what="ramp", name=name, month=grown, value=change.value))
    return found
