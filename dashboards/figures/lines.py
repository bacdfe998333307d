"""Figures: pure functions from the tidy tables of a pair of runs to Plotly figures.

A figure is a plain dictionary with `data` and `layout`, ready for JSON or for
`plotly.graph_objects.Figure`. Texts come in, so the same functions serve the pages, reports and the
documentation. `layout.meta` names the scenarios, the seed and the code; `layout.meta.narrow` holds
what a narrow screen needs instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from dashboards.figures.panels import NARROW, WIDE, Panels, arranged, axis_name
from dashboards.figures.registry import MANY, Sheet
from dashboards.figures.series import Pair, Role, lines
from dashboards.figures.tokens import COLOURS, FONT, INK, LOOKS, Figure
from dashboards.texts import Texts

DRAWN: tuple[Role, ...] = ("comparable", "base", "alternative")
"""In order of drawing: a dashed alternative lets a base that is the same shine through."""

LEGEND_RANK: dict[Role, int] = {"base": 1, "alternative": 2, "comparable": 3}

TOP, FLAT_TOP, NARROW_TOP = 100, 64, 122
"""Room for the legend: below each other, beside each other, below each other on a phone."""

DIGITS = 5


def figure(sheet: Sheet, pair: Pair, t: Texts) -> Figure:
    """Return a figure with the lines of all its outcomes."""
    panels = [lines(pair, outcome, DRAWN) for outcome in sheet.outcomes]
    top = TOP if sheet.columns <= MANY else FLAT_TOP
    layout = _layout(sheet, pair, t) | arranged(sheet, panels, t, WIDE, sheet.columns, top)
    narrow = arranged(sheet, panels, t, NARROW, sheet.narrow_columns, NARROW_TOP)
    layout["meta"] = _meta(sheet, pair) | {"narrow": narrow}
    return {"data": list(_traces(sheet, panels, pair, t)), "layout": layout}


def role_label(role: Role, pair: Pair, t: Texts) -> str:
    """Return what a line is called: its scenario, or the comparable Dutch families."""
    titles = {"base": pair.base_title, "alternative": pair.alternative_title}
    return t(f"figure.role.{role}", title=titles.get(role, ""))


def _traces(sheet: Sheet, panels: Panels, pair: Pair, t: Texts) -> Iterator[dict[str, Any]]:
    number = f"%{{y:.{sheet.measure.decimals}f}}{sheet.suffix}"
    for place, panel in enumerate(panels):
        for item in panel:
            label, short = role_label(item.role, pair, t), t(f"figure.short.{item.role}")
            yield {
                "type": "scatter",
                "mode": "lines+markers",
                "name": escape(label, quote=False),  # Plotly draws <b> in a title bold
                "legendgroup": item.role,
                "legendrank": LEGEND_RANK[item.role],
                "showlegend": place == 0,
                "x": list(item.years),
                "y": [_rounded(value, sheet) for value in item.ratios],
                "xaxis": axis_name("x", place),
                "yaxis": axis_name("y", place),
                "hovertemplate": f"{number} {short}<extra></extra>",
                **_look(item.role, len(panels)),
            }


def _look(role: Role, panels: int) -> dict[str, Any]:
    """Return how a line looks; in a figure with many small panels it is thin."""
    look = LOOKS[role]
    if panels <= MANY:
        return look
    return {"line": look["line"] | {"width": 2}, "marker": look["marker"] | {"size": 4}}


def _rounded(value: float | None, sheet: Sheet) -> float | None:
    return None if value is None else round(value * sheet.measure.scale, DIGITS)


def _layout(sheet: Sheet, pair: Pair, t: Texts) -> dict[str, Any]:
    return {
        "template": None,
        "title": {
            "text": t(f"figure.{sheet.name}.title"),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
        },
        "font": {"family": FONT, "size": 13, "color": INK},
        "separators": t.separators,
        "paper_bgcolor": COLOURS["paper"].light,
        "plot_bgcolor": COLOURS["paper"].light,
        "hovermode": "x unified",
        "hoverlabel": {"align": "left"},
        "dragmode": False,
        "uirevision": pair.base_id + pair.alternative_id,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 13},
        },
    }


def _meta(sheet: Sheet, pair: Pair) -> dict[str, Any]:
    return {
        "figure": sheet.name,
        "base": pair.base_id,
        "alternative": pair.alternative_id,
        "changes": pair.changes,
        "families": pair.families,
        "years": pair.years,
        "seed": pair.seed,
        "key": pair.key,
        "code": pair.code,
    }
