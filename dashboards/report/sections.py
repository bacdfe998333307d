"""The figures of a report, each with what it means and its numbers, to read and to download."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from dashboards.figures import differences as figures_differences
from dashboards.figures import lines as figures
from dashboards.figures import tables
from dashboards.figures.differences import reached_label
from dashboards.figures.registry import SHEETS
from dashboards.figures.series import Pair, not_shown
from dashboards.report.words import ANSWERED, Grid, digest_of, held, title_of
from dashboards.texts import Texts, numbers
from model.policy.scenario import Scenario
from scenarios.pairs.reach import CHILDREN, DIFFERENT, THROUGH_OTHERS, exposure
from scenarios.runs.run import Ensemble
from scenarios.statistics.overview import hidden_cells, overview
from scenarios.statistics.ratio_estimates import LEDGER


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One figure of a report: its JSON, what it means, its numbers to read and to download."""

    figure: str
    title: str
    meaning: str
    grid: Grid
    numbers: str

    @property
    def csv(self) -> str:
        """The numbers as an address, to download without a server."""
        return "data:text/csv;base64," + base64.b64encode(self.numbers.encode()).decode()


def meta_of(run: Ensemble, base: Scenario, other: Scenario) -> dict[str, Any]:
    """Return what every figure carries, so that it can be made again."""
    about, settings = run.about, run.about["settings"]
    records = {record["id"]: digest_of(record) for record in about["scenarios"]}
    return {
        "program": "veerkracht",
        "scenarios": {one.id: records[one.id] for one in (base, other)},
        "seed": settings["seed"],
        "seeds": about["seeds"],
        "families": settings["families"] or "all",
        "years": settings["years"],
        "replicates": len(run.replicates),
        "draws": settings["draws"],
        "code": about["code_digest"],
        "data": run.digest,
    }


def differences(run: Ensemble, other: Scenario, meta: dict[str, Any], t: Texts) -> list[Drawn]:
    """Return the difference from the base per school year, for each outcome of the answer."""
    if not held(run, ANSWERED):
        return []
    found = overview(run, outcome=held(run, ANSWERED), dimension="all")
    drawn = []
    for outcome in held(run, ANSWERED):
        rows = found[(found["outcome"] == outcome) & (found["scenario"] == other.id)]
        columns = ("population", "school_year", "difference", "low", "high", "p_sign")
        told = [
            (
                t(f"report.figure.{row['population']}"),
                str(row["school_year"]),
                *numbers.differences(outcome, t, *(float(row[c]) for c in columns[2:5])),
            )
            for row in rows.to_dict("records")
        ]
        columns_told = ("", t("report.figure.year"), *headings(outcome, t))
        drawn.append(
            drawn_as(
                figures_differences.difference(rows, outcome, t),
                meta | {"figure": "difference", "outcome": outcome},
                t("report.figure.difference_meaning"),
                Grid(caption="", columns=columns_told, rows=told),
                rows[["scenario", "outcome", *columns]].to_csv(index=False),
            )
        )
    return drawn


def levels(
    run: Ensemble, base: Scenario, other: Scenario, meta: dict[str, Any], t: Texts
) -> list[Drawn]:
    """Return the levels of both scenarios per school year, as the pages draw them."""
    sheets = [sheet for sheet in SHEETS if set(sheet.outcomes) <= set(run.outcomes)]
    outcomes = [outcome for sheet in sheets for outcome in sheet.outcomes]
    table = run.table(outcome=outcomes, dimension="all", draw=LEDGER)
    settings = run.about["settings"]
    pair = Pair(
        base=table[table["scenario"] == base.id],
        alternative=table[table["scenario"] == other.id],
        base_title=title_of(base, t),
        alternative_title=title_of(other, t),
        base_id=base.id,
        alternative_id=other.id,
        changes="",
        families=str(settings["families"] or "all"),
        years=settings["years"],
        seed=settings["seed"],
        key=run.digest,
        code=run.about["code_digest"],
        gone=not_shown(hidden_cells(run.stored)),
    )
    drawn = []
    for sheet in sheets:
        shown = tables.table(sheet, pair, t)
        grid = Grid(caption=shown.caption, columns=shown.columns, rows=shown.rows)
        figure = figures.figure(sheet, pair, t)
        meaning = t(f"figure.{sheet.name}.meaning")
        drawn.append(drawn_as(figure, meta, meaning, grid, tables.download(sheet, pair)))
    return drawn


def reached(
    run: Ensemble,
    base: Scenario,
    other: Scenario,
    families: int,
    meta: dict[str, Any],
    t: Texts,
) -> tuple[list[Drawn], str]:
    """Return who is reached as figure and sentence; nothing when it is not to be looked at."""
    if families == 0:
        return [], ""
    settings = run.about["settings"]
    size = min(families, settings["families"] or families)
    found = exposure(base, other, families=size, years=settings["years"], rng=settings["seed"])
    rows = found.table[found.table["population"] == "eu11"]
    year = str(rows["school_year"].max())
    last = rows[(rows["school_year"] == year) & (rows["dimension"] == "all")]
    share = dict(zip(last["outcome"], last["value"], strict=True))
    told = {
        "any": t.percent(share[CHILDREN]),
        "changed": t.percent(share[DIFFERENT]),
        "others": t.percent(share[THROUGH_OTHERS]),
    }
    text = t("report.reach.text", year=year, **told)
    text += " " + t("report.reach.size", families=t.number(size))
    children = rows[(rows["outcome"] == CHILDREN) & rows["dimension"].isin(("all", "lever"))]
    shown = children.pivot_table(index="school_year", columns="group", values="value")
    order = [name for name in dict.fromkeys(map(str, children["group"])) if shown[name].any()]
    grid = Grid(
        caption=t("report.figure.reach"),
        columns=[t("report.figure.year"), *(reached_label(name, t) for name in order)],
        rows=[
            (str(one), *(t.percent(row[name], 1) for name in order))
            for one, row in shown.iterrows()
        ],
    )
    more = {"figure": "reach", "families": size, "replicates": 1}
    figure = figures_differences.reach(found, t)
    meaning = t("report.figure.reach_meaning")
    return [drawn_as(figure, meta | more, meaning, grid, found.table.to_csv(index=False))], text


def headings(outcome: str, t: Texts) -> tuple[str, str, str]:
    """Return headings for a difference and the ends of its interval."""
    name = f"{t('report.figure.apart')} ({numbers.unit_apart(outcome, t)})"
    return name, t("report.figure.low"), t("report.figure.high")


def drawn_as(
    figure: dict[str, Any], meta: dict[str, Any], meaning: str, grid: Grid, csv: str
) -> Drawn:
    """Return a figure with its meaning and its numbers; `meta` goes into it."""
    layout = figure["layout"]
    layout = layout | {"meta": layout.get("meta", {}) | meta}
    plain = json.dumps(
        {"data": figure["data"], "layout": layout}, ensure_ascii=False, allow_nan=False
    )
    return Drawn(
        # A closing tag inside a script would end it.
        figure=plain.replace("</", "<\\/"),
        title=str(layout["title"]["text"]),
        meaning=meaning,
        grid=grid,
        numbers=csv,
    )
