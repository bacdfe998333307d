"""Runs in the terminal: one scenario, or several with the same families."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from dashboards.commands.lists import table
from model import FamilyModel
from model.errors import InputError
from model.population import build_population
from model.scenario import Scenario
from model.simulation import checked_families
from scenarios import load
from scenarios.store import check_writable, manifest, write_run

SHOWN = (
    "vsv_vo_expected",
    "vsv_mbo_expected",
    "contract_permanent",
    "hours_cv",
    "forced_moves",
    "voluntary_moves",
    "poor_share",
    "ve_take_up",
    "language_at_4",
    "language_at_12",
    "absent_days",
)
"""Outcomes in the table on the screen; the file has them all."""
LAST_YEARS = 5
_RATES = {"vsv_vo_expected", "vsv_mbo_expected"}
NOTE = (
    "The model says what follows from what under stated assumptions; it is not a forecast."
    " Most effect sizes are assumptions (grade D): veerkracht parameters --grade D."
)


def families_of(text: str) -> int | None:
    """Return the number of families that was typed; None for all. Raises InputError."""
    if text == "all":
        return None
    try:
        return checked_families(int(text))
    except ValueError:
        message = f"--families {text} is not a number of families. Give a whole number or 'all'."
        raise InputError(message) from None


def run(options: argparse.Namespace) -> int:
    """Run one scenario, print the last years, and save the run where asked."""
    scenario = load(options.scenario)
    result = _live([scenario], options)
    console = Console()
    console.print(_levels(result[result["scenario"] == scenario.id], scenario.title_en))
    _finish([scenario], result, options, console)
    return 0


def compare(options: argparse.Namespace) -> int:
    """Run several scenarios with the same families and luck, print levels and differences."""
    loaded = [load(options.base), *(load(name) for name in options.alternatives)]
    if len({scenario.id for scenario in loaded}) < len(loaded):
        message = "the same scenario stands there twice. Name each scenario once."
        raise InputError(message)
    result = _live(loaded, options)
    console = Console()
    console.print(_differences(result, loaded))
    _finish(loaded, result, options, console)
    return 0


def _live(scenarios: list[Scenario], options: argparse.Namespace) -> pd.DataFrame:
    """Run scenarios one by one on the same population and return their tables together."""
    size = families_of(options.families)
    if options.threads < 1:
        message = f"--threads {options.threads} is not possible. Give 1 or more."
        raise InputError(message)
    if options.out:
        check_writable(options.out)
    settings: dict[str, Any] = {
        "families": size,
        "rng": options.seed,
        "years": options.years,
        "threads": options.threads,
        "reference": scenarios[0],
        "collect": False,
    }
    tables = []
    population = None
    with _bar(options) as bar:
        for scenario in scenarios:
            report = _reporter(bar, scenario.id, options.years * 12)
            model = FamilyModel(scenario, population=population, **settings)
            if population is None and len(scenarios) > 1:
                population = build_population(model.timetable, model.seed, size)
            tables.append(model.run(progress=report).outcomes())
    return pd.concat(tables, ignore_index=True)


def _bar(options: argparse.Namespace) -> Any:  # noqa: ANN401 - a progress bar or nothing
    if options.quiet:
        return nullcontext()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} months"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _reporter(bar: Progress | None, name: str, months: int) -> Callable[[int, int], None]:
    task = None if bar is None else bar.add_task(name, total=months)

    def report(done: int, _: int) -> None:
        if bar is not None and task is not None:
            bar.update(task, completed=done)

    return report


def last_years(result: pd.DataFrame) -> pd.DataFrame:
    """Return the mean over the last years of the overall, true outcomes.

    One row per outcome, columns (scenario, population).
    """
    overall = result[(result["dimension"] == "all") & (result["layer"] == "true")]
    years = overall.groupby("outcome")["school_year"].transform(
        lambda one: one.isin(sorted(set(one))[-LAST_YEARS:])
    )
    recent = overall[years]
    sums = recent.groupby(["outcome", "scenario", "population"])[["numerator", "denominator"]].sum()
    return (sums["numerator"] / sums["denominator"]).unstack(["scenario", "population"])


def _shown(name: str, value: float) -> str:
    if name in _RATES:
        return f"{100 * value:.2f} %"
    return f"{value:.3f}"


def _levels(result: pd.DataFrame, title: str) -> Any:  # noqa: ANN401 - a rich table
    means = last_years(result)
    scenario = str(result["scenario"].iloc[0])
    made = table(
        f"{title}: mean of the last {LAST_YEARS} school years",
        "outcome",
        "EU-11",
        "comparable Dutch",
    )
    for name in SHOWN:
        if name in means.index:
            row = means.loc[name]
            made.add_row(
                name,
                _shown(name, row[(scenario, "eu11")]),
                _shown(name, row[(scenario, "comparable")]),
            )
    return made


def _differences(result: pd.DataFrame, scenarios: list[Scenario]) -> Any:  # noqa: ANN401
    means = last_years(result)
    base, *others = (scenario.id for scenario in scenarios)
    made = table(
        f"EU-11 families, mean of the last {LAST_YEARS} school years; same families, same luck",
        "outcome",
        base,
        *others,
        *(f"change {name}" for name in others),
    )
    for name in SHOWN:
        if name not in means.index:
            continue
        row = means.loc[name]
        before = row[(base, "eu11")]
        values = [row[(other, "eu11")] for other in others]
        changes = [
            f"{100 * (value / before - 1):+.1f} %" if name in _RATES else f"{value - before:+.3f}"
            for value in values
        ]
        made.add_row(name, *(_shown(name, value) for value in (before, *values)), *changes)
    return made


def _finish(
    scenarios: list[Scenario], result: pd.DataFrame, options: argparse.Namespace, console: Console
) -> None:
    console.print(NOTE)
    if not options.out:
        return
    settings = {
        "families": families_of(options.families),
        "years": options.years,
        "seed": options.seed,
        "replicates": 1,
    }
    folder = write_run(options.out, result, manifest(scenarios, settings, {}))
    console.print(f"Saved in {folder}")
