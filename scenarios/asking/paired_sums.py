"""What the replicates of a question left so far, as arrays: looked at without a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.outcomes.registry import (
    ACTUAL,
    INDEX,
    MINIMUM_CELL,
    OUTCOMES,
    POPULATIONS,
    last_years,
)
from scenarios.format.layout import SIZED_AS
from scenarios.statistics.answer import CONFIDENCE, GAP, bounds, deviations, levels
from scenarios.statistics.words import Look, looked

_COUNTS = np.array([outcome.level == "count" for outcome in OUTCOMES])
_SIZED_AS = [INDEX[SIZED_AS.get(outcome.name, outcome.name)] for outcome in OUTCOMES]


@dataclass(frozen=True, kw_only=True)
class ByYear:
    """An outcome in every school year, in the stored unit; NaN where nobody, or too few, were seen.

    `levels` (populations, 2, school years) have the base first; `difference` (school years,) is
    that of EU-11 families, `low` to `high` hold 95% of what chance leaves possible of it. Both are
    NaN where replicates say nothing about chance.
    """

    levels: np.ndarray
    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, kw_only=True)
class PairedSums:
    """Sums of everybody, as things actually are, in the replicates that were lived so far.

    `numerators` and `denominators` (outcomes, populations, 2, school years, replicates) have the
    base first, and are 0 where nobody was seen; of a count the denominator is 1.
    """

    numerators: np.ndarray
    denominators: np.ndarray
    school_years: tuple[str, ...]
    base: str
    alternative: str

    @property
    def n(self) -> int:
        """The number of replicates."""
        return int(self.numerators.shape[-1])

    @property
    def counted(self) -> tuple[str, ...]:
        """The school years that an answer takes together."""
        return last_years(self.school_years)

    @cached_property
    def small(self) -> np.ndarray:
        """Which cells (outcomes, populations, school years) rest on too few to be shown.

        A cell that is small in one run is hidden in all, as everywhere.
        """
        sizes = np.where(_COUNTS[:, None, None, None, None], self.numerators, self.denominators)
        sizes = sizes[_SIZED_AS]
        return np.asarray(((sizes > 0) & (sizes < MINIMUM_CELL)).any(axis=(2, 4)))

    @cached_property
    def _looks(self) -> dict[tuple[str, str], Look]:
        return {}

    def look(self, outcome: str, population: str = "eu11") -> Look:
        """Return the difference in an outcome, and what may be said of it by now.

        `population` may be the gap between EU-11 and comparable families.
        """
        found = self._looks.get((outcome, population))
        if found is None:
            found = self._looks[outcome, population] = self._looked(outcome, population)
        return found

    def _looked(self, outcome: str, population: str) -> Look:
        who = POPULATIONS if population == GAP else (population,)
        people = [POPULATIONS.index(one) for one in who]
        years = [self.school_years.index(year) for year in self.counted]
        place = INDEX[outcome]
        return looked(
            self.numerators[place][people][:, :, years],
            self.denominators[place][people][:, :, years],
            outcome=outcome,
            population=population,
            layer=ACTUAL,
            years=self.counted,
            base=self.base,
            alternative=self.alternative,
            is_small=bool(self.small[place][people][:, years].any()),
        )

    def by_year(self, outcome: str) -> ByYear:
        """Return the levels of an outcome and the difference in it, school year by school year."""
        place = INDEX[outcome]
        top, bottom = self.numerators[place], self.denominators[place]
        with np.errstate(invalid="ignore"):
            reached = np.where(self.small[place][:, None], np.nan, levels(top, bottom))
            moved = deviations(top, bottom)[0]
            difference = reached[0, 1] - reached[0, 0]
            low, high, _ = bounds(difference, moved[1] - moved[0], CONFIDENCE)
        return ByYear(levels=reached, difference=difference, low=low, high=high)

    def effects(self) -> np.ndarray:
        """Return the difference of an answer in every outcome (outcomes,), of EU-11 families.

        NaN where nobody was seen.
        """
        years = [self.school_years.index(year) for year in self.counted]
        top, bottom = (
            part[:, 0][:, :, years].sum(axis=2) for part in (self.numerators, self.denominators)
        )
        reached = levels(top, bottom)
        return np.asarray(reached[:, 1] - reached[:, 0])

    def against(self, other: PairedSums) -> PairedSums:
        """Return the difference of two alternatives that were lived beside the same base.

        The alternative of `other` becomes the base; as many replicates as both have. Raises
        ValueError when the bases differ.
        """
        n = min(self.n, other.n)
        mine, theirs = self.first(n), other.first(n)
        for part in ("numerators", "denominators"):
            if not np.array_equal(getattr(mine, part)[:, :, 0], getattr(theirs, part)[:, :, 0]):
                message = "two alternatives are compared beside the same base only"
                raise ValueError(message)
        return replace(
            mine,
            numerators=np.stack([theirs.numerators[:, :, 1], mine.numerators[:, :, 1]], axis=2),
            denominators=np.stack(
                [theirs.denominators[:, :, 1], mine.denominators[:, :, 1]], axis=2
            ),
            base=other.alternative,
        )

    def first(self, n: int) -> PairedSums:
        """Return the sums of the first `n` replicates."""
        return replace(
            self, numerators=self.numerators[..., :n], denominators=self.denominators[..., :n]
        )


def paired_sums(
    lived: Sequence[np.ndarray], school_years: tuple[str, ...], base: str, alternative: str
) -> PairedSums:
    """Return the sums of replicates, each (2, school years, outcomes, populations, 2)."""
    whole = np.stack(lived)
    # From (replicates, 2, years, outcomes, populations, sums) to the order of the fields.
    top, bottom = np.moveaxis(whole, (5, 3, 4, 1, 2, 0), range(6))
    bottom = np.where(_COUNTS[:, None, None, None, None], 1.0, bottom)
    return PairedSums(
        numerators=top,
        denominators=bottom,
        school_years=school_years,
        base=base,
        alternative=alternative,
    )
