"""P3: does the position of families get better when they stay longer? The letter asks it.

The letter (its section on aim and design) asks whether registration, care and social and economic
circumstances get better with the years in the country. Those are judged; what else the model holds
by years here is told beside them. Bands are looked at side by side, not one family over time: who
stays is another choice of families than who came.
"""

from __future__ import annotations

import math
from itertools import pairwise

from calibration.monitors.measures import MEASURES
from calibration.monitors.observed import Observed
from calibration.patterns.check import Check, smallest
from model.evidence.ledger import Grade
from model.outcomes.registry import YEARS_BANDS

_BANDS = tuple(name for name, _ in YEARS_BANDS)

_RISES: tuple[tuple[str, str, float, float, str, Grade], ...] = (
    ("P3a", "registered_share", 1.0, 0.01, "Registered families", "B"),
    ("P3b", "care_access", 1.0, 0.01, "Access to care", "A"),
    ("P3c", "income_eur_month", 1.0, 20.0, "Income, EUR a month", "A"),
    ("P3d", "poor_share", -1.0, 0.01, "Children out of poverty", "A"),
    ("P3e", "preschool_reach", 1.0, 0.03, "Preschool reach of the target group", "A"),
    ("P3f", "parent_dutch", 1.0, 0.01, "Dutch of parents", "B"),
)
_TOLD: tuple[tuple[str, str, str], ...] = (
    ("stay.crowded", "crowded_share", "Crowded homes"),
    ("stay.tied", "housing_tied", "Homes tied to the job"),
    ("stay.shared", "housing_private_shared", "Shared homes"),
    ("stay.forced", "forced_moves", "Forced moves a year"),
    ("stay.unemployed", "unemployed_share", "Families without work that look for it"),
    ("stay.permanent", "contract_permanent", "Permanent contract of the main earner"),
    ("stay.knowledge", "knowledge", "Knowledge of school, care and rights"),
    ("stay.trust", "trust", "Trust"),
    ("stay.belonging", "belonging", "Belonging of children"),
    ("stay.changes", "school_changes", "Changes of school a year"),
    ("stay.learning", "learning_at_12", "Learning at 12, SD"),
)


def better_with_stay(seen: Observed) -> list[Check]:
    """P3a to P3f rise with the years in the country; the others are told, first band to last."""
    found = []
    for key, name, sign, slack, words, grade in _RISES:
        values = _by_stay(seen, name)
        steps = [sign * (after - before) for before, after in pairwise(values)]
        worst = smallest(*steps)
        found.append(
            Check(
                key,
                f"{words}: rise from the first years to the last",
                "rises",
                (slack, None),
                worst if worst < -slack else math.fsum(steps),
                grade,
                f"{_shown(values)}. A fall of more than {slack:g} in between is shown instead",
                reading=f"'rises' is read as {slack:g} or more over all, and no fall in between",
                block="stay",
            )
        )
    for key, name, words in _TOLD:
        values = _by_stay(seen, name)
        found.append(
            Check(
                key,
                f"{words}: those here 11 years or more, less those here up to 2",
                "no figure",
                (None, None),
                values[-1] - values[0],
                "D",
                _shown(values),
                block="stay",
            )
        )
    return found


def _by_stay(seen: Observed, name: str) -> list[float]:
    prefix = "" if name in MEASURES else "years_in_nl:"
    return [seen.value(name, "eu11", f"{prefix}{band}") for band in _BANDS]


def _shown(values: list[float]) -> str:
    return f"By years here ({', '.join(_BANDS)}): {', '.join(f'{value:.4g}' for value in values)}"
