"""The model held against what is published, and the pairing audit, in the terminal."""

from __future__ import annotations

import argparse
import math

import calibration.validate as validation
from calibration.report import report_text
from dashboards.commands.comparing.naming import label
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import families_of, progress
from dashboards.commands.terminal import Terminal
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import MISSING
from model.outcomes.registry import LAST_YEARS, POPULATIONS
from model.policy.scenario import FROZEN_2023
from scenarios import load
from scenarios.destinations import csv_with, destination
from scenarios.pairs.pairing_audit import AIM, Audit
from scenarios.pairs.pairing_audit import audit as run_audit

CLAIMS = {
    "null": "A scenario that changes nothing is identical to the bit",
    "before": "Nothing differs before the first change",
    "contact": "Every family lives the same life until something reaches it",
    "marks": "Every family that a lever reached is counted as reached",
}
NO_CHANCE = "no chance left"
MANY = 100
"""From so many times on decimals say nothing."""
FAILED = 1
"""Exit status when a check does not hold."""


def audit(options: argparse.Namespace) -> int:
    """Print what the audit of a scenario found; the status tells whether all checks hold."""
    (scenario,) = loaded([options.scenario], options.years)
    name = options.base or scenario.compare_with
    base = load(name) if name and name != scenario.id else FROZEN_2023
    with progress(options) as report:
        found = run_audit(
            scenario,
            base,
            families=families_of(options.families),
            years=options.years,
            rng=options.seed,
            replicates=options.replicates,
            workers=options.workers,
            progress=report,
        )
    console = Terminal()
    console.print(f"{found.alternative} against {found.base}")
    for check in found.checks:
        verdict = "holds" if check.holds else "DOES NOT HOLD"
        console.print(f"{verdict}: {CLAIMS[check.name]} ({check.detail}).")
    causes = ", ".join(f"{kind} {count:,}" for kind, count in sorted(found.causes.items()))
    console.print(f"What made lives part: {causes or 'nothing'}.")
    _coherent(found, console)
    _variance(found, console)
    return 0 if found.holds else FAILED


def _coherent(found: Audit, console: Terminal) -> None:
    made = table(
        "Families that still live the same life in both worlds",
        "school year",
        "EU-11",
        "comparable",
        "reached so far, EU-11",
        "reached so far, comparable",
    )
    for year, rows in found.coherent.groupby("school_year", sort=False):
        by = {str(row["population"]): row for row in rows.to_dict("records")}
        made.add_row(
            str(year),
            *(f"{by[who]['share_identical']:.1%}" for who in POPULATIONS),
            *(f"{by[who]['share_marked']:.1%}" for who in POPULATIONS),
        )
    console.print(made)


def _variance(found: Audit, console: Terminal) -> None:
    if found.variance.empty:
        return
    made = table(
        "How many times fewer runs pairing needs for the same precision (EU-11, last"
        f" {LAST_YEARS} complete school years)",
        "outcome",
        "correlation",
        "times fewer",
        "95%",
    )
    t = texts("en")
    for row in found.variance.to_dict("records"):
        name = label(str(row["outcome"]), t)
        correlation = row["correlation"]
        told = MISSING if math.isnan(correlation) else t.number(correlation, 4)
        made.add_row(name, told, _times(row["ratio"], t), _span(row["low"], row["high"], t))
    console.print(made)
    console.print(f"Aim for expected school leaving: {AIM:.0f} times fewer.")


def _times(ratio: float, t: Texts) -> str:
    """Return how many times fewer runs; where pairing leaves no chance at all, no number does."""
    if math.isnan(ratio):
        return MISSING
    if math.isinf(ratio):
        return NO_CHANCE
    return t.number(ratio, 0 if ratio >= MANY else 1)


def _span(low: float, high: float, t: Texts) -> str:
    if math.isnan(low) or not math.isfinite(low):
        return MISSING
    if not math.isfinite(high):
        return f"{_times(low, t)} or more"
    return f"{_times(low, t)} to {_times(high, t)}"


def validate(options: argparse.Namespace) -> int:
    """Print quantity by quantity whether the base holds, over several seeds."""
    size = families_of(options.families)
    place = None
    if options.csv:
        place = destination(options.csv, csv_with(validation.COLUMNS), force=options.force)
    report = validation.run(
        families=size,
        seed=options.seed,
        years=options.years,
        seeds=1 if options.quick else options.seeds,
        threads=options.threads,
        quiet=options.quiet,
    )
    if place is not None:
        place.write(report.to_csv(index=False).encode())
    if place is None or not place.is_standard_output:
        print(report_text(report, full=options.full))
    return 0
