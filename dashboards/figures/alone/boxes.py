"""Worlds as dots: what a policy does beside a number of the world, and where it fails to help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from dashboards.figures.tokens import COLOURS, FAINT, FONT, GRID, INK, Figure

HEIGHT, TOP, BOTTOM, LEFT, RIGHT, GAP = 460, 110, 70, 80, 20, 0.03
"""Sizes in pixels; the gap between panels is a part of the width."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands in the figure: its title, the unit of the effect, what dots and shade are."""

    title: str
    effect: str
    helps: str
    fails: str
    inside: str


def boxes(
    worlds: Mapping[str, np.ndarray],
    effects: np.ndarray,
    fails: np.ndarray,
    limits: Mapping[str, tuple[float, float]],
    least: float,
    words: Words,
) -> Figure:
    """Return a panel for each number of `worlds`: its values across, the effects (worlds,) up.

    Worlds that fail are other dots than those that do not; between its `limits` a panel is shaded,
    and a line marks the least effect that helps.
    """
    names = list(worlds)
    width = (1.0 - GAP * (len(names) - 1)) / len(names)
    layout: dict[str, Any] = {
        "title": {"text": escape(words.title), "x": 0, "xanchor": "left", "font": {"size": 16}},
        "font": {"family": FONT, "color": INK},
        "height": HEIGHT,
        "margin": {"t": TOP, "b": BOTTOM, "l": LEFT, "r": RIGHT},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "paper_bgcolor": COLOURS["paper"].light,
        "plot_bgcolor": COLOURS["paper"].light,
        "hovermode": "closest",
        "shapes": [],
    }
    data: list[dict[str, Any]] = []
    for k, name in enumerate(names):
        axis = "" if k == 0 else str(k + 1)
        start = k * (width + GAP)
        layout[f"xaxis{axis}"] = {
            "domain": [start, start + width],
            "title": {"text": escape(name), "font": {"size": 13}},
            "gridcolor": GRID,
            "linecolor": FAINT,
        }
        layout[f"yaxis{axis}"] = {
            "anchor": f"x{axis}",
            "gridcolor": GRID,
            "zerolinecolor": FAINT,
            "showticklabels": k == 0,
            **({"title": {"text": escape(words.effect)}} if k == 0 else {"matches": "y"}),
        }
        layout["shapes"] += _marks(axis, worlds[name], limits.get(name), least)
        for is_fail, label in ((False, words.helps), (True, words.fails)):
            chosen = fails == is_fail
            data.append(_dots(worlds[name][chosen], effects[chosen], axis, label, is_fail, k == 0))
    if any(name in limits for name in names):
        data.append(
            {
                "type": "scatter",
                "x": [None],
                "y": [None],
                "mode": "markers",
                "name": escape(words.inside),
                "marker": {"symbol": "square", "size": 14, "color": SHADE},
            }
        )
    return {"data": data, "layout": layout}


SHADE = "#F6E3B4"
"""Between the limits of a box; told by its edge too."""


def _dots(
    x: Sequence[float] | np.ndarray,
    y: Sequence[float] | np.ndarray,
    axis: str,
    label: str,
    is_fail: bool,
    is_named: bool,
) -> dict[str, Any]:
    colour = COLOURS["alternative" if is_fail else "base"].light
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(one) for one in x],
        "y": [float(one) for one in y],
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "name": escape(label),
        "legendgroup": label,
        "showlegend": is_named,
        "marker": {
            "symbol": "x" if is_fail else "circle",
            "size": 6,
            "color": colour,
            "opacity": 0.7,
        },
        "hovertemplate": "%{x:.4g}: %{y:.3g}<extra></extra>",
    }


def _marks(
    axis: str, values: np.ndarray, ends: tuple[float, float] | None, least: float
) -> list[dict[str, Any]]:
    line = {
        "type": "line",
        "xref": f"x{axis} domain",
        "yref": f"y{axis}",
        "x0": 0,
        "x1": 1,
        "y0": least,
        "y1": least,
        "line": {"color": INK, "width": 1, "dash": "dash"},
    }
    if ends is None:
        return [line]
    low, high = max(ends[0], float(values.min())), min(ends[1], float(values.max()))
    box = {
        "type": "rect",
        "xref": f"x{axis}",
        "yref": f"y{axis} domain",
        "x0": low,
        "x1": high,
        "y0": 0,
        "y1": 1,
        "fillcolor": SHADE,
        "line": {"color": FAINT, "width": 1, "dash": "dot"},
        "layer": "below",
    }
    return [box, line]
