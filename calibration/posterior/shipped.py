"""What the shipped calibration found, as it is kept beside its draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from calibration.fitting.found import Direction, Figure, Found, Number, Result
from calibration.fitting.waves import Wave
from scenarios.format.draws_file import about_draws
from scenarios.runs.parameter_samples import POSTERIOR

SHIPPED = POSTERIOR.with_name("shipped.json")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """By how much a policy moves an outcome, in its unit in a table, and what leaves that open.

    `value` with `low` to `high` (95%, luck) is of the ledger's values; `before` of those that the
    calibration started from. The other ranges hold 95% of the effects of draws, luck taken out, and
    `agree` is the share of draws whose effect has the sign of `value`.
    """

    scenario: str
    outcome: str
    value: float
    low: float
    high: float
    before: float
    posterior_low: float
    posterior_high: float
    posterior_agree: float
    prior_low: float
    prior_high: float
    prior_agree: float


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """How often intervals held what is true, by one likelihood (`calibration.posterior.recovery`).

    `covered` is the share of truths that the middle 50, 80 and 95% of their posteriors held, over
    all numbers, and `covered_known` over the `known` ones of which the figures speak. `uniform` and
    `uniform_known` are the chances of ranks as far from uniform as these (Kolmogorov-Smirnov), as
    if those of one truth were apart; empty and None where the figures speak of none.
    """

    truths: int
    numbers: int
    figures: int
    known: int
    covered: tuple[float, ...]
    covered_known: tuple[float, ...]
    uniform: float | None
    uniform_known: float | None


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """The shipped calibration: its plan and result, the same with other luck, and effects.

    `seeds_differ` is by how many posterior deviations the means of the two calibrations differ, at
    most and over all numbers in the mean square, None where the second was not lived; `draws` is
    how many draws effects were lived with. `recovered` is how the method found runs that were held
    back, by likelihood; empty before `recover`.
    """

    plan: Mapping[str, Any]
    result: Result
    seeds_differ: tuple[float, float] | None
    draws: int
    effects: tuple[Moved, ...]
    recovered: Mapping[str, Recovered] = field(default_factory=dict)


def is_shipped() -> bool:
    """Return whether a posterior comes with the program."""
    return POSTERIOR.exists() and SHIPPED.exists()


def load_shipped(path: Path = SHIPPED) -> Shipped:
    """Return what the shipped calibration found."""
    told = json.loads(path.read_text("utf-8"))
    return Shipped(
        plan=told["plan"],
        result=result_of(told["result"]),
        seeds_differ=None if told["seeds_differ"] is None else (*told["seeds_differ"],),
        draws=told["draws"],
        effects=tuple(Moved(**one) for one in told["effects"]),
        recovered={
            kind: Recovered(**one | {name: (*one[name],) for name in ("covered", "covered_known")})
            for kind, one in told["recovered"].items()
        },
    )


def keep(shipped: Shipped, path: Path = SHIPPED) -> None:
    """Write what was found."""
    path.write_text(json.dumps(asdict(shipped), indent=1) + "\n", encoding="utf-8")


def fitted_numbers() -> tuple[str, ...]:
    """Return the numbers of the ledger that the shipped draws have from the posterior."""
    return tuple(about_draws(POSTERIOR)["fitted"])


def result_of(told: Mapping[str, Any]) -> Result:
    """Return the result of a calibration from its record, as in `result.json`."""
    found = told["found"]
    return Result(
        waves=tuple(Wave(**one) for one in told["waves"]),
        found=Found(
            numbers=tuple(Number(**one) for one in found["numbers"]),
            directions=tuple(Direction(**one) for one in found["directions"]),
            figures=tuple(Figure(**one) for one in found["figures"]),
            chi2=found["chi2"],
        ),
        checks=tuple(Figure(**one) for one in told["checks"]),
        variants=told["variants"],
        agreement=told["agreement"],
        restricted=told["restricted"],
    )
