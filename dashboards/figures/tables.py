"""The numbers behind a figure: a table for people, and rows to download."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import product

from dashboards.figures.lines import role_label
from dashboards.figures.panels import panel_title
from dashboards.figures.registry import Sheet
from dashboards.figures.series import Line, Pair, Role, lines
from dashboards.texts import Texts
from dashboards.texts.numbers import level
from model.outcomes.registry import ACTUAL

SHOWN: tuple[Role, ...] = ("base", "alternative", "comparable")
ALL_ROLES: tuple[Role, ...] = (*SHOWN, "comparable_alternative")
HEADER = (
    "line",
    "scenario",
    "changes",
    "population",
    "school_year",
    "outcome",
    "layer",
    "value",
    "numerator",
    "denominator",
    "families",
    "seed",
    "code",
)
"""The first row of a download: the tidy table's names, and what is needed to run it again."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as shown: a caption, a heading per column, rows of text with the year first."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


def table(sheet: Sheet, pair: Pair, t: Texts) -> Table:
    """Return the numbers of a figure: a row per school year, a column per line."""
    drawn = [item for outcome in sheet.outcomes for item in lines(pair, outcome, SHOWN)]
    years = sorted({year for item in drawn for year in item.years})
    found = [(item.outcome, dict(zip(item.years, item.ratios, strict=True))) for item in drawn]
    return Table(
        caption=t(f"figure.{sheet.name}.caption"),
        columns=[t("figure.school_year"), *(_heading(sheet, item, pair, t) for item in drawn)],
        rows=[
            [year, *(level(outcome, values.get(year), t) for outcome, values in found)]
            for year in years
        ],
    )


def _heading(sheet: Sheet, item: Line, pair: Pair, t: Texts) -> str:
    label = role_label(item.role, pair, t)
    return label if len(sheet.outcomes) == 1 else f"{panel_title(item.outcome, t)}, {label}"


def download(sheet: Sheet, pair: Pair) -> str:
    """Return the numbers of a figure as comma-separated text, with points as decimal signs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for outcome, role in product(sheet.outcomes, ALL_ROLES):
        writer.writerows(_rows(pair, outcome, role))
    return out.getvalue()


def _rows(pair: Pair, outcome: str, role: Role) -> list[tuple[object, ...]]:
    on_base = role in {"base", "comparable"}
    scenario = pair.base_id if on_base else pair.alternative_id
    population = "eu11" if role in {"base", "alternative"} else "comparable"
    (item,) = lines(pair, outcome, (role,))
    return [
        (
            role,
            scenario,
            "" if on_base else pair.changes,
            population,
            year,
            outcome,
            ACTUAL,
            "" if value is None else f"{value:.6g}",
            "" if value is None else f"{numerator:.6g}",
            "" if value is None else f"{denominator:.6g}",
            pair.families,
            pair.seed,
            pair.code,
        )
        for year, value, numerator, denominator in zip(
            item.years, item.ratios, item.numerators, item.denominators, strict=True
        )
    ]
