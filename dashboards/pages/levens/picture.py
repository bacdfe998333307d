"""The two lives on one time line, and two lines under it, as plain values for the page to draw."""

from __future__ import annotations

import math
from typing import Any

from dashboards.figures.lives.lanes import LIVES, Lane, children, colour, lanes
from dashboards.figures.lives.words import person_label, state_label
from dashboards.figures.scales import step_of
from dashboards.figures.years import Axis
from dashboards.pages.charts import axis, blank
from dashboards.service.lives import MEASURES, YEARS, Life, Line
from dashboards.texts import Texts
from model.calendar import MONTHS_PER_YEAR, START_NUMBER, month_text

SIGNS = {
    "voluntary_move": "○",
    "forced_move": "✕",
    "registered": "▲",
    "course": "★",
    "school_change": "◆",
    "left_school": "■",
    "advice": "□",
}
"""How events stand on their lane."""

DIGITS = 3

Row = dict[str, Any]


def time_line(life: Life, t: Texts) -> Row:
    """Return the lanes of both lives: stretches, events, the years, and where the lives part."""
    drawn = list(lanes(life.story, t))
    kinds = [kind for kind in SIGNS if any(one.event == kind for ln in drawn for one in ln.events)]
    parted = life.divergence
    return {
        "words": t.part("lives.picture"),
        "save": t.part("chart.save"),
        "months": life.story.months,
        "years": [
            {"at": month, "label": str((START_NUMBER + month) // MONTHS_PER_YEAR)}
            for month in range(life.story.months)
            if (START_NUMBER + month) % MONTHS_PER_YEAR == 0
        ],
        "lanes": [_lane(lane, t) for lane in drawn],
        "parted": None if parted is None else {"at": parted.month, "label": t("lives.apart")},
        "signs": [{"sign": SIGNS[kind], "label": t(f"report.event.{kind}")} for kind in kinds],
        "caption": t("lives.caption", years=str(YEARS)),
    }


def _lane(lane: Lane, t: Texts) -> Row:
    short = t.part("report.lane")
    bars = [
        {
            "start": bar.start,
            "end": bar.end,
            "label": state_label(bar.state, t),
            "short": short.get(bar.state, state_label(bar.state, t)),
            "fill": colour(bar.state),
            "span": " – ".join(month_text(START_NUMBER + at) for at in (bar.start, bar.end)),
        }
        for bar in lane.bars
    ]
    told = ", ".join(f"{bar['label']} ({bar['span']})" for bar in bars)
    life = t(f"report.twins.{lane.life}")
    return {
        "what": lane.what,
        "life": life,
        "is_base": lane.life == LIVES[0],
        "bars": bars,
        "events": [
            {"at": one.month, "sign": SIGNS[one.event], "label": _event(one.event, one.after, t)}
            for one in lane.events
        ],
        "reading": t("lives.reading", what=lane.what, life=life, bars=told),
    }


def _event(event: str, after: str, t: Texts) -> str:
    told = (t(f"report.event.{event}"), state_label(after, t))
    return ": ".join(part for part in told if part)


def charts(life: Life, t: Texts) -> list[Row]:
    """Return the lines of income and of the child's Dutch, month by month."""
    return [_chart(measure, life, t) for measure in MEASURES]


def _chart(measure: str, life: Life, t: Texts) -> Row:
    who = person_label(next(iter(children(life.story)), "family"), t)
    drawn = _axis([value for line in life.lines[measure] for value in line if value is not None])
    parted = life.divergence
    return (
        blank(
            measure,
            t,
            t(f"lives.line.{measure}", who=who),
            t(f"lives.line.{measure}_unit"),
        )
        | axis(drawn, is_share=False, t=t, signed=False)
        | {
            "years": [month_text(START_NUMBER + month) for month in range(life.story.months)],
            "lines": [
                {"role": role, "label": t(f"report.twins.{role}"), "values": _rounded(line)}
                for role, line in zip(LIVES, life.lines[measure], strict=True)
            ],
            "mark": None if parted is None else {"place": parted.month, "label": t("lives.apart")},
            "caption": t("lives.caption", years=str(YEARS)),
        }
    )


def _rounded(line: Line) -> list[float | None]:
    return [None if value is None else round(value, DIGITS) for value in line]


def _axis(values: list[float]) -> Axis:
    low, high = min([0.0, *values]), max([0.0, *values])
    step = step_of(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(step * k for k in range(first, last + 1))
    return Axis(low=step * first, high=step * last, ticks=ticks)
