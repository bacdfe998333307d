"""Patterns of preschool and school: P7, P8 and P10."""

from __future__ import annotations

from itertools import pairwise

from calibration.monitors.observed import LAST_YEAR, Observed
from calibration.patterns.check import SOME, Check, ratio, smallest

_YEARS = (4, LAST_YEAR)
_ARRIVALS = ("0-2", "3-5", "6-8", "9-11")
KINK = 1.2
"""How much steeper the loss must be above six: our reading of 'kink'."""


def preschool(seen: Observed) -> list[Check]:
    """P7: preschool reaches fewer EU-11 children of its target group than it does nationally."""
    return [
        Check(
            "P7a",
            "Preschool reach, EU-11 target group, percent",
            "below 77",
            (None, 77.0),
            100.0 * seen.value("preschool_reach", "eu11", "all"),
            "A",
            "The national reach of target groups was 77 to 80 in 2019 to 2022",
        ),
    ]


def age_on_arrival(seen: Observed) -> list[Check]:
    """P8: later arrival is worse, more so above six to nine, though no rule has age on arrival."""
    dutch = [seen.value("language_at_12_by_arrival_age", "eu11", band) for band in _ARRIVALS]
    advice = [
        100.0 * seen.value("advice_havo_vwo_by_arrival_age", "eu11", band) for band in _ARRIVALS
    ]
    leave = [
        100.0 * seen.value("leaving_by_arrival_age", "eu11", band) for band in (*_ARRIVALS, "12+")
    ]
    losses = [before - after for before, after in pairwise(dutch)]
    early, late = sum(leave[:2]) / 2.0, sum(leave[3:]) / 2.0
    bands = ", ".join(_ARRIVALS)
    return [
        Check(
            "P8a",
            "Dutch at 12: smallest loss from one age on arrival to the next, SD",
            "later is worse",
            (SOME, None),
            smallest(*losses),
            "B",
            f"By age on arrival ({bands}): {_list(dutch)}",
        ),
        Check(
            "P8b",
            "Dutch at 12: loss above 6 over loss below",
            "kink at 6 to 9",
            (KINK, None),
            ratio((losses[1] + losses[2]) / 2.0, losses[0]),
            "B",
            "",
            reading="'kink' is read as a fifth steeper",
        ),
        Check(
            "P8c",
            "Advice havo or vwo: arrival at 9-11 less arrival at 0-5, points",
            "later is worse",
            (None, -SOME),
            advice[3] - (advice[0] + advice[1]) / 2.0,
            "B",
            f"Percent by age on arrival ({bands}): {_list(advice)}",
        ),
        Check(
            "P8d",
            "Leaving: arrival at 9 or later over arrival at 0-5",
            "later is worse",
            (KINK, None),
            ratio(late, early),
            "B",
            f"Percent a year by age on arrival ({bands}, 12+): {_list(leave)}",
            reading="'later is worse' is read as a fifth more",
        ),
    ]


def leavers(seen: Observed) -> list[Check]:
    """P10: entree has by far the highest rate."""
    rates = {
        population: [
            100.0 * seen.value(f"vsv_mbo{level}_expected", population, "all", "registered", _YEARS)
            for level in (1, 2, 3, 4)
        ]
        for population in ("eu11", "comparable")
    }
    above = [ratio(levels[0], max(levels[1:])) for levels in rates.values()]
    return [
        Check(
            "P10a",
            "Leaving mbo: entree over the next highest level",
            "2.4, by far highest",
            (1.5, None),
            smallest(*above),
            "B",
            f"Levels 1 to 4, percent a year: EU-11 {_list(rates['eu11'])};"
            f" comparable {_list(rates['comparable'])}; all students 29, 12, 4.5, 3.8",
            reading="'by far' is read as half as much again",
        ),
    ]


def _list(values: list[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)
