"""Comparisons in the terminal: the same families under two or more policies."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from dashboards.commands.lists import table
from dashboards.commands.run import (
    LAST_YEARS,
    SHOWN,
    WHO,
    families_of,
    finish,
    label,
    progress,
    shown,
)
from model.errors import InputError
from model.outcomes import BY_OUTCOME
from scenarios import load
from scenarios.ensemble import Ensemble, run_pairs
from scenarios.overview import chosen, overview
from scenarios.results import names
from scenarios.settle import Settled, settle
from scenarios.small_cells import LEAST, MARK


def compare(options: argparse.Namespace) -> int:
    """Run scenarios with the same families and luck; print levels and paired differences."""
    names("outcome", _outcomes(options))
    scenarios = [load(options.base), *(load(name) for name in options.alternatives)]
    settings: dict[str, Any] = {
        "families": families_of(options.families),
        "years": options.years,
        "seed": options.seed,
        "draws": options.draws,
        "workers": options.workers,
        "cluster": options.cluster,
    }
    console = Console()
    with tempfile.TemporaryDirectory(prefix="veerkracht-") as temporary:
        settings["out"] = options.out or temporary
        with progress(options) as report:
            live = partial(run_pairs, scenarios, **settings, progress=report)
            if options.until_settled:
                ensemble, verdict = _until_settled(live, options, scenarios[0].id)
            else:
                ensemble, verdict = live(replicates=_replicates(options.replicates)), None
        for alternative in ensemble.scenarios[1:]:
            console.print(_comparison(ensemble, alternative, options))
        if verdict is not None:
            console.print(_told(verdict))
        _explain(ensemble, console)
        finish(ensemble, options, console)
    return 0


def _outcomes(options: argparse.Namespace) -> Sequence[str]:
    """Return the outcomes to show: those asked, the one to settle, or a choice."""
    if options.outcome:
        return tuple(options.outcome)
    settled = (options.until_settled,) if options.until_settled else ()
    return tuple(dict.fromkeys((*settled, *SHOWN)))


def _replicates(n: int) -> range:
    if n < 1:
        message = f"--replicates {n} is not possible. Give 1 or more."
        raise InputError(message)
    return range(n)


def _until_settled(
    live: partial[Ensemble], options: argparse.Namespace, base: str
) -> tuple[Ensemble, Settled]:
    """Run more and more replicates until the order of the scenarios is settled."""
    names("outcome", options.until_settled)
    kept: list[Ensemble] = []

    def more(n: int) -> pd.DataFrame:
        kept[:] = [live(replicates=range(n))]
        return kept[0].table(outcome=options.until_settled, dimension="all", replicate=range(n))

    verdict = settle(more, options.until_settled, base=base, budget=options.budget)
    return kept[0], verdict


def _comparison(ensemble: Ensemble, alternative: str, options: argparse.Namespace) -> Table:
    """Return base, alternative, difference and certainty, a row per outcome, year, group and who."""
    found = overview(
        ensemble,
        outcome=_outcomes(options),
        dimension=options.by or "all",
        school_year=options.year if options.year not in {None, "each"} else None,
        layer="true",
        years=None if options.year else LAST_YEARS,
    )
    base = found[found["scenario"] == ensemble.base]
    other = found[found["scenario"] == alternative]
    keys = ["outcome", "population", "dimension", "group", "school_year"]
    both = other.merge(base[[*keys, "level"]], on=keys, suffixes=("", "_base"))
    extra = [*(["group"] if options.by else []), *(["school_year"] if options.year else [])]
    span = "" if options.year else f", mean of the last {LAST_YEARS} school years"
    made = table(
        f"{alternative} against {ensemble.base}: same families, same luck,"
        f" {len(ensemble.replicates)} replicate(s){span}",
        "outcome",
        *(name.replace("_", " ") for name in extra),
        "who",
        ensemble.base,
        alternative,
        "difference",
        "95% of chance",
        "sign right",
        *(["95% of not knowing"] if _is_drawn(ensemble) else []),
    )
    order = list(WHO)
    both = both.sort_values("population", key=lambda one: one.map(order.index), kind="stable")
    both = both.sort_values(["group", "school_year"], kind="stable")
    for row in chosen(both, _outcomes(options)).to_dict("records"):
        made.add_row(*_row(row, extra, is_drawn=_is_drawn(ensemble)))
    return made


def _row(row: dict[Any, Any], extra: Sequence[str], *, is_drawn: bool) -> list[str]:
    outcome = str(row["outcome"])
    start = [label(outcome), *(str(row[name]) for name in extra), WHO[row["population"]]]
    if row["mark"] == MARK:
        return [*start, f"under {LEAST}"]
    pairs = [("low", "high"), *([("low_not_knowing", "high_not_knowing")] if is_drawn else [])]
    between = [
        "–"
        if pd.isna(row[low])
        else " to ".join(shown(outcome, row[one], is_difference=True) for one in (low, high))
        for low, high in pairs
    ]
    sign = "–" if pd.isna(row["p_sign"]) else f"{min(row['p_sign'], 0.999):.1%}"
    return [
        *start,
        shown(outcome, row["level_base"]),
        shown(outcome, row["level"]),
        shown(outcome, row["difference"], is_difference=True),
        between[0],
        sign,
        *between[1:],
    ]


def _is_drawn(ensemble: Ensemble) -> bool:
    return ensemble.about["settings"]["draws"] != "none" and len(ensemble.replicates) > 1


def _told(verdict: Settled) -> str:
    """Return in plain words what the stop rule found."""
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
    hidden = shown(verdict.outcome, verdict.hidden, is_difference=True).lstrip("+")
    return (
        f"Not settled within {verdict.n} pairs: {name} stands at {order}, but a difference of up to"
        f" {hidden} either way could still hide.{more}"
    )


def _explain(ensemble: Ensemble, console: Console) -> None:
    if len(ensemble.replicates) == 1:
        console.print("One replicate does not tell how large chance is: add --replicates 20.")
    units = {BY_OUTCOME[one].unit for one in SHOWN}
    if any(unit.startswith("share") for unit in units):
        console.print("pp: percentage points. 'Expected' is the headline; counts are noisier.")
