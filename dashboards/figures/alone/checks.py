"""Figures that a fit is held against: a dot with its range each, in total errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboards.figures.tokens import COLOURS, FAINT, FONT, GRID, INK, Figure

ROW, TOP, BOTTOM, LEFT, RIGHT = 22, 90, 60, 300, 30
"""Sizes in pixels."""

BAND = "#E4EEF5"
FURTHEST = 8.0
"""Total errors at which the axis ends; what lies beyond stands at its end."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """How far the model is from a figure, in total errors: 5%, middle and 95%. 0 is inside it."""

    name: str
    is_fitted: bool
    low: float
    middle: float
    high: float


def checks(
    told: Sequence[Check], *, title: str, across: str, fitted: str, kept: str, within: float
) -> Figure:
    """Return a row for each figure in the order given, the first on top; a band for `within`."""
    names = [escape(one.name) for one in told]
    data = [
        _dots([one for one in told if one.is_fitted == is_fitted], label, is_fitted)
        for is_fitted, label in ((True, fitted), (False, kept))
    ]
    layout: dict[str, Any] = {
        "title": {"text": escape(title), "x": 0, "xanchor": "left", "font": {"size": 16}},
        "font": {"family": FONT, "color": INK},
        "height": TOP + BOTTOM + ROW * len(told),
        "margin": {"t": TOP, "b": BOTTOM, "l": LEFT, "r": RIGHT},
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
        "paper_bgcolor": COLOURS["paper"].light,
        "plot_bgcolor": COLOURS["paper"].light,
        "xaxis": {
            "title": {"text": escape(across)},
            "range": [-FURTHEST - 0.3, FURTHEST + 0.3],
            "gridcolor": GRID,
            "zerolinecolor": INK,
        },
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "range": [-0.6, len(names) - 0.4],
            "gridcolor": GRID,
            "linecolor": FAINT,
        },
        "shapes": [
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": -within,
                "x1": within,
                "y0": 0,
                "y1": 1,
                "fillcolor": BAND,
                "line": {"width": 0},
                "layer": "below",
            }
        ],
    }
    return {"data": data, "layout": layout}


def _dots(told: Sequence[Check], label: str, is_fitted: bool) -> dict[str, Any]:
    middle = [_inside(one.middle) for one in told]
    colour = COLOURS["base" if is_fitted else "alternative"].light
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(label),
        "y": [escape(one.name) for one in told],
        "x": middle,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_inside(one.high) - x for one, x in zip(told, middle, strict=True)],
            "arrayminus": [x - _inside(one.low) for one, x in zip(told, middle, strict=True)],
            "color": colour,
            "thickness": 1.5,
        },
        "marker": {"symbol": "circle" if is_fitted else "square", "size": 8, "color": colour},
        "hovertemplate": "%{y}: %{x:.1f}<extra></extra>",
    }


def _inside(distance: float) -> float:
    return min(FURTHEST, max(-FURTHEST, distance))
