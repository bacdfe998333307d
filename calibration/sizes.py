"""Do small runs say the same as large ones? Every outcome, many small runs against few large ones.

    make sizes

lives them and writes `docs/sizes.md`. A small run is noisier and may not be otherwise: a place
that is rounded off, or a whole priority level that gets in or stays out, would show here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

from model.outcomes.registry import BY_OUTCOME, LAST_YEARS, POPULATIONS, SERIES
from model.outcomes.sums import Sums
from scenarios.runs.harness import evaluate

PAGE = Path(__file__).parents[1] / "docs" / "sizes.md"
SMALL, LARGE = (500, 12), (8000, 3)
"""Families of a run, and how many runs."""
YEARS = 10
CERTAIN = 0.001
"""A difference that chance makes so seldom, two-sided, is one of size."""

FEW = 30
"""Of fewer cases than this the runs of a size do not tell how far chance parts them."""

Key = tuple[str, str, str]
Counted = dict[Key, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An outcome in small and in large runs: `p` is how often chance alone parts them so far."""

    outcome: str
    layer: str
    population: str
    small: float
    large: float
    error: float
    p: float


def counted(sums: Sums, families: int) -> Counted:
    """Return what each outcome adds up to in the last years of a run, and over how many.

    By outcome, layer and population. A count is told for each family that was laid down.
    """
    found: Counted = {}
    last = slice(-LAST_YEARS - 1, -1)
    for outcome, layer in SERIES:
        for population in POPULATIONS:
            over = sums.denominators(outcome, population, layer=layer)[last].sum()
            if BY_OUTCOME[outcome].level == "count":
                over *= families
            added = sums.numerators(outcome, population, layer=layer)[last].sum()
            found[outcome, layer, population] = float(added), float(over)
    return found


def agreements(small: Sequence[Counted], large: Sequence[Counted], times: float) -> list[Agreement]:
    """Compare runs of one size with runs that are so many `times` larger, outcome by outcome.

    Each size is one ratio of what all its runs counted. The error comes from how far single runs
    lie apart, where the variance of a run goes down with its size; what the runs of either size
    saw fewer than FEW of is left out.
    """
    result = []
    for outcome, layer, population in small[0]:
        key = outcome, layer, population
        few, many = (np.array([run[key] for run in runs]) for runs in (small, large))
        if min(few[:, 1].sum(), many[:, 1].sum()) < FEW:
            continue
        means = [float(one[:, 0].sum() / one[:, 1].sum()) for one in (few, many)]
        apart = [
            float((((one[:, 0] - mean * one[:, 1]) / one[:, 1].mean()) ** 2).sum())
            for one, mean in zip((few, many), means, strict=True)
        ]
        freedom = len(few) + len(many) - 2
        variance = (apart[0] + times * apart[1]) / freedom
        error = math.sqrt(variance * (1.0 / len(few) + 1.0 / (times * len(many))))
        difference = means[0] - means[1]
        far = abs(difference) / error if error > 0.0 else math.inf * (difference != 0.0 or math.nan)
        p = 1.0 if difference == 0.0 else float(2.0 * stats.t.sf(far, freedom))
        result.append(Agreement(outcome, layer, population, means[0], means[1], error, p))
    return result


def live(size: tuple[int, int], years: int = YEARS) -> list[Counted]:
    """Live runs of one size, each with luck of its own; the sizes share no seed."""
    families, n = size
    return [
        counted(evaluate(families=families, years=years, seed=1000 * families + k), families)
        for k in range(n)
    ]


def page(found: Iterable[Agreement], small: tuple[int, int], large: tuple[int, int]) -> str:
    """Return the page that tells what agrees and what does not, the farthest apart first."""
    rows = sorted(found, key=lambda one: one.p)
    apart = [one for one in rows if one.p < CERTAIN]
    head = (
        "# Small runs against large ones\n\n"
        "Made by `make sizes`. A small run is noisier than a large one, and no more.\n\n"
        f"{small[1]} runs of {small[0]:,} families against {large[1]} of {large[0]:,}, {YEARS}"
        f" years, laws of 2023, the last {LAST_YEARS} complete school years; two-sided,"
        f" {100 * CERTAIN:g}% each. Of {len(rows)} numbers {len(apart)} lie farther apart;"
        f" {CERTAIN * len(rows):.1f} would by chance. What either saw fewer than {FEW} of is left"
        " out.\n\n"
        "| outcome | layer | population | small | large | error | by chance |\n"
        "|---|---|---|---:|---:|---:|---:|\n"
    )
    lines = [
        f"| `{one.outcome}` | {one.layer} | {one.population} | {one.small:.4g} | {one.large:.4g} |"
        f" {one.error:.2g} | {one.p:.3f}{' **apart**' if one.p < CERTAIN else ''} |"
        for one in rows
    ]
    return head + "\n".join(lines) + "\n"


def main(live: Callable[[tuple[int, int]], list[Counted]] = live) -> None:
    """Live runs of both sizes and write the page."""
    found = agreements(live(SMALL), live(LARGE), LARGE[0] / SMALL[0])
    PAGE.write_text(page(found, SMALL, LARGE), encoding="utf-8")


if __name__ == "__main__":
    main()
