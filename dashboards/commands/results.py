"""Stored runs: which there are, and their numbers.

What a run is made with (months, their compiler, workers) is imported where it is needed: numbers
that are stored are written without it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.commands.comparing.detail import outcomes_of, years_of
from dashboards.commands.terminal import Terminal
from dashboards.exports import dutch
from dashboards.exports.about import local_time
from dashboards.exports.asked import Asked
from dashboards.exports.tables import (
    csv_places,
    excel_destination,
    write_csv,
    write_csv_nl,
    write_excel,
)
from dashboards.texts import Texts, texts
from model.errors import InputError
from scenarios.destinations import Destination
from scenarios.disclosure.rules import MARK, SMALL
from scenarios.runs.run import Ensemble, open_run
from scenarios.store.list_runs import Listed, list_runs

if TYPE_CHECKING:
    import pandas as pd

BOTH = "both"
"""What `--layer` takes for all layers."""


def results(options: argparse.Namespace) -> int:
    """List the runs in a folder, show one, or write its numbers as CSV or Excel."""
    console = Terminal()
    if not options.csv and not options.csv_nl and not options.excel:
        return _list(options, console)
    _check_places(options)
    ensemble, t = open_run(options.folder), texts(options.language)
    asked = Asked(
        outcome=tuple(options.outcome) if options.outcome else None,
        dimension=options.by,
        school_year=years_of(options.year, ensemble.school_years) if options.year else None,
        layer=None if options.layer == BOTH else options.layer,
        all_cells=options.all_cells,
    )
    found = asked.table(ensemble)
    for name, write in ((options.csv, write_csv), (options.csv_nl, write_csv_nl)):
        if name:
            _say(write(name, found, ensemble, asked=asked, force=options.force), found, t)
    if options.excel:
        place = write_excel(options.excel, found, ensemble, t, asked=asked, force=options.force)
        _say(place, found, t)
    return 0


def _check_places(options: argparse.Namespace) -> None:
    """Raise InputError when a file would harm what lies there, or one would go over the other."""
    places: dict[str, Destination] = {}
    if options.csv:
        places["--csv"] = csv_places(options.csv, force=options.force).table
    if options.csv_nl:
        columns = dutch.columns()
        places["--csv-nl"] = csv_places(options.csv_nl, columns, force=options.force).table
    if options.excel:
        places["--excel"] = excel_destination(options.excel, force=options.force)
    if len({place.path for place in places.values()}) < len(places):
        told = " and ".join(f"{name} {place.name}" for name, place in places.items())
        message = f"{told} are the same. Choose a place for each."
        raise InputError(message)


def _list(options: argparse.Namespace, console: Terminal) -> int:
    found, t = list_runs(options.folder), texts(options.language)
    if not found:
        console.print(t("stored.none", folder=options.folder))
    for one in found:
        console.print(f"{one.folder}  [{_state(one, t)}]", soft_wrap=True)
        if one.years:
            console.print(f"  {_described(one, t)}", soft_wrap=True)
    if [one.folder for one in found if one.state == "finished"] == [
        Path(options.folder).expanduser()
    ]:
        _show(open_run(options.folder), options, console)
    return 0


def _show(run: Ensemble, options: argparse.Namespace, console: Terminal) -> None:
    """Print the answers about a run, as `compare` printed them."""
    from dashboards.commands.comparing.show import show_comparison
    from dashboards.commands.run import explain, levels

    t = texts(options.language)
    if len(run.scenarios) == 1:
        outcomes = outcomes_of(options.outcome)
        if not options.outcome:
            outcomes = tuple(one for one in outcomes if one in run.outcomes)
        console.print(levels(run, outcomes, t))
    else:
        show_comparison(run, options, console)
    explain(console, t)


def _state(one: Listed, t: Texts) -> str:
    if one.state == "damaged":
        return one.told
    done, due = t.number(one.done), t.number(one.due)
    return t(f"stored.state.{one.state}", who=one.told, done=done, due=due)


def _described(one: Listed, t: Texts) -> str:
    return t(
        "stored.described",
        when=local_time(one.when),
        size=t.number(one.size / 1e6, 1),
        scenarios=", ".join(one.scenarios),
        families=t("stored.all") if one.families is None else t.number(one.families),
        years=str(one.years),
        replicates=t.number(one.replicates),
        draws="" if one.draws == "none" else t("stored.draws", which=one.draws),
    )


def _say(place: Destination, found: pd.DataFrame, t: Texts) -> None:
    """Say what was written; on standard error when the numbers went to standard output."""
    small = {mark: int((found["mark"] == mark).sum()) for mark in (MARK, SMALL)}
    told = t("stored.hidden", n=t.number(small[MARK]))
    if small[SMALL]:
        told = t("stored.small", n=t.number(small[SMALL]))
    Terminal(stderr=place.is_standard_output).print(
        t("stored.written", place=str(place), rows=t.number(len(found)), told=told), soft_wrap=True
    )
