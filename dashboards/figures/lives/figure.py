"""One family under two policies, as a figure: lanes of work, home and school, and two lines.

A pure function from the data of `scenarios.pairs.twin_lives` to a Plotly figure as a plain
dictionary, like those of `dashboards.figures.lines`. Lanes come in pairs, the base above the
alternative; a dashed line marks the month in which the two lives part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboards.figures.lives.lanes import (
    LIVES,
    Lane,
    Story,
    children,
    colour,
    happenings,
    lanes,
)
from dashboards.figures.lives.words import state_label, why
from dashboards.figures.tokens import FAINT, FONT, GRID, INK, LOOKS, Figure
from dashboards.texts import Texts
from model.calendar import MONTHS_PER_YEAR, START_NUMBER, month_text
from scenarios.pairs.twin_lives import Twins

LANE, PANEL, TOP, BOTTOM, LEFT, RIGHT = 28, 130, 128, 40, 190, 20
"""Heights and margins in pixels."""

SYMBOLS = {
    "voluntary_move": "circle-open",
    "forced_move": "x",
    "registered": "triangle-up",
    "course": "star",
    "school_change": "diamond",
    "left_school": "octagon",
    "advice": "square-open",
}
"""How the events are drawn that stand on a lane."""


def figure(twins: Twins, t: Texts, meta: dict[str, Any] | None = None) -> Figure:
    """Return the figure of a family under two policies; `meta` goes into `layout.meta`."""
    story = of(twins)
    drawn = list(lanes(story, t))
    height = TOP + BOTTOM + LANE * len(drawn) + 2 * PANEL
    data = [_bar_trace(drawn, t), *_event_traces(drawn, t)]
    for axis, measure in (("y2", "income_eur_month"), ("y3", "language")):
        data += _lines(twins, story, measure, axis, t)
    layout = _layout(drawn, height, story.months, t) | {"meta": _meta(twins) | (meta or {})}
    if twins.divergence is not None:
        layout |= _parting(twins, t)
    return {"data": data, "layout": layout}


def of(twins: Twins) -> Story:
    """Return what happened in the two lives of a family."""
    return Story(
        scenarios=(twins.base, twins.alternative),
        child=twins.child,
        months=int(twins.settings["years"]) * MONTHS_PER_YEAR,
        happenings=happenings(twins.events),
    )


def _label(lane: Lane, t: Texts) -> str:
    return f"{lane.what}, {t(f'report.twins.{lane.life}')}"


def _date(month: int) -> str:
    return f"{month_text(START_NUMBER + month)}-01"


def _bar_trace(drawn: Sequence[Lane], t: Texts) -> dict[str, Any]:
    month_ms = 30.4375 * 86_400_000
    short = t.part("report.lane")
    bars = [(_label(lane, t), bar) for lane in drawn for bar in lane.bars]
    labels = [state_label(bar.state, t) for _, bar in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [lane for lane, _ in bars],
        "base": [_date(bar.start) for _, bar in bars],
        "x": [round((bar.end - bar.start) * month_ms) for _, bar in bars],
        "text": [short.get(bar.state, label) for (_, bar), label in zip(bars, labels, strict=True)],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "textfont": {"color": INK, "size": 11},
        "marker": {
            "color": [colour(bar.state) for _, bar in bars],
            "line": {"color": "#FFFFFF", "width": 1},
        },
        "customdata": [
            [label, t.month(START_NUMBER + bar.start), t.month(START_NUMBER + bar.end)]
            for (_, bar), label in zip(bars, labels, strict=True)
        ],
        "hovertemplate": "%{customdata[0]}<br>%{customdata[1]} – %{customdata[2]}<extra></extra>",
        "showlegend": False,
    }


def _event_traces(drawn: Sequence[Lane], t: Texts) -> Iterator[dict[str, Any]]:
    for kind, symbol in SYMBOLS.items():
        found = [
            (_label(lane, t), event.month, event.after)
            for lane in drawn
            for event in lane.events
            if event.event == kind
        ]
        if not found:
            continue
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": t(f"report.event.{kind}"),
            "x": [_date(month) for _, month, _ in found],
            "y": [lane for lane, _, _ in found],
            "marker": {"symbol": symbol, "size": 9, "color": INK, "line": {"width": 1.5}},
            "customdata": [
                [t.month(START_NUMBER + month), state_label(after, t)] for _, month, after in found
            ],
            "hovertemplate": "%{customdata[0]}: %{customdata[1]}",
        }


def _lines(
    twins: Twins, story: Story, measure: str, axis: str, t: Texts
) -> Iterator[dict[str, Any]]:
    series = twins.series[twins.series["measure"] == measure]
    if measure == "language":
        series = series[series["person"] == next(iter(children(story)), "")]
    for life, scenario in zip(LIVES, story.scenarios, strict=True):
        mine = series[series["scenario"] == scenario]
        yield {
            "type": "scatter",
            "mode": "lines",
            "name": t(f"report.twins.life_{life}"),
            "legendgroup": life,
            "showlegend": measure == "income_eur_month",
            "x": [_date(int(month)) for month in mine["month"]],
            "y": [round(float(value), 3) for value in mine["value"]],
            "yaxis": axis,
            "line": LOOKS[life]["line"],
            "hovertemplate": "%{y}<extra></extra>",
        }


def _layout(drawn: Sequence[Lane], height: int, months: int, t: Texts) -> dict[str, Any]:
    room = height - TOP - BOTTOM
    lower, upper = PANEL / room, 2 * PANEL / room
    gap = 34 / room
    axis = {"gridcolor": GRID, "tickfont": {"size": 11, "color": FAINT}, "fixedrange": True}
    small = {"font": {"size": 11, "color": FAINT}}
    return {
        "template": None,
        "title": {
            "text": t("report.twins.title"),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 10},
            "font": {"size": 17},
        },
        "font": {"family": FONT, "size": 13, "color": INK},
        "separators": t.separators,
        "height": height,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "barmode": "overlay",
        "bargap": 0.12,
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "dragmode": False,
        "xaxis": {"type": "date", "anchor": "y3", "showgrid": False, **_without_range(axis)}
        | {"range": [_date(0), _date(months)]},
        "yaxis": {
            "domain": [upper + gap, 1],
            "categoryorder": "array",
            "categoryarray": [_label(lane, t) for lane in reversed(drawn)],
            "ticks": "",
            "tickfont": {"size": 11, "color": INK},
            "fixedrange": True,
        },
        "yaxis2": {"domain": [lower + gap, upper - 0.2 * gap], "rangemode": "tozero", **axis}
        | {"title": {"text": t("report.twins.income"), **small}},
        "yaxis3": {"domain": [0, lower - 0.2 * gap], "zeroline": True, **axis}
        | {"title": {"text": t("report.twins.dutch"), **small}},
        "legend": {"orientation": "h", "x": 0, "xref": "container", "y": 1 - 36 / height}
        | {"yref": "container", "yanchor": "top", "font": {"size": 12}},
    }


def _without_range(axis: dict[str, Any]) -> dict[str, Any]:
    return {"tickfont": axis["tickfont"], "fixedrange": True, "showline": True, "linecolor": FAINT}


def _parting(twins: Twins, t: Texts) -> dict[str, Any]:
    """Return the line and the words at the month in which the two lives part."""
    if twins.divergence is None:
        return {}
    date = _date(twins.divergence.month)
    text = t(
        "report.twins.parted",
        month=t.month(START_NUMBER + twins.divergence.month),
        why=why(twins.divergence.cause, t),
    )
    line = {"color": INK, "width": 2, "dash": "6px,4px"}
    place = {"xref": "x", "yref": "paper"}
    is_late = twins.divergence.month > int(twins.settings["years"]) * 6
    return {
        "shapes": [
            {"type": "line", "x0": date, "x1": date, "y0": 0, "y1": 1, "line": line} | place
        ],
        "annotations": [
            {
                "text": text,
                "x": date,
                "y": 1,
                "xanchor": "right" if is_late else "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12, "color": INK},
                **place,
            }
        ],
    }


def _meta(twins: Twins) -> dict[str, Any]:
    return {
        "figure": "twins",
        "base": twins.base,
        "alternative": twins.alternative,
        "family": twins.family,
        "child": twins.child,
        "families": str(twins.settings["families"]),
        "years": twins.settings["years"],
        "seed": twins.settings["rng"],
    }
