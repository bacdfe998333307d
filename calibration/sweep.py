"""Is there a knife edge? Every lever over its whole range, and every outcome along the way.

    make sweep

lives them and writes `docs/sweep.md`. A knife edge is a small part of a lever's range that holds
most of what the lever can do. The page names each.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration.sizes import Counted, counted
from model.evidence.declaring import Lever
from model.outcomes.registry import ACTUAL, BY_OUTCOME
from model.registry import BY_NAME
from scenarios.runs.harness import evaluate

PAGE = Path(__file__).parents[1] / "docs" / "sweep.md"
BASE = "s05_flex_law"
"""The reference with the whole bill, without which some levers of work have nothing to act on."""
FAMILIES, YEARS = 1000, 8
SEED, OTHER_SEEDS = 1, (2, 3)
POINTS = 9
STEEP = 0.6
"""A step of an eighth of the range that holds so much of what a lever does is an edge."""
SEEN = 3.0
"""How many smallest differences that matter an outcome must move for its way to be looked at."""


@dataclass(frozen=True, slots=True)
class Way:
    """An outcome of a population along the range of a lever (points,)."""

    outcome: str
    population: str
    at: np.ndarray
    values: np.ndarray

    @property
    def size(self) -> float:
        """How far the outcome goes, in smallest differences that matter."""
        return float(np.ptp(self.values)) / smallest(self.outcome)

    @property
    def steepest(self) -> tuple[float, float, float]:
        """What share of its way lies in the steepest step, and from where to where that is."""
        steps = np.abs(np.diff(self.values))
        k = int(steps.argmax())
        way = float(np.ptp(self.values))
        return (
            float(steps[k]) / way if way > 0.0 else 0.0,
            float(self.at[k]),
            float(self.at[k + 1]),
        )

    @property
    def is_edge(self) -> bool:
        """Most of a way that matters lies in one step of three or more."""
        return len(self.at) > _FEW and self.size >= SEEN and self.steepest[0] >= STEEP


_FEW = 3


def smallest(outcome: str) -> float:
    """Return the smallest difference of an outcome that matters."""
    return BY_OUTCOME[outcome].smallest.value


def points(lever: Lever) -> np.ndarray:
    """Return where a lever is set: evenly over its range, at whole numbers where it has those."""
    low, high = lever.low, lever.high
    if lever.kind in ("real", "integer"):
        found = np.linspace(low, high, POINTS)
        return found if lever.kind == "real" else np.unique(np.round(found))
    return np.arange(low, high + 1.0, lever.increment)


def ways(at: np.ndarray, lived: Sequence[Counted]) -> list[Way]:
    """Return every outcome along the points of a lever; what somewhere nobody saw is left out."""
    found = []
    for outcome, layer, population in lived[0]:
        if layer != ACTUAL or BY_OUTCOME[outcome].level == "count":
            continue
        sums = np.array([run[outcome, layer, population] for run in lived])
        if (sums[:, 1] > 0.0).all():
            found.append(Way(outcome, population, at, sums[:, 0] / sums[:, 1]))
    return found


def lived(name: str, lever: Lever, seed: int) -> list[Way]:
    """Live one lever over its range, all else as in the base, with one luck."""
    at = points(lever)
    runs = [
        counted(
            evaluate({name: value}, families=FAMILIES, years=YEARS, seed=seed, base=BASE), FAMILIES
        )
        for value in at.tolist()
    ]
    return ways(at, runs)


def edges_of(lucks: Sequence[Sequence[Way]]) -> list[Way]:
    """Return the edges of the first luck that all others have at the same step.

    Families part by chance when a lever moves; where they do hangs on luck, and an edge does not.
    """
    others = [{(way.outcome, way.population): way for way in luck} for luck in lucks[1:]]
    return [
        way
        for way in lucks[0]
        if way.is_edge
        and all(
            (twin := luck.get((way.outcome, way.population))) is not None
            and twin.is_edge
            and twin.steepest[1:] == way.steepest[1:]
            for luck in others
        )
    ]


def swept(levers: Mapping[str, Lever]) -> dict[str, tuple[list[Way], list[Way]]]:
    """Return all ways of each lever, and the edges: what looks like one is lived again."""
    found = {}
    for name, lever in levers.items():
        lucks = [lived(name, lever, SEED)]
        for seed in OTHER_SEEDS:
            if edges_of(lucks):
                lucks.append(lived(name, lever, seed))
        found[name] = lucks[0], edges_of(lucks)
        sys.stderr.write(f"{name}\n")
    return found


def page(found: Mapping[str, tuple[Sequence[Way], Sequence[Way]]]) -> str:
    """Return the page: what each lever moves most, how steeply, and which edges there are."""
    lines, edges = [], []
    for name, (along, sharp) in found.items():
        most = max(along, key=lambda way: way.size)
        share, low, high = most.steepest
        where = f"{low:g} to {high:g}"
        steep = f"{100 * share:.0f}% from {where}" if most.size >= SEEN else "-"
        lines.append(
            f"| `{name}` | {BY_NAME[name].low:g} to {BY_NAME[name].high:g} | `{most.outcome}`,"
            f" {most.population} | {most.values[0]:.4g} | {most.values[-1]:.4g} | {most.size:.1f} |"
            f" {steep} |"
        )
        for way in sharp:
            share, low, high = way.steepest
            edges.append(
                f"| `{name}` | `{way.outcome}`, {way.population} |"
                f" {100 * share:.0f}% from {low:g} to {high:g} |"
            )
    head = (
        "# Every lever over its range\n\n"
        f"Made by `make sweep`. Each lever is set from the start of a run to {POINTS} values over"
        f" its range (whole numbers where it has those), all else as in `{BASE}`: {FAMILIES:,}"
        f" families, {YEARS} years, one luck for all. Looked at is every outcome of both"
        " populations in the last complete school years. An edge is a step to the next value that"
        f" holds {100 * STEEP:.0f}% or more of all that the lever does to an outcome, where that is"
        f" at least {SEEN:g} times the smallest difference that matters, and that is at the same"
        f" step with {len(OTHER_SEEDS)} other lucks.\n\n"
        "## Edges\n\n"
    )
    told = (
        "| lever | outcome | how steep |\n|---|---|---|\n" + "\n".join(edges) if edges else "None."
    )
    return (
        f"{head}{told}\n\n## What each lever moves most\n\n"
        "*Size* is in smallest differences that matter; the ends are those of the range.\n\n"
        "| lever | range | moves most | at its low end | at its high end | size | steepest step |\n"
        "|---|---|---|---:|---:|---:|---|\n" + "\n".join(lines) + "\n"
    )


def main() -> None:
    """Live every lever over its range and write the page."""
    PAGE.write_text(page(swept(BY_NAME)), encoding="utf-8")


if __name__ == "__main__":
    main()
