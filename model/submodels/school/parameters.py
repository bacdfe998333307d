"""Enrolment, absence, learning, tracks and leaving."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class School:
    """Enrolment, absence, learning, tracks and leaving."""

    p_enrol: float = number(
        0.6,
        unit="probability per month after arrival",
        low=0.4,
        high=0.8,
        source="assumption",
        grade="D",
    )
    p_enrol_at_4: float = number(
        0.7, unit="probability per month", low=0.4, high=0.95, source="assumption", grade="D"
    )
    enrol_unregistered: float = number(
        0.85, unit="ratio", low=0.6, high=1, source="assumption", grade="D"
    )
    enrol_border: float = number(
        0.8, unit="ratio without coordination", low=0.5, high=1, source="assumption", grade="D"
    )
    absent_base_days: float = number(
        0.42, unit="days per month", low=0.3, high=0.7, source="assumption", grade="D"
    )
    absent_roster_days: float = number(
        0.55,
        unit="days per month at an unpredictable roster",
        low=0.1,
        high=1,
        source="assumption",
        grade="D",
    )
    absent_alone: float = number(
        0.25, unit="share at full home-alone time", low=0.1, high=0.4, source="S49", grade="B"
    )
    absent_forced_days: float = number(
        2, unit="days", low=0.5, high=5, source="assumption", grade="D"
    )
    absent_return_days: float = number(
        20, unit="days", low=10, high=30, source="assumption", grade="D"
    )
    absent_contact: float = number(
        0.15, unit="share with a contact person", low=0, high=0.3, source="assumption", grade="D"
    )
    absent_belonging: float = number(
        0.2, unit="share per unit of belonging", low=0, high=0.4, source="S79", grade="D"
    )
    absent_normal_year: float = number(
        5, unit="days per year", low=4, high=7, source="assumption", grade="D"
    )
    absent_care: float = number(
        0.1, unit="share per unit of care access", low=0, high=0.3, source="assumption", grade="D"
    )
    home_alone_from_years: float = number(
        4, unit="years of age", low=4, high=6, source="assumption", grade="D"
    )
    home_alone_until_years: float = number(
        12, unit="years of age", low=11, high=13, source="assumption", grade="D"
    )
    alone_reference_hours: float = number(
        12, unit="hours per week", low=8, high=20, source="assumption", grade="D"
    )
    school_start_hour: float = number(
        8.5, unit="clock hour", low=8, high=9, source="assumption", grade="D"
    )
    school_end_hour: float = number(
        14.5, unit="clock hour", low=14, high=15.5, source="assumption", grade="D"
    )
    work_days_week: float = number(
        5, unit="days per week", low=4, high=6, source="assumption", grade="D"
    )
    care_use_base: float = number(
        0.55,
        unit="share of gaps that childcare, family or neighbours fill",
        low=0.3,
        high=0.8,
        source="assumption",
        grade="D",
    )
    care_outside_hours: float = number(
        0.25,
        unit="share of gaps outside childcare hours filled",
        low=0.1,
        high=0.5,
        source="assumption",
        grade="D",
    )
    belonging_usual: float = number(
        0.75, unit="index", low=0.6, high=0.85, source="assumption", grade="D"
    )
    belonging_late: float = number(
        0.35, unit="index", low=0.2, high=0.5, source="assumption", grade="D"
    )
    belonging_change: float = number(
        0.12,
        unit="index lost per school change",
        low=0.05,
        high=0.25,
        source="assumption",
        grade="D",
    )
    belonging_months: float = number(
        18, unit="months", low=12, high=24, source="mechanism-map", grade="D"
    )
    belonging_late_months: float = number(
        36, unit="months", low=24, high=48, source="mechanism-map", grade="D"
    )
    belonging_culture: float = number(
        0.08,
        unit="index at full culture-sensitive staff",
        low=0,
        high=0.2,
        source="assumption",
        grade="D",
    )
    language_gap_newcomer: float = number(
        1.5, unit="SD", low=1, high=2.5, source="assumption", grade="D"
    )
    catch_up_year: float = number(
        0.2, unit="share of the gap per year", low=0.06, high=0.2, source="S35", grade="D"
    )
    newcomer_gain_year: float = number(
        0.1, unit="SD per year", low=0, high=0.2, source="assumption", grade="D"
    )
    newcomer_below: float = number(
        -0.3, unit="SD", low=-0.5, high=0, source="mechanism-map", grade="D"
    )
    language_absent_day: float = number(
        0.003, unit="SD per day", low=0.001, high=0.008, source="S63", grade="B"
    )
    language_change: float = number(
        0.05, unit="SD per school change", low=0, high=0.1, source="assumption", grade="D"
    )
    learning_from_language_year: float = number(
        0.05,
        unit="share of the difference per year",
        low=0.05,
        high=0.2,
        source="assumption",
        grade="D",
    )
    learning_income_year: float = number(
        0.02,
        unit="SD per year and log point",
        low=0.01,
        high=0.08,
        source="dahl-lochner-2012",
        grade="D",
    )
    income_floor_eur_month: float = number(
        300, unit="EUR per month", low=100, high=600, source="assumption", grade="D"
    )
    income_reference_eur_month: float = number(
        1900, unit="EUR per month", low=1500, high=2300, source="assumption", grade="D"
    )
    learning_absent_day: float = number(
        0.004, unit="SD per day", low=0.002, high=0.01, source="S63", grade="B"
    )
    change_level: float = number(
        0.08, unit="SD per school change", low=0.02, high=0.15, source="S57", grade="D"
    )
    change_half_life_months: float = number(
        24, unit="months", low=12, high=36, source="assumption", grade="D"
    )
    learning_job_loss: float = number(
        0.1, unit="SD once per long spell", low=0, high=0.2, source="S42", grade="B"
    )
    learning_shift_year: float = number(
        0.02, unit="SD per year", low=0, high=0.12, source="S45", grade="D"
    )
    shift_usual_share: float = number(
        0.35,
        unit="share of peers with a caregiver outside childcare hours",
        low=0.2,
        high=0.5,
        source="assumption",
        grade="D",
    )
    learning_crowding_year: float = number(
        0.05, unit="SD per year", low=0, high=0.15, source="S51", grade="D"
    )
    crowding_floor: float = number(
        0.3, unit="SD", low=0.1, high=0.5, source="assumption", grade="D"
    )
    extra_hour_gain: float = number(
        0.05, unit="SD per year and weekly hour", low=0, high=0.11, source="S66", grade="D"
    )
    extra_hours_below: float = number(
        -0.3, unit="SD", low=-0.6, high=0, source="assumption", grade="D"
    )
    extra_newcomer_years: float = number(
        2, unit="years at a Dutch school", low=1, high=4, source="assumption", grade="D"
    )
    fade_rate: float = number(
        0.4, unit="share of gains lost per year", low=0, high=0.6, source="mechanism-map", grade="D"
    )
    spuk_hours: float = number(
        0.5,
        unit="hours per week at full effort in a focus area",
        low=0,
        high=2,
        source="assumption",
        grade="D",
    )
    advice_noise: float = number(0.35, unit="SD", low=0.2, high=0.6, source="assumption", grade="D")
    test_noise: float = number(0.25, unit="SD", low=0.1, high=0.4, source="assumption", grade="D")
    advice_language: float = number(
        0.1,
        unit="weight of Dutch in the advice",
        low=0.1,
        high=0.4,
        source="assumption",
        grade="D",
    )
    under_advice_exempt: float = number(0.1, unit="SD", low=0, high=0.25, source="S80", grade="D")
    exempt_years: float = number(
        4, unit="years in the country", low=4, high=4, source="S80", grade="B"
    )
    exempt_language: float = number(
        -0.5, unit="SD", low=-0.8, high=-0.2, source="assumption", grade="D"
    )
    threshold_vmbo_b: float = number(
        -2, unit="SD", low=-2.4, high=-1.6, source="assumption", grade="D"
    )
    threshold_vmbo_k: float = number(
        -1.42, unit="SD", low=-1.6, high=-1.1, source="assumption", grade="D"
    )
    threshold_vmbo_gt: float = number(
        -0.7, unit="SD", low=-0.8, high=-0.4, source="assumption", grade="D"
    )
    threshold_havo: float = number(
        -0.05, unit="SD", low=-0.2, high=0.3, source="assumption", grade="D"
    )
    threshold_vwo: float = number(
        0.75, unit="SD", low=0.6, high=1.1, source="assumption", grade="D"
    )
    p_repeat_early: float = number(
        0.054, unit="probability in groups 1 and 2", low=0.04, high=0.12, source="S34", grade="D"
    )
    p_repeat_po: float = number(
        0.02, unit="probability per year", low=0.01, high=0.03, source="assumption", grade="D"
    )
    p_repeat_vo: float = number(
        0.08, unit="probability per year", low=0.03, high=0.08, source="assumption", grade="D"
    )
    p_repeat_mbo: float = number(
        0.08, unit="probability per year", low=0.04, high=0.12, source="assumption", grade="D"
    )
    repeat_score: float = number(
        0.4, unit="log-odds per SD", low=0.1, high=0.8, source="assumption", grade="D"
    )
    p_exam: float = number(
        0.88, unit="probability", low=0.88, high=0.95, source="assumption", grade="D"
    )
    exam_score: float = number(
        0.4, unit="log-odds per SD", low=0.1, high=0.8, source="assumption", grade="D"
    )
    p_gt_havo: float = number(
        0.12, unit="share of diplomas", low=0.05, high=0.2, source="assumption", grade="D"
    )
    p_gt_mbo3: float = number(
        0.2, unit="share of diplomas", low=0.1, high=0.4, source="assumption", grade="D"
    )
    p_k_mbo4: float = number(
        0.35, unit="share of diplomas", low=0.2, high=0.6, source="assumption", grade="D"
    )
    p_b_mbo3: float = number(
        0.05, unit="share of diplomas", low=0, high=0.2, source="assumption", grade="D"
    )
    p_havo_vwo: float = number(
        0.05, unit="share of diplomas", low=0.02, high=0.1, source="assumption", grade="D"
    )
    p_down_track: float = number(
        0.45,
        unit="share of pupils who repeat that step down a track",
        low=0.1,
        high=0.7,
        source="S55",
        grade="D",
    )
    isk_max_months: float = number(24, unit="months", low=18, high=36, source="S75", grade="B")
    isk_track_loss: float = number(0.3, unit="SD", low=0, high=0.6, source="assumption", grade="D")
    leave_vo: float = number(
        -4.15, unit="log-odds", low=-6.5, high=-3.5, source="cbs-84782", grade="D"
    )
    leave_vo_lower: float = number(
        -3, unit="log-odds in the first years of vo", low=-3, high=0, source="S69", grade="D"
    )
    leave_pro: float = number(
        0.6, unit="log-odds against other vo", low=0, high=1.5, source="assumption", grade="D"
    )
    leave_mbo1: float = number(
        -1.6, unit="log-odds", low=-1.6, high=-0.5, source="cbs-84782", grade="D"
    )
    leave_mbo2: float = number(
        -1.95, unit="log-odds", low=-2.6, high=-1.4, source="cbs-84782", grade="D"
    )
    leave_mbo3: float = number(
        -2.9, unit="log-odds", low=-3.7, high=-2.4, source="cbs-84782", grade="D"
    )
    leave_mbo4: float = number(
        -3.0, unit="log-odds", low=-3.9, high=-2.6, source="cbs-84782", grade="D"
    )
    leave_change_vo: float = number(
        0.4,
        unit="log-odds per in-year change in 36 months",
        low=0.1,
        high=0.7,
        source="S56",
        grade="D",
    )
    leave_change_mbo: float = number(
        0.3,
        unit="log-odds per in-year change in 36 months",
        low=0.05,
        high=0.6,
        source="S56",
        grade="D",
    )
    leave_learning: float = number(
        0.25, unit="log-odds per SD", low=0.1, high=0.7, source="assumption", grade="D"
    )
    leave_language: float = number(
        0.15, unit="log-odds per SD", low=0, high=0.5, source="assumption", grade="D"
    )
    leave_absent_day: float = number(
        0.02, unit="log-odds per day", low=0.01, high=0.04, source="S64", grade="D"
    )
    leave_belonging: float = number(
        0.3, unit="log-odds per unit", low=0, high=0.6, source="S79", grade="D"
    )
    leave_18_vo: float = number(1.3, unit="log-odds", low=0.3, high=1.3, source="S69", grade="D")
    leave_18_mbo: float = number(0.25, unit="log-odds", low=0, high=0.6, source="S70", grade="D")
    leave_poor: float = number(0.2, unit="log-odds", low=0, high=0.5, source="S72", grade="D")
    leave_labour_pull: float = number(
        0.5, unit="log-odds per index point", low=0, high=1.5, source="S72", grade="D"
    )
    direct_contract: float = number(
        0,
        unit="SD per year in an on-call or agency contract; off, for sensitivity only",
        low=0,
        high=0.05,
        source="S48",
        grade="D",
    )
