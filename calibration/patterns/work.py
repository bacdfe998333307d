"""Patterns of work, stay and homes: P5, P6 and P11."""

from __future__ import annotations

from calibration.monitors.observed import Observed
from calibration.patterns.check import SOME, Check, ratio, smallest

MOVES_BENCHMARK = 0.069
"""Moves a year of a Dutch child: one in ten moves more than twice before 16 (NIDI, worked out)."""

MOVES_ALL = 0.14
"""Moves a year of all residents aged 0-3, the age that moves most (CBS, 2017)."""

ABOVE = 1.2
"""Our reading of 'clearly above': a fifth more."""


def flexible_work(seen: Observed) -> list[Check]:
    """P5c: how many of those who began in flexible work have none a year later."""
    return [
        Check(
            "P5c",
            "Began flexible, without work a year later, percent",
            "28",
            (25.0, 31.0),
            100.0 * seen.value("without_work_after_12_months", "both"),
            "B",
            "Published for all workers, here parents of both populations. The published flows hold"
            " students, who often stop",
            reading="parents may differ from all workers by 3 points",
        ),
    ]


def departures(seen: Observed) -> list[Check]:
    """P6: departures are steep in the first two years and flat later."""
    bands = ("1-2", "3-5", "6-10", "11+")
    rates = [100.0 * seen.value("departures_by_stay", "eu11", band) for band in bands]
    shown = ", ".join(f"{rate:.1f}" for rate in rates)
    note = f"Percent a year by years here ({', '.join(bands)}): {shown}"
    early, middle, later, last = rates
    return [
        Check(
            "P6a",
            "Departures: years 1 and 2 over years 3 to 5",
            "6 for workers",
            (1.5, None),
            ratio(early, middle),
            "B",
            f"{note}. Families stay more than workers: only the steepness counts",
            reading="'steep' is read as half as much again",
        ),
        Check(
            "P6b",
            "Departures: smallest fall after the third year, points",
            "flat later",
            (SOME, None),
            smallest(middle - later, later - last),
            "B",
            "Falls on, and less steeply than before",
        ),
    ]


def moves(seen: Observed) -> list[Check]:
    """P11: EU-11 children move clearly more often than others."""
    eu11, comparable = (
        seen.value("moves_of_children", population, "all") for population in ("eu11", "comparable")
    )
    return [
        Check(
            "P11a",
            "Moves of an EU-11 child a year",
            "clearly above 0.069",
            (ABOVE * MOVES_BENCHMARK, None),
            eu11,
            "B",
            "",
            reading="'clearly' is read as a fifth more",
        ),
        Check(
            "P11b",
            "Moves of an EU-11 child over those of a comparable child",
            "clearly above 1",
            (ABOVE, None),
            ratio(eu11, comparable),
            "B",
            "",
            reading="'clearly' is read as a fifth more",
        ),
        Check(
            "P11c",
            "Moves of a comparable child a year",
            "0.069 to 0.14",
            (MOVES_BENCHMARK, MOVES_ALL),
            comparable,
            "B",
            "Two published levels: NIDI's, and that of all residents aged 0-3",
        ),
    ]
