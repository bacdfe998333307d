"""Scenarios written out in full, as they stand in stored runs and snapshots, and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from model.errors import StorageError
from model.policy.scenario import (
    TARGET_LISTS,
    LeverChange,
    ParameterChange,
    Scenario,
    Target,
)


def to_record(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain values; groups of a target by their lower-case names."""
    record = asdict(scenario)
    for change in record["levers"]:
        target = change["target"]
        if target is not None:
            for name in TARGET_LISTS:
                target[name] = [item.name.lower() for item in target[name]]
    return record


def from_record(record: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a record. Raises KeyError, TypeError or ValueError when it is none."""
    plain = dict(record)
    plain["levers"] = tuple(_lever(change) for change in record["levers"])
    plain["parameters"] = tuple(ParameterChange(**change) for change in record["parameters"])
    for name in ("recommendations", "extends"):
        plain[name] = tuple(record[name])
    return Scenario(**plain)


def scenarios_in(records: Sequence[Mapping[str, Any]], where: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a stored run; `where` it lies is for the message.

    Raises StorageError when this version cannot read one.
    """
    try:
        return tuple(from_record(record) for record in records)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"{where} has a scenario that this version cannot read ({error})."
        raise StorageError(message) from None


def _lever(change: Mapping[str, Any]) -> LeverChange:
    plain = dict(change)
    if change["target"] is not None:
        target = dict(change["target"])
        for name, kind in TARGET_LISTS.items():
            target[name] = tuple(kind[item.upper()] for item in target.get(name, ()))
        if target["years_in_nl"] is not None:
            target["years_in_nl"] = tuple(target["years_in_nl"])
        plain["target"] = Target(**target)
    return LeverChange(**plain)
