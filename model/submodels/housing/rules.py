"""Housing: homes tied to work, grace weeks, moves, crowding (mechanism map e10-e14)."""

from __future__ import annotations

import math

import numpy as np

from model import calendar
from model.enums import Housing
from model.kernel.compile import rule


@rule
def is_border_family_counted(rank: float, share_border: float) -> bool:
    """For every hundred families here so many live just across the border (letter, 485-488).

    Equation: is_border_family_counted = rank < share_border
    """
    return rank < share_border


@rule
def p_tied_home(
    p_without: float, p_with_lease: float, has_lease: bool, years_in_nl: float, scale_years: float
) -> float:
    """Return the probability that an agency job comes with a home, at any stay (D, e10).

    Most who have no lease of their own get one with the job; who has one mostly keeps it.

    Equation: p_tied_home = (p_without + (p_with_lease − p_without) · has_lease) · exp(−max(0,
    years_in_nl) / scale_years)
    """
    p = p_without + (p_with_lease - p_without) * has_lease
    tied: float = p * np.exp(-np.maximum(0.0, years_in_nl) / scale_years)
    return tied


@rule
def p_loses_tied_home(p_evict: float, housing_decoupled: float) -> float:
    """Return the probability that the end of the job ends the stay in a tied home (e11).

    Equation: p_loses_tied_home = p_evict · (1 − housing_decoupled)
    """
    return p_evict * (1.0 - housing_decoupled)


@rule
def weeks_of_grace(notice_weeks: float, weeks_month: float) -> float:
    """Return the weeks of a month in which a family may still look for a home.

    Equation: weeks_of_grace = min(notice_weeks, weeks_month)
    """
    return min(notice_weeks, weeks_month)


@rule
def p_finds_home(p_month: float, weeks: float, weeks_month: float) -> float:
    """Return the probability of finding a home within some weeks of grace.

    Equation: p_finds_home = 1 − (1 − p_month)^(weeks / weeks_month)
    """
    found: float = 1.0 - (1.0 - p_month) ** (weeks / weeks_month)
    return found


@rule
def is_grace_over(notice_weeks: float) -> bool:
    """The home is lost when the weeks of grace after the job are used up (four by CAO, S28).

    Equation: is_grace_over = notice_weeks ≤ 0
    """
    return notice_weeks <= 0.0


@rule
def p_reassigned(p_base: float, housing_decoupled: float) -> float:
    """Return the monthly probability that an agency moves a worker to another home (e12).

    Equation: p_reassigned = p_base · (1 − housing_decoupled)
    """
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

    Equation: move_ratio = {ratio_new if years_in_nl < new_years; 1 + (ratio_settled − 1) · max(0, 1
    − years_in_nl / settled_years) otherwise}
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

    Equation: p_voluntary_move = {min(1, {p_0_3 if months < calendar.FOUR; p_4_11 if months <
    calendar.TWELVE; p_12 otherwise} · ratio · ratio_cramped) if is_cramped; {p_0_3 if months <
    calendar.FOUR; p_4_11 if months < calendar.TWELVE; p_12 otherwise} · ratio otherwise}, where
    months = 12 · youngest_years
    """
    months = 12.0 * youngest_years
    p = p_0_3 if months < calendar.FOUR else (p_4_11 if months < calendar.TWELVE else p_12)
    p *= ratio
    return min(1.0, p * ratio_cramped) if is_cramped else p


@rule
def share_across(youngest_years: float, share_0_3: float, share_4: float) -> float:
    """Return the share of moves that lead to another municipality, by the youngest child (CBS).

    Equation: share_across = {share_0_3 if 12 · youngest_years < calendar.FOUR; share_4 otherwise}
    """
    return share_0_3 if 12.0 * youngest_years < calendar.FOUR else share_4


@rule
def p_asks_for_social_home(p_full: float, knowledge: float) -> float:
    """Return the monthly probability of asking for a social home: who knows of the list does.

    Equation: p_asks_for_social_home = p_full · knowledge
    """
    return p_full * knowledge


@rule
def least_wait_months(wait_years: float, least: float) -> float:
    """Return the months on the list before which nobody is let a social home.

    Equation: least_wait_months = 12 · wait_years · least
    """
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
    """Return the tenure after a move of one's own choice (e13).

    Buying takes a secure contract and income. Owners and social tenants mostly stay what they are,
    and who has a home of its own does not go and share one.

    Equation: chosen_home = {{Housing.OWNER if housing = Housing.OWNER; Housing.SOCIAL if housing =
    Housing.SOCIAL; Housing.OWNER if is_secure and income_ratio ≥ owner_income_ratio and draw <
    p_owner; Housing.PRIVATE_OWN_LEASE if housing ≥ Housing.PRIVATE_OWN_LEASE or draw_kind <
    p_lease; Housing.PRIVATE_SHARED otherwise} if draw_keep < p_keep; Housing.OWNER if is_secure and
    income_ratio ≥ owner_income_ratio and draw < p_owner; Housing.PRIVATE_OWN_LEASE if housing ≥
    Housing.PRIVATE_OWN_LEASE or draw_kind < p_lease; Housing.PRIVATE_SHARED otherwise}
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
    """Return the tenure after a forced move: another home with a job, a lease, or a shared home.

    Equation: forced_home = {Housing.TIED if draw < tied; Housing.PRIVATE_OWN_LEASE if draw < tied +
    (1 − tied) · p_lease; Housing.PRIVATE_SHARED otherwise}, where tied = {p_tied if was_tied; 0
    otherwise}
    """
    tied = p_tied if was_tied else 0.0
    if draw < tied:
        return Housing.TIED
    if draw < tied + (1.0 - tied) * p_lease:
        return Housing.PRIVATE_OWN_LEASE
    return Housing.PRIVATE_SHARED


@rule
def is_crowded(persons_per_room: float, crowded_from: float) -> bool:
    """A home is crowded from a number of persons per room on.

    Equation: is_crowded = persons_per_room ≥ crowded_from
    """
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
    """Return persons per room in a new home of this tenure; more persons have more rooms (e14).

    A home of one's own is never smaller than the one for a usual household, so that a couple has
    room for children (D); a tied or shared home is for the persons there are.

    Equation: crowding_after_move = {tied if housing = Housing.TIED; shared if housing =
    Housing.PRIVATE_SHARED; social if housing = Housing.SOCIAL; owner if housing = Housing.OWNER;
    lease otherwise} · n_persons / sqrt(max(n_persons, {usual_persons if housing ≥
    Housing.PRIVATE_OWN_LEASE; 0 otherwise}) · usual_persons) · (1 + spread · 2 · (draw − 0.5))
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
    """Return persons per room when somebody is born or leaves: the rooms stay.

    Equation: crowding_with_persons = crowding · n_now / n_before
    """
    return crowding * n_now / n_before
