"""Channels: the ways by which a policy reaches children, and how each of them is switched off.

A channel is off when the coefficients that carry it are neutral: what lies before it still happens,
but nothing passes on through it. That is done on a run's own table of parameters, after the ledger
has been checked, since neutral values may lie outside the ranges of the ledger. What no channel
carries is "direct or other": crowded homes, extra hours at school, support for newcomers,
belonging, care, enrolment, and who stays in the country (docs/statistics.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from model.errors import InputError, nearest


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way by which a policy reaches children.

    `meaning` says what no longer happens when it is off; `neutral` holds the parameters (dotted
    names) that carry it, each with the value at which it carries nothing.
    """

    name: str
    meaning: str
    neutral: Mapping[str, float]


CHANNELS: tuple[Channel, ...] = (
    Channel(
        name="income",
        meaning=(
            "Income, poverty and a long time without work change neither learning nor the decision"
            " to leave school."
        ),
        neutral={
            "school.learning_income_year": 0.0,
            "school.learning_job_loss": 0.0,
            "school.leave_poor": 0.0,
        },
    ),
    Channel(
        name="roster",
        meaning=(
            "Working times make no difference: neither an unpredictable roster, nor a child alone"
            " at home, nor work outside childcare hours."
        ),
        neutral={
            "school.absent_roster_days": 0.0,
            "school.absent_alone": 0.0,
            "school.learning_shift_year": 0.0,
            "early_years.ve_attendance_roster": 0.0,
            "early_years.take_up_hours_fit": 0.0,
            "language.course_roster": 0.0,
        },
    ),
    Channel(
        name="forced_moves",
        meaning="No family loses its home with its job, is moved by its agency, or is put out.",
        neutral={
            "housing.p_evict": 0.0,
            "housing.p_reassign": 0.0,
            "rights.p_unlawful_eviction": 0.0,
        },
    ),
    Channel(
        name="school_change",
        meaning=(
            "A change of school costs neither learning, Dutch nor belonging, and nobody leaves"
            " for it."
        ),
        neutral={
            "school.change_level": 0.0,
            "school.language_change": 0.0,
            "school.belonging_change": 0.0,
            "school.leave_change_vo": 0.0,
            "school.leave_change_mbo": 0.0,
        },
    ),
    Channel(
        name="absence",
        meaning="Days of absence cost neither learning nor Dutch, and nobody leaves for them.",
        neutral={
            "school.learning_absent_day": 0.0,
            "school.language_absent_day": 0.0,
            "school.leave_absent_day": 0.0,
        },
    ),
    Channel(
        name="language",
        meaning=(
            "A child's Dutch changes neither learning, advice nor leaving; a parent's Dutch changes"
            " neither wage nor the kind of job."
        ),
        neutral={
            "school.learning_from_language_year": 0.0,
            "school.advice_language": 0.0,
            "school.leave_language": 0.0,
            "work.wage_dutch_premium": 0.0,
            "work.agency_offer_dutch": 0.0,
        },
    ),
    Channel(
        name="preschool",
        meaning="Hours of preschool education give no gain in Dutch or learning.",
        neutral={"early_years.ve_gain_960h": 0.0},
    ),
    Channel(
        name="network",
        meaning=(
            "Families pass on neither knowledge nor trust, and do not bring each other to"
            " preschool."
        ),
        neutral={
            "contact.peer_gain": 0.0,
            "contact.trust_neighbours": 0.0,
            "early_years.take_up_peer": 0.0,
        },
    ),
)
"""All channels; a chain through two of them is cut by either."""

BY_CHANNEL: dict[str, Channel] = {channel.name: channel for channel in CHANNELS}


def neutralised(parameters: np.ndarray, off: Iterable[str]) -> np.ndarray:
    """Return a copy of a table of parameters (months,) with the named channels switched off.

    Raises InputError for a channel that is not there.
    """
    result = parameters.copy()
    for name in off:
        if name not in BY_CHANNEL:
            known = ", ".join(BY_CHANNEL)
            message = f"there is no channel '{name}'.{nearest(name, BY_CHANNEL)} Known: {known}."
            raise InputError(message)
        for parameter, value in BY_CHANNEL[name].neutral.items():
            result[parameter.split(".")[1]] = value
    return result
