"""Housing: homes tied to work, grace weeks, moves, crowding (mechanism map e10-e14)."""

from __future__ import annotations

import math

import numpy as np

from model import calendar
from model.enums import Housing
from model.kernel.compile import rule


@rule
def is_border_family_counted(rank: float, share_border: float) -> bool:
    """For every hundred families here so many live just across the border (letter, 485-488)."""
    return rank < share_border


@rule
def p_tied_home(
    p_without: float, p_with_lease: float, has_lease: bool, years_in_nl: float, scale_years: float
) -> float:
    """Return the probability that an agency job comes with a home, at any stay (D).

    Most who have no lease of their own get one with the job; who has one mostly keeps it.
    """
    p = p_without + (p_with_lease - p_without) * has_lease
    tied: float = p * np.exp(-np.maximum(0.0, years_in_nl) / scale_years)
    return tied


@rule
def p_loses_tied_home(p_evict: float, housing_decoupled: float) -> float:
    """Return the probability that the end of the job ends the stay in a tied home."""
    return p_evict * (1.0 - housing_decoupled)


@rule
def weeks_of_grace(notice_weeks: float, weeks_month: float) -> float:
    """Return the weeks of a month in which a family may still look for a home."""
    return min(notice_weeks, weeks_month)


@rule
def p_finds_home(p_month: float, weeks: float, weeks_month: float) -> float:
    """Return the probability of finding a home within some weeks of grace."""
    found: float = 1.0 - (1.0 - p_month) ** (weeks / weeks_month)
    return found


@rule
def is_grace_over(notice_weeks: float) -> bool:
    """The home is lost when the weeks of grace after the job are used up (four by CAO, S28)."""
    return notice_weeks <= 0.0


@rule
def p_reassigned(p_base: float, housing_decoupled: float) -> float:
    """Return the monthly probability that an agency moves a worker to another home."""
    return p_base * (1.0 - housing_decoupled)


@rule
def move_ratio(
    years_in_nl: float,
    ratio_new: float,
    ratio_settled: float,
    new_years: float,
    settled_years: float,
) -> float:
    """Return how much more often than others a family moves: less and less with years here.

    It has come down to one, in a straight line, after `settled_years`, for whoever lives here.
    """
    if years_in_nl < new_years:
        return ratio_new
    return 1.0 + (ratio_settled - 1.0) * max(0.0, 1.0 - years_in_nl / settled_years)


@rule
def p_voluntary_move(
    youngest_years: float,
    ratio: float,
    is_cramped: bool,
    p_0_3: float,
    p_4_11: float,
    p_12: float,
    ratio_cramped: float,
) -> float:
    """Return the monthly probability of a move of one's own choice.

    All residents by the age of the youngest child (CBS 2017), more in the first years in the
    country, and in shared or crowded homes.
    """
    months = 12.0 * youngest_years
    p = p_0_3 if months < calendar.FOUR else (p_4_11 if months < calendar.TWELVE else p_12)
    p *= ratio
    return min(1.0, p * ratio_cramped) if is_cramped else p


@rule
def share_across(youngest_years: float, share_0_3: float, share_4: float) -> float:
    """Return the share of moves that lead to another municipality, by the youngest child (CBS)."""
    return share_0_3 if 12.0 * youngest_years < calendar.FOUR else share_4


@rule
def p_asks_for_social_home(p_full: float, knowledge: float) -> float:
    """Return the monthly probability of asking for a social home: who knows of the list does."""
    return p_full * knowledge


@rule
def least_wait_months(wait_years: float, least: float) -> float:
    """Return the months on the list before which nobody is let a social home."""
    return 12.0 * wait_years * least


@rule
def chosen_home(
    income_ratio: float,
    is_secure: bool,
    owner_income_ratio: float,
    p_owner: float,
    p_lease: float,
    housing: int,
    p_keep: float,
    draw: float,
    draw_kind: float,
    draw_keep: float,
) -> int:
    """Return the tenure after a move of one's own choice.

    Buying takes a secure contract and income. Owners and social tenants mostly stay what they are,
    and who has a home of its own does not go and share one.
    """
    if draw_keep < p_keep:
        if housing == Housing.OWNER:
            return Housing.OWNER
        if housing == Housing.SOCIAL:
            return Housing.SOCIAL
    if is_secure and income_ratio >= owner_income_ratio and draw < p_owner:
        return Housing.OWNER
    if housing >= Housing.PRIVATE_OWN_LEASE or draw_kind < p_lease:
        return Housing.PRIVATE_OWN_LEASE
    return Housing.PRIVATE_SHARED


@rule
def forced_home(was_tied: bool, p_tied: float, p_lease: float, draw: float) -> int:
    """Return the tenure after a forced move: another home with a job, a lease, or a shared home."""
    tied = p_tied if was_tied else 0.0
    if draw < tied:
        return Housing.TIED
    if draw < tied + (1.0 - tied) * p_lease:
        return Housing.PRIVATE_OWN_LEASE
    return Housing.PRIVATE_SHARED


@rule
def is_crowded(persons_per_room: float, crowded_from: float) -> bool:
    """A home is crowded from a number of persons per room on."""
    return persons_per_room >= crowded_from


@rule
def crowding_after_move(
    housing: int,
    n_persons: int,
    tied: float,
    shared: float,
    lease: float,
    social: float,
    owner: float,
    usual_persons: float,
    spread: float,
    draw: float,
) -> float:
    """Return persons per room in a new home of this tenure; more persons have more rooms.

    A home of one's own is never smaller than the one for a usual household, so that a couple has
    room for children (D); a tied or shared home is for the persons there are.
    """
    usual = lease
    if housing == Housing.TIED:
        usual = tied
    elif housing == Housing.PRIVATE_SHARED:
        usual = shared
    elif housing == Housing.SOCIAL:
        usual = social
    elif housing == Housing.OWNER:
        usual = owner
    least = usual_persons if housing >= Housing.PRIVATE_OWN_LEASE else 0.0
    share = n_persons / math.sqrt(max(n_persons, least) * usual_persons)
    return usual * share * (1.0 + spread * 2.0 * (draw - 0.5))


@rule
def crowding_with_persons(crowding: float, n_before: int, n_now: int) -> float:
    """Return persons per room when somebody is born or leaves: the rooms stay."""
    return crowding * n_now / n_before
