"""Does the base stand still? Years after the start against the first three, by group.

The base keeps the policy of 2023, so that nothing outside makes it move: what moves is the start
state that the rules do not keep up. Targets hold other quantities still; none is here twice. What
is of each child is standardised to the children of the first school year, so that who is there does
not move it; the crude change is told beside it.
"""

from __future__ import annotations

from calibration.monitors.observed import LAST_YEAR, Observed
from calibration.patterns.check import Check, ratio
from model.outcomes.registry import ACTUAL, BY_OUTCOME, REGISTERED

START_YEARS, LATER_YEARS = (1, 3), (4, LAST_YEAR)
LEAVING_START, LEAVING_LATER = (4, 6), (7, LAST_YEAR)
"""Leaving is looked at from the fourth year: changes of school count for three years."""

_SIZES = (
    ("n_families", "eu11", "all"),
    ("n_families", "comparable", "all"),
    ("n_children", "eu11", "letter_group:aged_0_4"),
    ("n_children", "eu11", "letter_group:late_arrival"),
    ("n_children", "eu11", "letter_group:born_here"),
    ("n_vo", "eu11", "all"),
    ("n_vo", "comparable", "all"),
    ("n_mbo", "eu11", "all"),
    ("n_families", "eu11", "years_in_nl:0-2"),
    ("n_families", "eu11", "family_type:recent"),
)
_LEVELS = (
    ("vsv_vo_expected", "comparable", 0.001),
    ("vsv_mbo_expected", "comparable", 0.005),
    ("learning_at_12", "eu11", 0.05),
    ("language_at_12", "eu11", 0.05),
    ("language_at_12", "comparable", 0.05),
    ("advice_havo_vwo", "eu11", 0.03),
    ("advice_havo_vwo", "comparable", 0.03),
    ("poor_share", "eu11", 0.01),
    ("poor_share", "comparable", 0.01),
    ("crowded_share", "eu11", 0.01),
    ("housing_social", "eu11", 0.02),
    ("unemployed_share", "eu11", 0.01),
    ("hours_cv", "eu11", 0.01),
    ("knowledge", "comparable", 0.05),
    ("parent_dutch", "eu11", 0.05),
    ("trust", "eu11", 0.05),
    ("belonging", "eu11", 0.05),
    ("ve_take_up", "eu11", 0.02),
)
_OF_SIZE = 0.05
_WHY_SIZE = "a twentieth of what there was at the start; no source says that it moves"
_WHY_LEVEL = "so little that no measure is ranked by it; no source says that it moves"


def standing_still(seen: Observed) -> list[Check]:
    """Every size keeps within a twentieth of its start, every level within its slack."""
    found = []
    for name, population, group in _SIZES:
        first, later = _two(seen, name, population, group)
        found.append(
            Check(
                _key(name, population, group),
                f"{_words(name, population, group)}: change against the first years, share",
                "stands still",
                (-_OF_SIZE, _OF_SIZE),
                ratio(later - first, first),
                "D",
                f"From {first:.4g} to {later:.4g} a year in the sample",
                reading=_WHY_SIZE,
                block="still",
            )
        )
    for name, population, slack in _LEVELS:
        is_standardised = BY_OUTCOME[name].is_standardised
        first, later = _two(seen, name, population, "all", standardised=is_standardised)
        note = f"From {first:.4g} to {later:.4g}"
        if is_standardised:
            crude = _two(seen, name, population, "all")
            note += f" standardised; crude from {crude[0]:.4g} to {crude[1]:.4g}"
        found.append(
            Check(
                _key(name, population, "all"),
                f"{_words(name, population, 'all')}: change against the first years",
                "stands still",
                (-slack, slack),
                later - first,
                "D",
                note,
                reading=_WHY_LEVEL,
                block="still",
            )
        )
    return found


def _two(
    seen: Observed, name: str, population: str, group: str, *, standardised: bool = False
) -> tuple[float, float]:
    """Return a quantity in the first years and in later ones; leaving has its own first years."""
    is_leaving = name.startswith("vsv_")
    layer = REGISTERED if is_leaving else ACTUAL
    spans = (LEAVING_START, LEAVING_LATER) if is_leaving else (START_YEARS, LATER_YEARS)
    first, later = (
        seen.value(name, population, group, layer, years, standardised=standardised)
        for years in spans
    )
    return first, later


def _key(name: str, population: str, group: str) -> str:
    return ".".join(["still", name, population, *group.split(":")[1:]])


def _words(name: str, population: str, group: str) -> str:
    inside = "" if group == "all" else f", {group.replace(':', ' ')}"
    return f"`{name}`, {population}{inside}"
