"""The patterns that a run must show before it may be used, P1 to P11 (there is no P4).

Each check says what the letter or a publication says, what the model shows, and within which bounds
that agrees. Where a source speaks in words ("small", "clearly above"), the bound is our reading of
it, and the note says so. P1 to P3 are here, the others in the modules beside.
"""

from __future__ import annotations

import math
from itertools import pairwise

from calibration.monitors.measures import MEASURES
from calibration.monitors.observed import LAST_YEAR, Observed
from calibration.patterns.check import SOME, Check, ratio, smallest
from calibration.patterns.school import age_on_arrival, leavers, preschool
from calibration.patterns.work import departures, flexible_work, moves
from model.evidence.ledger import Grade
from model.outcomes.registry import ACTUAL, REGISTERED, YEARS_BANDS

LEAVING_YEARS = (4, LAST_YEAR)
"""Leaving is looked at from the fourth school year: changes of school count for three years. The
letter's statistics are about the registered layer (line 136)."""

AVERAGE_VO, AVERAGE_MBO = 0.6, 6.15
"""Averages of all pupils, percent a year: vo of the letter (1.2 is twice it), mbo of CBS, 2018/19.

The mbo rate of CBS is of all mbo students under 23, entree included. The letter's own mbo average
of 9 has another, unknown definition.
"""

_STAY = tuple(name for name, _ in YEARS_BANDS)


def check_patterns(seen: Observed) -> list[Check]:
    """Return all checks, in the order of their keys."""
    return [check for pattern in PATTERNS for check in pattern(seen)]


def leaving(seen: Observed) -> list[Check]:
    """P1a to P1e: leaving against the average, and against children of equal background."""
    vo, vo_equal = (_percent(seen, "vsv_vo_expected", who) for who in ("eu11", "comparable"))
    mbo, mbo_equal = (_percent(seen, "vsv_mbo_expected", who) for who in ("eu11", "comparable"))
    definition = (
        "Level by CBS: all mbo students under 23, entree included; the letter's 9 has another,"
        " unknown definition"
    )
    part = "part of the gap with the average that equal background leaves"
    partly = (
        "Early leaving is the letter's exception to small differences; our reading: equal"
        " background explains a tenth of the gap or more"
    )
    return [
        _letter("P1a", "Leaving vo, EU-11, percent a year", "1.2", (1.1, 1.3), vo, ""),
        _letter(
            "P1b",
            "Leaving vo, EU-11 over the average",
            "2",
            (1.8, 2.2),
            vo / AVERAGE_VO,
            "Over 0.6",
        ),
        _letter(
            "P1c",
            "Leaving mbo, EU-11 over the average",
            "1.44",
            (1.32, 1.59),
            mbo / AVERAGE_MBO,
            f"{mbo:.1f} percent a year over 6.15; 8.9 is 1.44 times it. {definition}",
        ),
        _letter(
            "P1d",
            f"Leaving vo: {part}",
            "part",
            (SOME, 0.9),
            _part(vo, vo_equal, AVERAGE_VO),
            f"EU-11 {vo:.2f}, comparable {vo_equal:.2f}, average 0.60. {partly}",
        ),
        _letter(
            "P1e",
            f"Leaving mbo: {part}",
            "part",
            (SOME, 0.9),
            _part(mbo, mbo_equal, AVERAGE_MBO),
            f"EU-11 {mbo:.1f}, comparable {mbo_equal:.1f}, average 6.15. {partly}",
        ),
    ]


def learning(seen: Observed) -> list[Check]:
    """P1f to P1i: small gaps in learning and advice at equal background."""
    advice = 100.0 * _gap(seen, "advice_havo_vwo")
    return [
        _letter(
            "P1f",
            "Learning at 12: EU-11 less comparable, SD",
            "small, lower",
            (-0.2, -SOME),
            _gap(seen, "learning_at_12"),
            "Our reading of 'small': 0.2 SD",
        ),
        Check(
            "P1g",
            "Learning at 12 of comparable children, SD",
            "0 by definition",
            (-0.15, 0.15),
            seen.value("learning_at_12", "comparable"),
            "D",
            "Learning is counted against peers of equal background, who may not drift away",
        ),
        _letter(
            "P1h",
            "Advice havo or vwo: EU-11 less comparable, points",
            "lower",
            (None, -SOME),
            advice,
            "",
        ),
        _letter(
            "P1i",
            "Advice havo or vwo: size of the difference, points",
            "small",
            (None, 10.0),
            abs(advice),
            "Our reading of 'small': 10 points",
        ),
    ]


def _letter(
    key: str,
    statement: str,
    published: str,
    bounds: tuple[float | None, float | None],
    model: float,
    note: str,
) -> Check:
    return Check(key, statement, published, bounds, model, "A", note)


def _percent(seen: Observed, name: str, population: str) -> float:
    return 100.0 * seen.value(name, population, "all", REGISTERED, LEAVING_YEARS)


def _gap(seen: Observed, name: str) -> float:
    return seen.value(name, "eu11") - seen.value(name, "comparable")


def _part(eu11: float, comparable: float, average: float) -> float:
    """Return the part of the gap with the average that is left at equal background.

    Infinite when EU-11 children leave no more often than the average.
    """
    if math.isnan(eu11) or math.isnan(comparable):
        return math.nan
    return ratio(eu11 - comparable, eu11 - average) if eu11 > average else math.inf


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
            _letter(
                key,
                f"Recent worse than settled worse than comparable: {words}",
                "in this order",
                (SOME, None),
                smallest(*steps),
                f"Recent {recent:.4g}, settled {settled:.4g}, comparable {comparable:.4g};"
                " the smaller of the two steps",
            )
        )
    return found


_RISES: tuple[tuple[str, str, float, float, str, Grade], ...] = (
    ("P3a", "registered_share", 1.0, 0.01, "Registered families", "B"),
    ("P3b", "care_access", 1.0, 0.01, "Access to care", "A"),
    ("P3c", "income_eur_month", 1.0, 20.0, "Income, EUR a month", "A"),
    ("P3d", "poor_share", -1.0, 0.01, "Children out of poverty", "A"),
    ("P3e", "preschool_reach", 1.0, 0.03, "Preschool reach of the target group", "A"),
    ("P3f", "parent_dutch", 1.0, 0.01, "Dutch of parents", "B"),
)


def better_with_stay(seen: Observed) -> list[Check]:
    """P3: registration, care, income and take-up rise with the years in the country."""
    found = []
    for key, name, sign, slack, words, grade in _RISES:
        prefix = "" if name in MEASURES else "years_in_nl:"
        by_stay = [seen.value(name, "eu11", f"{prefix}{band}") for band in _STAY]
        steps = [sign * (after - before) for before, after in pairwise(by_stay)]
        shown = ", ".join(f"{value:.4g}" for value in by_stay)
        worst = smallest(*steps)
        rise = worst if worst < -slack else sum(steps)
        found.append(
            Check(
                key,
                f"{words}: rise from the first years to the last",
                "rises",
                (slack, None),
                rise,
                grade,
                f"By years here ({', '.join(_STAY)}): {shown}."
                f" A fall of more than {slack:g} in between is shown instead",
            )
        )
    return found


PATTERNS = (
    leaving,
    learning,
    order_of_families,
    better_with_stay,
    flexible_work,
    departures,
    preschool,
    age_on_arrival,
    leavers,
    moves,
)
"""Every pattern, in order."""
