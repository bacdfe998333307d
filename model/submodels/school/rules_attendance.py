"""Enrolment, newcomer support, hours alone and absence (mechanism map e20-e49, 3b)."""

from __future__ import annotations

from model import calendar
from model.kernel.compile import rule

CARE_USUAL = 0.5
"""Access to care at which absence is what the other causes make it."""

SCHOOL_MONTHS = 11.0
"""Months of a year with school; August has none."""


@rule
def must_enrol(age_months: int) -> bool:
    """School is compulsory from the first day of the month after the fifth birthday (S94).

    Equation: must_enrol = age_months ≥ calendar.SCHOOL_COMPULSORY
    """
    return age_months >= calendar.SCHOOL_COMPULSORY


@rule
def p_enrols_month(
    age_months: int,
    is_registered: bool,
    is_border: bool,
    p_compulsory: float,
    p_at_4: float,
    ratio_unregistered: float,
    ratio_border: float,
    coordination: float,
) -> float:
    """Return the monthly probability that a child from four on enters school (S94).

    None from eighteen, when the duty to qualify has ended (S95). Less without registration, and
    across the border as far as the countries do not work together.

    Equation: p_enrols_month = {0 if age_months ≥ calendar.EIGHTEEN; {p_compulsory if
    must_enrol(age_months); p_at_4 otherwise} · {ratio_unregistered if not is_registered; 1
    otherwise} · {ratio_border + (1 − ratio_border) · coordination if is_border; 1 otherwise}
    otherwise}
    """
    if age_months >= calendar.EIGHTEEN:
        return 0.0
    p = p_compulsory if must_enrol(age_months) else p_at_4
    if not is_registered:
        p *= ratio_unregistered
    if is_border:
        p *= ratio_border + (1.0 - ratio_border) * coordination
    return p


@rule
def newcomer_months_at_entry(
    funded_months: float, is_born_here: bool, months_in_nl_before_4: float
) -> float:
    """Return months of newcomer money for a school: none for a child born here (S31, S32).

    Months in the Netherlands before the fourth birthday are taken off.

    Equation: newcomer_months_at_entry = {0 if is_born_here; max(0, funded_months −
    months_in_nl_before_4) otherwise}
    """
    if is_born_here:
        return 0.0
    return max(0.0, funded_months - months_in_nl_before_4)


@rule
def is_school_funded(n_newcomers: float, threshold_pupils: float) -> bool:
    """A primary school gets newcomer money from a number of such pupils on (four, S32).

    Equation: is_school_funded = n_newcomers ≥ threshold_pupils
    """
    return n_newcomers >= threshold_pupils


@rule
def alone_share(home_alone_hours: float, reference_hours: float) -> float:
    """Return how much a child is alone, 1 from a number of hours a week on.

    Equation: alone_share = min(1, home_alone_hours / reference_hours)
    """
    return min(1.0, home_alone_hours / reference_hours)


@rule
def absent_days_month(
    base_days: float,
    roster_predictability: float,
    roster_days: float,
    alone_share: float,
    w_alone: float,
    belonging: float,
    belonging_usual: float,
    w_belonging: float,
    care_access: float,
    w_care: float,
    has_contact_person: bool,
    w_contact: float,
) -> float:
    """Return expected days of absence in a school month (e22, e23, e47, e57).

    Equation: absent_days_month = (base_days + roster_days · (1 − roster_predictability)) · (1 +
    w_alone · alone_share) · (1 + w_belonging · (belonging_usual − belonging)) · (1 − w_care ·
    (care_access − CARE_USUAL)) · {1 − w_contact if has_contact_person; 1 otherwise}
    """
    days = base_days + roster_days * (1.0 - roster_predictability)
    days *= 1.0 + w_alone * alone_share
    days *= 1.0 + w_belonging * (belonging_usual - belonging)
    days *= 1.0 - w_care * (care_access - CARE_USUAL)
    if has_contact_person:
        days *= 1.0 - w_contact
    return days


@rule
def absent_days_drawn(
    mean_days: float,
    luck: float,
    has_moved_forced: bool,
    forced_days: float,
    is_abroad: bool,
    abroad_days: float,
) -> float:
    """Return days of absence in a school month: up to twice the mean, with a move or stay abroad.

    A forced move and a temporary return to the country of origin cost days of their own (e21, e24).

    Equation: absent_days_drawn = 2 · luck · mean_days + {forced_days if has_moved_forced; 0
    otherwise} + {abroad_days if is_abroad; 0 otherwise}
    """
    days = 2.0 * luck * mean_days
    if has_moved_forced:
        days += forced_days
    if is_abroad:
        days += abroad_days
    return days


@rule
def absent_normal_month(absent_normal_year: float, is_holiday: bool) -> float:
    """Return the absence of a month that progress at school already allows for.

    Equation: absent_normal_month = {0 if is_holiday; absent_normal_year / SCHOOL_MONTHS otherwise}
    """
    return 0.0 if is_holiday else absent_normal_year / SCHOOL_MONTHS
