"""What is asked: two scenarios, and how large, long and which the samples are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from model.policy.scenario import Scenario
from model.policy.timetable import build, partings
from model.run.settings import checked_families, checked_months, checked_seed
from scenarios.runs.kept import question as asked_of_a_run
from scenarios.runs.parameter_samples import replicate_seed

SAMPLE = 500
"""Families in a chunk, both populations together: a tenth of a second of one core."""

KEY_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class Question:
    """By how much `alternative` differs from `base`, in replicates of `families` families.

    `families` is None for the full size. Replicate r has the seed that it has in an ensemble with
    the same settings, so the numbers are those of `veerkracht compare`. Raises InputError for
    settings that cannot be.
    """

    base: Scenario
    alternative: Scenario
    families: int | None = SAMPLE
    years: int = 15
    seed: int = 1

    def __post_init__(self) -> None:
        checked_families(self.families)
        checked_months(self.years)
        checked_seed(self.seed)

    @property
    def scenarios(self) -> tuple[Scenario, Scenario]:
        """Both scenarios, the base first."""
        return self.base, self.alternative

    @cached_property
    def runs(self) -> tuple[str, str]:
        """A short name for what is lived under each scenario, whatever the replicate."""
        return self.runs_with({})

    def runs_with(self, sample: Mapping[str, float]) -> tuple[str, str]:
        """Return a short name for what is lived under each scenario with a sample of parameters."""
        base, alternative = (_digest(self._asked(one, sample)) for one in self.scenarios)
        return base, alternative

    @cached_property
    def key(self) -> str:
        """A short name: questions with the same numbers have the same, also after a restart."""
        return _digest("".join(self.runs))

    def part_in(self, sample: Mapping[str, float]) -> tuple[int, ...]:
        """Return the months in which the alternative parts from the base, further each time.

        `sample` are parameters of a draw.
        """
        months = checked_months(self.years)
        return partings(build(self.alternative, months, self.base, sample))

    def seed_of(self, replicate: int) -> int:
        """Return the seed of a replicate, counted from 0."""
        return replicate_seed(self.seed, replicate)

    def _asked(self, scenario: Scenario, sample: Mapping[str, float]) -> str:
        return asked_of_a_run(
            scenario,
            self.base,
            families=self.families,
            months=checked_months(self.years),
            seed=self.seed,
            sample=sample,
            off=(),
        )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]
