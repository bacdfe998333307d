"""Where an effect comes from: the difference between two scenarios, split over channels.

Each channel (`model.policy.channels`) is switched off in both worlds under the same draws, and the
difference that is left is compared. A channel's part is its Shapley value (Shapley 1953): what it
adds to the difference, averaged over all orders in which the channels can be switched on. The parts
and what no channel carries add up to the whole, replicate by replicate. See docs/statistics.md.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from model.aliases import current
from model.calendar import school_years
from model.disk.whole import write_whole
from model.errors import InputError, StorageError, nearest
from model.kernel.compile import code_digest
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import INDEX, POPULATIONS, last_years
from model.outcomes.sums import Sums
from model.policy.channels import BY_CHANNEL
from model.policy.scenario import Scenario
from model.policy.timetable import build, partings
from model.run.build import Populations
from model.run.settings import checked_families, checked_months
from model.run.shared import Pasts
from scenarios.runs.kept import lived
from scenarios.runs.parameter_samples import replicate_seed
from scenarios.statistics.answer import CONFIDENCE, GAP, ratio
from scenarios.statistics.paired import t_interval

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
        part_in = partings(build(alternative, checked_months(years), base))[:1]

        def value(on: Coalition) -> np.ndarray:
            pasts = Pasts()
            levels = [
                _levels(
                    lived(
                        one,
                        families=size,
                        years=years,
                        seed=replicate_seed(rng, r),
                        reference=base,
                        off=[name for name in channels if name not in on],
                        population=people,
                        pasts=pasts,
                        part_in=part_in,
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


if TYPE_CHECKING:
    import pandas as pd

PREFIX, SUFFIX = "attribution-", ".json"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A stored attribution of one outcome: its parts, and what they were worked out with.

    `parts` has the columns `scenarios.pairs.attribution.PART_COLUMNS`; `settings` holds families
    (None for the full size), years, rng, replicates, method and last_years.
    """

    base: str
    alternative: str
    outcome: str
    population: str
    channels: tuple[str, ...]
    settings: Mapping[str, Any]
    parts: pd.DataFrame


def attribution_path(
    folder: Path, base: str, alternative: str, outcome: str, population: str
) -> Path:
    """Return where an attribution lies in a run folder."""
    return folder / f"{PREFIX}{base}-{alternative}-{outcome}-{population}{SUFFIX}"


def keep_attribution(found: Attribution, folder: str | Path) -> tuple[Path, ...]:
    """Write an attribution into the folder of a run, a file per outcome; return their paths.

    One of the same outcome and population is replaced. Raises StorageError when there is no such
    folder, or it cannot be written.
    """
    home = Path(folder).expanduser()
    if not home.is_dir():
        message = f"there is no folder {home}. Give the folder of a run (--run RUN)."
        raise StorageError(message)
    paths = []
    for outcome in found.outcomes:
        rows = found.parts[found.parts["outcome"] == outcome]
        about = {
            "program": "veerkracht",
            "kind": "attribution",
            "base": found.base,
            "alternative": found.alternative,
            "outcome": outcome,
            "population": found.population,
            "channels": list(found.channels),
            "settings": dict(found.settings),
            "code_digest": code_digest(),
            "parts": [[_plain(cell) for cell in row] for row in rows.itertuples(index=False)],
        }
        path = attribution_path(home, found.base, found.alternative, outcome, found.population)
        write_whole(path, (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode())
        paths.append(path)
    return tuple(paths)


def kept_attributions(folder: Path, base: str, alternative: str) -> list[Kept]:
    """Return the attributions of a pair of scenarios in a run folder, by outcome and population.

    Raises StorageError when a file is damaged.
    """
    start = f"{PREFIX}{base}-{alternative}"
    paths = [
        path
        for path in folder.iterdir()
        if path.suffix == SUFFIX and (path.stem == start or path.stem.startswith(f"{start}-"))
    ]
    found: dict[tuple[str, str], Kept] = {}
    # The file of before has no outcome in its name and comes first; a newer one goes over it.
    for one in (kept for path in sorted(paths, key=lambda one: one.stem) for kept in _read(path)):
        if (one.base, one.alternative) == (base, alternative):
            found[one.outcome, one.population] = one
    return [found[key] for key in sorted(found)]


def _read(path: Path) -> list[Kept]:
    """Return what a file holds: one outcome, or in a file of before all that were asked."""
    import pandas as pd

    try:
        about = json.loads(path.read_text("utf-8"))
        parts = pd.DataFrame(about["parts"], columns=list(PART_COLUMNS))
        numbers = list(PART_COLUMNS[2:])
        parts[numbers] = parts[numbers].astype(float)
        names = parts["channel"][~parts["channel"].isin((DIRECT, WHOLE))]
        return [
            Kept(
                base=about["base"],
                alternative=about["alternative"],
                outcome=current("outcome", str(outcome)),
                population=about["population"],
                channels=tuple(about.get("channels", dict.fromkeys(names))),
                settings=about["settings"],
                parts=rows.assign(outcome=current("outcome", str(outcome))),
            )
            for outcome, rows in parts.groupby("outcome", sort=False)
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is damaged ({error}). Remove it, and run `veerkracht attribute` again."
        raise StorageError(message) from None


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of a table
    """Return a cell as JSON has it; nothing for what is not a number."""
    import pandas as pd

    if isinstance(cell, str):
        return cell
    return None if pd.isna(cell) else float(cell)
