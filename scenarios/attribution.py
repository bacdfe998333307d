"""Where an effect comes from: the difference between two scenarios, split over channels.

Each channel (`model.channels`) is switched off in both worlds under the same draws, and the
difference that is left is compared. A channel's part is its Shapley value (Shapley 1953): what it
adds to the difference, averaged over all orders in which the channels can be switched on. The parts
and what no channel carries add up to the whole, replicate by replicate. See docs/statistics.md.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from model.channels import BY_CHANNEL
from model.clock import school_years
from model.errors import InputError, nearest
from model.observers import Progress, Stop
from model.outcomes import INDEX, POPULATIONS, last_years
from model.populations import Populations
from model.scenario import Scenario
from model.settings import checked_families
from model.sums import Sums
from scenarios.answer import CONFIDENCE, GAP, ratio
from scenarios.chance import replicate_seed
from scenarios.harness import evaluate
from scenarios.statistics import t_interval

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["orders", "exact"]
Coalition = frozenset[str]

DIRECT, WHOLE = "direct_or_other", "whole"
PART_COLUMNS = ("outcome", "channel", "effect", "low", "high", "p_sign", "n")
EXACT_UP_TO = 8
"""Channels for which every subset may be run: 2**8 pairs of runs in a replicate."""


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """The parts of a difference (alternative minus base).

    `parts` (columns PART_COLUMNS) has a row for each outcome and channel, one for DIRECT (what is
    left with all channels off) and one for the WHOLE; intervals are Student's t over replicates.
    `by_replicate` (outcomes, replicates, channels + 2) holds the same, in that order; in each
    replicate the parts add up to the whole.
    """

    base: str
    alternative: str
    population: str
    channels: tuple[str, ...]
    outcomes: tuple[str, ...]
    parts: pd.DataFrame
    by_replicate: np.ndarray
    settings: Mapping[str, Any]


def attribute(
    base: Scenario,
    alternative: Scenario,
    outcomes: Sequence[str] = ("vsv_mbo_expected",),
    *,
    channels: Sequence[str] = tuple(BY_CHANNEL),
    population: str = "eu11",
    families: int | None = 1000,
    years: int = 15,
    rng: int = 1,
    replicates: int = 20,
    method: Method = "orders",
    workers: int | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Attribution:
    """Split the difference between two scenarios over channels, in the last school years together.

    "exact" runs every subset of at most eight channels in each replicate; "orders" takes, in each
    replicate, one order of switching on by chance and its reverse, which is unbiased and needs
    2 n rather than 2**n pairs of runs. `population` may be `gap`; `progress` hears of pairs done.

    Raises InputError for unknown names or settings that cannot be, and Cancelled when `stop()`
    says so.
    """
    _check(outcomes, channels, population, replicates, method)
    size = checked_families(families)
    plan = [_coalitions(channels, method, rng, r) for r in range(replicates)]
    count = _Count(sum(map(len, plan)), progress)

    def of_replicate(r: int) -> np.ndarray:
        people = Populations()

        def value(on: Coalition) -> np.ndarray:
            levels = [
                _levels(
                    evaluate(
                        families=size,
                        years=years,
                        seed=replicate_seed(rng, r),
                        base=one,
                        reference=base,
                        off=[name for name in channels if name not in on],
                        population=people,
                        stop=stop,
                    ),
                    outcomes,
                    population,
                )
                for one in (base, alternative)
            ]
            count.one_more()
            return np.asarray(levels[1] - levels[0])

        return _parts({on: value(on) for on in plan[r]}, channels, method, rng, r)

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        found = np.stack(list(pool.map(of_replicate, range(replicates))), axis=1)
    settings = {
        "families": size,
        "years": years,
        "rng": rng,
        "replicates": replicates,
        "method": method,
        "school_years": list(last_years(school_years(years))),
    }
    return Attribution(
        base=base.id,
        alternative=alternative.id,
        population=population,
        channels=tuple(channels),
        outcomes=tuple(outcomes),
        parts=_table(found, outcomes, channels),
        by_replicate=found,
        settings=settings,
    )


def shapley(values: Mapping[Coalition, Any], channels: Sequence[str]) -> dict[str, Any]:
    """Return the Shapley value of each channel; `numbers` has every subset of channels that are on.

    They add up to that of all channels minus that of none.
    """
    n = len(channels)
    weights = [math.factorial(k) * math.factorial(n - k - 1) / math.factorial(n) for k in range(n)]
    result = {}
    for channel in channels:
        others = [name for name in channels if name != channel]
        result[channel] = sum(
            weights[k] * (values[frozenset(on) | {channel}] - values[frozenset(on)])
            for k in range(n)
            for on in combinations(others, k)
        )
    return result


def marginals(values: Mapping[Coalition, Any], order: Sequence[str]) -> dict[str, Any]:
    """Return what each channel adds when channels are switched on in this order."""
    return {
        channel: values[frozenset(order[: k + 1])] - values[frozenset(order[:k])]
        for k, channel in enumerate(order)
    }


def _orders(channels: Sequence[str], rng: int, replicate: int) -> list[list[str]]:
    """Return an order of a replicate, by chance, and its reverse."""
    chance = np.random.default_rng([rng, replicate])
    order = [channels[k] for k in chance.permutation(len(channels))]
    return [order, order[::-1]]


def _coalitions(
    channels: Sequence[str], method: Method, rng: int, replicate: int
) -> list[Coalition]:
    """Return the subsets of channels that are needed in a replicate."""
    if method == "exact":
        sizes = range(len(channels) + 1)
        return [frozenset(on) for k in sizes for on in combinations(channels, k)]
    orders = _orders(channels, rng, replicate)
    starts = [frozenset(order[:k]) for order in orders for k in range(len(order) + 1)]
    return list(dict.fromkeys(starts))


def _parts(
    values: Mapping[Coalition, np.ndarray],
    channels: Sequence[str],
    method: Method,
    rng: int,
    replicate: int,
) -> np.ndarray:
    """Return the parts (outcomes, channels + 2) of one replicate: channels, direct, whole."""
    if method == "exact":
        found = shapley(values, channels)
    else:
        both = [marginals(values, order) for order in _orders(channels, rng, replicate)]
        found = {name: np.mean([one[name] for one in both], axis=0) for name in channels}
    direct, whole = values[frozenset()], values[frozenset(channels)]
    return np.stack([*(found[name] for name in channels), direct, whole], axis=-1)


def _levels(sums: Sums, outcomes: Sequence[str], population: str) -> np.ndarray:
    """Return the level (outcomes,) over the last school years together, for everybody."""
    chosen = [sums.school_years.index(year) for year in last_years(sums.school_years)]
    who = POPULATIONS if population == GAP else (population,)
    top, bottom = (
        np.array([[of(name, one)[chosen].sum() for name in outcomes] for one in who])
        for of in (sums.numerators, sums.denominators)
    )
    levels = ratio(top, bottom)
    return np.asarray(levels[0] - levels[1] if population == GAP else levels[0])


def _table(found: np.ndarray, outcomes: Sequence[str], channels: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    effect, low, high, p_sign = t_interval(np.moveaxis(found, 1, -1), CONFIDENCE)
    rows = [
        (name, channel, effect[o, c], low[o, c], high[o, c], p_sign[o, c], found.shape[1])
        for o, name in enumerate(outcomes)
        for c, channel in enumerate((*channels, DIRECT, WHOLE))
    ]
    return pd.DataFrame(rows, columns=list(PART_COLUMNS))


class _Count:
    """How many pairs of runs are done."""

    def __init__(self, whole: int, progress: Progress | None) -> None:
        self._done, self._whole = 0, whole
        self._progress = progress

    def one_more(self) -> None:
        """Count a pair."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._whole)


def _check(
    outcomes: Sequence[str],
    channels: Sequence[str],
    population: str,
    replicates: int,
    method: Method,
) -> None:
    kinds: tuple[tuple[str, Sequence[str], Collection[str]], ...] = (
        ("outcome", outcomes, INDEX),
        ("channel", channels, BY_CHANNEL),
        ("population", [population], (*POPULATIONS, GAP)),
    )
    for kind, names, known in kinds:
        for name in names:
            if name not in known:
                message = f"there is no {kind} '{name}'.{nearest(name, known)}"
                raise InputError(message)
    if replicates < 2:  # noqa: PLR2004 - one replicate has no spread
        message = f"{replicates} replicates give no interval; take at least 2."
        raise InputError(message)
    if method == "exact" and len(channels) > EXACT_UP_TO:
        message = (
            f"every subset of {len(channels)} channels is too much; take at most {EXACT_UP_TO}."
        )
        raise InputError(message)
