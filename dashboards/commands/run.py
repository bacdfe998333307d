"""One scenario in the terminal, and what runs and comparisons share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.numbers import shown
from dashboards.commands.terminal import Terminal
from dashboards.i18n import texts
from model.errors import InputError
from model.outcomes import last_years
from model.settings import checked_families
from scenarios.cells import span
from scenarios.ensemble import Ensemble, run_pairs
from scenarios.overview import chosen, overview
from scenarios.small_cells import MARK

SHOWN = (
    "vsv_vo_expected",
    "vsv_vo_counted",
    "vsv_mbo_expected",
    "vsv_mbo_counted",
    "contract_permanent",
    "hours_cv",
    "income_eur_month",
    "forced_moves",
    "voluntary_moves",
    "poor_share",
    "ve_take_up",
    "language_at_4",
    "language_at_12",
    "absent_days",
)
"""Outcomes in the table on the screen; the file has them all."""

WHO = {"eu11": "EU-11", "comparable": "Dutch", "gap": "gap"}
WHO_THEY_ARE = "Dutch: comparable Dutch families. Gap: EU-11 minus Dutch."
NOTE = (
    "The model says what follows from what under stated assumptions; it is not a forecast."
    " Most effect sizes are assumptions (grade D): veerkracht parameters --grade D."
)

Report = Callable[[int, int], None]


def families_of(text: str) -> int | None:
    """Return the number of families that was typed; None for all. Raises InputError."""
    if text == "all":
        return None
    try:
        return checked_families(int(text))
    except ValueError:
        message = f"--families {text} is not a number of families. Give a whole number or 'all'."
        raise InputError(message) from None


def year_of(text: str | None) -> str | None:
    """Return the school year that was typed; None for all of them."""
    return None if text == "each" else text


def run(options: argparse.Namespace) -> int:
    """Run one scenario, print the last years, and save the run where asked."""
    (scenario,) = loaded([options.scenario], options.years)
    with progress(options) as report:
        ensemble = run_pairs(
            [scenario],
            families=families_of(options.families),
            years=options.years,
            seed=options.seed,
            out=options.out,
            workers=options.workers,
            progress=report,
        )
    console = Terminal()
    console.print(_levels(ensemble, scenario.title_en))
    finish(ensemble, options, console)
    return 0


@contextmanager
def progress(options: argparse.Namespace) -> Iterator[Report | None]:
    """Give what draws a bar of the months lived, on standard error; None with --quiet."""
    if options.quiet:
        yield None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total} months", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Terminal(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def report(done: int, months: int) -> None:
            bar.update(task, description="living", completed=done, total=months)

        yield report


def finish(ensemble: Ensemble, options: argparse.Namespace, console: Terminal) -> None:
    """Print what a reader has to know, and where the run lies."""
    for message in ensemble.repaired:
        console.print(message)
    console.print(WHO_THEY_ARE)
    console.print(NOTE)
    if options.out:
        console.print(f"Saved in {ensemble.folder}", soft_wrap=True)


def label(outcome: str) -> str:
    """Return how people call an outcome, in English."""
    return texts("en")(f"outcome.{outcome}.label")


def group_label(dimension: str, group: str) -> str:
    """Return how people call a group of a dimension, in English."""
    return texts("en").part(f"enum.{dimension}").get(group, group)


def _levels(ensemble: Ensemble, title: str) -> Table:
    """Return levels of the last years; populations side by side."""
    years = last_years(ensemble.school_years)
    found = overview(ensemble, outcome=SHOWN, dimension="all", years=years)
    made = table(f"{title}: school years {span(years)} together", "outcome", *WHO.values())
    for outcome, rows in chosen(found, SHOWN).groupby("outcome", sort=False):
        by_population = {row["population"]: row for row in rows.to_dict("records")}
        cells = [_cell(str(outcome), by_population.get(who)) for who in WHO]
        made.add_row(label(str(outcome)), *cells)
    return made


def _cell(outcome: str, row: dict[Hashable, Any] | None) -> str:
    if row is None:
        return "–"
    if row["mark"] == MARK:
        return "small group"
    return shown(outcome, row["level"])
