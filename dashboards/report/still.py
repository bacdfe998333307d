"""A difference as a picture to put in a text: SVG or PNG, drawn without a browser.

The same numbers, colours and signs as `dashboards.figures.differences.difference` has on a page.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

from dashboards.figures.tokens import LOOKS
from dashboards.texts import Texts
from dashboards.texts.numbers import unit_apart
from model.outcomes.registry import BY_OUTCOME

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 7.2, 4.0
"""Inches."""
DPI = 200
INK, FAINT, GRID = "#1B2733", "#4A5763", "#C9D2DA"
MARKERS = {"alternative": "s", "comparable": "D"}
DASHES = {"alternative": (0, (4, 2)), "comparable": (0, (1, 1.5))}
FEW = 10
"""School years from which on every second one is named."""

FIXED: dict[Any, Any] = {
    "svg.hashsalt": "veerkracht",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
}
"""What makes the same picture of the same numbers on every machine."""


def difference(
    rows: pd.DataFrame, outcome: str, subtitle: str, kind: Literal["svg", "png"], t: Texts
) -> bytes:
    """Return the difference from the base per school year as the bytes of a picture.

    `rows` are those of `scenarios.statistics.overview` for one outcome and scenario, of everybody;
    `subtitle` says what is held against what.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(FIXED):
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        _draw(axes, rows, outcome, t)
        looks = {"fontsize": 8, "frameon": False, "labelcolor": INK, "ncols": 3}
        figure.legend(loc="outside lower left", **looks)
        # Of the axes, for the legend would lie over a label of the figure.
        axes.set_xlabel(t("figure.no_forecast"), loc="left", fontsize=7.5, color=FAINT)
        title = t("report.figure.difference", what=t(f"outcome.{outcome}.label"))
        figure.suptitle(title, x=0.02, ha="left", fontsize=11, fontweight="bold", color=INK)
        axes.set_title(subtitle, loc="left", fontsize=8.5, color=FAINT)
        file = io.BytesIO()
        about = {"Date": None, "Creator": "veerkracht"} if kind == "svg" else {}
        figure.savefig(file, format=kind, dpi=DPI, metadata=about)
    return file.getvalue()


def _draw(axes: Axes, rows: pd.DataFrame, outcome: str, t: Texts) -> None:
    by = BY_OUTCOME[outcome].measure.scale
    years = sorted(set(map(str, rows["school_year"])))
    places = {year: k for k, year in enumerate(years)}
    axes.axhline(0, color=INK, linewidth=0.8)
    for population, look in (("comparable", "comparable"), ("eu11", "alternative")):
        mine = rows[(rows["population"] == population) & rows["difference"].notna()]
        x = [places[str(year)] for year in mine["school_year"]]
        colour = LOOKS[look]["line"]["color"]
        if population == "eu11":
            low, high = (by * mine[end].astype(float) for end in ("low", "high"))
            told = t("report.figure.band")
            axes.fill_between(x, low, high, color="#5F5F5F", alpha=0.22, linewidth=0, label=told)
        axes.plot(
            x,
            by * mine["difference"].astype(float),
            color=colour,
            linestyle=DASHES[look],
            marker=MARKERS[look],
            markersize=4,
            label=t(f"report.figure.{population}"),
        )
    step = 2 if len(years) > FEW else 1
    axes.set_xticks(range(0, len(years), step), years[::step], rotation=30, ha="right")
    axes.set_ylabel(unit_apart(outcome, t), fontsize=9, color=INK)
    axes.grid(visible=True, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8, colors=FAINT, length=0)
    axes.spines[:].set_visible(False)
    axes.yaxis.set_major_formatter(
        lambda value, _: t.number(float(f"{value:.6g}"), _decimals(axes))
    )


def _decimals(axes: Axes) -> int:
    """Return the decimals that tell the ticks of the vertical axis apart."""
    ticks = axes.get_yticks()
    step = abs(float(ticks[1] - ticks[0])) if len(ticks) > 1 else 1.0
    decimals = 0
    while round(step, decimals) != round(step, 6) and decimals < 6:  # noqa: PLR2004 - enough
        decimals += 1
    return decimals
