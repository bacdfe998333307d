"""One scenario in the terminal, and what runs and comparisons share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from dashboards.commands.comparing.detail import SHOWN, few_draws
from dashboards.commands.comparing.naming import heading, titles
from dashboards.commands.fitting.drawn import asked
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.terminal import Terminal, texts_of
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import MISSING, level, span
from model.errors import InputError
from model.kernel.compile import Compiling, listening
from model.outcomes.registry import last_years
from model.run.settings import checked_families
from scenarios.disclosure.rules import MARK
from scenarios.runs.parameter_samples import DRAWS_FOR_95
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.overview import overview
from scenarios.statistics.parameter_uncertainty import levels_left_possible
from scenarios.statistics.ratio_estimates import stored_cells

PEOPLE = ("eu11", "comparable", "gap")

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


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return how two scenarios are lived side by side, as was typed. Raises InputError."""
    found = {"families": families_of(options.families), "years": options.years}
    found["rng"] = options.seed
    return found | ({"replicates": options.replicates} if "replicates" in options else {})


def run(options: argparse.Namespace) -> int:
    """Run one scenario, print the last years, and save the run where asked."""
    t = texts(options.language)
    (scenario,) = loaded([options.scenario], options.years, t)
    with progress(options) as report:
        ensemble = run_pairs(
            [scenario],
            families=families_of(options.families),
            years=options.years,
            seed=options.seed,
            replicates=replicates_of(options.replicates),
            draws=asked(options.draws),
            out=options.out,
            workers=options.workers,
            progress=report,
        )
    console = Terminal()
    console.print(levels(ensemble, SHOWN, t))
    for line in drawn(ensemble, t):
        console.print(line, soft_wrap=True)
    finish(ensemble, options, console)
    return 0


def replicates_of(n: int) -> range:
    """Return the replicates that were asked. Raises InputError for fewer than one."""
    if n < 1:
        message = f"--replicates {n} is not possible. Give 1 or more."
        raise InputError(message)
    return range(n)


def drawn(ensemble: Ensemble, t: Texts) -> Iterator[str]:
    """Say what ranges of levels hold, where the parameters were drawn."""
    settings, n = ensemble.about["settings"], len(ensemble.replicates)
    if settings["draws"] == "none":
        return
    yield t("terminal.levels_drawn", n=str(n), which=t(f"terminal.drawn_from.{settings['draws']}"))
    if n < DRAWS_FOR_95:
        yield few_draws(n, t)


@contextmanager
def progress(options: argparse.Namespace) -> Iterator[Report | None]:
    """Give what draws a bar of the months lived, on standard error; None with --quiet."""
    if options.quiet:
        yield None
        return
    t = texts_of(options)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Terminal(stderr=True), transient=True) as bar:
        task = bar.add_task(t("terminal.starting"), total=None, told="")

        def report(done: int, months: int) -> None:
            told = t("terminal.months", done=t.number(done), months=t.number(months))
            living = t("terminal.living")
            bar.update(task, description=living, completed=done, total=months, told=told)

        def compiling(at: Compiling) -> None:
            part = t("compiling.bar", part=t(f"compiling.{at.part}"))
            bar.update(task, description=part, completed=at.share, total=1, told="")

        with listening(compiling):
            yield report


def finish(ensemble: Ensemble, options: argparse.Namespace, console: Terminal) -> None:
    """Print what a reader has to know, and where the run lies."""
    for message in ensemble.repaired:
        console.print(message)
    t = texts(options.language)
    explain(console, t)
    if options.out:
        console.print(t("terminal.saved", folder=str(ensemble.folder)), soft_wrap=True)


def explain(console: Terminal, t: Texts) -> None:
    """Print what a reader of numbers has to know."""
    console.print(t("terminal.who_they_are"))
    console.print(t("terminal.no_forecast"))


def levels(ensemble: Ensemble, outcomes: Sequence[str], t: Texts) -> Table:
    """Return the levels of a run of one scenario in the last years; populations side by side."""
    years = last_years(ensemble.school_years)
    found = overview(ensemble, outcome=outcomes, dimension="all", years=years)
    ranges = _ranges(ensemble, outcomes, years)
    (name,) = titles(ensemble, t).values()
    title = t("terminal.levels", title=name, years=span(years, t))
    people = (t(f"terminal.who.{who}") for who in PEOPLE)
    made = table(title, t("terminal.outcome"), *people)
    for outcome in outcomes:
        rows = found[found["outcome"] == outcome].to_dict("records")
        by_population = {row["population"]: row for row in rows}
        cells = (
            _cell(outcome, by_population.get(who), ranges.get((outcome, who)), t) for who in PEOPLE
        )
        made.add_row(heading(outcome, t), *cells)
    return made


def _ranges(
    ensemble: Ensemble, outcomes: Sequence[str], years: Sequence[str]
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return where levels may lie by outcome and population; none without draws."""
    if ensemble.about["settings"]["draws"] == "none":
        return {}
    whole = stored_cells(
        ensemble.stored,
        ensemble.base,
        outcomes=outcomes,
        cells={"dimension": "all", "school_year": years},
    )
    found = levels_left_possible(whole.together(years))
    return {
        (row["outcome"], row["population"]): (row["low"], row["high"])
        for row in found.to_dict("records")
    }


def _cell(
    outcome: str, row: dict[Hashable, Any] | None, ends: tuple[float, float] | None, t: Texts
) -> str:
    if row is None:
        return MISSING
    if row["mark"] == MARK:
        return t("terminal.small_group")
    told = level(outcome, row["level"], t)
    if ends is None:
        return told
    low, high = (level(outcome, end, t) for end in ends)
    return f"{told} ({t('terminal.between', low=low, high=high)})"
