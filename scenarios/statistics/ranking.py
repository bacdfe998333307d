"""Which scenario has more of an outcome: all of them in order, and every pair with its interval.

All pairs of scenarios share the error: 95% is the chance that none of their intervals misses. So
two scenarios that are told apart are told apart, however many were compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.errors import InputError
from model.outcomes.registry import BY_OUTCOME, last_years
from scenarios.statistics.answer import CONFIDENCE, Answer
from scenarios.statistics.answers import answers

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble

SIZE = ("n_families", "share_not_registered")
"""Families in the register at full size, and those on top for one of them."""

ROOM = "population"
COUNTED = frozenset(
    {"share per year", "share of families", "share of families per year", "share of children"}
)
"""Units of outcomes of which it can be said how many people a difference is."""
EVENTS = frozenset({"moves per family and year", "changes per child and year"})
"""Units of outcomes of which it can be said how many times a year something happens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """The scenarios by their level of an outcome, the lowest first, and all pairs of them.

    `pairs` are answers at a confidence that they share: the base of a pair is the scenario that
    stands first in the run. `behind` is how many children or families a level is of on
    average; `is_small` says that some of it may not be shown, and then nothing should be.
    """

    outcome: str
    population: str
    years: tuple[str, ...]
    order: tuple[str, ...]
    levels: dict[str, float]
    pairs: tuple[Answer, ...]
    behind: float
    n: int
    is_small: bool

    @property
    def n_apart(self) -> int:
        """How many pairs are told apart."""
        return sum(one.reading in {"lower", "higher"} for one in self.pairs)


def ranking(
    run: Ensemble,
    outcome: str,
    *,
    population: str = "eu11",
    years: tuple[str, ...] | None = None,
    confidence: float = CONFIDENCE,
) -> Ranking:
    """Return the order of the scenarios of a run, and all pairs, for everybody of a population.

    Raises InputError for names that are not there, and for a run of one scenario.
    """
    names = run.scenarios
    if len(names) == 1:
        message = f"this run has one scenario, '{names[0]}': there is nothing to compare it with."
        raise InputError(message)
    each = 1 - (1 - confidence) / max(1, len(names) * (len(names) - 1) // 2)
    wanted = last_years(run.school_years) if years is None else years
    pairs = [
        one
        for k, base in enumerate(names[:-1])
        for one in answers(
            run,
            outcome=outcome,
            base=base,
            scenario=names[k + 1 :],
            population=population,
            years=wanted,
            confidence=each,
        )
    ]
    levels = {names[0]: pairs[0].level_base} | {
        one.alternative: one.level for one in pairs if one.base == names[0]
    }
    return Ranking(
        outcome=pairs[0].outcome,
        population=population,
        years=tuple(wanted),
        order=tuple(sorted(levels, key=lambda name: levels[name])),
        levels=levels,
        pairs=tuple(pairs),
        behind=min(one.behind for one in pairs),
        n=pairs[0].n,
        is_small=any(one.is_small for one in pairs),
    )


def full_size_factor(run: Ensemble) -> float:
    """Return how many EU-11 families the full size has for one of the run; 1 at full size.

    The full size is that of the run's own parameters. NaN when these do not say it.
    """
    families, numbers = run.about["settings"]["families"], run.parameters
    if families is None:
        return 1.0
    try:
        registered, on_top = (numbers[f"{ROOM}.{name}"] for name in SIZE)
    except KeyError:
        return float("nan")
    return round(registered * (1.0 + on_top)) / ((families + 1) // 2)


def so_many_people(answer: Answer, factor: float) -> tuple[float, float, float] | None:
    """Return how many more people (or times) a year a difference is at full size, with its ends.

    None for an outcome of which that cannot be said, for the gap, and where nobody stands behind
    it. The ends are NaN where chance is not known.
    """
    level = BY_OUTCOME[answer.outcome].level
    unit = answer.unit
    if answer.population != "eu11" or answer.group != "all" or answer.outcome == "vsv_adult_share":
        return None
    if level == "count":
        times = factor
    elif unit in COUNTED | EVENTS:
        times = factor * answer.behind
    else:
        return None
    if not times >= 0:
        return None
    return answer.value * times, answer.low * times, answer.high * times
