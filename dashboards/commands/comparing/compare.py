"""Comparisons in the terminal: the same families under two or more policies."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboards.commands.comparing.detail import outcomes_of, years_of
from dashboards.commands.comparing.naming import titles
from dashboards.commands.comparing.show import show_comparison
from dashboards.commands.comparing.verdict import told
from dashboards.commands.fitting.drawn import asked
from dashboards.commands.loading import loaded
from dashboards.commands.run import families_of, finish, progress, replicates_of
from dashboards.commands.terminal import Terminal
from dashboards.texts import texts
from model.calendar import school_years
from model.disk.scratch import Scratch
from model.outcomes.registry import full_name, last_years
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.stopping_rule import Settled, settle

if TYPE_CHECKING:
    import pandas as pd


def compare(options: argparse.Namespace) -> int:
    """Run scenarios with the same families and luck; print which has more, and the differences."""
    outcomes_of(options.outcome, options.until_settled)
    years_of(options.year, school_years(options.years))
    t = texts(options.language)
    scenarios = loaded([options.base, *options.alternatives], options.years, t)
    settings: dict[str, Any] = {
        "families": families_of(options.families),
        "years": options.years,
        "seed": options.seed,
        "draws": asked(options.draws),
        "workers": options.workers,
        "cluster": options.cluster,
    }
    console = Terminal()
    with Scratch() as scratch:
        settings["out"] = options.out or scratch.path
        with progress(options) as report:
            live = partial(run_pairs, scenarios, **settings, progress=report)
            if options.until_settled:
                ensemble, verdict = _until_settled(live, options, scenarios[0].id)
            else:
                ensemble, verdict = live(replicates=replicates_of(options.replicates)), None
        show_comparison(ensemble, options, console, settled=options.until_settled)
        if verdict is not None:
            console.print(told(verdict, titles(ensemble, t), t))
            console.print(t("terminal.stopped"))
        finish(ensemble, options, console)
    return 0


def _until_settled(
    live: partial[Ensemble], options: argparse.Namespace, base: str
) -> tuple[Ensemble, Settled]:
    """Run more and more replicates until the order of the scenarios is settled."""
    outcome = full_name(options.until_settled)
    kept: list[Ensemble] = []

    def more(n: int) -> pd.DataFrame:
        kept[:] = [live(replicates=range(n))]
        counted = last_years(kept[0].school_years)
        return kept[0].table(
            outcome=outcome, dimension="all", replicate=range(n), school_year=counted
        )

    verdict = settle(more, outcome, base=base, budget=options.budget)
    return kept[0], verdict
