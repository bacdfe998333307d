"""Cohorts in the terminal: children born, or arrived, in one school year, under two policies."""

from __future__ import annotations

import argparse
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from dashboards.commands.comparing.naming import titles_of
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import progress, settings_of
from dashboards.commands.terminal import Terminal
from dashboards.exports.beside import Places, places
from dashboards.proof.lived import TABLE, proof_of_lives, tables
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import interval, level
from model.errors import InputError
from model.outcomes.registry import MINIMUM_CELL
from scenarios.destinations import STANDARD_OUTPUT, csv_with
from scenarios.disclosure.rules import MARK
from scenarios.pairs.cohorts import BIRTHDAYS, COHORT_COLUMNS, SPLIT_COLUMNS
from scenarios.pairs.cohorts import cohorts as followed

if TYPE_CHECKING:
    import pandas as pd

LIKE = "vsv_mbo_expected"
"""The outcome that has the unit and digits of these shares."""

FILES = {"table": ("cohorts", COHORT_COLUMNS), "split": ("split", SPLIT_COLUMNS)}
"""The tables that are written: the name of the file, and its columns."""

IN_ONE = {"birth": "born_in", "arrival": "arrived_in"}


def cohorts(options: argparse.Namespace) -> int:
    """Print each cohort under two policies, and the yearly difference split in two."""
    if options.by == "arrival" and options.population != "eu11":
        message = (
            f"--population {options.population}: these families did not come from abroad, so they"
            " have no cohorts of arrival. Leave it out, or ask --by birth."
        )
        raise InputError(message)
    wanted = _places(options)
    t = texts(options.language)
    base, alternative = loaded([options.base, options.alternative], options.years, t)
    settings = settings_of(options)
    with progress(options) as report:
        found = followed(base, alternative, by=options.by, **settings, progress=report)
    console = Terminal()
    names, who = titles_of((base, alternative), t), t(f"terminal.who.{options.population}")
    words = {"what": names[alternative.id], "base": names[base.id]}
    console.print(t("pairs.against", who=who, **words))
    for birthday in BIRTHDAYS:
        rows = _rows(found.table, options.population, birthday)
        if rows:
            console.print(_cohorts(rows, found.by, birthday, t))
        else:
            console.print(f"{_left_by(birthday, t)}: {t('pairs.cohorts.too_short')}")
    console.print(t("pairs.cohorts.explained", least=str(MINIMUM_CELL)))
    console.print(_split(found.split, t))
    console.print(t("pairs.cohorts.split_explained"))
    if found.replicates == 1:
        console.print(t("terminal.add_replicates"))
    console.print(t("terminal.no_forecast"))
    for name, place in wanted.items():
        asked = {"by": options.by, TABLE: name}
        numbers = tables(found, (name,))
        proof = proof_of_lives("cohorts", (base, alternative), settings, asked, numbers)
        content = getattr(found, name).to_csv(index=False).encode()
        there = place.write(content, FILES[name][1], proof)
        console.print(t("pairs.written", place=str(there)), soft_wrap=True)
    return 0


def _places(options: argparse.Namespace) -> dict[str, Places]:
    """Return where the tables go that are asked. Raises InputError."""
    if not options.csv:
        return {}
    if options.csv in STANDARD_OUTPUT:
        message = f"--csv {options.csv} is not possible: there are two files. Give a folder."
        raise InputError(message)
    folder = Path(options.csv).expanduser()
    return {
        name: places(folder / f"{file}.csv", csv_with(columns), force=options.force)
        for name, (file, columns) in FILES.items()
    }


def _rows(found: pd.DataFrame, population: str, birthday: int) -> list[dict[Hashable, Any]]:
    """Return the cohorts that were followed to a birthday."""
    chosen = found[(found["population"] == population) & (found["birthday"] == birthday)]
    return chosen[chosen["every_age"]].to_dict("records")


def _left_by(birthday: int, t: Texts) -> str:
    return t("pairs.cohorts.left_by", age=str(birthday))


def _cohorts(rows: list[dict[Hashable, Any]], by: str, birthday: int, t: Texts) -> Table:
    made = table(
        _left_by(birthday, t),
        t(f"pairs.cohorts.{IN_ONE[by]}"),
        t("pairs.base"),
        t("pairs.policy"),
        *(t(f"pairs.cohorts.{name}") for name in ("difference", "children", "abroad")),
    )
    for row in rows:
        if row["mark"] == MARK:
            made.add_row(str(row["cohort"]), t("terminal.small_group"))
            continue
        gone = (level(LIKE, row[name], t) for name in ("abroad_base", "abroad"))
        made.add_row(
            f"{row['cohort']}{' *' if row['not_yet'] > 0 else ''}",
            level(LIKE, row["level_base"], t),
            level(LIKE, row["level"], t),
            interval(LIKE, row["difference"], row["low"], row["high"], t=t),
            t.number(row["children"]),
            " → ".join(gone),
        )
    return made


def _split(rows: pd.DataFrame, t: Texts) -> Table:
    made = table(
        t("pairs.cohorts.split"),
        *(t(f"pairs.{name}") for name in ("school_year", "base", "policy")),
        *(t(f"pairs.cohorts.{name}") for name in ("same_children", "who_is_counted")),
    )
    for row in rows.to_dict("records"):
        if row["mark"] == MARK:
            made.add_row(str(row["school_year"]), t("terminal.small_group"))
            continue
        made.add_row(
            str(row["school_year"]),
            level(LIKE, row["rate_base"], t),
            level(LIKE, row["rate_alternative"], t),
            interval(LIKE, row["same_children"], row["same_low"], row["same_high"], t=t),
            interval(LIKE, row["who_is_counted"], row["who_low"], row["who_high"], t=t),
        )
    return made
