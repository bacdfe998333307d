"""The patterns that a run must show before it may be used, P1 to P11 (there is no P4).

Each check says what the letter or a publication says, what the model shows, and within which bounds
that agrees. Where a source speaks in words ("small", "clearly above"), the bound is our reading of
it, and the check says why. A quantity that a target is held to is in no pattern. P1 and P2 are
here, the others in the modules beside.
"""

from __future__ import annotations

from calibration.monitors.observed import LAST_YEAR, Observed
from calibration.patterns.check import SOME, Check, smallest
from calibration.patterns.school import age_on_arrival, leavers, preschool
from calibration.patterns.stay import better_with_stay
from calibration.patterns.still import standing_still
from calibration.patterns.work import departures, flexible_work, moves
from calibration.patterns.young import seen_of_the_young
from model.outcomes.registry import ACTUAL, REGISTERED

LEAVING_YEARS = (4, LAST_YEAR)
"""Leaving is looked at from the fourth school year: changes of school count for three years. The
letter's statistics are about the registered layer (line 136)."""


def check_patterns(seen: Observed) -> list[Check]:
    """Return all checks, in the order of their keys."""
    return [check for pattern in PATTERNS for check in pattern(seen)]


def learning(seen: Observed) -> list[Check]:
    """P1g: learning is counted against peers of equal background, who stay where they are."""
    return [
        Check(
            "P1g",
            "Learning at 12 of comparable children, SD",
            "0 by definition",
            (-0.15, 0.15),
            seen.value("learning_at_12", "comparable"),
            "D",
            "Learning is counted against peers of equal background, who may not drift away",
            reading="0.15 SD is less than the gap that the letter calls small",
        )
    ]


_WORSE = (
    ("P2a", "vsv_vo_expected", 1.0, "leaving vo"),
    ("P2b", "vsv_mbo_expected", 1.0, "leaving mbo"),
    ("P2c", "learning_at_12", -1.0, "learning at 12"),
    ("P2d", "language_at_12", -1.0, "Dutch at 12"),
    ("P2e", "poor_share", 1.0, "poverty"),
    ("P2f", "crowded_share", 1.0, "crowded homes"),
    ("P2g", "school_changes", 1.0, "changes of school"),
)


def order_of_families(seen: Observed) -> list[Check]:
    """P2: recent families are worse off than settled ones, and both than comparable ones."""
    found = []
    for key, name, sign, words in _WORSE:
        layer, years = ACTUAL, (0, LAST_YEAR)
        if name.startswith("vsv_"):
            layer, years = REGISTERED, LEAVING_YEARS
        recent, settled = (
            seen.value(name, "eu11", f"family_type:{kind}", layer, years)
            for kind in ("recent", "settled")
        )
        comparable = seen.value(name, "comparable", "all", layer, years)
        steps = sign * (recent - settled), sign * (settled - comparable)
        found.append(
            Check(
                key,
                f"Recent worse than settled worse than comparable: {words}",
                "in this order",
                (SOME, None),
                smallest(*steps),
                "A",
                f"Recent {recent:.4g}, settled {settled:.4g}, comparable {comparable:.4g};"
                " the smaller of the two steps",
            )
        )
    return found


PATTERNS = (
    learning,
    order_of_families,
    better_with_stay,
    flexible_work,
    departures,
    preschool,
    age_on_arrival,
    leavers,
    moves,
    standing_still,
    seen_of_the_young,
)
"""Every pattern, in order."""
