"""Figures: pure functions from the tidy tables of a pair of runs to Plotly figures.

A figure is a plain dictionary with `data` and `layout`, ready for JSON or for
`plotly.graph_objects.Figure`. Texts come in, so the same functions serve the pages, reports and the
documentation. `layout.meta` names the scenarios, the seed and the code; `layout.meta.narrow` holds
what a narrow screen needs instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.i18n import Texts
from dashboards.series import Kind, Line, Pair, Role, lines

Figure = dict[str, Any]

DRAWN: tuple[Role, ...] = ("comparable", "base", "alternative")
"""In order of drawing: a dashed alternative lets a base that is the same shine through."""

LEGEND_RANK: dict[Role, int] = {"base": 1, "alternative": 2, "comparable": 3}

# Told apart by dash and marker as well as by colour; the colours are safe for colour blindness
# (Okabe and Ito) and have a contrast of at least 3 to 1 on white.
LOOKS: dict[Role, dict[str, Any]] = {
    "base": {
        "line": {"color": "#0072B2", "width": 3, "dash": "solid"},
        "marker": {"symbol": "circle", "size": 6},
    },
    "alternative": {
        "line": {"color": "#C44E00", "width": 3, "dash": "6px,4px"},
        "marker": {"symbol": "square", "size": 6},
    },
    "comparable": {
        "line": {"color": "#5F5F5F", "width": 2, "dash": "2px,3px"},
        "marker": {"symbol": "diamond-open", "size": 5},
    },
}
INK, FAINT, GRID = "#1B2733", "#4A5763", "#DDE3E8"
FONT = "Roboto, 'Segoe UI', Arial, sans-serif"
TOP, BOTTOM, LEFT, RIGHT = 100, 34, 52, 14
NARROW_TOP = 122
GAP_X, GAP_Y = 56, 66
WIDE, NARROW = 620, 330
"""Widths in pixels for which the distances between panels are worked out."""

DIGITS = 5


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One figure: a panel per outcome, all in the same unit.

    `titles` is the prefix of the panel titles; a figure with one panel has none. `columns` counts
    panels beside each other on a wide screen, `height` is that of one panel in pixels. No axis ends
    below `least_top`, so that small numbers look small.
    """

    name: str
    outcomes: tuple[str, ...]
    kind: Kind
    decimals: int
    columns: int = 1
    narrow_columns: int = 1
    height: int = 200
    same_scale: bool = False
    least_top: float = 0.0


CONTRACTS = (
    "zero_hours",
    "bandwidth",
    "agency_a",
    "agency_b",
    "fixed",
    "permanent",
    "self_employed",
    "none",
)

SHEETS: tuple[Sheet, ...] = (
    Sheet(name="leaving_vo", outcomes=("vsv_vo_expected",), kind="percent", decimals=2),
    Sheet(name="leaving_mbo", outcomes=("vsv_mbo_expected",), kind="percent", decimals=1),
    Sheet(
        name="contracts",
        outcomes=tuple(f"contract_{contract}" for contract in CONTRACTS),
        kind="percent",
        decimals=0,
        columns=4,
        narrow_columns=2,
        height=130,
        least_top=20.0,
    ),
    Sheet(
        name="moves",
        outcomes=("forced_moves", "voluntary_moves"),
        kind="per_100",
        decimals=1,
        columns=2,
        same_scale=True,
    ),
    Sheet(
        name="language",
        outcomes=("language_at_4", "language_at_12"),
        kind="deviation",
        decimals=2,
        columns=2,
        same_scale=True,
    ),
)
SHEET = {sheet.name: sheet for sheet in SHEETS}

SCALE: dict[Kind, float] = {"percent": 100.0, "per_100": 100.0, "deviation": 1.0}
"""What a value of the table is multiplied by before it is drawn."""

SUFFIX: dict[Kind, str] = {"percent": "%", "per_100": "", "deviation": ""}


def figure(sheet: Sheet, pair: Pair, t: Texts) -> Figure:
    """Return a figure with the lines of all its outcomes."""
    panels = [lines(pair, outcome, DRAWN) for outcome in sheet.outcomes]
    layout = _layout(sheet, pair, t) | _axes(sheet, panels, WIDE, sheet.columns)
    narrow = _axes(sheet, panels, NARROW, sheet.narrow_columns) | {
        "margin": {"l": LEFT - 8, "r": RIGHT, "t": NARROW_TOP, "b": BOTTOM},
        "height": _height(sheet, sheet.narrow_columns) + NARROW_TOP - TOP,
        "annotations": _titles(sheet, t, NARROW, sheet.narrow_columns),
    }
    layout["annotations"] = _titles(sheet, t, WIDE, sheet.columns)
    layout["meta"] = _meta(sheet, pair) | {"narrow": narrow}
    return {"data": list(_traces(sheet, panels, pair, t)), "layout": layout}


def role_label(role: Role, pair: Pair, t: Texts) -> str:
    """Return what a line is called: its scenario, or the comparable Dutch families."""
    titles = {"base": pair.base_title, "alternative": pair.alternative_title}
    return t(f"figure.role.{role}", title=titles.get(role, ""))


def panel_title(outcome: str, t: Texts) -> str:
    """Return the short name of an outcome as it stands above its panel."""
    if outcome.startswith("contract_"):
        return t(f"enum.contract.{outcome.removeprefix('contract_')}")
    return t(f"outcome.{outcome}.label")


def _traces(
    sheet: Sheet, panels: Sequence[Sequence[Line]], pair: Pair, t: Texts
) -> Iterator[dict[str, Any]]:
    number = f"%{{y:.{sheet.decimals}f}}{SUFFIX[sheet.kind]}"
    for place, panel in enumerate(panels):
        for item in panel:
            label = role_label(item.role, pair, t)
            yield {
                "type": "scatter",
                "mode": "lines+markers",
                "name": label,
                "legendgroup": item.role,
                "legendrank": LEGEND_RANK[item.role],
                "showlegend": place == 0,
                "x": list(item.years),
                "y": [_rounded(value, sheet) for value in item.ratios],
                "xaxis": _axis("x", place),
                "yaxis": _axis("y", place),
                "hovertemplate": f"{number} {label}<extra></extra>",
                **LOOKS[item.role],
            }


def _rounded(value: float | None, sheet: Sheet) -> float | None:
    return None if value is None else round(value * SCALE[sheet.kind], DIGITS)


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
        "height": _height(sheet, sheet.columns),
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
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


def _height(sheet: Sheet, columns: int) -> int:
    rows = math.ceil(len(sheet.outcomes) / columns)
    return TOP + BOTTOM + rows * sheet.height + (rows - 1) * GAP_Y


def _axis(letter: str, place: int) -> str:
    return letter if place == 0 else f"{letter}{place + 1}"


def _cell(sheet: Sheet, place: int, width: int, columns: int) -> tuple[list[float], list[float]]:
    """Return where a panel lies (0 to 1 from left to right, and from bottom to top)."""
    rows = math.ceil(len(sheet.outcomes) / columns)
    row, column = divmod(place, columns)
    gap_x = GAP_X / (width - LEFT - RIGHT) if columns > 1 else 0.0
    gap_y = GAP_Y / (rows * sheet.height + (rows - 1) * GAP_Y)
    wide = (1 - gap_x * (columns - 1)) / columns
    high = (1 - gap_y * (rows - 1)) / rows
    left, bottom = column * (wide + gap_x), (rows - 1 - row) * (high + gap_y)
    return [round(left, 4), round(left + wide, 4)], [round(bottom, 4), round(bottom + high, 4)]


def _titles(sheet: Sheet, t: Texts, width: int, columns: int) -> list[dict[str, Any]]:
    if len(sheet.outcomes) == 1:
        return []
    cells = [_cell(sheet, place, width, columns) for place in range(len(sheet.outcomes))]
    return [
        {
            "text": f"<b>{panel_title(outcome, t)}</b>",
            "x": x[0],
            "y": y[1],
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "xshift": 12 - LEFT,
            "yshift": 10,
            "showarrow": False,
            "font": {"size": 13, "color": INK},
        }
        for outcome, (x, y) in zip(sheet.outcomes, cells, strict=True)
    ]


def _axes(
    sheet: Sheet, panels: Sequence[Sequence[Line]], width: int, columns: int
) -> dict[str, Any]:
    """Return the axes of all panels for a width in pixels."""
    everything = [item for panel in panels for item in panel]
    found: dict[str, Any] = {}
    room = (width - LEFT - RIGHT) / columns
    for place, panel in enumerate(panels):
        x, y = _cell(sheet, place, width, columns)
        span = _span(everything if sheet.same_scale else panel, sheet)
        found["xaxis" + _axis("", place)] = _x_axis(panel, place, x, room)
        found["yaxis" + _axis("", place)] = _y_axis(sheet, place, y, span)
    return found


def _x_axis(panel: Sequence[Line], place: int, domain: list[float], room: float) -> dict[str, Any]:
    years = panel[0].years if panel else ()
    every = max(1, math.ceil(len(years) * 62 / max(room, 1)))
    shown = list(years[::every])
    return {
        "type": "category",
        "domain": domain,
        "anchor": _axis("y", place),
        "tickvals": shown,
        "tickangle": 0,
        "tickfont": {"size": 11, "color": FAINT},
        "showgrid": False,
        "showline": True,
        "linecolor": FAINT,
        "ticks": "outside",
        "ticklen": 4,
        "fixedrange": True,
    }


def _y_axis(
    sheet: Sheet, place: int, domain: list[float], span: tuple[float, float, float]
) -> dict[str, Any]:
    low, high, step = span
    spare = -math.floor(math.log10(step)) if step < 1 else 0
    return {
        "domain": domain,
        "anchor": _axis("x", place),
        "range": [low, high],
        "dtick": step,
        "tick0": 0,
        "tickformat": f",.{spare}f",
        "ticksuffix": SUFFIX[sheet.kind],
        "tickfont": {"size": 11, "color": FAINT},
        "gridcolor": GRID,
        "zeroline": sheet.kind == "deviation",
        "zerolinecolor": INK,
        "zerolinewidth": 1,
        "fixedrange": True,
    }


def _span(items: Sequence[Line], sheet: Sheet) -> tuple[float, float, float]:
    """Return lowest and highest value of an axis, 0 within it, and the step between its lines."""
    scale = SCALE[sheet.kind]
    values = [value * scale for item in items for value in item.ratios if value is not None]
    low, high = min([0.0, *values]), max([sheet.least_top, *values])
    step = _step(high - low)
    top = math.ceil(high / step * 1.02) * step
    return math.floor(low / step) * step, top or step, step


def _step(distance: float) -> float:
    """Return a round step (1, 2 or 5 times a power of ten) that makes three to six lines."""
    rough = distance / 4 if distance > 0 else 0.25
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if rough <= factor * power)
