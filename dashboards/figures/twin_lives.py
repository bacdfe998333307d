"""One family under two policies, as a figure: lanes of work, home and school, and two lines.

A pure function from the data of `scenarios.pairs.twin_lives` to a Plotly figure as a plain
dictionary, like those of `dashboards.figures.lines`. Lanes come in pairs, the base above the
alternative; a dashed line marks the month in which the two lives part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboards.figures.tokens import FAINT, FONT, GRID, INK, LOOKS, Figure
from dashboards.texts import Texts
from model.calendar import START_NUMBER, month_text
from scenarios.pairs.cause import Cause
from scenarios.pairs.twin_lives import Twins

if TYPE_CHECKING:
    import pandas as pd

LANE, PANEL, TOP, BOTTOM, LEFT, RIGHT = 28, 130, 128, 40, 190, 20
"""Heights and margins in pixels."""

MOST_CHILDREN = 3
"""Children with a lane of their own, the one in view first."""

LIVES = ("base", "alternative")

# Told apart by the words in and under the bars as well as by colour.
COLOURS = {
    "zero_hours": "#F0B37A",
    "bandwidth": "#F4CFA8",
    "agency_a": "#F0B37A",
    "agency_b": "#F4CFA8",
    "fixed": "#A9CFE8",
    "permanent": "#6FB1DC",
    "self_employed": "#CDB9E0",
    "none": "#D5DADF",
    "tied": "#F0B37A",
    "private_shared": "#F4CFA8",
    "private_own_lease": "#A9CFE8",
    "social": "#8FC7B4",
    "owner": "#6FB1DC",
    "home": "#E7EBEE",
    "ve": "#F7E3A1",
    "qualified": "#8FC7B4",
    "left": "#D98A8A",
    "emigrated": "#D5DADF",
    "aged_out": "#E7EBEE",
    "at_work": "#CDB9E0",
}
PRIMARY, SECONDARY, VOCATIONAL = "#CFE3F1", "#A9CFE8", "#C9DDB4"
SYMBOLS = {
    "voluntary_move": "circle-open",
    "forced_move": "x",
    "registered": "triangle-up",
    "course": "star",
    "school_change": "diamond",
    "left_school": "octagon",
    "advice": "square-open",
}
"""Events that are drawn on their lane."""


class Bar(NamedTuple):
    """A stretch of a lane: what is so from one month until another."""

    lane: str
    state: str
    start: int
    end: int


def figure(twins: Twins, t: Texts, meta: dict[str, Any] | None = None) -> Figure:
    """Return the figure of a family under two policies; `meta` goes into `layout.meta`."""
    lanes = list(_lanes(twins, t))
    bars = [bar for lane in lanes for bar in lane.bars]
    height = TOP + BOTTOM + LANE * len(lanes) + 2 * PANEL
    data = [_bar_trace(bars, t), *_event_traces(lanes, t)]
    for axis, measure in (("y2", "income_eur_month"), ("y3", "language")):
        data += _lines(twins, measure, axis, t)
    layout = _layout(lanes, height, int(twins.settings["years"]) * 12, t) | {
        "meta": _meta(twins) | (meta or {})
    }
    if twins.divergence is not None:
        layout |= _parting(twins, t)
    return {"data": data, "layout": layout}


class Lane(NamedTuple):
    """One line of bars: of a person, in one of the two lives, with the events drawn on it."""

    label: str
    bars: tuple[Bar, ...]
    events: pd.DataFrame


def why(cause: Cause, t: Texts) -> str:
    """Return in words what made two lives part."""
    if cause.kind == "lever":
        names = ", ".join(t(f"lever.{name}.label") for name in cause.names)
        return t("report.twins.by_lever", levers=names)
    if cause.kind == "parameter":
        return t("report.twins.by_parameter", parameters=", ".join(cause.names))
    if cause.kind == "neighbour":
        return t("report.twins.by_neighbour", families=", ".join(cause.names))
    return t(f"report.twins.by_{cause.kind}")


def state_label(state: str, t: Texts) -> str:
    """Return what a contract, a home, a stage or a whereabouts is called; '' for an empty one."""
    for kind in ("contract", "housing", "stage", "status"):
        found = t.part(f"enum.{kind}") | t.part(f"report.{kind}")
        if state in found:
            return found[state]
    return state


def _lanes(twins: Twins, t: Texts) -> Iterator[Lane]:
    events = twins.events
    persons = [name for name in events["person"].unique() if str(name).startswith("adult")]
    for person in sorted(persons):
        yield from _pair(
            twins, person, ("contract",), t("report.twins.work", who=person_label(person, t)), t
        )
    home = ("home", "voluntary_move", "forced_move")
    yield from _pair(twins, "family", home, t("report.twins.home"), t)
    for person in _children(twins):
        stages = ("born", "stage", "left_school")
        yield from _pair(
            twins, person, stages, t("report.twins.school", who=person_label(person, t)), t
        )


def _children(twins: Twins) -> list[str]:
    """Return the children that get a lane: the one in view first, then by age."""
    seen = twins.events[twins.events["child"] > 0].drop_duplicates("person")
    order = sorted(zip(seen["child"] != twins.child, seen["child"], seen["person"], strict=True))
    return [person for _, _, person in order][:MOST_CHILDREN]


def person_label(person: str, t: Texts) -> str:
    """Return what a member of a family is called, as 'child 2', or the family itself."""
    kind, _, number = person.partition(" ")
    return t(f"report.twins.{kind}", number=number)


def _pair(twins: Twins, person: str, kinds: Sequence[str], label: str, t: Texts) -> Iterator[Lane]:
    """Give the lanes of one thing in both lives, the base above the alternative."""
    for life, scenario in zip(LIVES, (twins.base, twins.alternative), strict=True):
        name = f"{label}, {t(f'report.twins.{life}')}"
        mine = twins.events[
            (twins.events["person"] == person) & (twins.events["scenario"] == scenario)
        ]
        bars = tuple(_bars(name, mine[mine["event"].isin(kinds)], _last_month(twins, scenario)))
        yield Lane(name, bars, mine[mine["event"].isin(SYMBOLS)])


def _bars(lane: str, changes: pd.DataFrame, end: int) -> Iterator[Bar]:
    changes = changes[changes["after"] != changes["after"].shift()]
    starts = [*changes["month"].tolist(), end]
    for (start, until), state in zip(pairwise(starts), changes["after"], strict=True):
        if until > start:
            yield Bar(lane, str(state), int(start), int(until))


def _last_month(twins: Twins, scenario: str) -> int:
    """Return the month in which a life ends: the family leaves the country, or the horizon."""
    events = twins.events
    gone = events[
        (events["scenario"] == scenario)
        & (events["event"] == "status")
        & events["after"].isin(("emigrated", "aged_out"))
    ]
    return int(gone["month"].iloc[0]) if len(gone) else int(twins.settings["years"]) * 12


def _date(month: int) -> str:
    return f"{month_text(START_NUMBER + month)}-01"


def _colour(state: str) -> str:
    if state in COLOURS:
        return COLOURS[state]
    if state.startswith("po"):
        return PRIMARY
    return VOCATIONAL if state.startswith("mbo") else SECONDARY


def _bar_trace(bars: Sequence[Bar], t: Texts) -> dict[str, Any]:
    month_ms = 30.4375 * 86_400_000
    short = t.part("report.lane")
    labels = [state_label(bar.state, t) for bar in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [bar.lane for bar in bars],
        "base": [_date(bar.start) for bar in bars],
        "x": [round((bar.end - bar.start) * month_ms) for bar in bars],
        "text": [short.get(bar.state, label) for bar, label in zip(bars, labels, strict=True)],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "textfont": {"color": INK, "size": 11},
        "marker": {
            "color": [_colour(bar.state) for bar in bars],
            "line": {"color": "#FFFFFF", "width": 1},
        },
        "customdata": [
            [label, t.month(START_NUMBER + bar.start), t.month(START_NUMBER + bar.end)]
            for bar, label in zip(bars, labels, strict=True)
        ],
        "hovertemplate": "%{customdata[0]}<br>%{customdata[1]} – %{customdata[2]}<extra></extra>",
        "showlegend": False,
    }


def _event_traces(lanes: Sequence[Lane], t: Texts) -> Iterator[dict[str, Any]]:
    for kind, symbol in SYMBOLS.items():
        found = [
            (lane.label, int(event["month"]), str(event["after"]))
            for lane in lanes
            for event in lane.events[lane.events["event"] == kind].to_dict("records")
            if event["month"] > 0 or event["before"]
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


def _lines(twins: Twins, measure: str, axis: str, t: Texts) -> Iterator[dict[str, Any]]:
    series = twins.series[twins.series["measure"] == measure]
    if measure == "language":
        children = _children(twins)
        series = series[series["person"] == (children[0] if children else "")]
    for life, scenario in zip(LIVES, (twins.base, twins.alternative), strict=True):
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


def _layout(lanes: Sequence[Lane], height: int, months: int, t: Texts) -> dict[str, Any]:
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
            "categoryarray": [lane.label for lane in reversed(lanes)],
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
