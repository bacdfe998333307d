"""Tied homes, moves and crowding."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Housing:
    """Tied homes, moves and crowding."""

    p_tied_agency: float = number(
        0.55,
        unit="probability at agency hire on arrival",
        low=0.12,
        high=0.7,
        source="assumption",
        grade="D",
    )
    tied_years: float = number(8, unit="years", low=4, high=12, source="assumption", grade="D")
    p_evict: float = number(
        0.8,
        unit="probability that a lost job ends a tied home",
        low=0.6,
        high=0.95,
        source="assumption",
        grade="D",
    )
    p_reassign: float = number(
        0.03,
        unit="probability per month, agency work in a tied home",
        low=0.01,
        high=0.06,
        source="assumption",
        grade="D",
    )
    p_find_home: float = number(
        0.1,
        unit="probability per month during the grace weeks",
        low=0.05,
        high=0.4,
        source="assumption",
        grade="D",
    )
    p_move_0_3: float = number(
        0.0115,
        unit="probability per month",
        low=0.01,
        high=0.014,
        source="cbs-moving-2020",
        grade="B",
    )
    p_move_4_11: float = number(
        0.0075,
        unit="probability per month",
        low=0.007,
        high=0.0095,
        source="cbs-moving-2020",
        grade="B",
    )
    p_move_12: float = number(
        0.0045, unit="probability per month", low=0.003, high=0.008, source="assumption", grade="D"
    )
    move_ratio_new: float = number(
        1.6,
        unit="ratio, first years in the country",
        low=1.2,
        high=4,
        source="assumption",
        grade="D",
    )
    move_ratio_settled: float = number(
        1.25, unit="ratio, later years", low=1, high=2, source="assumption", grade="D"
    )
    move_new_years: float = number(3, unit="years", low=2, high=5, source="assumption", grade="D")
    move_settled_years: float = number(
        20,
        unit="years after which a family moves as others do",
        low=12,
        high=30,
        source="assumption",
        grade="D",
    )
    move_ratio_shared: float = number(
        1.8, unit="ratio in shared homes", low=1, high=3, source="assumption", grade="D"
    )
    p_upgrade_owner: float = number(
        0.45,
        unit="share of moves of families with a secure income",
        low=0.1,
        high=0.5,
        source="assumption",
        grade="D",
    )
    owner_income_ratio: float = number(
        1.35,
        unit="income over the low-income line",
        low=1.1,
        high=2,
        source="assumption",
        grade="D",
    )
    p_upgrade_social: float = number(
        0.35,
        unit="share of moves of registered families",
        low=0.15,
        high=0.6,
        source="assumption",
        grade="D",
    )
    social_wait_years: float = number(
        4, unit="years in the country", low=2, high=10, source="assumption", grade="D"
    )
    p_upgrade_lease: float = number(
        0.7, unit="share of other moves", low=0.4, high=0.9, source="assumption", grade="D"
    )
    p_keep_tenure: float = number(
        0.85,
        unit="share of owners and social tenants who stay so when they move",
        low=0.6,
        high=0.95,
        source="assumption",
        grade="D",
    )
    p_forced_tied: float = number(
        0.5,
        unit="share of forced moves of agency workers",
        low=0.1,
        high=0.6,
        source="assumption",
        grade="D",
    )
    p_forced_lease: float = number(
        0.4, unit="share of other forced moves", low=0.2, high=0.7, source="assumption", grade="D"
    )
    crowding_tied: float = number(
        1.5, unit="persons per room", low=1, high=2.5, source="assumption", grade="D"
    )
    crowding_shared: float = number(
        1.7, unit="persons per room", low=1.2, high=2.5, source="assumption", grade="D"
    )
    crowding_lease: float = number(
        1.05, unit="persons per room", low=0.8, high=1.5, source="assumption", grade="D"
    )
    crowding_social: float = number(
        0.9, unit="persons per room", low=0.7, high=1.3, source="assumption", grade="D"
    )
    crowding_owner: float = number(
        0.7, unit="persons per room", low=0.5, high=1, source="assumption", grade="D"
    )
    crowding_spread: float = number(
        0.45, unit="share, half width", low=0.2, high=0.8, source="assumption", grade="D"
    )
    crowding_persons: float = number(
        3.5, unit="persons", low=3, high=4, source="assumption", grade="D"
    )
    crowded_from: float = number(
        1.5, unit="persons per room", low=1, high=2, source="S51", grade="D"
    )
    p_school_change_forced: float = number(
        0.65, unit="probability per move", low=0.4, high=0.9, source="assumption", grade="D"
    )
    p_school_change_voluntary: float = number(
        0.4, unit="probability per move", low=0.2, high=0.6, source="assumption", grade="D"
    )
