"""Families when they enter: what they know, speak, earn and had been through by then.

These rules hold once, before the month's own rules take over. Each takes numbers or, by `plain`,
arrays of them; `luck` is a draw, `deviation` a draw from the standard normal distribution.
"""

from __future__ import annotations

import numpy as np

from model.enums import Education
from model.kernel.compile import rule


@rule
def own_ceiling(
    usual: float, education_level: float, deviation: float, w_education: float, spread: float
) -> float:
    """Return what living here alone leads to in a family (0 to 1): by education, and its own (D).

    It lasts: families differ on arrival and still do after twenty years.

    Equation: own_ceiling = min(1, max(0, usual + w_education · education_level + spread ·
    deviation))
    """
    ceiling = usual + w_education * education_level + spread * deviation
    inside: float = np.minimum(1.0, np.maximum(0.0, ceiling))
    return inside


@rule
def knowledge_at_entry(
    level: float,
    online: float,
    p_learns: float,
    peer_speed: float,
    peers_know: float,
    forgotten: float,
    months_in_nl: float,
) -> float:
    """Return knowledge (0 to 1): what stay gives, and what is kept of what was told since.

    `online` and peers (`p_learns` times `peer_speed`) add a share of the difference each month,
    `forgotten` is lost: the month's rules in continuous time, at a level that hardly moves.

    Equation: knowledge_at_entry = level + (online · (1 − level) + from_peers · (peers_know −
    level)) / max(10^(−9), pace) · (1 − exp(−pace · months_in_nl)), where from_peers = peer_speed ·
    p_learns · (level < peers_know); pace = online + from_peers + forgotten
    """
    from_peers = peer_speed * p_learns * (level < peers_know)
    told = online * (1.0 - level) + from_peers * (peers_know - level)
    pace = online + from_peers + forgotten
    kept = told / np.maximum(1e-9, pace) * (1.0 - np.exp(-pace * months_in_nl))
    knowledge: float = level + kept
    return knowledge


@rule
def trust_at_entry(
    own_level: float, usual_level: float, own_share: float, peers_share: float
) -> float:
    """Return trust in institutions (0 to 1), between a family's own level and the usual one (e50).

    Each month draws a family by a share to its own level, and by a share to those whom it knows.

    Equation: trust_at_entry = own_level + peers_share / max(10^(−9), own_share + peers_share) ·
    (usual_level − own_level)
    """
    towards = peers_share / np.maximum(1e-9, own_share + peers_share)
    trust: float = own_level + towards * (usual_level - own_level)
    return trust


@rule
def dutch_at_entry(
    years_temporary: float,
    years_planning: float,
    ceiling: float,
    usual_ceiling: float,
    on_arrival: float,
    rate_temporary: float,
    rate_planning: float,
) -> float:
    """Return the Dutch (0 to 1) of parents: towards their ceiling, in continuous time.

    First at the pace of who is here for the time being, then at that of who plans to stay. What
    sets a family apart shows on arrival and lasts.

    Equation: dutch_at_entry = ceiling − (ceiling − min(1, max(0, on_arrival + ceiling −
    usual_ceiling))) · exp(−rate_temporary · years_temporary − rate_planning · years_planning)
    """
    first = np.minimum(1.0, np.maximum(0.0, on_arrival + ceiling - usual_ceiling))
    left = np.exp(-rate_temporary * years_temporary - rate_planning * years_planning)
    dutch: float = ceiling - (ceiling - first) * left
    return dutch


@rule
def wage_at_entry(luck: float, minimum_eur_hour: float, median: float, spread: float) -> float:
    """Return the gross hourly wage, EUR: a multiple of the minimum wage, never under it.

    Equation: wage_at_entry = minimum_eur_hour · max(1, median + spread · (luck − 0.5))
    """
    wage: float = minimum_eur_hour * np.maximum(1.0, median + spread * (luck - 0.5))
    return wage


@rule
def wage_with_experience(
    wage_eur_hour: float,
    minimum_eur_hour: float,
    schooling: float,
    years_worked: float,
    growth_year: float,
    years_most: float,
) -> float:
    """Return the hourly wage, EUR, with what schooling (log wage) and years of work add to it.

    Equation: wage_with_experience = max(minimum_eur_hour, wage_eur_hour · exp(schooling +
    growth_year · min(years_worked, years_most)))
    """
    years = np.minimum(years_worked, years_most)
    wage: float = np.maximum(
        minimum_eur_hour, wage_eur_hour * np.exp(schooling + growth_year * years)
    )
    return wage


@rule
def schooling(education_level: int, mid: float, high: float) -> float:
    """Return the log wage that education adds to that of middle education, the usual one.

    Equation: schooling = (education_level > Education.MID) · (high − mid) − (education_level <
    Education.MID) · mid
    """
    is_low, is_high = education_level < Education.MID, education_level > Education.MID
    added: float = is_high * (high - mid) - is_low * mid
    return added


@rule
def share_two_earners(share: float, education_level: float, per_level: float) -> float:
    """Return the share of couples in which both work, by education; that of the middle is usual.

    Equation: share_two_earners = share + per_level · (education_level − 1)
    """
    of_level: float = share + per_level * (education_level - 1.0)
    return of_level


@rule
def spell_so_far(luck: float, mean_months: float, months_in_nl: float) -> float:
    """Return the months that a job, a time without work or a home has lasted, at most the stay.

    Equation: spell_so_far = min(−ln(1 − luck) · mean_months, months_in_nl)
    """
    spell: float = np.minimum(-np.log1p(-luck) * mean_months, months_in_nl)
    return spell


@rule
def talent(
    education_level: float,
    pay_eur_week: float,
    deviation: float,
    w_education: float,
    w_pay: float,
    usual_pay_eur_week: float,
) -> float:
    """Return the learning (SD) that a child brings, by its parents' education and usual pay.

    Pay counts in log points against the usual, and under half of that as half.

    Equation: talent = w_education · education_level + w_pay · ln(max(0.5, pay_eur_week /
    usual_pay_eur_week)) + deviation
    """
    pay = np.log(np.maximum(0.5, pay_eur_week / usual_pay_eur_week))
    brought: float = w_education * education_level + w_pay * pay + deviation
    return brought


@rule
def own_dutch(deviation: float, spread: float) -> float:
    """Return the Dutch (SD) that is a child's own, apart from home and school.

    Equation: own_dutch = spread · deviation
    """
    return spread * deviation


@rule
def p_another_child(
    share_ever: float, months_since_last: float, gap_min_months: float, gap_spread_months: float
) -> float:
    """Return the probability that a family still has another child, less the longer ago the last.

    Of those who ever will, some are still waiting: an exponential time after the shortest gap.

    Equation: p_another_child = waiting / (1 − share_ever + waiting), where waiting = share_ever ·
    exp(−max(0, months_since_last − gap_min_months) / gap_spread_months)
    """
    beyond = np.maximum(0.0, months_since_last - gap_min_months)
    waiting = share_ever * np.exp(-beyond / gap_spread_months)
    p: float = waiting / (1.0 - share_ever + waiting)
    return p


@rule
def months_to_birth(
    luck: float, months_since_last: float, gap_min_months: float, gap_spread_months: float
) -> float:
    """Return the months until the next birth, in whole months and one at least.

    Equation: months_to_birth = ceil(max(1, max(gap_min_months − months_since_last, 0) −
    gap_spread_months · ln(1 − luck)))
    """
    least = np.maximum(gap_min_months - months_since_last, 0.0)
    wait: float = np.ceil(np.maximum(1.0, least - gap_spread_months * np.log1p(-luck)))
    return wait


@rule
def months_before_first_birth(luck: float, mean_years: float) -> float:
    """Return the months in the country before the first birth here, exponential (D).

    Equation: months_before_first_birth = −ln(1 − luck) · 12 · mean_years
    """
    months: float = -np.log1p(-luck) * 12.0 * mean_years
    return months
