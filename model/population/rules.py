"""Families when they enter: what they know, speak, earn and had been through by then.

These rules hold once, before the month's own rules take over. Each takes numbers or, by `plain`,
arrays of them; `luck` is a draw, `deviation` a draw from the standard normal distribution.
"""

from __future__ import annotations

import numpy as np

from model.kernel.compile import rule


@rule
def knowledge_at_entry(
    years_in_nl: float,
    education_level: float,
    deviation: float,
    on_arrival: float,
    per_year: float,
    stay_max: float,
    w_education: float,
    spread: float,
) -> float:
    """Return knowledge (0 to 1): it grows with stay up to a ceiling, and with education (e50)."""
    by_stay = np.minimum(stay_max, on_arrival + per_year * years_in_nl)
    knowledge = by_stay + (w_education * education_level + spread * deviation)
    inside: float = np.minimum(1.0, np.maximum(0.0, knowledge))
    return inside


@rule
def knowledge_of_natives(
    education_level: float, deviation: float, usual: float, w_education: float, spread: float
) -> float:
    """Return the knowledge (0 to 1) of parents who grew up here."""
    knowledge = usual + w_education * education_level + spread * deviation
    inside: float = np.minimum(1.0, np.maximum(0.0, knowledge))
    return inside


@rule
def trust_at_entry(
    years_in_nl: float, deviation: float, on_arrival: float, per_year: float, spread: float
) -> float:
    """Return trust in institutions (0 to 1): it grows with stay (e50)."""
    trust = on_arrival + per_year * years_in_nl + spread * deviation
    inside: float = np.minimum(1.0, np.maximum(0.0, trust))
    return inside


@rule
def dutch_at_entry(
    years_in_nl: float,
    education_level: float,
    deviation: float,
    on_arrival: float,
    ceiling: float,
    rate_year: float,
    w_education: float,
    spread: float,
) -> float:
    """Return the Dutch (0 to 1) of parents: towards what living here gives, in continuous time.

    What sets one family apart from another, its education with it, shows in the first years (D).
    """
    still_open = (ceiling - on_arrival) * np.exp(-rate_year * years_in_nl)
    own = w_education * education_level + spread * deviation
    dutch = ceiling - still_open + own * (1.0 - np.exp(-years_in_nl / 2.0))
    inside: float = np.minimum(1.0, np.maximum(0.0, dutch))
    return inside


@rule
def wage_at_entry(luck: float, minimum_eur_hour: float, median: float, spread: float) -> float:
    """Return the gross hourly wage, EUR: a multiple of the minimum wage, never under it."""
    wage: float = minimum_eur_hour * np.maximum(1.0, median + spread * (luck - 0.5))
    return wage


@rule
def spell_so_far(luck: float, mean_months: float, months_in_nl: float) -> float:
    """Return the months that a job or a time without work has lasted, at most the stay (D)."""
    spell: float = np.minimum(-np.log1p(-luck) * mean_months, months_in_nl)
    return spell


@rule
def talent(education_level: float, deviation: float, w_education: float) -> float:
    """Return the learning (SD) that a child brings, by its parents' education."""
    return w_education * education_level + deviation


@rule
def own_dutch(deviation: float, spread: float) -> float:
    """Return the Dutch (SD) that is a child's own, apart from home and school."""
    return spread * deviation


@rule
def p_another_child(
    share_ever: float, months_since_last: float, gap_min_months: float, gap_spread_months: float
) -> float:
    """Return the probability that a family still has another child, less the longer ago the last.

    Of those who ever will, some are still waiting: an exponential time after the shortest gap.
    """
    beyond = np.maximum(0.0, months_since_last - gap_min_months)
    waiting = share_ever * np.exp(-beyond / gap_spread_months)
    p: float = waiting / (1.0 - share_ever + waiting)
    return p


@rule
def months_to_birth(
    luck: float, months_since_last: float, gap_min_months: float, gap_spread_months: float
) -> float:
    """Return the months until the next birth, in whole months and one at least."""
    least = np.maximum(gap_min_months - months_since_last, 0.0)
    wait: float = np.ceil(np.maximum(1.0, least - gap_spread_months * np.log1p(-luck)))
    return wait


@rule
def months_before_first_birth(luck: float, mean_years: float) -> float:
    """Return the months in the country before the first birth here, exponential (D)."""
    months: float = -np.log1p(-luck) * 12.0 * mean_years
    return months
