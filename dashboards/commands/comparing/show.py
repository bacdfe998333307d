"""A comparison as it is printed, by `compare` and by `results`: the answer, then the detail."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboards.commands.comparing.detail import answer_years, comparisons, outcomes_of
from dashboards.commands.comparing.ranked import HEADLINES, ranked
from dashboards.commands.terminal import Terminal
from dashboards.texts import texts
from model.outcomes.registry import full_name

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble


def show_comparison(
    run: Ensemble, options: argparse.Namespace, console: Terminal, settled: str | None = None
) -> None:
    """Print which scenario has more, and all differences from the base.

    Outcomes that nobody asked for and the run does not hold are left out.
    """
    t = texts(options.language)
    outcomes = outcomes_of(options.outcome, settled)
    first = [full_name(settled)] if settled else HEADLINES
    headlines = outcomes if options.outcome else tuple(first)
    if not options.outcome:
        outcomes = tuple(one for one in outcomes if one in run.outcomes)
        headlines = tuple(one for one in headlines if one in run.outcomes)
    for text in ranked(run, outcomes=headlines, years=answer_years(options.year), t=t):
        console.print(text)
    width = console.width
    for text in comparisons(
        run, outcomes=outcomes, t=t, by=options.by, year=options.year, width=width
    ):
        console.print(text)
