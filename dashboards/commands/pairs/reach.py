"""Whom a scenario reaches, in the terminal."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pyarrow import ArrowInvalid, parquet
from rich.table import Table

from dashboards.commands.comparing.naming import titles_of
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import progress, settings_of
from dashboards.commands.terminal import Terminal
from dashboards.exports.beside import Places, parquet_content, places
from dashboards.proof.lived import TABLE, proof_of_lives, tables
from dashboards.texts import Texts, texts
from dashboards.texts.reach_words import why
from model.outcomes.registry import COLUMNS
from scenarios.destinations import csv_with
from scenarios.pairs.reach import (
    CHILDREN,
    DIFFERENT,
    FAMILIES,
    PRACTICE,
    THROUGH_OTHERS,
    Exposure,
    exposure,
)

if TYPE_CHECKING:
    import pandas as pd

PARQUET = ".parquet"
_YEARLY = (FAMILIES, CHILDREN, THROUGH_OTHERS, DIFFERENT)


def reach(options: argparse.Namespace) -> int:
    """Print whom each lever of an alternative reaches, per year, and why some reach nobody."""
    place = _place(options.out, force=options.force) if options.out else None
    is_printed = place is not None and place.table.is_standard_output
    t = texts(options.language)
    base, alternative = loaded(
        [options.base, options.alternative], options.years, t, stderr=is_printed
    )
    settings = settings_of(options)
    with progress(options) as report:
        found = exposure(base, alternative, **settings, progress=report)
    console = Terminal(stderr=is_printed)
    names = titles_of((base, alternative), t)
    words = {"what": names[alternative.id], "base": names[base.id]}
    if not found.moved:
        console.print(t("pairs.reach.moves_nothing", **words))
    else:
        title = t("pairs.reach.title", who=t(f"terminal.who.{options.population}"), **words)
        console.print(_levers(found, options.population, title, t))
        console.print(_years(found, options.population, t))
    for name, reason in found.unreached.items():
        told = {"lever": t(f"lever.{name}.label"), "why": why(reason, t)}
        console.print(t("pairs.reach.nobody", **told))
    if found.newcomers is not None:
        counts = {name: t.number(n) for name, n in asdict(found.newcomers).items()}
        console.print(t("pairs.reach.newcomers", **counts))
    if place is not None:
        numbers = tables(found, ("table",))
        asked = {TABLE: "table"}
        proof = proof_of_lives("reach", (base, alternative), settings, asked, numbers)
        there = place.write(_content(found.table, options.out), COLUMNS, proof)
        n = t.number(len(found.table))
        console.print(t("pairs.reach.saved", place=str(there), n=n), soft_wrap=True)
    return 0


def _levers(found: Exposure, population: str, title: str, t: Texts) -> Table:
    names = ("lever", "years", "families", "children")
    made = table(title, *(t(f"pairs.reach.{name}") for name in names))
    for row in found.by_lever(population).to_dict("records"):
        made.add_row(
            t(f"lever.{row['lever']}.label"),
            str(row["years"]),
            t.percent(row["families"], 1),
            t.percent(row["children"], 1),
        )
    made.caption = t("pairs.reach.caption")
    made.caption_justify = "left"
    return made


def _years(found: Exposure, population: str, t: Texts) -> Table:
    rows = found.table[
        (found.table["dimension"] == "all") & (found.table["population"] == population)
    ]
    yearly = rows[rows["outcome"] != PRACTICE].pivot_table(
        index="school_year", columns="outcome", values="value"
    )
    columns = (t(f"pairs.reach.column.{name}") for name in _YEARLY)
    made = table(t("pairs.reach.yearly"), t("pairs.school_year"), *columns)
    for year, row in yearly.iterrows():
        made.add_row(str(year), *(t.percent(row[name], 1) for name in _YEARLY))
    return made


def _place(name: str, *, force: bool) -> Places:
    return places(name, _is_ours, ending=PARQUET if _is_parquet(name) else ".csv", force=force)


def _content(rows: pd.DataFrame, name: str) -> bytes:
    """Return the tidy rows as CSV, or as Parquet when the name ends so."""
    return parquet_content(rows) if _is_parquet(name) else rows.to_csv(index=False).encode()


def _is_parquet(name: str) -> bool:
    return name.endswith(PARQUET)


def _is_ours(path: Path) -> bool:
    """Whether a file holds rows of before: the same columns, in CSV or Parquet."""
    if not _is_parquet(path.name):
        return csv_with(COLUMNS)(path)
    try:
        return tuple(parquet.read_schema(path).names) == COLUMNS
    except ArrowInvalid:
        return False
