"""The prior predictive: worlds drawn from the priors, held against every target.

A prior that knows its evidence makes worlds near the published figures before anything is fitted.
`python -m calibration.priors.predictive` lives draws of the priors, one after another, and writes
`predictive.json`; what a run is made of and under which digest stands in the file.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from calibration.monitors.observed import observe_run
from calibration.targets.figures import read_rows
from calibration.targets.reader import current_digest, load_targets
from calibration.targets.target import Target
from model.errors import InputError, nearest
from scenarios.runs.parameter_samples import prior_draw, replicate_seed

PREDICTIVE = Path(__file__).with_name("predictive.json")

MISSED = Path(__file__).with_name("missed.csv")
"""Why less than ENOUGH of the drawn worlds are near a target, as far as anybody knows."""

NEAR = 3.0
"""Total errors of a target within which a drawn world is near it."""

ENOUGH = 0.5
"""Share of draws that are near a target that the priors know."""

DRAWS, FAMILIES, YEARS, SEED = 100, 2000, 10, 1
"""How many worlds, how large and how long, when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One target in the drawn worlds, in its own unit.

    `near` is the share of the worlds that lie within NEAR total errors; `seen` counts the worlds in
    which the quantity was seen, and another one counts as not near. `median`, `low` and `high` are
    the 50%, 5% and 95% points; `at_ledger` is the number at the ledger's own values. `moved_by` are
    the three parameters whose draws rank most like the quantity, with Spearman's correlation.
    """

    target: str
    near: float
    seen: int
    low: float | None
    median: float | None
    high: float | None
    at_ledger: float | None
    moved_by: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Predictive:
    """What draws of the priors were held against, under which digest, and what was found."""

    digest: str
    draws: int
    families: int
    years: int
    seed: int
    reached: tuple[Reached, ...]


def load_predictive(path: Path = PREDICTIVE) -> Predictive:
    """Return the prior predictive that was lived last."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    reached = tuple(
        Reached(**{**row, "moved_by": tuple((name, rho) for name, rho in row["moved_by"])})
        for row in kept.pop("reached")
    )
    return Predictive(**kept, reached=reached)


def load_missed(known: Collection[str], path: Path = MISSED) -> dict[str, str]:
    """Return why the priors miss targets, by id of the target.

    Raises InputError for a target that there is not, one that stands twice, and an empty reason.
    """
    found: dict[str, str] = {}
    for where, row in read_rows(path, ("target", "reason")):
        name = row["target"]
        if name not in known:
            raise InputError(f"{where}: there is no target '{name}'.{nearest(name, known)}")
        if name in found or not row["reason"].strip():
            raise InputError(f"{where}: {name} stands twice or says no reason. Give it one reason.")
        found[name] = row["reason"]
    return found


def live(
    targets: Mapping[str, Target], number: int, *, families: int, years: int, seed: int
) -> dict[str, float]:
    """Return what every target's quantity is in the world of one draw, by id of the target.

    Draw 0 has the ledger's own values. Each draw has luck of its own, so that the spread holds that
    of chance in a world of this size too.
    """
    seen = observe_run(
        families=families,
        years=years,
        seed=replicate_seed(seed, number),
        parameters=prior_draw(seed, number),
    )
    return {name: target.quantity.value(seen) for name, target in targets.items()}


def reached(
    target: Target,
    worlds: Sequence[float],
    drawn: Sequence[Mapping[str, float]],
    at_ledger: float,
) -> Reached:
    """Return how worlds (a number each, NaN for not seen) lie to a target, and what moves them.

    `drawn` holds the parameters of the same worlds, in the same order.
    """
    import pandas as pd

    values = pd.Series(worlds, dtype=float)
    near = sum(abs(target.distance(value)) <= NEAR for value in worlds)
    table = pd.DataFrame(drawn)
    moving = table.loc[:, table.max() > table.min()] if values.max() > values.min() else table[[]]
    is_seen = values.notna()
    # Spearman's correlation is that of ranks; ranked at once it takes a fortieth of the time.
    ranks = moving[is_seen].rank().corrwith(values[is_seen].rank()).dropna()
    strongest = ranks[ranks.abs().sort_values(ascending=False).index[:3]]
    low, median, high = (_rounded(float(values.quantile(share))) for share in (0.05, 0.5, 0.95))
    return Reached(
        target=target.id,
        near=near / len(worlds),
        seen=int(values.count()),
        low=low,
        median=median,
        high=high,
        at_ledger=_rounded(at_ledger),
        moved_by=tuple((str(name), round(float(rho), 2)) for name, rho in strongest.items()),
    )


def predict(
    draws: int = DRAWS, *, families: int = FAMILIES, years: int = YEARS, seed: int = SEED
) -> Predictive:
    """Live draws of the priors and return how they lie to all targets."""
    targets = load_targets()
    world_of = partial(live, targets, families=families, years=years, seed=seed)
    at_ledger, numbers = world_of(0), range(1, draws + 1)
    worlds = [world_of(number) for number in numbers]
    drawn = [prior_draw(seed, number) for number in numbers]
    return Predictive(
        digest=current_digest(),
        draws=draws,
        families=families,
        years=years,
        seed=seed,
        reached=tuple(
            reached(target, [world[name] for world in worlds], drawn, at_ledger[name])
            for name, target in targets.items()
        ),
    )


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else float(f"{value:.4g}")


def main() -> None:
    """Live the draws that the command line asks for and write what they show."""
    parser = argparse.ArgumentParser(description="Hold draws of the priors against the targets.")
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--families", type=int, default=FAMILIES)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    found = predict(asked.draws, families=asked.families, years=asked.years, seed=asked.seed)
    PREDICTIVE.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
