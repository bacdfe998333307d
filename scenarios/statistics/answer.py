"""One answer: by how much an outcome differs between two scenarios, and how sure of it we are.

Terminal, report, page and Python tell a difference from here. Both scenarios of a replicate meet
the same families with the same luck, so the difference within a replicate is observed, and only its
spread over replicates counts. Levels are ratios of sums over replicates and school years; each
replicate moves them by its linearised value (Cochran 1977, chapter 6), and the interval is
Student's t over these. Methods and sources: docs/statistics.md. NumPy only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from model.errors import InputError
from model.outcomes.registry import BY_OUTCOME, MINIMUM_CELL
from model.outcomes.units import Smallest, Unit

CONFIDENCE = 0.95

GAP = "gap"
"""The third population of a comparison: EU-11 children minus comparable Dutch children."""

_ROUNDING = 1e-12
"""A spread that is smaller than this part of the difference is rounding."""

Reading = Literal["small", "nobody", "none", "once", "lower", "higher", "same", "unsure"]
Direction = Literal["lower", "higher", "same", "unknown"]


class NotKnowing(NamedTuple):
    """What not knowing the parameters leaves possible: 95% of the effects of draws of them.

    `p_sign` is the share of draws whose effect has the sign of the difference.
    """

    low: float
    high: float
    p_sign: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The difference of a scenario from a base in one outcome, with all that belongs to it.

    `value` is `level` minus `level_base`, in the unit of the tidy table (`unit`), over the school
    years `years` taken together; `low` to `high` hold `confidence` of what chance leaves possible,
    `p_sign` is the probability that the sign is right. All three are NaN where replicates say
    nothing about chance: one replicate, or no spread between them. `n` is the number of replicates,
    `behind` that of the children or families behind a level, on average per replicate and school
    year (NaN for a count). `group` is "all" or "dimension:group", `population` may be the gap.

    `is_small`: it rests on fewer than ten of them, or would give such a number away. The numbers
    are there for statistics; whoever shows an answer leaves them out.
    """

    outcome: str
    population: str
    group: str
    layer: str
    base: str
    alternative: str
    years: tuple[str, ...]
    level_base: float
    level: float
    value: float
    low: float
    high: float
    p_sign: float
    confidence: float
    n: int
    behind: float
    is_small: bool
    not_knowing: NotKnowing | None = None

    @property
    def measure(self) -> Unit:
        """The unit, and how people read a number in it."""
        return BY_OUTCOME[self.outcome].measure

    @property
    def unit(self) -> str:
        """The name of the unit in tables and files."""
        return self.measure.name

    @property
    def smallest(self) -> Smallest:
        """The smallest difference that matters."""
        return BY_OUTCOME[self.outcome].smallest

    @property
    def of(self) -> str:
        """Whom a level is of, such as "students"; empty for a count."""
        return BY_OUTCOME[self.outcome].of

    @property
    def reading(self) -> Reading:
        """What may be said of the difference.

        "small" group, "nobody" was seen, "none" (no replicate differs at all), "once" (chance is
        not known), "lower" or "higher" (the interval excludes 0), "same" (the whole interval is
        smaller than what matters), or "unsure".
        """
        if self.is_small:
            return "small"
        if np.isnan(self.value):
            return "nobody"
        if np.isnan(self.low):
            return "none" if self.value == 0 else "once"
        if self.low > 0 or self.high < 0:
            return "higher" if self.low > 0 else "lower"
        return "same" if self.is_minor else "unsure"

    @property
    def is_minor(self) -> bool:
        """Whether all that chance leaves possible is smaller than what matters for this outcome.

        Where chance is not known, whether the difference is.
        """
        ends = (self.value,) if np.isnan(self.low) else (self.low, self.high)
        return bool(max(map(abs, ends)) < self.smallest.value)

    @property
    def direction(self) -> Direction:
        """Whether it became lower or higher, about the same, or cannot be said.

        One replicate gives the direction of that replicate.
        """
        reading = self.reading
        if reading in {"lower", "higher"}:
            return "lower" if reading == "lower" else "higher"
        if reading in {"same", "none"} or (reading == "once" and self.is_minor):
            return "same"
        if reading == "once":
            return "lower" if self.value < 0 else "higher"
        return "unknown"


def answered(
    numerators: np.ndarray,
    denominators: np.ndarray,
    *,
    outcome: str,
    population: str,
    group: str,
    layer: str,
    years: tuple[str, ...],
    base: str = "",
    alternative: str = "",
    is_small: bool,
    confidence: float = CONFIDENCE,
) -> Answer:
    """Return the answer that sums give.

    `numerators` and `denominators` (populations, 2, years, replicates) have the base first; one
    population, or for the gap EU-11 and comparable.
    """
    check_confidence(confidence)
    bottom = denominators.sum(axis=2)
    reached, moved = _both(numerators, denominators, population)
    value = reached[1] - reached[0]
    low, high, p_sign = bounds(value, moved[1] - moved[0], confidence)
    is_count = BY_OUTCOME[outcome].level == "count"
    return Answer(
        outcome=outcome,
        population=population,
        group=group,
        layer=layer,
        base=base,
        alternative=alternative,
        years=years,
        level_base=float(reached[0]),
        level=float(reached[1]),
        value=float(value),
        low=float(low),
        high=float(high),
        p_sign=float(p_sign),
        confidence=confidence,
        n=int((bottom > 0).sum(axis=-1).min()),
        behind=float("nan") if is_count else float(denominators.mean(axis=(2, 3)).min()),
        is_small=is_small,
    )


def differences_of(numerators: np.ndarray, denominators: np.ndarray, population: str) -> np.ndarray:
    """Return what each replicate says of a difference (replicates,); their mean is the difference.

    Takes sums as `answered` does; NaN where nobody was seen.
    """
    reached, moved = _both(numerators, denominators, population)
    return np.asarray(reached[1] - reached[0] + moved[1] - moved[0])


def _both(
    numerators: np.ndarray, denominators: np.ndarray, population: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return the levels (2,) of base and alternative, and how replicates (2, n) move them."""
    top, bottom = numerators.sum(axis=2), denominators.sum(axis=2)
    reached, moved = levels(top, bottom), deviations(top, bottom)
    if population == GAP:
        return reached[0] - reached[1], moved[0] - moved[1]
    return reached[0], moved[0]


def check_confidence(confidence: float) -> None:
    """Raise InputError for a confidence that cannot be."""
    if not 0 < confidence < 1:
        message = f"a confidence of {confidence:g} is not possible; give one between 0 and 1."
        raise InputError(message)


def too_small(sizes: np.ndarray) -> bool:
    """Return whether some cell of these sizes is too small to show; nobody shows nothing."""
    seen = sizes[sizes > 0]
    return bool(seen.size and seen.min() < MINIMUM_CELL)


def ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Return numerator over denominator, NaN where the denominator is not above 0."""
    result = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def levels(numerators: np.ndarray, denominators: np.ndarray) -> np.ndarray:
    """Return the level (...) of all replicates (..., n) together; NaN where nobody was seen."""
    return ratio(numerators.sum(axis=-1), denominators.sum(axis=-1))


def deviations(numerators: np.ndarray, denominators: np.ndarray) -> np.ndarray:
    """Return how each replicate (..., n) moves the level.

    The linearised values of a ratio estimator: their mean is 0, and their spread over replicates is
    that of the level. A replicate in which nobody was seen moves nothing.
    """
    mean = denominators.mean(axis=-1, keepdims=True)
    away = numerators - levels(numerators, denominators)[..., None] * denominators
    return ratio(away, np.broadcast_to(mean, away.shape))


def bounds(
    difference: np.ndarray, deviations: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return low, high and p_sign of differences (...) whose replicates deviate by (..., n).

    NaN where replicates say nothing about chance: there is one, or they all give the same.
    """
    from scipy import special

    n = deviations.shape[-1]
    if n < 2:  # noqa: PLR2004 - one replicate says nothing about spread
        nothing = np.full(np.shape(difference), np.nan)
        return nothing, nothing, nothing
    error = np.sqrt((deviations**2).sum(axis=-1) / (n - 1) / n)
    error = np.where(error <= _ROUNDING * np.abs(difference), np.nan, error)
    half = special.stdtrit(n - 1, 0.5 + confidence / 2) * error
    return difference - half, difference + half, special.stdtr(n - 1, np.abs(difference) / error)
