"""Does the base stand still? Later years against the first three, among people alike.

The base keeps the policy of 2023, so that nothing outside makes it move: what moves is the start
state that the rules do not keep up. Who is there may change: cells hold people alike and weigh as
in the first years, and the counts of children have to follow the account of the stock.
"""

from __future__ import annotations

import math

import numpy as np

from calibration.monitors.observed import Observed
from calibration.patterns.check import Check
from calibration.standing.judge import OF_BAND, Moved, OffWave, moved, not_seen, off_wave
from calibration.standing.rows import rows
from calibration.standing.watch import AGES

_WHY = "5% or .003 of shares and rates, .03 SD of scores, 3% of money; no source says that it moves"
_WHY_COUNT = "4% of the account, in the year in which the count is farthest from it"


def standing_still(seen: Observed) -> list[Check]:
    """Every quantity keeps its level among people alike, and counts follow the wave."""
    if seen.alike is None:
        levels = [not_seen(row) for row in rows()]
        children = np.full((1, AGES), math.nan)
    else:
        levels, children = moved([seen.alike.numbers]), seen.alike.children
    return [*map(_level, levels), *map(_count, off_wave(children))]


def _level(one: Moved) -> Check:
    slack = one.row.tolerance(0.0) if math.isnan(one.first) else one.tolerance
    return Check(
        one.row.key,
        f"{one.row.quantity}, {one.row.among}: change against people alike in the first years",
        "stands still",
        (-slack, slack),
        one.moved,
        "D",
        f"From {one.first:.4g} to {one.later:.4g}, in the last five years {one.last:.4g}",
        reading=_WHY,
        block="still",
    )


def _count(one: OffWave) -> Check:
    return Check(
        f"standing.children.{one.band}",
        f"Children of {one.band}: off the account of the stock, share",
        f"{one.account:,.0f} in {one.year}",
        (-OF_BAND, OF_BAND),
        one.off,
        "D",
        "" if math.isnan(one.found) else f"{one.found:,.0f} at the size of the register",
        reading=_WHY_COUNT,
        block="still",
    )
