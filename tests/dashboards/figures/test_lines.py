"""Figures, tables and downloads show the numbers of the tidy table, readable without colour."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboards.figures import lines as figures
from dashboards.figures import tables
from dashboards.figures.lines import DRAWN
from dashboards.figures.registry import SHEETS, Sheet
from dashboards.figures.series import Pair, line
from dashboards.figures.tokens import LOOKS
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import MISSING
from model.outcomes.registry import MINIMUM_CELL

MakePair = Callable[..., Pair]
sheets = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


@sheets
def test_plotly_accepts_every_figure(sheet: Sheet, t: Texts, make_pair: MakePair) -> None:
    made = figures.figure(sheet, make_pair(), t)
    drawn = go.Figure(made)

    assert len(drawn.data) == len(DRAWN) * len(sheet.outcomes)
    assert json.loads(json.dumps(made)) == made


@sheets
def test_a_narrow_screen_gets_a_layout_that_plotly_accepts(
    sheet: Sheet, t: Texts, make_pair: MakePair
) -> None:
    made = figures.figure(sheet, make_pair(), t)

    assert go.Figure(made).update_layout(made["layout"]["meta"]["narrow"]).layout.height > 0


def test_a_title_is_text_in_the_legend_and_never_markup(t: Texts, make_pair: MakePair) -> None:
    made = figures.figure(SHEETS[0], replace(make_pair(), base_title="<b>Vet</b> < 14 & $5"), t)

    names = {trace["name"] for trace in made["data"]}
    assert any("&lt;b&gt;Vet&lt;/b&gt; &lt; 14 &amp; $5" in name for name in names)


def test_lines_are_told_apart_without_colour() -> None:
    dashes = {look["line"]["dash"] for look in LOOKS.values()}
    markers = {look["marker"]["symbol"] for look in LOOKS.values()}

    assert len(dashes) == len(markers) == len(LOOKS)


def contrast_with_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_lines_stand_out_on_white() -> None:
    assert all(contrast_with_white(look["line"]["color"]) >= 3 for look in LOOKS.values())


@pytest.mark.parametrize(("language", "separators"), [("nl", ",."), ("en", ".,")])
def test_numbers_in_a_figure_follow_the_language(
    language: str, separators: str, make_pair: MakePair
) -> None:
    layout = figures.figure(SHEETS[0], make_pair(), texts(language))["layout"]

    assert layout["separators"] == separators


@sheets
def test_a_figure_names_what_it_was_made_of(sheet: Sheet, t: Texts, make_pair: MakePair) -> None:
    meta = figures.figure(sheet, make_pair(), t)["layout"]["meta"]

    assert {name: meta[name] for name in ("base", "alternative", "seed", "code", "key")} == {
        "base": "s01_reference",
        "alternative": "s02_bandwidth",
        "seed": 1,
        "code": "c",
        "key": "k",
    }


def test_a_year_in_which_nobody_was_counted_is_a_gap(make_pair: MakePair, t: Texts) -> None:
    pair = make_pair()
    pair.base.loc[pair.base["school_year"] == "2024/25", "denominator"] = 0.0
    made = figures.figure(SHEETS[0], pair, t)
    base = next(trace for trace in made["data"] if trace["legendgroup"] == "base")

    assert base["y"][1] is None
    assert tables.table(SHEETS[0], pair, t).rows[1][1] == MISSING


def test_a_year_in_which_few_were_counted_is_neither_shown_nor_saved(
    make_pair: MakePair, t: Texts
) -> None:
    pair = make_pair()
    pair.base.loc[pair.base["school_year"] == "2024/25", "denominator"] = MINIMUM_CELL - 1.0
    rows = [row.split(",") for row in tables.download(SHEETS[0], pair).splitlines()]
    saved = next(row for row in rows if row[0] == "base" and row[4] == "2024/25")

    assert tables.table(SHEETS[0], pair, t).rows[1][1] == MISSING
    assert saved[7:10] == ["", "", ""]


def test_replicates_are_taken_together(make_pair: MakePair) -> None:
    pair = make_pair()
    second = pair.base.assign(replicate=1, numerator=pair.base["numerator"] * 3)
    both = replace(pair, base=pd.concat([pair.base, second]))

    assert line(both, "forced_moves", "base").ratios[0] == pytest.approx(0.09 * 2)


@sheets
def test_every_value_lies_within_its_axis(sheet: Sheet, t: Texts, make_pair: MakePair) -> None:
    made = figures.figure(sheet, make_pair(factor=1.7), t)
    for trace in made["data"]:
        axis = made["layout"]["yaxis" + trace["yaxis"].removeprefix("y")]
        low, high = axis["range"]
        assert low <= 0 <= high
        assert all(low <= value <= high for value in trace["y"] if value is not None)


def test_leaving_is_drawn_for_every_year_that_has_been_counted(
    t: Texts, make_pair: MakePair
) -> None:
    made = figures.figure(SHEETS[0], make_pair(years=5), t)

    assert made["data"][0]["x"] == ["2023/24", "2024/25", "2025/26", "2026/27"]


def test_the_comparable_dutch_are_those_of_the_base(make_pair: MakePair) -> None:
    pair = make_pair()
    pair.alternative.loc[pair.alternative["population"] == "comparable", "numerator"] = 0.0

    assert line(pair, "forced_moves", "comparable").ratios[0] == pytest.approx(0.045)
    assert line(pair, "forced_moves", "comparable_alternative").ratios[0] == 0.0


@sheets
def test_the_table_has_the_numbers_of_the_figure(
    sheet: Sheet, t: Texts, make_pair: MakePair
) -> None:
    table = tables.table(sheet, make_pair(), t)

    assert len(table.columns) == 1 + 3 * len(sheet.outcomes)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.rows[0][0] == "2023/24"


@sheets
def test_the_download_holds_both_scenarios_and_both_populations(
    sheet: Sheet, make_pair: MakePair
) -> None:
    text = tables.download(sheet, make_pair(changes="housing_decoupled=0.5"))
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {(row["scenario"], row["population"]) for row in rows} == {
        (scenario, population)
        for scenario in ("s01_reference", "s02_bandwidth")
        for population in ("eu11", "comparable")
    }
    assert {row["changes"] for row in rows if row["scenario"] == "s02_bandwidth"} == {
        "housing_decoupled=0.5"
    }
    for row in rows:
        share = float(row["numerator"]) / float(row["denominator"])
        assert float(row["value"]) == pytest.approx(share, abs=1e-5)
