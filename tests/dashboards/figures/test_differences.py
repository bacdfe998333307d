"""The difference by school year stands in the order of the years, whoever lacks one."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from matplotlib.figure import Figure

from dashboards.figures.differences import difference
from dashboards.report import still
from dashboards.texts import Texts

YEARS = ("2023/24", "2024/25", "2025/26")


def rows() -> pd.DataFrame:
    """Give differences of which the comparable ones, drawn first, are too few in the first year."""
    found = [
        {"population": population, "school_year": year, "difference": k * 0.01}
        for population, years in (("comparable", YEARS[1:]), ("eu11", YEARS))
        for k, year in enumerate(years)
    ]
    table = pd.DataFrame(found)
    return table.assign(low=table["difference"] - 0.01, high=table["difference"] + 0.01)


def test_years_stand_in_their_order_though_the_first_line_lacks_the_first(t: Texts) -> None:
    figure = difference(rows(), "vsv_vo_expected", t)
    brought = list(dict.fromkeys(year for line in figure["data"] for year in line["x"]))
    narrow = figure["layout"]["meta"]["narrow"]["xaxis"]

    assert brought != sorted(brought)  # as Plotly lays them out when nothing is said
    for axis in (figure["layout"]["xaxis"], narrow):
        assert (axis["type"], axis["categoryorder"]) == ("category", "category ascending")
    go.Figure(figure)


def test_a_picture_has_the_years_in_their_order_too(t: Texts) -> None:
    axes = Figure().add_subplot()
    still._draw(axes, rows(), "vsv_vo_expected", t)

    assert [label.get_text() for label in axes.get_xticklabels()] == list(YEARS)
    *_, comparable, eu11 = axes.get_lines()
    assert [np.asarray(line.get_xdata()).tolist() for line in (comparable, eu11)] == [
        [1, 2],
        [0, 1, 2],
    ]
