"""Cohorts in the terminal: children born, or arrived, in one school year, under two policies."""

from __future__ import annotations

import argparse
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import NOTE, families_of, progress
from dashboards.commands.terminal import Terminal
from dashboards.texts import texts
from dashboards.texts.numbers import MISSING, differences, level
from model.errors import InputError
from model.outcomes.registry import MINIMUM_CELL
from scenarios.destinations import STANDARD_OUTPUT, Destination, csv_with, destination
from scenarios.disclosure.rules import MARK
from scenarios.pairs.cohorts import BIRTHDAYS, COHORT_COLUMNS, SPLIT_COLUMNS
from scenarios.pairs.cohorts import cohorts as followed

if TYPE_CHECKING:
    import pandas as pd

LIKE = "vsv_mbo_expected"
"""The outcome that has the unit and digits of these shares."""

FILES = {"table": ("cohorts", COHORT_COLUMNS), "split": ("split", SPLIT_COLUMNS)}
"""The tables that are written: the name of the file, and its columns."""

IN_ONE = {"birth": "born in", "arrival": "arrived in"}
DIFFERENCE = "difference (95%)"
SMALL = "small group"
TOO_SHORT = "no cohort was seen at every age from 13 on. A run of more --years follows them longer."
EXPLAINED = (
    "Base and policy: the expected share that has left school without a startkwalificatie at the"
    " last count of 1 October before this birthday, of children who stay in the country."
    " Difference: in percentage points; 95%: what chance leaves possible."
    " Abroad: children who left the country before this birthday, under base and policy; they count"
    " as long as they were here."
    " *: the run ends before some children have this birthday."
    f" Small group: fewer than {MINIMUM_CELL} children."
)
SPLIT = (
    "The rate of a school year is that of whoever is counted in it. Same children: the difference"
    " for those counted under both policies. Who is counted: the rest, because other children are."
)


def cohorts(options: argparse.Namespace) -> int:
    """Print each cohort under two policies, and the yearly difference split in two."""
    if options.by == "arrival" and options.population != "eu11":
        message = (
            f"--population {options.population}: these families did not come from abroad, so they"
            " have no cohorts of arrival. Leave it out, or ask --by birth."
        )
        raise InputError(message)
    places = _places(options)
    base, alternative = loaded([options.base, options.alternative], options.years)
    with progress(options) as report:
        found = followed(
            base,
            alternative,
            by=options.by,
            families=families_of(options.families),
            years=options.years,
            rng=options.seed,
            replicates=options.replicates,
            progress=report,
        )
    console = Terminal()
    who = texts("en")(f"terminal.who.{options.population}")
    console.print(f"{found.alternative} against {found.base}, {who} children")
    for birthday in BIRTHDAYS:
        rows = _rows(found.table, options.population, birthday)
        if rows:
            console.print(_cohorts(rows, found.by, birthday))
        else:
            console.print(f"{_left_by(birthday)}: {TOO_SHORT}")
    console.print(EXPLAINED)
    console.print(_split(found.split))
    console.print(SPLIT)
    if found.replicates == 1:
        console.print(texts("en")("terminal.add_replicates"))
    console.print(NOTE)
    for name, place in places.items():
        place.write(getattr(found, name).to_csv(index=False).encode())
        console.print(f"Written: {place}", soft_wrap=True)
    return 0


def _places(options: argparse.Namespace) -> dict[str, Destination]:
    """Return where the tables go that are asked. Raises InputError."""
    if not options.csv:
        return {}
    if options.csv in STANDARD_OUTPUT:
        message = f"--csv {options.csv} is not possible: there are two files. Give a folder."
        raise InputError(message)
    folder = Path(options.csv).expanduser()
    return {
        name: destination(folder / f"{file}.csv", csv_with(columns), force=options.force)
        for name, (file, columns) in FILES.items()
    }


def _rows(found: pd.DataFrame, population: str, birthday: int) -> list[dict[Hashable, Any]]:
    """Return the cohorts that were followed to a birthday."""
    chosen = found[(found["population"] == population) & (found["birthday"] == birthday)]
    return chosen[chosen["every_age"]].to_dict("records")


def _left_by(birthday: int) -> str:
    return f"Left school before the birthday of {birthday}"


def _cohorts(rows: list[dict[Hashable, Any]], by: str, birthday: int) -> Table:
    t = texts("en")
    made = table(_left_by(birthday), IN_ONE[by], "base", "policy", DIFFERENCE, "children", "abroad")
    for row in rows:
        if row["mark"] == MARK:
            made.add_row(str(row["cohort"]), SMALL)
            continue
        gone = (level(LIKE, row[name], t) for name in ("abroad_base", "abroad"))
        made.add_row(
            f"{row['cohort']}{' *' if row['not_yet'] > 0 else ''}",
            level(LIKE, row["level_base"], t),
            level(LIKE, row["level"], t),
            _interval(row["difference"], row["low"], row["high"]),
            t.number(row["children"]),
            " → ".join(gone),
        )
    return made


def _split(rows: pd.DataFrame) -> Table:
    t = texts("en")
    made = table(
        "The EU-11 rate of a school year (vo and mbo together), and its difference in two parts",
        *("school year", "base", "policy", "same children (95%)", "who is counted (95%)"),
    )
    for row in rows.to_dict("records"):
        if row["mark"] == MARK:
            made.add_row(str(row["school_year"]), SMALL)
            continue
        made.add_row(
            str(row["school_year"]),
            level(LIKE, row["rate_base"], t),
            level(LIKE, row["rate_alternative"], t),
            _interval(row["same_children"], row["same_low"], row["same_high"]),
            _interval(row["who_is_counted"], row["who_low"], row["who_high"]),
        )
    return made


def _interval(*values: float) -> str:
    """Return a difference of shares with its interval, where chance is known."""
    difference, low, high = differences(LIKE, texts("en"), *values)
    return difference if low == MISSING else f"{difference} ({low} to {high})"
