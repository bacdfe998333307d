"""Flows of contracts: from which contract families come to which, under two policies.

Families that are in the country at the start are the same in both runs, with the same contracts.
Each is looked up again at the end: the contract of its main earner, or that it has left the
country. What differs between the two runs is where they came to, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.enums import Contract, Population
from model.errors import InputError
from model.outcomes.observers import Progress, Stop, is_here
from model.outcomes.registry import MINIMUM_CELL
from model.policy.scenario import Scenario
from model.state import ADULTS, State
from scenarios.disclosure.rules import MARK
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair
from scenarios.runs.parameter_samples import replicate_seed
from scenarios.statistics.paired import t_interval

if TYPE_CHECKING:
    import pandas as pd

GONE = "gone"
"""Where families come to that have left the country."""

STARTS = tuple(contract.name.lower() for contract in Contract)
ENDS = (*STARTS, GONE)

FLOW_COLUMNS = (
    "population",
    "start",
    "end",
    "families_base",
    "families",
    "share_base",
    "share",
    "difference",
    "low",
    "high",
    "mark",
)
_NUMBERS = FLOW_COLUMNS[FLOW_COLUMNS.index("families_base") : -1]


@dataclass(frozen=True, kw_only=True)
class ContractFlows:
    """Two scenarios with the same families, and from which contract to which those came.

    `table` (FLOW_COLUMNS) has a row per population, contract at the start and contract at the end
    (or GONE) that any family went through in either run. `families` are a mean over replicates,
    shares are of all families of the population that were here at the start, and `low` to `high`
    hold the difference of shares by chance (95%; NaN for one replicate). Rows of fewer than ten
    families in both runs of a replicate have a `mark` and no numbers.
    """

    base: str
    alternative: str
    replicates: int
    years: int
    table: pd.DataFrame


def contract_flows(
    base: Scenario,
    alternative: Scenario,
    *,
    families: int | str | None = 2000,
    years: int = 15,
    rng: int = 1,
    replicates: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> ContractFlows:
    """Return the flows of contracts of two scenarios with the same families.

    Replicate r has the seed `replicate_seed(rng, r)`. Raises InputError for what cannot be used,
    also when the two do not start with the same people, and Cancelled when stopped.
    """
    if replicates < 1:
        raise InputError(f"replicates = {replicates} is not possible; at least 1 is needed.")
    counts = []
    for r in range(replicates):
        pair = Pair.of(
            base, alternative, families=families, years=years, seed=replicate_seed(rng, r)
        )
        counts.append(_counted(pair, _part(progress, r, replicates), stop))
    return ContractFlows(
        base=base.id,
        alternative=alternative.id,
        replicates=replicates,
        years=years,
        table=_table(np.stack(counts, axis=-1)),
    )


def _part(progress: Progress | None, done: int, whole: int) -> Progress | None:
    """Return what a replicate tells of its months, `done` of `whole` replicates being lived."""
    if progress is None:
        return None
    return lambda month, horizon: progress(done * horizon + month, whole * horizon)


def _counted(pair: Pair, progress: Progress | None, stop: Stop | None) -> np.ndarray:
    """Live a pair and count families (run, population, start, end)."""
    start = pair.before
    was_here, began = is_here(start), _contract(start)
    population = np.asarray(start.families["population"]).copy()
    found = np.zeros((2, len(Population), len(STARTS), len(ENDS)))

    def watch(pair: Pair) -> None:
        if pair.month + 1 < pair.horizon:
            return
        for run, state in enumerate(pair.states):
            ended = np.where(is_here(state), _contract(state), ENDS.index(GONE))
            places = population[was_here], began[was_here], ended[was_here]
            np.add.at(found[run], places, 1.0)

    pair.run(watch, progress, stop)
    return found


def _contract(state: State) -> np.ndarray:
    """Return the contract of the main earner of every family."""
    return np.array(state.adults["contract"][::ADULTS], dtype=np.int64)


def _table(counts: np.ndarray) -> pd.DataFrame:
    """Return the table of counts (run, population, start, end, replicate)."""
    import pandas as pd

    whole = np.maximum(counts.sum(axis=(2, 3)), 1.0)
    rows = []
    for population in Population:
        for start, began in enumerate(STARTS):
            for end, ended in enumerate(ENDS):
                at = population, start, end
                here = counts[:, *at]
                if not here.any():
                    continue
                shares = here / whole[:, population]
                apart = shares[ALTERNATIVE] - shares[BASE]
                rows.append(
                    (
                        population.name.lower(),
                        began,
                        ended,
                        *here.mean(axis=-1),
                        *shares.mean(axis=-1),
                        *t_interval(apart)[:3],
                        MARK if here.max(axis=0).min() < MINIMUM_CELL else "",
                    )
                )
    table = pd.DataFrame(rows, columns=list(FLOW_COLUMNS))
    is_small = table["mark"] == MARK
    return table.assign(**{name: table[name].astype(float).mask(is_small) for name in _NUMBERS})
