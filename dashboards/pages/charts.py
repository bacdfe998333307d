"""Charts over the school years as the pages draw them: plain values, in the words of a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.figures.years import Axis
from dashboards.pages import told
from dashboards.texts import Texts
from model.calendar import MONTHS_PER_YEAR, START_NUMBER
from scenarios.asking.question import Question

Row = dict[str, Any]


def blank(name: str, t: Texts, title: str, subtitle: str) -> Row:
    """Return a chart without lines."""
    return {
        "name": name,
        "language": t.language,
        "save": t.part("chart.save"),
        "title": title,
        "subtitle": subtitle,
        "lines": [],
        "band": [],
        "years": [],
        "low": 0.0,
        "high": 1.0,
        "ticks": [],
        "mark": None,
        "ends": [],
        "caption": "",
    }


def axis(drawn: Axis, is_share: bool, t: Texts, *, signed: bool) -> Row:
    """Return an axis with its labels; of differences they have a sign."""
    decimals = max((_decimals(tick) for tick in drawn.ticks), default=0)
    ends = "%" if is_share else ""

    def label(tick: float) -> str:
        plus = "+" if signed and tick > 0 else ""
        return f"{plus}{t.number(tick, decimals)}{ends}"

    ticks = [[tick, label(tick)] for tick in drawn.ticks]
    return {"low": drawn.low, "high": drawn.high, "ticks": ticks}


def _decimals(value: float) -> int:
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])


def start(asked: Question, seen: Sequence[str], t: Texts) -> Row | None:
    """Return where on the axis of school years the alternative first differs from the base."""
    month = told.first_change(asked.base, asked.alternative)
    if month is None or not seen:
        return None
    first_year = int(seen[0].partition("/")[0])
    begun = START_NUMBER + MONTHS_PER_YEAR * (first_year - START_NUMBER // MONTHS_PER_YEAR)
    # A school year stands in the middle of its twelve months.
    place = (month - begun) / MONTHS_PER_YEAR
    if not 0.0 <= place <= len(seen):
        return None
    return {"place": round(place - 0.5, 3), "label": t("chart.start", month=t.month(month))}
