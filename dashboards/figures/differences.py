"""Figures of a report: differences with their intervals, where they come from, who is reached.

Pure functions from tables of `scenarios` to Plotly figures as plain dictionaries, like those of
`dashboards.figures.lines`. Shares are drawn in percentage points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboards.figures.tokens import FAINT, FONT, GRID, INK, LOOKS, Figure
from dashboards.texts import Texts
from dashboards.texts.numbers import unit_apart
from model.outcomes.registry import BY_OUTCOME
from scenarios.pairs.attribution import DIRECT, WHOLE
from scenarios.pairs.reach import CHILDREN, Exposure

if TYPE_CHECKING:
    import pandas as pd

TOP, BOTTOM, LEFT, RIGHT = 64, 40, 62, 16
HEIGHT, ROW = 300, 30
TICKS, FEW_TICKS = 8, 4
"""School years below an axis, and on a narrow screen."""
MOST_LEVERS = 4
"""Levers with a line of their own in the figure of reach; the table has all."""

COLOURS = ("#0072B2", "#C44E00", "#008060", "#8A4FB0")
DASHES = ("solid", "6px,4px", "2px,3px", "8px,3px,2px,3px")
GREY = "#7A8794"
BAND = "rgba(95, 95, 95, 0.22)"


def difference(found: pd.DataFrame, outcome: str, t: Texts) -> Figure:
    """Return the difference from the base per school year, with its interval of chance.

    `found` holds rows of `scenarios.statistics.overview` for one outcome and scenario, of
    everybody.
    """
    by = BY_OUTCOME[outcome].measure.scale
    data: list[dict[str, Any]] = []
    for population, look in (("comparable", "comparable"), ("eu11", "alternative")):
        rows = found[(found["population"] == population) & found["difference"].notna()]
        years, values = list(rows["school_year"]), _scaled(rows["difference"], by)
        if population == "eu11":
            data.append(_band(years, rows, by, t))
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": t(f"report.figure.{population}"),
                "x": years,
                "y": values,
                "hovertemplate": "%{y:.4~f}<extra></extra>",
                **LOOKS[look],
            }
        )
    unit = unit_apart(outcome, t)
    title = t("report.figure.difference", what=t(f"outcome.{outcome}.label"))
    axis = {"title": {"text": unit, "font": {"size": 11}}, "zeroline": True, "zerolinecolor": INK}
    return {"data": data, "layout": _layout(title, HEIGHT, t) | {"yaxis": _axis() | axis}}


def channels(parts: pd.DataFrame, outcome: str, population: str, t: Texts) -> Figure:
    """Return what each channel adds to a difference, as bars that add up to the whole.

    `parts` holds rows of `scenarios.pairs.attribution` for one outcome and population.
    """
    import pandas as pd

    by = BY_OUTCOME[outcome].measure.scale
    ways = parts[~parts["channel"].isin((DIRECT, WHOLE))]
    ways = ways.sort_values("effect", key=abs, ascending=False, kind="stable")
    rest = parts[parts["channel"].isin((DIRECT, WHOLE))]
    rows = pd.concat([ways, rest]).iloc[::-1]
    effects = _scaled(rows["effect"], by)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [t(f"report.channel.{name}") for name in rows["channel"]],
        "x": effects,
        "marker": {"color": [GREY if name == WHOLE else COLOURS[0] for name in rows["channel"]]},
        "error_x": {
            "type": "data",
            "symmetric": True,
            "array": [0.0 if v is None else v for v in _scaled(rows["high"] - rows["effect"], by)],
            "color": INK,
            "thickness": 1.6,
            "width": 4,
        },
        "hovertemplate": "%{x:.4~f}<extra></extra>",
        "showlegend": False,
    }
    what = f"{t(f'outcome.{outcome}.label')}, {t(f'report.figure.{population}')}"
    title = t("report.figure.channels", what=what)
    unit = unit_apart(outcome, t)
    layout = _layout(title, 32 + BOTTOM + ROW * len(rows), t) | {
        "margin": {"l": 190, "r": RIGHT, "t": 12, "b": BOTTOM + 16},
        "xaxis": _axis()
        | {"zeroline": True, "zerolinecolor": INK, "title": {"text": unit, "font": {"size": 11}}},
        "yaxis": {"tickfont": {"size": 12, "color": INK}, "fixedrange": True, "ticks": ""},
        "meta": {},
    }
    return {"data": [bars], "layout": layout}


def reach(found: Exposure, t: Texts) -> Figure:
    """Return the share of EU-11 children reached per school year, by lever and altogether."""
    rows = found.table[(found.table["population"] == "eu11") & (found.table["outcome"] == CHILDREN)]
    data = []
    for k, name in enumerate(("all", *_main_levers(rows))):
        mine = rows[rows["group"] == name]
        look = {"color": INK, "width": 3} if k == 0 else {"color": COLOURS[k - 1], "width": 2}
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": reached_label(name, t),
                "x": list(mine["school_year"]),
                "y": [round(100 * float(value), 2) for value in mine["value"]],
                "line": look | {"dash": DASHES[k % 4]},
                "marker": {"size": 5, "symbol": ("circle", "square", "diamond", "cross")[k % 4]},
                "hovertemplate": "%{y:.1f}%<extra></extra>",
            }
        )
    top = 20 + 22 * -(-len(data) // 2)
    axis = _axis() | {"ticksuffix": "%", "rangemode": "tozero"}
    layout = _layout(t("report.figure.reach"), HEIGHT + top - TOP, t)
    return {"data": data, "layout": layout | {"yaxis": axis, "margin": _margin(top)}}


def reached_label(name: str, t: Texts) -> str:
    """Return what a line of reach is called: a lever, or all of them."""
    return t("report.reach.any") if name == "all" else t(f"lever.{name}.label")


def _main_levers(rows: pd.DataFrame) -> list[str]:
    """Return the levers that reach most children over the years."""
    levers = rows[rows["dimension"] == "lever"]
    shares = levers.groupby("group", sort=False)["value"].mean()
    shares = shares[shares > 0].sort_values(ascending=False, kind="stable")
    return [str(name) for name in shares.index[:MOST_LEVERS]]


def _band(years: Sequence[str], rows: pd.DataFrame, by: float, t: Texts) -> dict[str, Any]:
    low, high = _scaled(rows["low"], by), _scaled(rows["high"], by)
    known = [k for k, value in enumerate(low) if value is not None]
    around = [*known, *reversed(known)]
    edges = [high[k] for k in known] + [low[k] for k in reversed(known)]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": t("report.figure.band"),
        "x": [years[k] for k in around],
        "y": edges,
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _scaled(values: pd.Series, by: float) -> list[float | None]:
    import pandas as pd

    return [None if pd.isna(value) else round(float(value) * by, 6) for value in values]


def _axis() -> dict[str, Any]:
    return {
        "gridcolor": GRID,
        "tickfont": {"size": 11, "color": FAINT},
        "fixedrange": True,
        "automargin": True,
    }


def _years(ticks: int) -> dict[str, Any]:
    return {
        "type": "category",
        # Plotly lays years out as lines bring them, and a line may lack the first: a small group.
        "categoryorder": "category ascending",
        "tickfont": {"size": 11, "color": FAINT},
        "showgrid": False,
        "fixedrange": True,
        "showline": True,
        "linecolor": FAINT,
        "nticks": ticks,
        "tickangle": 0,
    }


def _margin(top: int) -> dict[str, int]:
    return {"l": LEFT, "r": RIGHT, "t": top, "b": BOTTOM}


def _layout(title: str, height: int, t: Texts) -> dict[str, Any]:
    return {
        "template": None,
        "title": {
            "text": title,
            "x": 0,
            "xanchor": "left",
            "xref": "container",
        },
        "font": {"family": FONT, "size": 13, "color": INK},
        "separators": t.separators,
        "height": height,
        "margin": _margin(TOP),
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "hovermode": "x unified",
        "dragmode": False,
        "xaxis": _years(TICKS),
        "meta": {"narrow": {"xaxis": _years(FEW_TICKS)}},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 12},
        },
    }
