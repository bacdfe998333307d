"""A world of lines, whose posterior is known, in place of the model."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from calibration.fitting.held import Held
from calibration.fitting.kept import Shown
from calibration.fitting.plan import Plan
from calibration.fitting.unknowns import Unknowns
from calibration.fitting.waves import Place
from model.evidence.ledger import Parameter, normal

ONE_SD = 1.6448536269514722
"""The 95% point of the standard normal law: a prior with these points has deviation 1."""

SLOPES = np.array([[1.0, 0.3], [0.2, -0.8], [0.5, 0.5], [-0.7, 0.4]])
NAMES = tuple(f"figure {k}" for k in range(len(SLOPES)))
TRUTH = np.array([0.6, -0.9])
LUCK = 0.4


def toy_unknowns(numbers: int = 2) -> Unknowns:
    return Unknowns(
        tuple(
            Parameter(
                name=f"toy.number_{k}",
                value=0.0,
                unit="",
                low=-50.0,
                high=50.0,
                prior=normal(-ONE_SD, ONE_SD),
                source="",
                grade="D",
            )
            for k in range(numbers)
        )
    )


def figures(values: np.ndarray, error: float = 0.1, discrepancy: float = 0.3) -> Held:
    n = len(values)
    return Held(
        names=NAMES[:n],
        low=values,
        high=values,
        error=np.full((n, 2), error),
        discrepancy=np.full((n, 2), discrepancy),
        is_log=np.zeros(n, bool),
    )


def exact(values: np.ndarray, variance: float) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and deviations of the posterior of figures with one variance."""
    covariance = np.linalg.inv(SLOPES.T @ SLOPES / variance + np.eye(SLOPES.shape[1]))
    return covariance @ SLOPES.T @ values / variance, np.sqrt(np.diag(covariance))


def toy_plan(**sizes: Any) -> Plan:  # noqa: ANN401 - Plan has the types
    return Plan(
        parameters=toy_unknowns().names,
        targets=NAMES,
        digests={},
        made_by="toy",
        **{"first": 60, "later": 40, "waves": 2, **sizes},
    )


@dataclass
class Lines:
    """Shows SLOPES times the numbers, with luck; counts what it lives.

    Runs whose number is in `fails` fail in every wave; after `ends_after` runs it is interrupted.
    """

    luck: float = LUCK
    fails: Container[int] = ()
    ends_after: int | None = None
    lived: list[int] = field(default_factory=list)

    def __call__(self, places: Sequence[Place]) -> Iterator[Shown]:
        """Live places one by one."""
        for place in places:
            if self.ends_after is not None and len(self.lived) == self.ends_after:
                raise KeyboardInterrupt
            self.lived.append(place.number)
            numbers = np.array(list(place.parameters.values()))
            luck = np.random.default_rng(place.seed).normal(size=len(SLOPES)) * self.luck
            shown = SLOPES @ numbers + luck
            failed = "it broke" if place.number in self.fails else ""
            values = {} if failed else dict(zip(NAMES, shown.tolist(), strict=True))
            yield Shown(
                wave=place.wave, number=place.number, values=values, failed=failed, made_by="toy"
            )
