"""Comparisons in the terminal: the same families under two or more policies."""

from __future__ import annotations

import argparse
import math
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboards.commands.comparisons import comparisons, label, outcomes_of, years_of
from dashboards.commands.loading import loaded
from dashboards.commands.run import families_of, finish, progress
from dashboards.commands.terminal import Terminal
from dashboards.texts import texts
from dashboards.texts.numbers import differences, unsigned, with_unit
from model.calendar import school_years
from model.disk.scratch import Scratch
from model.errors import InputError
from model.outcomes.registry import full_name, last_years
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.stopping_rule import Settled, settle

if TYPE_CHECKING:
    import pandas as pd

STOPPED = (
    "The number of pairs hung on what was seen, so for this outcome the verdict counts, not the"
    " interval above."
)


def compare(options: argparse.Namespace) -> int:
    """Run scenarios with the same families and luck; print levels and paired differences."""
    outcomes = outcomes_of(options.outcome, options.until_settled)
    years_of(options.year, school_years(options.years))
    scenarios = loaded([options.base, *options.alternatives], options.years)
    settings: dict[str, Any] = {
        "families": families_of(options.families),
        "years": options.years,
        "seed": options.seed,
        "draws": options.draws,
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
                ensemble, verdict = live(replicates=_replicates(options.replicates)), None
        for text in comparisons(ensemble, outcomes=outcomes, by=options.by, year=options.year):
            console.print(text)
        if verdict is not None:
            console.print(told(verdict))
            console.print(STOPPED)
        finish(ensemble, options, console)
    return 0


def _replicates(n: int) -> range:
    if n < 1:
        message = f"--replicates {n} is not possible. Give 1 or more."
        raise InputError(message)
    return range(n)


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


def told(verdict: Settled) -> str:
    """Return in plain words what the stop rule found."""
    import pandas as pd

    name = label(verdict.outcome).lower()
    if verdict.verdict == "identical":
        return f"No difference at all in {name} over {verdict.n} pairs."
    order = " < ".join(verdict.ranking)
    if verdict.verdict == "settled":
        return (
            f"Settled after {verdict.n} pairs: {name} is {order} (chance of a wrong order at most"
            f" {verdict.error:.0%}, all looks together)."
        )
    needed = verdict.pairs["n_needed"].max()
    more = "" if pd.isna(needed) else f" About {needed:,.0f} pairs would, as things look now."
    return (
        f"Not settled within {verdict.n} pairs: {name} stands at {order}, but {_hidden(verdict)}."
        f"{more}"
    )


def _hidden(verdict: Settled) -> str:
    """Return which difference could still hide, of two scenarios of unsettled order."""
    if not math.isfinite(verdict.hidden):
        return "how large a difference could still hide cannot be said yet"
    t = texts("en")
    (size,) = differences(verdict.outcome, t, verdict.hidden)
    size = with_unit(verdict.outcome, unsigned(size), t)
    return f"a difference of up to {size} either way could still hide"
