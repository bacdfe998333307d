"""Stored runs: which there are, their numbers, and whether they can be made again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.commands.comparisons import comparisons, outcomes_of, years_of
from dashboards.commands.run import explain, levels, progress
from dashboards.commands.terminal import Terminal
from dashboards.exports import csv_destinations, excel_destination, write_csv, write_excel
from model.errors import InputError
from scenarios.destinations import Destination
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
    if not options.csv and not options.excel:
        return _list(options, console)
    _check_places(options)
    ensemble = open_run(options.folder)
    found = overview(
        ensemble,
        outcome=options.outcome or None,
        dimension=options.by,
        school_year=years_of(options.year, ensemble.school_years) if options.year else None,
        layer=None if options.layer == BOTH else options.layer,
    )
    for name, write in ((options.csv, write_csv), (options.excel, write_excel)):
        if name:
            _say(write(name, found, ensemble, force=options.force), found)
    return 0


def _check_places(options: argparse.Namespace) -> None:
    """Raise InputError when a file would harm what lies there, or one would go over the other."""
    places = []
    if options.csv:
        places.append(csv_destinations(options.csv, force=options.force)[0])
    if options.excel:
        places.append(excel_destination(options.excel, force=options.force))
    if len({place.path for place in places}) < len(places):
        message = (
            f"--csv {options.csv} and --excel {options.excel} are the same. Choose two places."
        )
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
    outcomes = outcomes_of(options.outcome)
    if not options.outcome:
        outcomes = tuple(one for one in outcomes if one in run.outcomes)
    if len(run.scenarios) == 1:
        console.print(levels(run, outcomes))
    else:
        for text in comparisons(run, outcomes=outcomes, by=options.by, year=options.year):
            console.print(text)
    explain(console)


def _described(one: Listed) -> str:
    families = "all" if one.families is None else f"{one.families:,}"
    draws = "" if one.draws == "none" else f", draws: {one.draws}"
    when = one.when.replace("T", " ")[:16]
    return (
        f"{when} UTC, {one.size / 1e6:.1f} MB: {', '.join(one.scenarios)}; {families} families,"
        f" {one.years} years, {one.replicates} replicate(s){draws}"
    )


def _say(place: Destination, found: pd.DataFrame) -> None:
    """Say what was written; on standard error when the numbers went to standard output."""
    hidden = int((found["mark"] == "hidden").sum())
    Terminal(stderr=place.is_standard_output).print(
        f"Written: {place}, {len(found):,} rows, {hidden:,} of them hidden (small groups).",
        soft_wrap=True,
    )
