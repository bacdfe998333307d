"""Where a difference comes from, in the terminal."""

from __future__ import annotations

import argparse

from rich.table import Table

from dashboards.commands.lists import table
from dashboards.commands.numbers import certainty, differences
from dashboards.commands.run import NOTE, families_of, label, progress
from dashboards.commands.terminal import Terminal
from dashboards.i18n import texts
from model.channels import BY_CHANNEL
from model.clock import MONTHS_PER_YEAR
from model.outcomes import full_name
from scenarios import load
from scenarios.attribution import Attribution
from scenarios.attribution import attribute as split
from scenarios.attribution_file import keep_attribution


def attribute(options: argparse.Namespace) -> int:
    """Print how much of a difference each channel carries, and keep it where asked."""
    with progress(options) as report:
        months = 2 * options.years * MONTHS_PER_YEAR

        def pairs(done: int, whole: int) -> None:
            if report is not None:
                report(done * months, whole * months)

        found = split(
            load(options.base),
            load(options.alternative),
            tuple(full_name(name) for name in options.outcome or ["vsv_mbo"]),
            channels=tuple(options.channel or BY_CHANNEL),
            population=options.population,
            families=families_of(options.families),
            years=options.years,
            rng=options.seed,
            replicates=options.replicates,
            method="exact" if options.exact else "orders",
            workers=options.workers,
            progress=pairs,
        )
    console = Terminal()
    for outcome in found.outcomes:
        console.print(_parts(found, outcome))
    console.print(
        "A part is what a channel adds to the difference (alternative minus base), averaged over"
        " the orders of switching on; the parts add up to all together. Shares are in percentage"
        " points."
    )
    console.print(NOTE)
    if options.run:
        console.print(f"Kept in {keep_attribution(found, options.run)}", soft_wrap=True)
    return 0


def _parts(found: Attribution, outcome: str) -> Table:
    n, years = found.settings["replicates"], found.settings["last_years"]
    made = table(
        f"{label(outcome)}: {found.alternative} minus {found.base}, last {years} school years,"
        f" {n} replicates",
        "through",
        "difference",
        "95%",
        "sign",
    )
    names = texts("en").part("report.channel")
    rows = found.parts[found.parts["outcome"] == outcome]
    for row in rows.to_dict("records"):
        effect, *ends = differences(outcome, row["effect"], row["low"], row["high"])
        made.add_row(
            names[str(row["channel"])], effect, " to ".join(ends), certainty(row["p_sign"])
        )
    return made
