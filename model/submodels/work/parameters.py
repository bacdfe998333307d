"""Contracts, hours, pay and poverty."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Work:
    """Contracts, hours, pay and poverty."""

    labour_index: float = number(
        1, unit="index, 2023 is 1", low=0.7, high=1.2, source="assumption", grade="D"
    )
    labour_sensitivity: float = number(
        2, unit="log hazard per index point", low=0.5, high=4, source="assumption", grade="D"
    )
    p_end_zero_hours: float = number(
        0.022, unit="probability per month", low=0.009, high=0.035, source="assumption", grade="D"
    )
    p_end_bandwidth: float = number(
        0.016, unit="probability per month", low=0.006, high=0.03, source="assumption", grade="D"
    )
    p_end_agency_a: float = number(
        0.032, unit="probability per month", low=0.018, high=0.049, source="assumption", grade="D"
    )
    p_end_agency_b: float = number(
        0.0134, unit="probability per month", low=0.0067, high=0.03, source="assumption", grade="D"
    )
    p_end_fixed: float = number(
        0.012, unit="probability per month", low=0.006, high=0.022, source="assumption", grade="D"
    )
    p_end_permanent: float = number(
        0.004, unit="probability per month", low=0.00125, high=0.006, source="assumption", grade="D"
    )
    p_end_self_employed: float = number(
        0.0067,
        unit="probability per month",
        low=0.0034,
        high=0.0106,
        source="assumption",
        grade="D",
    )
    p_hire: float = number(
        0.13, unit="probability per month", low=0.056, high=0.16, source="assumption", grade="D"
    )
    p_offer_agency_new: float = number(
        0.6, unit="share of job offers", low=0.38, high=0.62, source="assumption", grade="D"
    )
    p_offer_agency_settled: float = number(
        0.32, unit="share of job offers", low=0.1, high=0.35, source="assumption", grade="D"
    )
    agency_offer_years: float = number(
        6, unit="years", low=3, high=10, source="assumption", grade="D"
    )
    agency_offer_dutch: float = number(
        0.35,
        unit="share of agency offers that good Dutch replaces",
        low=0,
        high=0.8,
        source="assumption",
        grade="D",
    )
    p_offer_zero_hours: float = number(
        0.12, unit="share of job offers", low=0.06, high=0.2, source="assumption", grade="D"
    )
    p_offer_self_employed: float = number(
        0.06, unit="share of job offers", low=0.02, high=0.12, source="assumption", grade="D"
    )
    p_offer_permanent: float = number(
        0.04, unit="share of job offers", low=0.01, high=0.1, source="assumption", grade="D"
    )
    p_on_call_fixed: float = number(
        0.0135, unit="probability per month", low=0.007, high=0.024, source="assumption", grade="D"
    )
    p_agency_a_b: float = number(
        0.006, unit="probability per month", low=0, high=0.042, source="assumption", grade="D"
    )
    p_agency_a_fixed: float = number(
        0.007, unit="probability per month", low=0.005, high=0.018, source="assumption", grade="D"
    )
    p_agency_b_fixed: float = number(
        0.009, unit="probability per month", low=0.007, high=0.024, source="assumption", grade="D"
    )
    p_agency_b_permanent: float = number(
        0.003, unit="probability per month", low=0.0017, high=0.0106, source="assumption", grade="D"
    )
    p_fixed_permanent: float = number(
        0.0055, unit="probability per month", low=0.005, high=0.027, source="assumption", grade="D"
    )
    share_limit_a_b: float = number(
        0.55, unit="share at the end of phase A", low=0.3, high=0.7, source="assumption", grade="D"
    )
    share_limit_a_fixed: float = number(
        0.15, unit="share at the end of phase A", low=0.05, high=0.3, source="assumption", grade="D"
    )
    q_phase_b_now: float = number(
        0.15,
        unit="share made permanent at the end of phase B",
        low=0.05,
        high=0.5,
        source="assumption",
        grade="D",
    )
    q_phase_b_reform: float = number(
        0.25,
        unit="share made permanent at a limit of 24 months",
        low=0.15,
        high=0.5,
        source="assumption",
        grade="D",
    )
    phase_b_now_months: float = number(36, unit="months", low=36, high=48, source="S7", grade="C")
    phase_b_reform_months: float = number(
        24, unit="months", low=24, high=24, source="S7", grade="B"
    )
    q_chain_now: float = number(
        0.2,
        unit="share made permanent at the end of the chain",
        low=0.1,
        high=0.6,
        source="assumption",
        grade="D",
    )
    q_chain_reform: float = number(
        0.35,
        unit="share made permanent with an expiry of 60 months",
        low=0.25,
        high=0.6,
        source="assumption",
        grade="D",
    )
    p_revolve: float = number(
        0.4,
        unit="share called back after the gap",
        low=0.1,
        high=0.7,
        source="assumption",
        grade="D",
    )
    revolve_gap_months: float = number(
        12,
        unit="months over which waiting for a gap loses its appeal",
        low=6,
        high=24,
        source="assumption",
        grade="D",
    )
    chain_gap_now_months: float = number(
        6, unit="months", low=3, high=6, source="letter", grade="A"
    )
    chain_gap_reform_months: float = number(
        60, unit="months", low=60, high=60, source="letter", grade="A"
    )
    chain_max_contracts: float = number(3, unit="contracts", low=3, high=6, source="S6", grade="B")
    chain_max_months: float = number(36, unit="months", low=36, high=48, source="S6", grade="B")
    fixed_contract_months: float = number(
        10, unit="months per fixed contract", low=6, high=12, source="assumption", grade="D"
    )
    on_call_offer_months: float = number(
        12, unit="months", low=12, high=12, source="S13", grade="C"
    )
    p_on_call_offer: float = number(
        0.35,
        unit="share of employers that make the offer",
        low=0.1,
        high=0.7,
        source="assumption",
        grade="D",
    )
    on_call_offer_help: float = number(
        0.3,
        unit="extra share with full legal help and knowledge",
        low=0,
        high=0.6,
        source="assumption",
        grade="D",
    )
    cv_zero_hours: float = number(
        0.45, unit="coefficient of variation", low=0.25, high=0.6, source="assumption", grade="D"
    )
    cv_agency_a: float = number(
        0.3, unit="coefficient of variation", low=0.15, high=0.45, source="assumption", grade="D"
    )
    cv_agency_b: float = number(
        0.18, unit="coefficient of variation", low=0.1, high=0.3, source="assumption", grade="D"
    )
    cv_fixed: float = number(
        0.08, unit="coefficient of variation", low=0.04, high=0.15, source="assumption", grade="D"
    )
    cv_permanent: float = number(
        0.05, unit="coefficient of variation", low=0.02, high=0.1, source="assumption", grade="D"
    )
    cv_self_employed: float = number(
        0.15, unit="coefficient of variation", low=0.08, high=0.3, source="assumption", grade="D"
    )
    cv_period_reset: float = number(
        0.1,
        unit="coefficient of variation between periods of a week",
        low=0,
        high=0.2,
        source="assumption",
        grade="D",
    )
    cv_reference: float = number(
        0.45,
        unit="coefficient of variation at which a roster is unpredictable",
        low=0.25,
        high=0.6,
        source="assumption",
        grade="D",
    )
    hours_week_max: float = number(
        60, unit="hours per week", low=48, high=60, source="arbeidstijdenwet", grade="C"
    )
    hours_smoothing_months: float = number(
        6, unit="months", low=3, high=12, source="mechanism-map", grade="D"
    )
    hours_full_time: float = number(
        38, unit="hours per week", low=34, high=41, source="assumption", grade="D"
    )
    hours_part_time: float = number(
        24, unit="hours per week", low=16, high=32, source="assumption", grade="D"
    )
    wage_minimum_eur_hour: float = number(
        13.27, unit="EUR per hour", low=13.27, high=13.27, source="szw-wml-2024", grade="B"
    )
    wage_ratio_median: float = number(
        1.15, unit="ratio to the minimum wage", low=1.05, high=1.3, source="assumption", grade="D"
    )
    wage_ratio_spread: float = number(
        0.4, unit="width of the uniform ratio", low=0.2, high=0.8, source="assumption", grade="D"
    )
    wage_dutch_premium: float = number(
        0.08, unit="share of wage at full Dutch", low=0, high=0.2, source="assumption", grade="D"
    )
    agency_wage_gap: float = number(
        0.07, unit="share of wage", low=0.03, high=0.15, source="assumption", grade="D"
    )
    share_net: float = number(
        0.87, unit="share of gross pay", low=0.75, high=0.9, source="assumption", grade="D"
    )
    child_allowance_eur_month: float = number(
        220, unit="EUR per month and child", low=90, high=300, source="assumption", grade="D"
    )
    benefit_share: float = number(
        0.7, unit="share of last pay", low=0.7, high=0.75, source="uwv-ww", grade="C"
    )
    benefit_months: float = number(6, unit="months", low=3, high=24, source="assumption", grade="D")
    assistance_eur_month: float = number(
        1150,
        unit="EUR per month, single person",
        low=1050,
        high=1250,
        source="assumption",
        grade="D",
    )
    assistance_years: float = number(
        5, unit="years in the country", low=3, high=5, source="assumption", grade="D"
    )
    no_work_income_eur_month: float = number(
        500,
        unit="EUR per month and household without a right to benefit",
        low=0,
        high=900,
        source="assumption",
        grade="D",
    )
    scale_second_adult: float = number(
        0.37,
        unit="share of a single person",
        low=0.37,
        high=0.41,
        source="cbs-poverty-2023",
        grade="B",
    )
    scale_child: float = number(
        0.27,
        unit="share of a single person",
        low=0.22,
        high=0.3,
        source="cbs-poverty-2023",
        grade="B",
    )
    low_income_line_eur_month: float = number(
        1200,
        unit="EUR per month, single person",
        low=1200,
        high=1510,
        source="cbs-poverty-2023",
        grade="B",
    )
    long_spell_months: float = number(6, unit="months", low=6, high=12, source="S42", grade="D")
    p_early_shift_flexible: float = number(
        0.4, unit="share of flexible jobs", low=0.2, high=0.6, source="assumption", grade="D"
    )
    p_early_shift_secure: float = number(
        0.2, unit="share of other jobs", low=0.1, high=0.4, source="assumption", grade="D"
    )
    p_late_shift: float = number(
        0.15, unit="share of jobs", low=0.05, high=0.3, source="assumption", grade="D"
    )
    early_start_hour: float = number(
        5.5, unit="clock hour", low=4, high=7, source="assumption", grade="D"
    )
    early_end_hour: float = number(
        14, unit="clock hour", low=12, high=15, source="assumption", grade="D"
    )
    day_start_hour: float = number(
        8, unit="clock hour", low=7, high=9, source="assumption", grade="D"
    )
    day_end_hour: float = number(
        16.5, unit="clock hour", low=16, high=18, source="assumption", grade="D"
    )
    late_start_hour: float = number(
        14, unit="clock hour", low=13, high=16, source="assumption", grade="D"
    )
    late_end_hour: float = number(
        22.5, unit="clock hour", low=21, high=24, source="assumption", grade="D"
    )
