"""The picture of the benchmark, as SVG; the same numbers give the same file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.results import AIM_PHILOX, DREAM_PHILOX, Results

INK, QUIET, COLOUR = "#1d2733", "#8894a0", "#1f6f8b"


def draw(results: Results, path: Path) -> None:
    """Draw the ways of running (left) and the sizes (right) into an SVG file without a date."""
    style: dict[Any, Any] = {
        "svg.hashsalt": "veerkracht",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": QUIET,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(10, 3.6), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1.0))
        _ways(left, results)
        _sizes(right, results)
        figure.savefig(path, metadata={"Date": None})


def _ways(axes: Axes, results: Results) -> None:
    bars = [
        ("same steps, agent by agent", results.mesa_ns),
        ("compiled loop", results.by_agents.ns),
        ("floor: draws and rows only", results.by_agents.floor_ns),
    ]
    names, values = zip(*reversed(bars), strict=True)
    drawn = axes.barh(names, values, color=[QUIET, COLOUR, QUIET], height=0.6)
    axes.bar_label(drawn, [f"{value:,.0f} ns" for value in values], padding=4)
    axes.set_xscale("log")
    axes.set_xlim(10.0, max(values) * 10.0)
    axes.tick_params(axis="y", length=0)
    axes.set_title(
        f"One family-month, {results.by_agents.families:,} families", loc="left", size=11
    )
    axes.set_xlabel("nanoseconds, log scale")


def _sizes(axes: Axes, results: Results) -> None:
    families = [size.families for size in results.sizes]
    axes.plot(families, [size.ns for size in results.sizes], "o-", color=COLOUR)
    axes.plot(families, [size.floor_ns for size in results.sizes], "o-", color=QUIET)
    last = results.sizes[-1]
    for text, height in (("compiled", last.ns), ("floor", last.floor_ns)):
        axes.annotate(
            text, (last.families, height), (6, 0), textcoords="offset points", va="center"
        )
    aim, dream = (times * results.philox_ns for times in (AIM_PHILOX, DREAM_PHILOX))
    for height, text in ((aim, "aim"), (dream, "dream")):
        axes.axhline(height, color=QUIET, linewidth=0.8, linestyle=":")
        axes.annotate(text, (families[0], height), (0, 3), textcoords="offset points", size=9)
    axes.set_xscale("log")
    axes.set_xlim(right=last.families * 8)
    axes.set_ylim(0.0, 1.15 * max(aim, results.slowest_ns))
    axes.set_title("The compiled loop by number of families", loc="left", size=11)
    axes.set_xlabel("families at the start, log scale")
    axes.set_ylabel("nanoseconds")
