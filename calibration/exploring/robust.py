"""Scenarios against each other, whatever the world: by form of the world, and by draw of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

SWITCHES: Mapping[str, Mapping[str, float]] = {
    "as shipped": {"school.direct_contract": 1e-9},
    "contracts act on learning": {"school.direct_contract": 0.05},
    "a move first raises leaving, then lowers it": {"structure.moves_and_leaving": 0.1},
    "learning is against a fixed norm": {"structure.fixed_norm": 1.0},
    "a third of a gain stays for good": {"structure.fade_floor": 0.3},
    "classmates who are newcomers hold Dutch back": {"structure.peers_in_class": 0.1},
}
"""The forms that the world may have: what is switched on, at the size that its reason gives.

A form has lived a past of its own. The shipped past is a longer and larger one, so that what is as
shipped is given a number that changes nothing, and lives one as the others do.
"""

SHIPPED = "as shipped"

APART = 0.95
"""Confidence of an order of two scenarios, shared by all pairs of a form (Bonferroni)."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """The scenarios under one form of the world, the most helpful first.

    `effects` are means over replicates by scenario, with `errors` their standard errors. `reversed`
    are pairs that are told apart as shipped and here, the other way round.
    """

    form: str
    order: tuple[str, ...]
    effects: Mapping[str, float]
    errors: Mapping[str, float]
    alike: float
    reversed: tuple[tuple[str, str], ...]


def orders(
    by_form: Mapping[str, np.ndarray], scenarios: Sequence[str], wanted: int
) -> tuple[Order, ...]:
    """Return the order of scenarios under each form, of effects (replicates, scenarios) by form.

    `wanted` is 1 where more helps and -1 where less does. NaN, a run that failed, is left out.
    """
    shipped = by_form[SHIPPED]
    told = []
    for form, effects in by_form.items():
        mean, error = _mean(effects)
        rank = np.argsort(-wanted * mean, kind="stable")
        turned = tuple(
            (scenarios[i], scenarios[j])
            for i, j in combinations(range(len(scenarios)), 2)
            if _apart(effects[:, i] - effects[:, j], len(scenarios))
            * _apart(shipped[:, i] - shipped[:, j], len(scenarios))
            < 0
        )
        told.append(
            Order(
                form=form,
                order=tuple(scenarios[k] for k in rank),
                effects=dict(zip(scenarios, mean.tolist(), strict=True)),
                errors=dict(zip(scenarios, error.tolist(), strict=True)),
                alike=_alike(mean, _mean(shipped)[0]),
                reversed=turned,
            )
        )
    return tuple(told)


@dataclass(frozen=True, kw_only=True)
class Robust:
    """One scenario over worlds that were drawn: how often it helps, and what it costs to choose it.

    `helps` is the share of worlds in which it helps by what matters, `best` that in which none
    helps more; `regret` is how much more the best would have helped, in nine of ten worlds at most.
    """

    scenario: str
    middle: float
    helps: float
    best: float
    regret: float


def robust(
    effects: np.ndarray, scenarios: Sequence[str], wanted: int, least: float
) -> tuple[Robust, ...]:
    """Return scenarios by regret, of effects (worlds, scenarios); a world with NaN is left out."""
    helped = wanted * effects[~np.isnan(effects).any(axis=1)]
    if not len(helped):
        return ()
    most = helped.max(axis=1, keepdims=True)
    told = [
        Robust(
            scenario=name,
            middle=float(wanted * np.median(helped[:, k])),
            helps=float((helped[:, k] >= least).mean()),
            best=float((helped[:, k] == most[:, 0]).mean()),
            regret=float(np.quantile(most[:, 0] - helped[:, k], 0.9)),
        )
        for k, name in enumerate(scenarios)
    ]
    return tuple(sorted(told, key=lambda one: one.regret))


def _mean(effects: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return means and standard errors over replicates (replicates, scenarios)."""
    seen = np.maximum((~np.isnan(effects)).sum(axis=0), 1)
    mean = np.nansum(effects, axis=0) / seen
    squares = np.nansum((effects - mean) ** 2, axis=0)
    return mean, np.sqrt(squares / np.maximum(seen - 1, 1) / seen)


def _apart(differences: np.ndarray, scenarios: int) -> int:
    """Return the sign of a mean difference that chance does not explain, else 0."""
    from scipy.special import stdtrit

    seen = differences[~np.isnan(differences)]
    if len(seen) < 2:  # noqa: PLR2004 - one replicate says nothing about chance
        return 0
    pairs = max(1, scenarios * (scenarios - 1) // 2)
    half = stdtrit(len(seen) - 1, 1.0 - (1.0 - APART) / pairs / 2.0)
    error = seen.std(ddof=1) / np.sqrt(len(seen))
    return int(np.sign(seen.mean())) if abs(seen.mean()) > half * error else 0


def _alike(first: np.ndarray, second: np.ndarray) -> float:
    """Return Spearman's correlation of two orders; 1 where there is one scenario."""
    from scipy.stats import rankdata

    if len(first) < 2 or first.std() == 0.0 or second.std() == 0.0:  # noqa: PLR2004
        return 1.0
    return float(np.corrcoef(rankdata(first), rankdata(second))[0, 1])
