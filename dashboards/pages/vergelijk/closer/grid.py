"""A table of closer looks as plain values: rows, plans as columns, and in a cell number and bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dashboards.figures import dots
from dashboards.figures.scales import SCALES
from dashboards.pages.plans.titles import called
from dashboards.service.use_study import Looked
from dashboards.texts import Texts
from dashboards.texts.numbers import MISSING, on_scale
from model.policy.scenario import Scenario

Row = dict[str, Any]
WIDTH = 1000
"""Places from one end of an axis to the other."""

Scenarios = Mapping[str, Scenario]


def table(name: str, title: str, columns: Sequence[str], t: Texts) -> Row:
    """Return a table without rows; `told` stands in its place, `command` makes it again."""
    return {
        "words": t.part("compare.closer"),
        "name": name,
        "title": title,
        "told": "",
        "columns": list(columns),
        "rows": [],
        "legend": "",
        "notes": [],
        "command": "",
    }


def row(
    name: str, label: str, cells: Sequence[Row], *, note: str = "", is_few: bool = False
) -> Row:
    """Return a row; `is_few` says that it rests on few, which is drawn hatched."""
    return {"name": name, "label": label, "note": note, "is_few": is_few, "cells": list(cells)}


def plain(number: str, note: str = "") -> Row:
    """Return a cell without a bar."""
    return {"number": number, "range": note, "strip": None}


def difference(outcome: str, value: float, low: float, high: float, t: Texts) -> Row:
    """Return a difference (stored unit) with its range, on the axis of its outcome."""
    scale = SCALES[outcome]
    number, *ends = on_scale((value, low, high), scale.many, t)
    span = "" if MISSING in ends else t("look.between", low=ends[0], high=ends[1])
    drawn = dots.bar(value, low, high, scale.half)
    strip = None if drawn is None else {**asdict(drawn), "zero": WIDTH // 2}
    return {"number": number, "range": span, "strip": strip}


def waiting(looked: Looked[Any], t: Texts) -> str:
    """Return what stands where a look will be; empty once it is there."""
    if looked.state == "done":
        return ""
    if looked.state == "fault":
        return f"{t('compare.closer.fault')} {looked.fault}".strip()
    if looked.state == "full":
        return t("compare.closer.full")
    return t("compare.closer.percent", percent=str(looked.percent))


def titles(names: Iterable[str], scenarios: Scenarios, t: Texts) -> list[str]:
    """Return what plans are called over their columns."""
    return [called(name, scenarios[name], t) for name in names]


def named(name: str, scenarios: Scenarios) -> str:
    """Return what a command calls a scenario: a shipped one by id, a plan by its file."""
    return (
        name if name in scenarios and scenarios[name].id == name else f"{scenarios[name].id}.toml"
    )
