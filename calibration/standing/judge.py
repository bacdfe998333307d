"""What stood still and what moved, over several seeds."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration.standing.rows import FIRST_YEARS, LATER_YEARS, Row, rows
from calibration.verdicts import LEAST_SEEDS, NO, NOT_JUDGED, NOT_SEEN, YES

WAVE = Path(__file__).with_name("wave.csv")
OF_BAND = 0.04
"""How far the children of an age may be from the account, as a share."""
LAST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """How far a quantity moved: `first` and `later` are means over the seeds, `last` of the end.

    `moved` is the mean difference of later and first, `error` its standard error over the seeds.
    """

    row: Row
    first: float
    later: float
    last: float
    moved: float
    error: float
    seeds: int

    @property
    def tolerance(self) -> float:
        """How far it may move."""
        return self.row.tolerance(self.first)

    @property
    def verdict(self) -> str:
        """Whether it stands still: not judged when luck alone could move it half as far."""
        if math.isnan(self.moved):
            return NOT_SEEN
        if self.seeds < LEAST_SEEDS or not self.error <= 0.5 * self.tolerance:
            return NOT_JUDGED
        return YES if abs(self.moved) <= self.tolerance else NO


def moved(runs: Sequence[Mapping[str, np.ndarray]]) -> list[Moved]:
    """Compare later years with the first ones, row by row; a run is what `Standing` counted.

    Cells weigh as their people did in the first years, over all runs.
    """
    return [_moved(row, [run[row.quantity][:, row.cells] for run in runs]) for row in rows()]


def _moved(row: Row, runs: Sequence[np.ndarray]) -> Moved:
    """Compare sums and counts (years, cells, 2) of several runs."""
    weights = sum(_within(run, FIRST_YEARS)[:, 1] for run in runs)
    found = np.array([_three(run, np.asarray(weights)) for run in runs])
    seen = found[~np.isnan(found).any(axis=1)]
    if not len(seen):
        return not_seen(row)
    first, later, last = seen.mean(axis=0).tolist()
    apart = seen[:, 1] - seen[:, 0]
    error = float(apart.std(ddof=1) / math.sqrt(apart.size)) if apart.size > 1 else math.nan
    return Moved(row, first, later, last, float(apart.mean()), error, int(apart.size))


def not_seen(row: Row) -> Moved:
    """Return what is said of a row that no run saw."""
    return Moved(row, math.nan, math.nan, math.nan, math.nan, math.nan, 0)


def _within(run: np.ndarray, years: tuple[int, int]) -> np.ndarray:
    """Return sums and counts (cells, 2) of some school years, both ends included, from 1 on."""
    return np.asarray(run[years[0] - 1 : years[1]].sum(axis=0))


def _three(run: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """Return the weighted mean over cells in the first, the later and the last years."""
    spans = [
        _within(run, FIRST_YEARS),
        _within(run, LATER_YEARS),
        run[-LAST_YEARS - 1 : -1].sum(axis=0),
    ]
    weights = np.where(np.all([span[:, 1] > 0 for span in spans], axis=0), weights, 0.0)
    if weights.sum() == 0.0:
        return math.nan, math.nan, math.nan
    first, later, last = (
        float(weights @ (span[:, 0] / np.maximum(1.0, span[:, 1])) / weights.sum())
        for span in spans
    )
    return first, later, last


@dataclass(frozen=True, slots=True)
class OffWave:
    """Children of some ages against the account, in the year in which they are farthest from it."""

    band: str
    year: int
    account: float
    found: float

    @property
    def off(self) -> float:
        """The difference, as a share of the account."""
        return self.found / self.account - 1.0

    @property
    def verdict(self) -> str:
        """Whether the wave is followed."""
        return YES if abs(self.off) <= OF_BAND else NO


def off_wave(children: np.ndarray) -> list[OffWave]:
    """Hold children (years, ages) at full size against the account; the farthest year of a band."""
    found = []
    with WAVE.open(encoding="utf-8", newline="") as file:
        account = list(csv.DictReader(file))[: len(children)]
    for band in list(account[0])[1:]:
        low, high = (int(one) for one in band.split("-"))
        counted = children[:, low : high + 1].sum(axis=1)
        published = np.array([float(year[band]) for year in account])
        k = int(np.argmax(np.abs(counted[: len(account)] / published - 1.0)))
        year = int(account[k]["year"])
        found.append(OffWave(band, year, float(published[k]), float(counted[k])))
    return found
