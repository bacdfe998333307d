"""Youth health care, preschool and language at home."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class EarlyYears:
    """Youth health care, preschool and language at home."""

    language_gap_at_4: float = number(
        0.6, unit="SD", low=0.6, high=1.3, source="assumption", grade="D"
    )
    home_dutch_from: float = number(0.6, unit="index", low=0.5, high=0.7, source="S88", grade="D")
    p_jgz_seen: float = number(
        0.95, unit="probability per visit", low=0.85, high=0.99, source="S105", grade="B"
    )
    jgz_unregistered: float = number(
        0.35,
        unit="share seen when not registered",
        low=0.1,
        high=0.6,
        source="assumption",
        grade="D",
    )
    jgz_flag_below: float = number(
        -0.35, unit="SD", low=-0.6, high=-0.2, source="assumption", grade="D"
    )
    p_jgz_flag: float = number(
        0.8, unit="probability", low=0.6, high=0.95, source="assumption", grade="D"
    )
    eligibility_good_dutch: float = number(
        0.5,
        unit="share of the target group's probability",
        low=0.2,
        high=1,
        source="assumption",
        grade="D",
    )
    jgz_care: float = number(
        0.3,
        unit="share of visits that depends on access to care",
        low=0,
        high=0.6,
        source="assumption",
        grade="D",
    )
    hours_outside_nil: float = number(
        4,
        unit="hours outside childcare at which nothing fits",
        low=2,
        high=8,
        source="assumption",
        grade="D",
    )
    eligibility_high_education: float = number(
        0.5,
        unit="share of the target group's probability",
        low=0.3,
        high=0.8,
        source="assumption",
        grade="D",
    )
    take_up_intercept: float = number(
        -3.15, unit="log-odds", low=-5, high=-0.5, source="assumption", grade="D"
    )
    take_up_knowledge: float = number(
        1.6, unit="log-odds per unit", low=0.8, high=2.4, source="assumption", grade="D"
    )
    take_up_trust: float = number(
        1.2, unit="log-odds per unit", low=0.5, high=2, source="assumption", grade="D"
    )
    take_up_registered: float = number(
        0.6, unit="log-odds", low=0.2, high=1, source="assumption", grade="D"
    )
    take_up_intention: float = number(
        0.4, unit="log-odds per unit", low=0.1, high=0.8, source="S90", grade="D"
    )
    take_up_guidance: float = number(
        0.9, unit="log-odds at full guidance", low=0.3, high=1.3, source="S40", grade="B"
    )
    take_up_referral: float = number(
        0.6, unit="log-odds", low=0.2, high=1.2, source="assumption", grade="D"
    )
    take_up_hours_fit: float = number(
        0.4, unit="log-odds", low=0.1, high=0.8, source="assumption", grade="D"
    )
    take_up_peer: float = number(
        0.1, unit="probability per informed peer", low=0.05, high=0.15, source="S83", grade="B"
    )
    take_up_focus: float = number(
        0.4,
        unit="log-odds at full effort in a focus area",
        low=0.1,
        high=0.8,
        source="assumption",
        grade="D",
    )
    take_up_looks: float = number(
        5, unit="moments between 2.5 and 4 years", low=3, high=8, source="assumption", grade="D"
    )
    ve_places_ratio: float = number(
        0.85,
        unit="places per toddler in the target group",
        low=0.6,
        high=1.1,
        source="assumption",
        grade="D",
    )
    ve_months: float = number(18, unit="months", low=18, high=18, source="S102", grade="B")
    ve_attendance_roster: float = number(
        0.2,
        unit="share of hours that depends on the roster",
        low=0,
        high=0.4,
        source="assumption",
        grade="D",
    )
    ve_gain_960h: float = number(
        0.15, unit="SD of Dutch for 960 hours", low=0, high=0.3, source="S35", grade="D"
    )
    ve_persistent: float = number(
        0.3, unit="share", low=0, high=0.6, source="assumption", grade="D"
    )
    ve_learning_share: float = number(
        0.5, unit="share of the gain in Dutch", low=0.2, high=0.8, source="S35", grade="D"
    )
    taalschatten_gain_year: float = number(
        0.04, unit="SD per year", low=0, high=0.1, source="assumption", grade="D"
    )
    vocab_gain_year: float = number(
        0.05, unit="SD per year", low=0, high=0.12, source="assumption", grade="D"
    )
