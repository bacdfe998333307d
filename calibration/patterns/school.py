"""Patterns of preschool and school: P7, P8, P9 and P10."""

from __future__ import annotations

from itertools import pairwise

from calibration.monitors.observed import LAST_YEAR, Observed
from calibration.patterns.check import SOME, Check, ratio, smallest

_YEARS = (4, LAST_YEAR)
_ARRIVALS = ("0-2", "3-5", "6-8", "9-11")
KINK = 1.2
"""How much steeper the loss must be above six: our reading of 'kink'."""


def preschool(seen: Observed) -> list[Check]:
    """P7: preschool reaches fewer EU-11 children of its target group; nearly all go to school."""
    eu11, comparable = (
        100.0 * seen.value("preschool_reach", population, "all")
        for population in ("eu11", "comparable")
    )
    enrolled = 100.0 * (1.0 - seen.value("not_enrolled"))
    return [
        Check(
            "P7a",
            "Preschool reach, EU-11 target group, percent",
            "below 77",
            (0.0, 77.0),
            eu11,
            "A",
            "The national reach of target groups was 77 to 80 in 2019 to 2022",
        ),
        Check(
            "P7b",
            "Preschool reach, comparable target group, percent",
            "77 to 80",
            (77.0, 86.0),
            comparable,
            "B",
            "The inspectorate prints 80 to 86",
        ),
        Check(
            "P7c",
            "Preschool reach: comparable less EU-11, points",
            "EU-11 lower",
            (SOME, None),
            comparable - eu11,
            "A",
            "",
        ),
        Check(
            "P7d",
            "EU-11 children aged 5-16 who are enrolled, percent",
            "by far most",
            (90.0, None),
            enrolled,
            "A",
            "Our reading of 'by far most': nine in ten",
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
            "Our reading of 'kink': a fifth steeper",
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
        ),
    ]


def leavers(seen: Observed) -> list[Check]:
    """P9 and P10: vo leavers are mostly 18 or older; entree has by far the highest rate."""
    adults = 100.0 * seen.value("vsv_adult_share", "eu11", "all", "registered", _YEARS)
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
            "P9a",
            "Vo leavers who are 18 or older, percent",
            "two thirds",
            (57.0, 77.0),
            adults,
            "B",
            "Published for all pupils; our tolerance is 10 points",
        ),
        Check(
            "P10a",
            "Leaving mbo: entree over the next highest level",
            "2.4, by far highest",
            (1.5, None),
            smallest(*above),
            "B",
            f"Levels 1 to 4, percent a year: EU-11 {_list(rates['eu11'])};"
            f" comparable {_list(rates['comparable'])}; all students 29, 12, 4.5, 3.8",
        ),
    ]


def _list(values: list[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)
