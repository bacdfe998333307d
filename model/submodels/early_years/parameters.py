"""Youth health care, preschool and language at home."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class EarlyYears:
    """Youth health care, preschool and language at home."""

    language_gap_at_4: float = assumed(
        0.6, "SD", (0.1, 1.7), lognormal(0.35, 0.92), fitted="by hand: P1f P1g"
    )
    home_dutch_from: float = number(
        0.6, "index", (0.25, 0.9), normal(0.48, 0.72), source="S88", grade="D"
    )
    p_jgz_seen: float = number(
        0.95, "probability per visit", (0.5, 1), logit_normal(0.87, 0.985), source="S105", grade="B"
    )
    jgz_unregistered: float = assumed(
        0.35, "share seen when not registered", (0, 1), logit_normal(0.12, 0.62)
    )
    jgz_flag_below: float = assumed(-0.35, "SD", (-1.2, 0), normal(-0.58, -0.13))
    p_jgz_flag: float = assumed(0.8, "probability", (0.2, 1), logit_normal(0.6, 0.94))
    eligibility_good_dutch: float = assumed(
        0.511,
        "share of the target group's probability",
        (0.05, 1),
        logit_normal(0.4, 0.62),
        fitted="by calibrate: all fit targets",
    )
    jgz_care: float = assumed(
        0.3, "share of visits that depends on access to care", (0, 1), normal(0.05, 0.58)
    )
    hours_outside_nil: float = assumed(
        4, "hours outside childcare at which nothing fits", (1, 16), lognormal(2.2, 7.6)
    )
    eligibility_high_education: float = assumed(
        0.5, "share of the target group's probability", (0.05, 1), logit_normal(0.33, 0.68)
    )
    take_up_intercept: float = assumed(
        0.439, "log-odds", (-4, 4), normal(0.1, 0.75), fitted="by calibrate: all fit targets"
    )
    take_up_knowledge: float = assumed(
        1.63,
        "log-odds per unit",
        (0, 2.9),
        normal(1.1, 2.1),
        fitted="by calibrate: all fit targets",
    )
    take_up_trust: float = assumed(1.2, "log-odds per unit", (0, 2.7), normal(0.75, 1.66))
    take_up_registered: float = assumed(0.6, "log-odds", (0, 2.3), normal(0.2, 1))
    take_up_intention: float = number(
        0.4, "log-odds per unit", (-0.25, 1.2), normal(0.15, 0.65), source="S90", grade="D"
    )
    take_up_guidance: float = number(
        0.9, "log-odds at full guidance", (0, 3), normal(0.4, 1.3), source="S40", grade="B"
    )
    take_up_referral: float = assumed(0.6, "log-odds", (0, 2.6), normal(0.15, 1.05))
    take_up_hours_fit: float = assumed(0.4, "log-odds", (0, 2), normal(0.05, 0.78))
    take_up_peer: float = number(
        0.1, "probability per informed peer", (0, 0.4), normal(0.05, 0.15), source="S83", grade="B"
    )
    take_up_focus: float = assumed(
        0.4, "log-odds at full effort in a focus area", (0, 2), normal(0.05, 0.78)
    )
    usual_knowledge: float = assumed(0.8, "of a usual Dutch family", (0, 1), FIXED)
    usual_trust: float = assumed(0.65, "of a usual Dutch family", (0, 1), FIXED)
    usual_intention: float = assumed(0.85, "of a usual Dutch family", (0, 1), FIXED)
    take_up_looks: float = assumed(5, "moments between 2.5 and 4 years", (1, 12), FIXED)
    ve_places_ratio: float = assumed(
        0.85, "places per toddler in the target group", (0.2, 1.5), normal(0.8, 1.1)
    )
    ve_months: float = number(18, "months", (18, 18), FIXED, source="S102", grade="B")
    ve_attendance_roster: float = assumed(
        0.2, "share of hours that depends on the roster", (0, 0.9), normal(0.03, 0.38)
    )
    ve_gain_960h: float = number(
        0.1, "SD of Dutch for 960 hours", (-0.1, 0.55), normal(0, 0.22), source="S35", grade="D"
    )
    ve_persistent: float = assumed(0.3, "share", (0, 1), normal(0.03, 0.57))
    ve_learning_share: float = number(
        0.5, "share of the gain in Dutch", (0, 1), normal(0.2, 0.8), source="S35", grade="D"
    )
    taalschatten_gain_year: float = assumed(0.04, "SD per year", (0, 0.2), uniform(0, 0.1))
    vocab_gain_year: float = assumed(0.05, "SD per year", (0, 0.25), uniform(0, 0.12))
