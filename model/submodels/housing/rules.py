"""Housing: homes tied to work, grace weeks, moves, crowding (mechanism map e10-e14)."""

from __future__ import annotations

import math

from model import calendar
from model.enums import Housing
from model.kernel.compile import rule


@rule
def lives_across_border(rank: float, share_border: float) -> bool:
    """Of the families in the border region's reach a share lives abroad (letter, lines 485-488)."""
    return rank < share_border


@rule
def p_tied_home(p_arrival: float, years_in_nl: float, scale_years: float) -> float:
    """Return the probability that an agency job comes with a home; it falls with stay (D)."""
    return p_arrival * math.exp(-max(0.0, years_in_nl) / scale_years)


@rule
def p_loses_tied_home(p_evict: float, housing_decoupled: float) -> float:
    """Return the probability that the end of the job ends the stay in a tied home."""
    return p_evict * (1.0 - housing_decoupled)


@rule
def is_grace_over(notice_weeks: float) -> bool:
    """The home is lost when the weeks of grace after the job are used up (four by CAO, S28)."""
    return notice_weeks <= 0.0


@rule
def p_reassigned(p_base: float, housing_decoupled: float) -> float:
    """Return the monthly probability that an agency moves a worker to another home."""
    return p_base * (1.0 - housing_decoupled)


@rule
def p_voluntary_move(
    youngest_years: float,
    years_in_nl: float,
    is_shared: bool,
    p_0_3: float,
    p_4_11: float,
    p_12: float,
    ratio_new: float,
    ratio_settled: float,
    ratio_shared: float,
    new_years: float,
    settled_years: float,
) -> float:
    """Return the monthly probability of a move of one's own choice.

    All residents by the age of the youngest child (CBS 2017), more in the first years in the
    country, and in shared homes.
    """
    months = 12.0 * youngest_years
    p = p_0_3 if months < calendar.FOUR else (p_4_11 if months < calendar.TWELVE else p_12)
    if years_in_nl < new_years:
        p *= ratio_new
    elif years_in_nl < settled_years:
        p *= ratio_settled
    return min(1.0, p * ratio_shared) if is_shared else p


@rule
def chosen_home(
    income_ratio: float,
    is_secure: bool,
    is_registered: bool,
    years_in_nl: float,
    owner_income_ratio: float,
    p_owner: float,
    social_wait_years: float,
    p_social: float,
    p_lease: float,
    housing: int,
    p_keep: float,
    draw: float,
    draw_kind: float,
    draw_keep: float,
) -> int:
    """Return the tenure after a move of one's own choice.

    Buying takes a secure contract and income; a social home takes registration and waiting years.
    Owners and social tenants mostly stay what they are.
    """
    if draw_keep < p_keep:
        if housing == Housing.OWNER:
            return Housing.OWNER
        if housing == Housing.SOCIAL:
            return Housing.SOCIAL
    if is_secure and income_ratio >= owner_income_ratio and draw < p_owner:
        return Housing.OWNER
    if is_registered and years_in_nl >= social_wait_years and draw_kind < p_social:
        return Housing.SOCIAL
    if draw_kind < p_social + (1.0 - p_social) * p_lease:
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
    """Return persons per room in a new home of this tenure."""
    usual = lease
    if housing == Housing.TIED:
        usual = tied
    elif housing == Housing.PRIVATE_SHARED:
        usual = shared
    elif housing == Housing.SOCIAL:
        usual = social
    elif housing == Housing.OWNER:
        usual = owner
    return usual * math.sqrt(n_persons / usual_persons) * (1.0 + spread * 2.0 * (draw - 0.5))
