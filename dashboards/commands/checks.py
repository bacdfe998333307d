"""The model held against what is published, and the pairing audit, in the terminal."""

from __future__ import annotations

import argparse
import math

from rich.table import Table

import calibration.validate as validation
from calibration.report import report_text
from dashboards.commands.comparing.naming import label, titles_of
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
from scenarios.pairs.pairing_audit import AIM, Audit, Check
from scenarios.pairs.pairing_audit import audit as run_audit

MANY, MOST = 100, 10_000
"""From so many times on decimals say nothing; from so many on the number says nothing."""
FAILED = 1
"""Exit status when a check does not hold."""


def audit(options: argparse.Namespace) -> int:
    """Print what the audit of a scenario found; the status tells whether all checks hold."""
    t = texts(options.language)
    (scenario,) = loaded([options.scenario], options.years, t)
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
    console, names = Terminal(), titles_of((base, scenario), t)
    console.print(t("pairs.audit.about", what=names[found.alternative], base=names[found.base]))
    for check in found.checks:
        console.print(_told(check, t))
    causes = (
        t(f"pairs.audit.cause.{kind}", n=t.number(count))
        for kind, count in sorted(found.causes.items())
    )
    console.print(t("pairs.audit.causes", causes=", ".join(causes) or t("pairs.audit.no_causes")))
    console.print(_coherent(found, t))
    if not found.variance.empty:
        console.print(_variance(found, t))
        console.print(t("pairs.audit.aim", aim=t.number(AIM)))
    return 0 if found.holds else FAILED


def _told(check: Check, t: Texts) -> str:
    seen = t(f"pairs.audit.seen.{check.name}", n=t.number(check.n), first=check.first)
    return t(
        "pairs.audit.holds" if check.holds else "pairs.audit.fails",
        claim=t(f"pairs.audit.claim.{check.name}"),
        detail=seen if check.holds else ", ".join(check.against),
    )


def _coherent(found: Audit, t: Texts) -> Table:
    made = table(
        t("pairs.audit.coherent"),
        t("pairs.school_year"),
        *(t(f"pairs.audit.{who}") for who in POPULATIONS),
        *(t(f"pairs.audit.{who}_reached") for who in POPULATIONS),
    )
    for year, rows in found.coherent.groupby("school_year", sort=False):
        by = {str(row["population"]): row for row in rows.to_dict("records")}
        made.add_row(
            str(year),
            *(t.percent(by[who]["share_identical"], 1) for who in POPULATIONS),
            *(t.percent(by[who]["share_marked"], 1) for who in POPULATIONS),
        )
    return made


def _variance(found: Audit, t: Texts) -> Table:
    made = table(
        t("pairs.audit.variance", years=str(LAST_YEARS)),
        *(t(f"pairs.audit.{name}") for name in ("outcome", "correlation", "fewer")),
        "95%",
    )
    for row in found.variance.to_dict("records"):
        name = label(str(row["outcome"]), t)
        correlation = row["correlation"]
        told = MISSING if math.isnan(correlation) else t.number(correlation, 4)
        made.add_row(name, told, _times(row["ratio"], t), _span(row["low"], row["high"], t))
    return made


def _times(ratio: float, t: Texts) -> str:
    """Return how many times fewer runs; where pairing leaves no chance at all, no number does."""
    if math.isnan(ratio):
        return MISSING
    if math.isinf(ratio):
        return t("pairs.audit.no_chance")
    if ratio >= MOST:
        return t("pairs.audit.or_more", low=t.number(MOST))
    return t.number(ratio, 0 if ratio >= MANY else 1)


def _span(low: float, high: float, t: Texts) -> str:
    if math.isnan(low) or not math.isfinite(low):
        return MISSING
    if low >= MOST:
        return _times(low, t)
    if not math.isfinite(high):
        return t("pairs.audit.or_more", low=_times(low, t))
    return t("terminal.between", low=_times(low, t), high=_times(high, t))


def validate(options: argparse.Namespace) -> int:
    """Print quantity by quantity whether the base holds, over several seeds."""
    size = families_of(options.families)
    place = None
    if options.csv:
        place = destination(
            options.csv, csv_with(validation.COLUMNS), ending=".csv", force=options.force
        )
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
