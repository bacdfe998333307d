"""Comparisons in the terminal: the same families under two or more policies."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboards.commands.loading import loaded
from dashboards.commands.numbers import certainty, differences, shown
from dashboards.commands.run import (
    SHOWN,
    WHO,
    families_of,
    finish,
    group_label,
    label,
    progress,
    year_of,
)
from dashboards.commands.terminal import Terminal
from model.errors import InputError
from model.outcomes import full_name, last_years
from scenarios.cells import span
from scenarios.ensemble import Ensemble, run_pairs
from scenarios.overview import chosen, overview
from scenarios.results import names
from scenarios.settle import Settled, settle
from scenarios.small_cells import MARK

if TYPE_CHECKING:
    import pandas as pd

LEGEND = (
    "Differences of shares are in percentage points. 95%: what chance leaves possible. Sign: the"
    " probability that its sign is right, as far as chance goes. Counted leavers are noisier."
    " Small group: rests on fewer than ten children or families, or would give such a number away."
)
LEGEND_DRAWN = (
    "Not knowing: 95% of the differences under other values of the parameters, each within its"
    " range, with chance taken out; and the share of them with the same sign."
)
STOPPED = (
    "The number of pairs hung on what was seen, so for this outcome the verdict counts, not the"
    " interval above."
)


def compare(options: argparse.Namespace) -> int:
    """Run scenarios with the same families and luck; print levels and paired differences."""
    names("outcome", _outcomes(options))
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
    with tempfile.TemporaryDirectory(prefix="veerkracht-") as temporary:
        settings["out"] = options.out or temporary
        with progress(options) as report:
            live = partial(run_pairs, scenarios, **settings, progress=report)
            if options.until_settled:
                ensemble, verdict = _until_settled(live, options, scenarios[0].id)
            else:
                ensemble, verdict = live(replicates=_replicates(options.replicates)), None
        for text in _comparisons(ensemble, options):
            console.print(text)
        if verdict is not None:
            console.print(told(verdict))
            console.print(STOPPED)
        _explain(ensemble, console)
        finish(ensemble, options, console)
    return 0


def _outcomes(options: argparse.Namespace) -> Sequence[str]:
    """Return the outcomes to show: those asked, the one to settle, or a choice."""
    if options.outcome:
        return tuple(full_name(name) for name in options.outcome)
    settled = (full_name(options.until_settled),) if options.until_settled else ()
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
    outcome = full_name(options.until_settled)
    names("outcome", outcome)
    kept: list[Ensemble] = []

    def more(n: int) -> pd.DataFrame:
        kept[:] = [live(replicates=range(n))]
        counted = last_years(kept[0].school_years)
        return kept[0].table(
            outcome=outcome, dimension="all", replicate=range(n), school_year=counted
        )

    verdict = settle(more, outcome, base=base, budget=options.budget)
    return kept[0], verdict


def _comparisons(ensemble: Ensemble, options: argparse.Namespace) -> Iterator[str]:
    """Yield a text per alternative: a block of lines per outcome, group and year."""
    found = overview(
        ensemble,
        outcome=_outcomes(options),
        dimension=options.by or "all",
        school_year=year_of(options.year),
        years=None if options.year else last_years(ensemble.school_years),
    )
    n = len(ensemble.replicates)
    together = span(last_years(ensemble.school_years))
    counted = "" if options.year else f"School years {together} together. "
    for alternative in ensemble.scenarios[1:]:
        yield (
            f"\n{alternative} against {ensemble.base}\n"
            f"{counted}Same families, same luck, {n} time{'s' if n > 1 else ''}.\n\n"
            + _line("", "base", "policy", "difference (95%)", "sign")
            + "".join(_blocks(found, ensemble, alternative, options))
        )


def _blocks(
    found: pd.DataFrame, ensemble: Ensemble, alternative: str, options: argparse.Namespace
) -> Iterator[str]:
    base = found[found["scenario"] == ensemble.base]
    other = found[found["scenario"] == alternative]
    keys = ["outcome", "population", "dimension", "group", "school_year"]
    both = other.merge(base[[*keys, "level"]], on=keys, suffixes=("", "_base"))
    both = both.sort_values("population", key=lambda one: one.map(list(WHO).index), kind="stable")
    both = both.sort_values(["group", "school_year"], kind="stable")
    before: object = None
    for row in chosen(both, _outcomes(options)).to_dict("records"):
        heading = [label(str(row["outcome"]))]
        heading += [group_label(row["dimension"], row["group"])] if options.by else []
        heading += [row["school_year"]] if options.year else []
        if heading != before:
            yield ", ".join(heading) + "\n"
            before = heading
        yield _numbers(row, is_drawn=_is_drawn(ensemble))


def _numbers(row: dict[Any, Any], *, is_drawn: bool) -> str:
    import pandas as pd

    outcome, who = str(row["outcome"]), WHO[row["population"]]
    if row["mark"] == MARK:
        return _line(who, "small group", "", "", "")
    difference, low, high = differences(outcome, row["difference"], row["low"], row["high"])
    if not pd.isna(row["low"]) and row["difference"]:
        difference += f" ({low} to {high})"
    levels = (shown(outcome, row["level_base"]), shown(outcome, row["level"]))
    line = _line(who, *levels, difference, certainty(row["p_sign"]))
    if is_drawn and not pd.isna(row["p_sign_not_knowing"]):
        ends = differences(outcome, row["low_not_knowing"], row["high_not_knowing"])
        sign = f"{row['p_sign_not_knowing']:.0%}"
        line += _line("", "", "not knowing", f"({' to '.join(ends)})", sign)
    return line


def _line(who: str, base: str, policy: str, difference: str, sign: str) -> str:
    return f"  {who:<6}{base:>10}{policy:>12}   {difference:<32}{sign:>7}".rstrip() + "\n"


def _is_drawn(ensemble: Ensemble) -> bool:
    return ensemble.about["settings"]["draws"] != "none" and len(ensemble.replicates) > 1


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
    hidden = shown(verdict.outcome, verdict.hidden)
    return (
        f"Not settled within {verdict.n} pairs: {name} stands at {order}, but a difference of up to"
        f" {hidden} either way could still hide.{more}"
    )


def _explain(ensemble: Ensemble, console: Terminal) -> None:
    if len(ensemble.replicates) == 1:
        console.print("One replicate does not tell how large chance is: add --replicates 20.")
    console.print(LEGEND)
    if _is_drawn(ensemble):
        console.print(LEGEND_DRAWN)
