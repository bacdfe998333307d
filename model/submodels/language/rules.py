"""Dutch of the parents: by living here, by courses, by employers (mechanism map e58, e59)."""

from __future__ import annotations

import math

from model.kernel.compile import rule


@rule
def dutch_rate(rate_year: float, for_plan: float, intention: float) -> float:
    """Return the share of the distance that is learned in a year: more by who plans to stay.

    Those who keep a temporary plan learn least (S90).

    Equation: dutch_rate = rate_year + for_plan · intention
    """
    return rate_year + for_plan * intention


@rule
def dutch_by_living_here(
    parent_dutch: float, ceiling: float, rate_year: float, forgotten_year: float
) -> float:
    """Return what a month without lessons adds to Dutch, up to a family's own ceiling.

    What lessons added above it is slowly forgotten (D).

    Equation: dutch_by_living_here = (max(0, to_go) · rate_year + min(0, to_go) · forgotten_year) /
    12, where to_go = ceiling − parent_dutch
    """
    to_go = ceiling - parent_dutch
    return (max(0.0, to_go) * rate_year + min(0.0, to_go) * forgotten_year) / 12.0


@rule
def is_past_courses(parent_dutch: float, course_until: float) -> bool:
    """Courses are for parents up to a level of Dutch (D).

    Equation: is_past_courses = parent_dutch ≥ course_until
    """
    return parent_dutch >= course_until


@rule
def course_hours_taken(hours_left: float, hours_month: float) -> float:
    """Return the lessons of a month: a fixed number, until the course is over.

    Equation: course_hours_taken = min(hours_left, hours_month)
    """
    return min(hours_left, hours_month)


@rule
def dutch_by_course(hours: float, gain_100h: float, attendance: float) -> float:
    """Return the gain in Dutch of course hours (S85: about 0.085 for 100 hours, e58).

    Equation: dutch_by_course = gain_100h · hours / 100 · attendance
    """
    return gain_100h * hours / 100.0 * attendance


@rule
def course_attendance(roster_predictability: float, share_roster: float) -> float:
    """Return the share of lessons that a parent with this roster can attend (e62).

    Equation: course_attendance = 1 − share_roster · (1 − roster_predictability)
    """
    return 1.0 - share_roster * (1.0 - roster_predictability)


@rule
def p_applies_for_course(
    p_base: float, knowledge: float, intention: float, effect_intention: float, attendance: float
) -> float:
    """Return the monthly probability of asking for a course (e52, e73).

    Equation: p_applies_for_course = p_base · 2 · knowledge · exp(effect_intention · (intention −
    0.5)) · attendance
    """
    return p_base * 2.0 * knowledge * math.exp(effect_intention * (intention - 0.5)) * attendance


@rule
def is_loan_open(months_since_registration: float, window_months: float) -> bool:
    """The civic-integration loan ends a number of months after registration (three years, S17).

    Equation: is_loan_open = months_since_registration < window_months
    """
    return months_since_registration < window_months


@rule
def loan_eur(
    maximum_eur: float, income_ratio: float, income_ratio_nil: float, share_used: float
) -> float:
    """Return the loan a family takes, by income: in full under the income line, then less.

    Equation: loan_eur = maximum_eur · share_used · min(1, max(0, (income_ratio_nil − income_ratio)
    / (income_ratio_nil − 1)))
    """
    open_share = (income_ratio_nil - income_ratio) / (income_ratio_nil - 1.0)
    return maximum_eur * share_used * min(1.0, max(0.0, open_share))


@rule
def p_borrows(p_base: float, intention: float) -> float:
    """Return the monthly probability of wanting the loan, more with the intention to stay (e73).

    Equation: p_borrows = p_base · 2 · intention
    """
    return p_base * 2.0 * intention


@rule
def lessons_bought(loan_eur: float, eur_hour: float) -> float:
    """Return the hours of lessons that a loan pays.

    Equation: lessons_bought = loan_eur / eur_hour
    """
    return loan_eur / eur_hour


@rule
def instalment_eur_month(
    loan_eur: float, months_since_loan: float, delay_months: float, repay_months: float
) -> float:
    """Return the monthly repayment: ten years, from six months after the loan (S18).

    Equation: instalment_eur_month = {0 if months_since_loan < delay_months; loan_eur / repay_months
    otherwise}
    """
    if months_since_loan < delay_months:
        return 0.0
    return loan_eur / repay_months


@rule
def employer_course_hours(hours_own: float, subsidy_eur: float, eur_hour: float) -> float:
    """Return the lessons an employer offers: its own hours and what the fund's money buys (S23).

    Equation: employer_course_hours = hours_own + subsidy_eur / eur_hour
    """
    return hours_own + subsidy_eur / eur_hour


@rule
def course_places_year(places_per_100: float, n_adults: int) -> float:
    """Return the places in municipal courses that open in a year, by adults in the municipality.

    Equation: course_places_year = places_per_100 / 100 · n_adults
    """
    return places_per_100 / 100.0 * n_adults


@rule
def is_service_open(is_registered: bool, months_since_registration: float, wait: float) -> bool:
    """Services of the municipality need registration and open after a waiting time.

    Equation: is_service_open = is_registered and months_since_registration ≥ wait
    """
    return is_registered and months_since_registration >= wait
