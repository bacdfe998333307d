"""Early years: youth health care, referral, preschool, home language (map e36, e51-e54)."""

from __future__ import annotations

import math

from model import calendar
from model.kernel.compile import rule
from model.state import LUCK_STEPS
from model.submodels.contact.rules import p_learns_from_peers


@rule
def home_language_gap(parent_dutch: float, gap_at_4: float, dutch_from: float) -> float:
    """Return the delay in Dutch (SD, zero or less) that a home without good Dutch gives by age 4.

    Below B1 the parents' own Dutch gives the child no direct input (e59, S88).

    Equation: home_language_gap = −gap_at_4 · (1 − min(1, max(0, (parent_dutch − dutch_from) / (1 −
    dutch_from))))
    """
    share = (parent_dutch - dutch_from) / (1.0 - dutch_from)
    return -gap_at_4 * (1.0 - min(1.0, max(0.0, share)))


@rule
def dutch_of_newcomer(own_dutch: float, gap_newcomer: float) -> float:
    """Return Dutch (SD) of a child that comes from abroad at school age.

    Equation: dutch_of_newcomer = own_dutch − gap_newcomer
    """
    return own_dutch - gap_newcomer


@rule
def home_dutch_change_month(parent_dutch: float, gap_at_4: float, dutch_from: float) -> float:
    """Return the monthly change of Dutch (SD) at home between the first and fourth birthday.

    The delay of a home without good Dutch builds up evenly over these years (D).

    Equation: home_dutch_change_month = home_language_gap(parent_dutch: parent_dutch, gap_at_4:
    gap_at_4, dutch_from: dutch_from) / (calendar.FOUR − calendar.ONE)
    """
    gap = home_language_gap(parent_dutch=parent_dutch, gap_at_4=gap_at_4, dutch_from=dutch_from)
    return gap / (calendar.FOUR - calendar.ONE)


@rule
def programme_gain_month(gain_year: float) -> float:
    """Return the monthly gain in Dutch (SD) of a programme that a child takes part in.

    Equation: programme_gain_month = gain_year / 12
    """
    return gain_year / 12.0


@rule
def is_visit_month(age_months: int) -> bool:
    """The youth health service looks at language at 14, 24 and 36 months (model's schedule, D).

    Equation: is_visit_month = age_months ∈ (14, 24, 36)
    """
    return age_months in (14, 24, 36)


@rule
def p_seen_by_jgz(
    p_registered: float,
    ratio_unregistered: float,
    is_registered: bool,
    care_access: float,
    share_care: float,
) -> float:
    """Return the probability that a child is seen at a visit (S105, e51).

    Equation: p_seen_by_jgz = {p_registered if is_registered; p_registered · ratio_unregistered
    otherwise} · (1 − share_care + share_care · care_access)
    """
    p = p_registered if is_registered else p_registered * ratio_unregistered
    return p * (1.0 - share_care + share_care * care_access)


@rule
def p_flagged_by_jgz(language_z: float, flag_below: float, p_flag: float) -> float:
    """Return the probability that a delay in Dutch is seen at a visit; none without a delay.

    Equation: p_flagged_by_jgz = {p_flag if language_z < flag_below; 0 otherwise}
    """
    return p_flag if language_z < flag_below else 0.0


@rule
def is_in_target_group(
    luck: float,
    eligibility_share: float,
    parent_dutch: float,
    dutch_from: float,
    is_highly_educated: bool,
    ratio_high: float,
    ratio_good_dutch: float,
) -> bool:
    """Municipalities decide who is in the target group of preschool (letter, lines 373-375; S30).

    Here: by the parents' education and Dutch, not by country of origin.

    Equation: is_in_target_group = luck < eligibility_share · {ratio_good_dutch if parent_dutch ≥
    dutch_from; 1 otherwise} · {ratio_high if is_highly_educated; 1 otherwise}
    """
    share = eligibility_share
    if parent_dutch >= dutch_from:
        share *= ratio_good_dutch
    if is_highly_educated:
        share *= ratio_high
    return luck < share


@rule
def has_waited(months_in_nl: int, wait_months: float) -> bool:
    """Municipal services open to a family after a time in the country (letter, lines 519-534).

    Equation: has_waited = months_in_nl ≥ wait_months
    """
    return months_in_nl >= wait_months


@rule
def guidance_given(guidance_level: float, practice: float) -> float:
    """Return the guidance to preschool that a family gets, by the practice of its municipality.

    Equation: guidance_given = guidance_level · (0.5 + practice)
    """
    return guidance_level * (0.5 + practice)


@rule
def p_follows_peers(n_informed: int, gain: float, cap: float) -> float:
    """Return what informed ties add to the probability of wanting a place (e54).

    Equation: p_follows_peers = 0.5 · p_learns_from_peers(n_informed: n_informed, gain: gain, cap:
    cap)
    """
    return 0.5 * p_learns_from_peers(n_informed=n_informed, gain=gain, cap=cap)


@rule
def p_takes_up_preschool(
    intercept: float,
    knowledge: float,
    trust: float,
    is_registered: bool,
    intention: float,
    guidance: float,
    is_referred: bool,
    hours_fit: float,
    focus: float,
    p_peers: float,
    w_knowledge: float,
    w_trust: float,
    w_registered: float,
    w_intention: float,
    w_guidance: float,
    w_referral: float,
    w_hours: float,
    w_focus: float,
    usual_knowledge: float,
    usual_trust: float,
    usual_intention: float,
) -> float:
    """Return the probability that a family wants a place before the child is four (e52-e54).

    `intercept` is of a usual Dutch family without guidance, so that what reach says of it stays
    true whatever knowledge or trust weigh.

    Equation: p_takes_up_preschool = min(1, 1 / (1 + exp(−(intercept + w_knowledge · (knowledge −
    usual_knowledge) + w_trust · (trust − usual_trust) + w_intention · (intention − usual_intention)
    + w_guidance · guidance + w_hours · (hours_fit − 1) + w_focus · focus − {w_registered if not
    is_registered; 0 otherwise} + {w_referral if is_referred; 0 otherwise}))) + p_peers)
    """
    logit = (
        intercept
        + w_knowledge * (knowledge - usual_knowledge)
        + w_trust * (trust - usual_trust)
        + w_intention * (intention - usual_intention)
        + w_guidance * guidance
        + w_hours * (hours_fit - 1.0)
        + w_focus * focus
    )
    if not is_registered:
        logit -= w_registered
    if is_referred:
        logit += w_referral
    return min(1.0, 1.0 / (1.0 + math.exp(-logit)) + p_peers)


@rule
def p_per_look(p_whole: float, n_looks: float) -> float:
    """Return the probability at each of `n_looks` moments that gives `p_whole` over all of them.

    Equation: p_per_look = 1 − exp(ln(max(10^(−9), 1 − p_whole)) / n_looks)
    """
    return 1.0 - math.exp(math.log(max(1e-9, 1.0 - p_whole)) / n_looks)


@rule
def is_look_month(age_months: int) -> bool:
    """Families consider preschool at 30, 33, 36, 39 and 42 months (model's schedule, D).

    Equation: is_look_month = age_months ∈ (30, 33, 36, 39, 42)
    """
    return age_months in (30, 33, 36, 39, 42)


@rule
def places_of(n_target_group: int, places_ratio: float) -> float:
    """Return the preschool places of a municipality: a ratio of its target group (D).

    It is no whole number: the families of a run are a sample of those who live there.

    Equation: places_of = places_ratio · n_target_group
    """
    return places_ratio * n_target_group


@rule
def places_open(places: float, n_staying: int, carried: float, months: float) -> float:
    """Return the open preschool places: those that nobody keeps, and what was kept of before.

    `carried` is in child-months; `months` of them are a place for one child.

    Equation: places_open = places − n_staying + carried / months
    """
    return places - n_staying + carried / months


@rule
def places_carried(carried: float, places: float, n_enrolled: int, months: float) -> float:
    """Return the child-months of preschool not used so far, less those used too much.

    A part of a place is not lost but kept until it is a whole one, and what was given too much is
    paid back: so few families have as many places as many, on average. At most one whole preschool
    (`months`) is kept or owed.

    Equation: places_carried = min(months, max(−months, carried + places − n_enrolled))
    """
    return min(months, max(-months, carried + places - n_enrolled))


@rule
def takes_part(luck: int, reach: float) -> bool:
    """A programme that reaches a share of children takes those with the lowest own numbers.

    Equation: takes_part = (luck + 0.5) / LUCK_STEPS < reach
    """
    return (luck + 0.5) / LUCK_STEPS < reach


@rule
def ve_hours_month(
    hours_total: float,
    months: float,
    roster_predictability: float,
    share_roster: float,
    hours_fit: float,
) -> float:
    """Return preschool hours in a month: 960 over a year and a half when all goes well (S102, e62).

    Equation: ve_hours_month = hours_total / months · (1 − share_roster · (1 − 0.5 ·
    (roster_predictability + hours_fit)))
    """
    attended = 1.0 - share_roster * (1.0 - 0.5 * (roster_predictability + hours_fit))
    return hours_total / months * attended


@rule
def ve_hours_given(hours_month: float, hours_total: float, hours_had: float) -> float:
    """Return the preschool hours of this month: as a rule, until all have been had.

    Equation: ve_hours_given = min(hours_month, max(0, hours_total − hours_had))
    """
    return min(hours_month, max(0.0, hours_total - hours_had))


@rule
def ve_lasting_gain(gain: float, share_persistent: float) -> float:
    """Return the part of a gain in Dutch (SD) that stays (e36).

    Equation: ve_lasting_gain = share_persistent · gain
    """
    return share_persistent * gain


@rule
def ve_fading_gain(gain: float, share_persistent: float) -> float:
    """Return the part of a gain in Dutch (SD) that fades (e36).

    Equation: ve_fading_gain = (1 − share_persistent) · gain
    """
    return (1.0 - share_persistent) * gain


@rule
def ve_learning_gain(gain: float, share_learning: float) -> float:
    """Return the gain in learning (SD) that comes with a gain in Dutch; it fades too (e36).

    Equation: ve_learning_gain = share_learning · gain
    """
    return share_learning * gain


@rule
def ve_gain(hours: float, gain_960h: float) -> float:
    """Return the gain in Dutch (SD) of preschool hours, linear in hours (e36).

    Equation: ve_gain = gain_960h · hours / 960
    """
    return gain_960h * hours / 960.0


@rule
def hours_fit(
    shift_start: float, shift_end: float, opens: float, closes: float, hours_nil: float
) -> float:
    """Return how well childcare hours fit a working day: 1 fully, less for every hour outside.

    Equation: hours_fit = max(0, 1 − (max(0, opens − shift_start) + max(0, shift_end − closes)) /
    hours_nil)
    """
    outside = max(0.0, opens - shift_start) + max(0.0, shift_end - closes)
    return max(0.0, 1.0 - outside / hours_nil)
