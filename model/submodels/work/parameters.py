"""Contracts, hours, pay and poverty."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Work:
    """Contracts, hours, pay and poverty."""

    labour_index: float = assumed(1, "index, 2023 is 1", (0.5, 1.5), FIXED)
    labour_sensitivity: float = assumed(2, "log hazard per index point", (0, 8), lognormal(0.8, 4))
    p_end_zero_hours: float = assumed(
        0.0234,
        "probability per month",
        (0.002, 0.06),
        lognormal(0.012, 0.034),
        fitted="by levels: all fit targets",
    )
    end_ratio_bandwidth: float = assumed(
        0.7272727272727273,
        "ratio to the monthly probability on call",
        (0.2, 1.5),
        lognormal(0.45, 1.05),
    )
    p_end_agency_a: float = assumed(
        0.0323,
        "probability per month",
        (0.005, 0.09),
        lognormal(0.02, 0.05),
        fitted="by levels: all fit targets",
    )
    p_end_agency_b: float = assumed(
        0.0113,
        "probability per month",
        (0.002, 0.05),
        lognormal(0.008, 0.026),
        fitted="by levels: all fit targets",
    )
    p_end_fixed: float = assumed(
        0.0143,
        "probability per month",
        (0.001, 0.04),
        lognormal(0.007, 0.0215),
        fitted="by calibrate: all fit targets",
    )
    p_end_permanent: float = assumed(
        0.00386,
        "probability per month",
        (0.0003, 0.0115),
        lognormal(0.0015, 0.0055),
        fitted="by calibrate: all fit targets",
    )
    p_end_self_employed: float = assumed(
        0.0067, "probability per month", (0.001, 0.02), lognormal(0.0038, 0.0105)
    )
    p_hire: float = assumed(
        0.138,
        "probability per month",
        (0.03, 0.32),
        lognormal(0.1, 0.18),
        fitted="by calibrate: all fit targets",
    )
    p_offer_agency_new: float = assumed(
        0.6,
        "share of job offers",
        (0.15, 0.9),
        normal(0.42, 0.7),
        fitted="by hand: P5a P5b ctr.pl18.flex ctr.nl18.flex",
    )
    p_offer_agency_settled: float = assumed(
        0.353,
        "share of job offers",
        (0.02, 0.7),
        normal(0.15, 0.42),
        fitted="by levels: all fit targets",
    )
    agency_offer_years: float = assumed(6, "years", (1, 20), lognormal(3, 10))
    agency_offer_dutch: float = assumed(
        0.35,
        "share of agency offers that good Dutch replaces",
        (0, 1),
        normal(0.08, 0.65),
        fitted="by hand: P5a P5b ctr.pl18.flex ctr.nl18.flex",
    )
    p_offer_zero_hours: float = assumed(
        0.12, "share of job offers", (0.01, 0.4), logit_normal(0.06, 0.2)
    )
    p_offer_self_employed: float = assumed(
        0.0484,
        "share of job offers",
        (0, 0.25),
        logit_normal(0.025, 0.12),
        fitted="by calibrate: all fit targets",
    )
    p_offer_permanent: float = assumed(
        0.0358,
        "share of job offers",
        (0, 0.22),
        logit_normal(0.015, 0.095),
        fitted="by levels: all fit targets",
    )
    p_on_call_fixed: float = assumed(
        0.0135, "probability per month", (0.001, 0.05), lognormal(0.007, 0.024)
    )
    share_limit_a_b: float = assumed(
        0.55, "share at the end of phase A", (0.05, 0.75), normal(0.4, 0.7)
    )
    share_limit_a_fixed: float = assumed(
        0.15, "share at the end of phase A", (0, 0.25), logit_normal(0.06, 0.24)
    )
    q_phase_b_now: float = assumed(
        0.15, "share made permanent at the end of phase B", (0.01, 0.7), logit_normal(0.06, 0.3)
    )
    q_phase_b_extra: float = assumed(
        0.1,
        "share made permanent at a limit of 24 months, less that of now",
        (-0.1, 0.5),
        normal(-0.02, 0.22),
    )
    phase_b_now_months: float = number(36, "months", (30, 54), FIXED, source="S7", grade="C")
    phase_b_reform_months: float = number(24, "months", (24, 24), FIXED, source="S7", grade="B")
    q_chain_now: float = assumed(
        0.24,
        "share made permanent at the end of the chain",
        (0.02, 0.7),
        logit_normal(0.1, 0.4),
        fitted="by levels: all fit targets",
    )
    q_chain_extra: float = assumed(
        0.1,
        "share made permanent with an expiry of 60 months, less that of now",
        (-0.1, 0.6),
        normal(-0.02, 0.28),
    )
    p_revolve: float = assumed(0.4, "share called back after the gap", (0, 1), normal(0.15, 0.68))
    revolve_gap_months: float = assumed(
        12, "months over which waiting for a gap loses its appeal", (2, 52), lognormal(6, 24)
    )
    chain_gap_now_months: float = number(6, "months", (3, 12), FIXED, source="letter", grade="A")
    chain_gap_reform_months: float = number(
        60, "months", (60, 60), FIXED, source="letter", grade="A"
    )
    chain_max_contracts: float = number(3, "contracts", (1, 8), FIXED, source="S6", grade="B")
    chain_max_months: float = number(36, "months", (12, 60), FIXED, source="S6", grade="B")
    fixed_contract_months: float = assumed(
        10, "months per fixed contract", (3, 18), normal(6.5, 12)
    )
    on_call_offer_months: float = number(12, "months", (6, 24), FIXED, source="S13", grade="C")
    p_on_call_offer: float = assumed(
        0.35, "share of employers that make the offer", (0, 1), logit_normal(0.12, 0.68)
    )
    on_call_offer_help: float = assumed(
        0.3, "extra share with full legal help and knowledge", (0, 0.9), normal(0.04, 0.56)
    )
    cv_zero_hours: float = assumed(
        0.45, "coefficient of variation", (0.1, 1), lognormal(0.28, 0.62)
    )
    cv_agency_a: float = assumed(
        0.3, "coefficient of variation", (0.05, 0.8), lognormal(0.17, 0.45)
    )
    cv_agency_b: float = assumed(
        0.18, "coefficient of variation", (0.02, 0.6), lognormal(0.1, 0.31)
    )
    cv_fixed: float = assumed(0.08, "coefficient of variation", (0, 0.32), lognormal(0.04, 0.15))
    cv_permanent: float = assumed(0.05, "coefficient of variation", (0, 0.22), lognormal(0.02, 0.1))
    cv_self_employed: float = assumed(
        0.15, "coefficient of variation", (0.01, 0.6), lognormal(0.08, 0.3)
    )
    cv_period_reset: float = assumed(
        0.1, "coefficient of variation between periods of a week", (0, 0.4), normal(0.01, 0.19)
    )
    cv_reference: float = assumed(
        0.45,
        "coefficient of variation at which a roster is unpredictable",
        (0.15, 1),
        lognormal(0.3, 0.62),
    )
    hours_week_max: float = number(
        60, "hours per week", (40, 80), FIXED, source="arbeidstijdenwet", grade="C"
    )
    hours_smoothing_months: float = number(
        6, "months", (1, 18), lognormal(3.5, 10), source="mechanism-map", grade="D"
    )
    hours_full_time: float = assumed(38, "hours per week", (35.5, 42.5), normal(36.6, 39.8))
    hours_part_time: float = assumed(24, "hours per week", (8, 34.5), normal(18, 31))
    wage_minimum_eur_hour: float = number(
        13.27, "EUR per hour", (13.27, 13.27), FIXED, source="szw-wml-2024", grade="B"
    )
    wage_ratio_median: float = assumed(
        1.15, "ratio to the minimum wage", (1, 1.7), normal(1.06, 1.32)
    )
    wage_ratio_spread: float = assumed(
        0.4, "width of the uniform ratio", (0.02, 1.4), lognormal(0.2, 0.72)
    )
    wage_dutch_premium: float = assumed(
        0.08, "share of wage at full Dutch", (0, 0.35), normal(0.01, 0.17)
    )
    agency_wage_gap: float = number(
        0.13,
        "share of wage, at equal work and person",
        (0, 0.3),
        normal(0.11, 0.15),
        source="cbs-wage-gap-2016",
        grade="C",
    )
    first_year_wage_gap: float = number(
        0.15,
        "share of wage in the first year of temporary work, at equal work and person",
        (0, 0.3),
        normal(0.13, 0.17),
        source="cbs-wage-gap-2016",
        grade="C",
    )
    on_call_wage_gap: float = number(
        0.03,
        "share of wage, at equal work and person",
        (0, 0.15),
        normal(0.01, 0.05),
        source="cbs-wage-gap-2016",
        grade="C",
    )
    wage_growth_agency: float = assumed(
        0.0025, "share of wage per year of work", (-0.01, 0.02), normal(0, 0.005)
    )
    wage_growth_fixed: float = assumed(
        0.01, "share of wage per year of work", (-0.01, 0.03), normal(0.005, 0.015)
    )
    wage_growth_permanent: float = assumed(
        0.0175, "share of wage per year of work", (-0.01, 0.06), normal(0.015, 0.02)
    )
    wage_growth_years: float = assumed(
        15, "years of work over which the wage grows", (2, 40), normal(8, 22)
    )
    share_net: float = assumed(
        0.87,
        "share of gross pay",
        (0.62, 0.96),
        normal(0.79, 0.91),
        fitted="by hand: P2e pov.child_all_2022",
    )
    child_allowance_eur_month: float = assumed(
        245,
        "EUR per month and child, for who claims all",
        (60, 600),
        lognormal(120, 320),
        fitted="by hand: P2e pov.child_all_2022",
    )
    benefit_share: float = number(
        0.7,
        "share of last pay after two months",
        (0.5, 1),
        FIXED,
        source="uwv-ww",
        grade="C",
    )
    benefit_share_first: float = number(
        0.75,
        "share of last pay in the first two months",
        (0.5, 1),
        FIXED,
        source="uwv-ww",
        grade="C",
    )
    benefit_months: float = number(
        3,
        "months for who worked 26 of the last 36 weeks",
        (1, 26),
        FIXED,
        source="uwv-ww",
        grade="C",
    )
    benefit_months_max: float = number(
        24,
        "months for who also worked in 4 of the last 5 years, at most",
        (3, 60),
        FIXED,
        source="uwv-ww",
        grade="C",
    )
    worker_status_months: float = number(
        6, "months after a job", (0, 24), FIXED, source="juridischloket-eu", grade="B"
    )
    assistance_eur_month: float = assumed(
        1150, "EUR per month, single person", (900, 1400), normal(1080, 1260)
    )
    assistance_years: float = assumed(5, "years in the country", (0, 10), uniform(2, 6))
    no_work_income_eur_month: float = assumed(
        500, "EUR per month and household without a right to benefit", (0, 1200), uniform(50, 950)
    )
    scale_second_adult: float = number(
        0.37,
        "share of a single person",
        (0.2, 0.7),
        normal(0.36, 0.42),
        source="cbs-poverty-2023",
        grade="B",
    )
    scale_child: float = number(
        0.27,
        "share of a single person",
        (0.1, 0.5),
        normal(0.22, 0.31),
        source="cbs-poverty-2023",
        grade="B",
    )
    low_income_line_eur_month: float = number(
        1200,
        "EUR per month, single person",
        (900, 2000),
        FIXED,
        source="cbs-poverty-2023",
        grade="B",
        fitted="by hand: P2e pov.child_all_2022",
    )
    allowance_claimed_share: float = assumed(
        0.6, "share of the allowances of a child", (0, 1), normal(0.35, 0.8)
    )
    lone_supplement_eur_month: float = assumed(240, "EUR per month", (0, 500), normal(120, 310))
    claims_usual: float = assumed(
        0.9, "share of families with steady pay and full Dutch", (0.4, 1), logit_normal(0.78, 0.97)
    )
    claims_volatile: float = number(
        0.125,
        "share less with the most varying pay",
        (0, 0.5),
        normal(0.1, 0.15),
        source="nibud-allowances-2019",
        grade="D",
    )
    claims_dutch: float = assumed(0.1, "share less without Dutch", (0, 0.4), normal(0.01, 0.2))
    poverty_measure: float = number(
        0,
        "0 low income, 1 what a household needs",
        (0, 1),
        FIXED,
        source="cbs-poverty-2023",
        grade="B",
    )
    budget_line_eur_month: float = number(
        1510,
        "EUR per month, single person, rent and energy in it",
        (1200, 2000),
        FIXED,
        source="cbs-scp-nibud-2024",
        grade="C",
    )
    budget_second_adult: float = number(
        0.27,
        "share of a single person",
        (0.1, 0.6),
        normal(0.25, 0.3),
        source="cbs-scp-nibud-2024",
        grade="C",
    )
    budget_child: float = number(
        0.27,
        "share of a single person",
        (0.1, 0.5),
        normal(0.2, 0.33),
        source="cbs-scp-nibud-2024",
        grade="C",
    )
    long_spell_months: float = number(
        6, "months", (2, 24), lognormal(4, 12), source="S42", grade="D"
    )
    p_early_shift_flexible: float = assumed(
        0.4, "share of flexible jobs", (0.05, 0.85), logit_normal(0.22, 0.54)
    )
    p_early_shift_secure: float = assumed(
        0.2, "share of other jobs", (0.02, 0.7), logit_normal(0.11, 0.36)
    )
    p_late_shift: float = assumed(0.15, "share of jobs", (0.01, 0.6), logit_normal(0.07, 0.28))
    early_start_hour: float = assumed(5.5, "clock hour", (3, 7.9), uniform(4.5, 6.5))
    early_end_hour: float = assumed(14, "clock hour", (11, 16), uniform(12.5, 15))
    day_start_hour: float = assumed(8, "clock hour", (6, 10), uniform(7, 9))
    day_end_hour: float = assumed(16.5, "clock hour", (15, 19), uniform(15.5, 18))
    late_start_hour: float = assumed(14, "clock hour", (12, 18), uniform(13, 16))
    late_end_hour: float = assumed(22.5, "clock hour", (20, 24), uniform(21, 24))
