"""Stored runs: which there are, their numbers, and whether they can be made again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.commands.comparing.detail import outcomes_of, years_of
from dashboards.commands.comparing.show import show_comparison
from dashboards.commands.run import explain, levels, progress
from dashboards.commands.terminal import Terminal
from dashboards.exports import dutch
from dashboards.exports.about import local_time
from dashboards.exports.tables import (
    csv_destinations,
    excel_destination,
    write_csv,
    write_csv_nl,
    write_excel,
)
from dashboards.texts import texts
from model.errors import InputError
from scenarios.destinations import Destination
from scenarios.disclosure.rules import MARK, SMALL
from scenarios.runs.run import Ensemble, open_run
from scenarios.runs.verify import verify as verify_run
from scenarios.statistics.overview import overview
from scenarios.store.list_runs import FINISHED, Listed, list_runs

if TYPE_CHECKING:
    import pandas as pd

DIFFERENT, OTHER_VERSION = 1, 3
"""Exit statuses of `verify`: a run gives other numbers than are stored; another version of the
model made the run, so that it was not lived again (its numbers are as they were stored)."""
BOTH = "both"
"""What `--layer` takes for all layers."""


def results(options: argparse.Namespace) -> int:
    """List the runs in a folder, show one, or write its numbers as CSV or Excel."""
    console = Terminal()
    if not options.csv and not options.csv_nl and not options.excel:
        return _list(options, console)
    _check_places(options)
    ensemble = open_run(options.folder)
    found = overview(
        ensemble,
        outcome=options.outcome or None,
        dimension=options.by,
        school_year=years_of(options.year, ensemble.school_years) if options.year else None,
        layer=None if options.layer == BOTH else options.layer,
        all_cells=options.all_cells,
    )
    for name, write in ((options.csv, write_csv), (options.csv_nl, write_csv_nl)):
        if name:
            _say(write(name, found, ensemble, force=options.force), found)
    if options.excel:
        t, asked = texts(options.language), options.outcome or None
        place = write_excel(options.excel, found, ensemble, t, outcomes=asked, force=options.force)
        _say(place, found)
    return 0


def _check_places(options: argparse.Namespace) -> None:
    """Raise InputError when a file would harm what lies there, or one would go over the other."""
    places: dict[str, Destination] = {}
    if options.csv:
        places["--csv"] = csv_destinations(options.csv, force=options.force)[0]
    if options.csv_nl:
        places["--csv-nl"] = csv_destinations(options.csv_nl, dutch.columns(), force=options.force)[
            0
        ]
    if options.excel:
        places["--excel"] = excel_destination(options.excel, force=options.force)
    if len({place.path for place in places.values()}) < len(places):
        told = " and ".join(f"{name} {place.name}" for name, place in places.items())
        message = f"{told} are the same. Choose a place for each."
        raise InputError(message)


def verify(options: argparse.Namespace) -> int:
    """Run a stored run again and say whether the numbers are the same, or where they differ."""
    with progress(options) as report:
        verdict = verify_run(
            options.folder,
            replicates=None if options.replicates is None else range(options.replicates),
            live_again=options.live_again,
            workers=options.workers,
            cluster=options.cluster,
            progress=report,
        )
    console = Terminal()
    if verdict.is_other_version:
        console.print(
            f"Another version of the model made this run (now {verdict.made_here}), so it was not"
            f" lived again. The numbers of its {verdict.n_stored} runs are as they were stored."
            " To live it with this version and see where numbers differ, add --live-again.",
            soft_wrap=True,
        )
        return OTHER_VERSION
    if verdict.made_here:
        console.print(f"Made now by {verdict.made_here}.", soft_wrap=True)
    if verdict.is_same:
        console.print(f"Same: all numbers of {verdict.n} runs, to the bit.", soft_wrap=True)
        return 0
    console.print(f"Different: {len(verdict.different)} of {verdict.n} runs. First:")
    for place in verdict.where:
        console.print(f"  {place}", soft_wrap=True)
    return DIFFERENT


def _list(options: argparse.Namespace, console: Terminal) -> int:
    found = list_runs(options.folder)
    if not found:
        console.print(f"No runs in {options.folder}. Save one: veerkracht compare … --out DIR")
    for one in found:
        console.print(f"{one.folder}  [{one.state}]", soft_wrap=True)
        if one.years:
            console.print(f"  {_described(one)}", soft_wrap=True)
    if [one.folder for one in found if one.state == FINISHED] == [
        Path(options.folder).expanduser()
    ]:
        _show(open_run(options.folder), options, console)
    return 0


def _show(run: Ensemble, options: argparse.Namespace, console: Terminal) -> None:
    """Print the answers about a run, as `compare` printed them."""
    t = texts(options.language)
    if len(run.scenarios) == 1:
        outcomes = outcomes_of(options.outcome)
        if not options.outcome:
            outcomes = tuple(one for one in outcomes if one in run.outcomes)
        console.print(levels(run, outcomes, t))
    else:
        show_comparison(run, options, console)
    explain(console, t)


def _described(one: Listed) -> str:
    families = "all" if one.families is None else f"{one.families:,}"
    draws = "" if one.draws == "none" else f", draws: {one.draws}"
    return (
        f"{local_time(one.when)}, {one.size / 1e6:.1f} MB: {', '.join(one.scenarios)};"
        f" {families} families, {one.years} years, {one.replicates} replicate(s){draws}"
    )


def _say(place: Destination, found: pd.DataFrame) -> None:
    """Say what was written; on standard error when the numbers went to standard output."""
    small = {mark: int((found["mark"] == mark).sum()) for mark in (MARK, SMALL)}
    told = f"{small[MARK]:,} of them hidden (small groups)"
    if small[SMALL]:
        told = f"{small[SMALL]:,} of them of small groups, marked: made-up people, not for tables"
    Terminal(stderr=place.is_standard_output).print(
        f"Written: {place}, {len(found):,} rows, {told}.", soft_wrap=True
    )
