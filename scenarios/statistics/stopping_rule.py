"""A stop rule on the decision: run pairs until the sign, or the ranking, is settled.

After every batch the differences are looked at again. A usual interval that is looked at until it
excludes zero does so by luck sooner or later; these intervals are confidence sequences: the chance
that one of them ever misses the true difference, over all looks together, is at most the stated
error. They come from the t-test that is valid at any time (Lai 1976; Wang and Ramdas 2024), exact
for normal differences of unknown variance; nothing is settled before 20 pairs differ. More pairs
may be added to a run that has stopped, without paying for it. See docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from model.errors import InputError, nearest
from scenarios.statistics.answer import GAP
from scenarios.statistics.confidence_sequence import confidence_sequence, pairs_needed
from scenarios.statistics.ratio_estimates import LEDGER, cells, pooled_years

if TYPE_CHECKING:
    import pandas as pd

ERROR = 0.05
BUDGET = 200
"""Pairs after which the rule gives up unless told otherwise."""

BATCH = 10
"""Pairs between two looks."""

FEWEST = 20
"""The first look is after so many pairs, and nothing is settled before so many differ: with a few
large differences among many zeros, the normal law that the method needs is too far off."""

Verdict = Literal["settled", "unsettled", "identical"]
type More = Callable[[int], pd.DataFrame]
"""Gives the tidy table of the first n replicates of all scenarios, with the years that count."""


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What the rule found.

    `ranking` has the scenarios from the lowest to the highest level, as it stands; `pairs` a row
    for every two scenarios (columns first, second, difference, low, high, settled, n_differing,
    n_needed), where `low` to `high` holds every difference (second minus first) that is still
    possible at the stated error, for all pairs of scenarios together; `n_differing` counts the
    replicates in which the two differ at all. `n` is the number of replicates used. The verdict is
    "identical" when no replicate differs.
    """

    verdict: Verdict
    outcome: str
    population: str
    ranking: tuple[str, ...]
    pairs: pd.DataFrame
    n: int
    budget: int
    error: float

    @property
    def hidden(self) -> float:
        """The largest difference between two scenarios of unsettled order that could still hide."""
        still_open = self.pairs[~self.pairs["settled"]]
        return float(np.nanmax(still_open[["low", "high"]].abs().to_numpy(), initial=0.0))


def settle(
    more: More,
    outcome: str,
    *,
    base: str,
    population: str = "eu11",
    error: float = ERROR,
    budget: int = BUDGET,
    batch: int = BATCH,
) -> Settled:
    """Ask for more replicates until the order of the scenarios is settled, or the budget is used.

    `more(n)` returns the tidy table of the first n replicates, in the school years that are taken
    together (`model.outcomes.registry.last_years`); `population` may be `gap`. Of two
    scenarios the sign of the difference is settled, of several their ranking: all pairs share the
    error. Raises InputError for an unknown outcome, or for settings that cannot be.
    """
    _check(error, budget, batch)
    n = min(max(batch, FEWEST), budget)
    while True:
        names, values = per_replicate(more(n), outcome, base, population)
        found = judge(names, values, outcome=outcome, population=population, error=error)
        if found.verdict != "unsettled" or n >= budget:
            return replace(found, budget=budget)
        n = min(budget, n + batch)


def judge(
    names: Sequence[str],
    values: np.ndarray,
    *,
    outcome: str,
    population: str = "eu11",
    error: float = ERROR,
) -> Settled:
    """Return how far the order of scenarios is settled by their values (scenarios, replicates)."""
    import pandas as pd

    n = values.shape[1]
    every_two = list(combinations(range(len(names)), 2))
    differences = np.stack([values[b] - values[a] for a, b in every_two])
    low, high = confidence_sequence(differences, error / len(every_two))
    n_differing = (differences != 0).sum(axis=1)
    excludes = ((low > 0) | (high < 0)) & (n_differing >= FEWEST)
    order = np.argsort(values.mean(axis=1), kind="stable")
    pairs = pd.DataFrame(
        {
            "first": [names[a] for a, _ in every_two],
            "second": [names[b] for _, b in every_two],
            "difference": differences.mean(axis=1),
            "low": low,
            "high": high,
            "settled": excludes,
            "n_differing": n_differing,
            "n_needed": pairs_needed(differences, error / len(every_two)),
        }
    )
    verdict: Verdict = "settled" if excludes.all() else "unsettled"
    if n >= FEWEST and not differences.any():
        verdict = "identical"
    return Settled(
        verdict=verdict,
        outcome=outcome,
        population=population,
        ranking=tuple(names[k] for k in order),
        pairs=pairs,
        n=n,
        budget=n,
        error=error,
    )


def per_replicate(
    table: pd.DataFrame, outcome: str, base: str, population: str = "eu11"
) -> tuple[tuple[str, ...], np.ndarray]:
    """Return scenario names, the base first, and values (scenarios, replicates) of one outcome.

    Each value is of everybody, over all school years of the table together. Raises InputError when
    the outcome is not in the table, or was not seen in some replicate.
    """
    known = sorted(set(table["outcome"]))
    if outcome not in known:
        message = f"there is no outcome '{outcome}' in these runs.{nearest(outcome, known)}"
        raise InputError(message)
    rows = table[(table["outcome"] == outcome) & (table["dimension"] == "all")]
    years = sorted(set(map(str, rows["school_year"])))
    whole = cells(pooled_years(rows, years), base)
    whole = whole.of((whole.runs["draw"] == LEDGER).to_numpy())
    with np.errstate(invalid="ignore", divide="ignore"):
        values = whole.numerators / whole.denominators
    place = {name: k for k, name in enumerate(whole.keys["population"])}
    wanted = ("eu11", "comparable") if population == GAP else (population,)
    if not set(wanted) <= set(place):
        message = f"nobody of the population '{population}' has '{outcome}' in these runs."
        raise InputError(message)
    result = values[place[wanted[0]]]
    if population == GAP:
        result = result - values[place["comparable"]]
    if np.isnan(result).any():
        message = f"'{outcome}' is of nobody in some replicate. Take more families (--families)."
        raise InputError(message)
    return whole.scenarios, result


def _check(error: float, budget: int, batch: int) -> None:
    if not 0 < error < 0.5:  # noqa: PLR2004 - a coin has a half
        message = (
            f"an error of {error:g} is not possible; give one between 0 and 0.5, such as 0.05."
        )
        raise InputError(message)
    if batch < 1 or budget < FEWEST:
        message = (
            f"a budget of {budget} pairs in batches of {batch} is not possible; nothing is settled"
            f" before {FEWEST} pairs, and a batch has at least one."
        )
        raise InputError(message)
