"""A report of `calibration.validate` as text for a terminal."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from calibration.patterns.check import SOME
from calibration.verdicts import NO, NO_TARGET, NOT_HELD, TOLD, VERDICTS

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 96
"""Characters in a line of notes."""

TITLES = {
    "fit": "Targets to fit",
    "check": "Targets to check",
    "pattern": "Patterns",
    "stay": "Does it get better with years of stay? (the question of the letter)",
    "still": "Does the base stand still?",
    "young": "Children of 0 to 4 that anybody could see, by age",
    "fed in": "Fed in: the model was given it, and agreeing proves nothing",
    "no target": "Figures without a target",
}
"""Blocks of a report, in the order in which they are told."""

_LONG = ("no target",)


def report_text(report: pd.DataFrame, *, full: bool = False) -> str:
    """Return a report as text; `full` also lists figures without a target, with the reason."""
    parts = [_ran(report)]
    for block, title in TITLES.items():
        rows = report[report["block"] == block]
        if len(rows) and (full or block not in _LONG):
            parts.append(_section(title, rows))
    return "\n\n".join([*parts, _summary(report)])


def _ran(report: pd.DataFrame) -> str:
    first = report.iloc[0]
    text = (
        f"Scenario {first['scenario']}, {first['families']} families, {first['years']} years,"
        f" seeds {first['seeds']}.\nDigest of targets, split and priors: {first['digest']}."
        "\n* marks a bound that is our reading; the reason stands beside it."
    )
    if "-" not in str(first["seeds"]):
        text += "\nOne seed says nothing about luck: nothing is judged."
    return text


def _section(title: str, rows: pd.DataFrame) -> str:
    lines = [title, "-" * len(title)]
    for row in rows.to_dict("records"):
        mark = "*" if row["reading"] else ""
        lines.append(f"{row['key'] + mark:<42} {row['holds']:<18}{_seeds(row)}grade {row['grade']}")
        lines.append(f"    {row['statement']}")
        if row["holds"] not in (NO_TARGET, NOT_HELD):
            wanted = "" if row["holds"] == TOLD else _wanted(row["low"], row["high"])
            lines.append(f"    published {row['published']}; {wanted}model {_mean(row)}")
        for label, name in (("", "note"), ("our reading: ", "reading"), ("why not: ", "why")):
            if row[name]:
                lines += textwrap.wrap(
                    f"{label}{row[name]}", WIDTH, initial_indent="    ", subsequent_indent="    "
                )
    return "\n".join(lines)


def _seeds(row: Mapping[Hashable, object]) -> str:
    if row["holds"] in (TOLD, NOT_HELD, NO_TARGET) or math.isnan(_float(row["seeds_seen"])):
        return ""
    return f"in {_float(row['seeds_held']):.0f} of {_float(row['seeds_seen']):.0f} seeds; "


def _mean(row: Mapping[Hashable, object]) -> str:
    error = _float(row["error"])
    spread = "" if math.isnan(error) else f" +- {_number(error)}"
    return f"{_number(_float(row['model']))}{spread}"


def _float(value: object) -> float:
    return float(str(value))


def _wanted(low: float, high: float) -> str:
    """Return the bounds in words, with what comes before the model's number."""
    is_low, is_high = math.isfinite(low), math.isfinite(high)
    if not is_low and not is_high:
        return ""
    if not is_high:
        return "wanted above 0; " if low == SOME else f"wanted {_number(low)} or more; "
    if not is_low:
        return "wanted below 0; " if high == -SOME else f"wanted {_number(high)} or less; "
    if abs(high - low) <= SOME:
        return f"wanted {_number((low + high) / 2.0)}; "
    return f"wanted {_number(low)} to {_number(high)}; "


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"  # noqa: PLR2004


def _summary(report: pd.DataFrame) -> str:
    """Return how many hold, apart for what could fail and what was fed in."""
    lines = []
    for title, rows in (
        ("Could fail", report[~report["block"].isin(("fed in", "no target", "young"))]),
        ("Fed in", report[report["block"] == "fed in"]),
        ("Without a target", report[report["block"] == "no target"]),
    ):
        counted = rows["holds"].value_counts()
        told = [f"{counted[verdict]} {verdict}" for verdict in VERDICTS if verdict in counted]
        lines.append(f"{title}: {', '.join(told)}.")
    causes = report.loc[report["holds"] == NO, "why"].str.split(":").str[0].value_counts()
    told = [f"{n} {cause}" for cause, n in causes.items()]
    lines.append(f"What does not hold: {', '.join(told) or 'nothing'}.")
    return "\n".join(lines)
