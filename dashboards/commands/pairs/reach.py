"""Whom a scenario reaches, in the terminal."""

from __future__ import annotations

import argparse
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pyarrow import ArrowInvalid, parquet
from rich.table import Table

from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import families_of, progress
from dashboards.commands.terminal import Terminal
from dashboards.texts import texts
from model.outcomes.registry import COLUMNS
from scenarios.destinations import Destination, csv_with, destination
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

_YEARLY = {
    FAMILIES: "families reached",
    CHILDREN: "children reached",
    THROUGH_OTHERS: "only through others",
    DIFFERENT: "another life than in the base",
}


def reach(options: argparse.Namespace) -> int:
    """Print whom each lever of an alternative reaches, per year, and why some reach nobody."""
    place = destination(options.out, _is_ours, force=options.force) if options.out else None
    is_printed = place is not None and place.is_standard_output
    base, alternative = loaded(
        [options.base, options.alternative], options.years, stderr=is_printed
    )
    with progress(options) as report:
        found = exposure(
            base,
            alternative,
            families=families_of(options.families),
            years=options.years,
            rng=options.seed,
            progress=report,
        )
    console = Terminal(stderr=is_printed)
    if not found.moved:
        console.print(f"{found.alternative} moves no lever against {found.base}.")
    else:
        console.print(_levers(found, options.population))
        console.print(_years(found, options.population))
    for name, why in found.unreached.items():
        console.print(f"{name} reached nobody: {why}")
    for note in found.notes:
        console.print(note)
    if place is not None:
        _save(found.table, place)
        console.print(f"Saved: {place}, {len(found.table):,} rows.", soft_wrap=True)
    return 0


def _levers(found: Exposure, population: str) -> Table:
    words = texts("en")
    made = table(
        f"{found.alternative} against {found.base}: whom each lever reaches ({population})",
        "lever",
        "label",
        "years",
        "families",
        "children",
    )
    for row in found.by_lever(population).to_dict("records"):
        made.add_row(
            str(row["lever"]),
            words(f"lever.{row['lever']}.label"),
            str(row["years"]),
            f"{row['families']:.1%}",
            f"{row['children']:.1%}",
        )
    made.caption = (
        "Share reached in a school year: the mean over all years of the run, also those before a"
        " lever."
    )
    return made


def _years(found: Exposure, population: str) -> Table:
    rows = found.table[
        (found.table["dimension"] == "all") & (found.table["population"] == population)
    ]
    yearly = rows[rows["outcome"] != PRACTICE].pivot_table(
        index="school_year", columns="outcome", values="value"
    )
    title = "All levers together: who is reached in that school year"
    made = table(title, "school year", *_YEARLY.values())
    for year, row in yearly.iterrows():
        made.add_row(str(year), *(f"{row[name]:.1%}" for name in _YEARLY))
    return made


def _save(rows: pd.DataFrame, place: Destination) -> None:
    """Write the tidy rows as CSV, or as Parquet when the name ends so. Raises StorageError."""
    if _is_parquet(place.name):
        content = BytesIO()
        rows.to_parquet(content, index=False)
        place.write(content.getvalue())
    else:
        place.write(rows.to_csv(index=False).encode())


def _is_parquet(name: str) -> bool:
    return name.endswith(".parquet")


def _is_ours(path: Path) -> bool:
    """Whether a file holds rows of before: the same columns, in CSV or Parquet."""
    if not _is_parquet(path.name):
        return csv_with(COLUMNS)(path)
    try:
        return tuple(parquet.read_schema(path).names) == COLUMNS
    except ArrowInvalid:
        return False
