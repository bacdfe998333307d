"""Where the panels of a figure lie and what their axes look like, for a width of the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dashboards.figures.registry import Sheet
from dashboards.figures.scales import step_of
from dashboards.figures.series import Line
from dashboards.figures.tokens import FAINT, GRID, INK
from dashboards.texts import Texts

BOTTOM, LEFT, RIGHT = 34, 52, 14
GAP_X, GAP_Y = 56, 66
WIDE, NARROW = 620, 330
"""Widths in pixels for which the distances between panels are worked out."""

YEAR_WIDTH = 62
"""Pixels that the name of a school year takes below an axis."""

Panels = Sequence[Sequence[Line]]


def arranged(
    sheet: Sheet, panels: Panels, t: Texts, width: int, columns: int, top: int
) -> dict[str, Any]:
    """Return what of the layout depends on the width of the screen."""
    rows = math.ceil(len(sheet.outcomes) / columns)
    return _axes(sheet, panels, width, columns) | {
        "margin": {"l": LEFT, "r": RIGHT, "t": top, "b": BOTTOM},
        "height": top + BOTTOM + rows * sheet.height + (rows - 1) * GAP_Y,
        "annotations": _titles(sheet, t, width, columns),
    }


def panel_title(outcome: str, t: Texts) -> str:
    """Return the short name of an outcome as it stands above its panel."""
    if outcome.startswith("contract_"):
        return t(f"enum.contract.{outcome.removeprefix('contract_')}")
    return t(f"outcome.{outcome}.label")


def axis_name(letter: str, place: int) -> str:
    """Return what Plotly calls the axis of a panel: x, x2, x3 and so on."""
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


def _axes(sheet: Sheet, panels: Panels, width: int, columns: int) -> dict[str, Any]:
    """Return the axes of all panels for a width in pixels."""
    everything = [item for panel in panels for item in panel]
    found: dict[str, Any] = {}
    room = (width - LEFT - RIGHT) / columns
    for place, panel in enumerate(panels):
        x, y = _cell(sheet, place, width, columns)
        span = _span(everything if sheet.same_scale else panel, sheet)
        found["xaxis" + axis_name("", place)] = _x_axis(panel, place, x, room)
        found["yaxis" + axis_name("", place)] = _y_axis(sheet, place, y, span)
    return found


def _x_axis(panel: Sequence[Line], place: int, domain: list[float], room: float) -> dict[str, Any]:
    years = panel[0].years if panel else ()
    every = max(1, math.ceil(len(years) * YEAR_WIDTH / max(room, 1)))
    shown = list(years[::every])
    return {
        "type": "category",
        "domain": domain,
        "anchor": axis_name("y", place),
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
        "anchor": axis_name("x", place),
        "range": [low, high],
        "dtick": step,
        "tick0": 0,
        "tickformat": f",.{spare}f",
        "ticksuffix": sheet.suffix,
        "tickfont": {"size": 11, "color": FAINT},
        "gridcolor": GRID,
        "zeroline": sheet.is_around_zero,
        "zerolinecolor": INK,
        "zerolinewidth": 1,
        "fixedrange": True,
    }


def _span(items: Sequence[Line], sheet: Sheet) -> tuple[float, float, float]:
    """Return lowest and highest value of an axis, 0 within it, and the step between its lines."""
    scale = sheet.measure.scale
    values = [value * scale for item in items for value in item.ratios if value is not None]
    low, high = min([0.0, *values]), max([sheet.least_top, *(value * 1.02 for value in values)])
    step = step_of(high - low)
    top = math.ceil(high / step) * step
    return math.floor(low / step) * step, top or step, step
