"""Enrolment, absence, learning and tracks."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class School:
    """Enrolment, absence, learning and tracks."""

    p_enrol: float = assumed(
        0.6, "probability per month after arrival", (0.05, 1), logit_normal(0.35, 0.82)
    )
    p_enrol_at_4: float = assumed(0.7, "probability per month", (0.05, 1), logit_normal(0.4, 0.92))
    enrol_unregistered: float = assumed(0.85, "ratio", (0.2, 1), logit_normal(0.58, 0.96))
    enrol_border: float = assumed(
        0.8, "ratio without coordination", (0.2, 1), logit_normal(0.5, 0.95)
    )
    absent_base_days: float = assumed(0.42, "days per month", (0.05, 1.1), lognormal(0.28, 0.64))
    absent_roster_days: float = assumed(
        0.55, "days per month at an unpredictable roster", (0, 3), lognormal(0.17, 1.2)
    )
    absent_alone: float = number(
        0.25, "share at full home-alone time", (0, 1), normal(0.1, 0.4), source="S49", grade="B"
    )
    absent_forced_days: float = assumed(2, "days", (0, 13), lognormal(0.6, 5))
    absent_return_days: float = assumed(20, "days", (2, 65), lognormal(10, 32))
    absent_contact: float = assumed(
        0.15, "share with a contact person", (0, 0.7), normal(0.01, 0.29)
    )
    absent_belonging: float = number(
        0.2, "share per unit of belonging", (0, 1), normal(0.02, 0.38), source="S79", grade="D"
    )
    absent_normal_year: float = assumed(5.9, "days per year", (1, 12), FIXED)
    absent_care: float = assumed(
        0.1, "share per unit of care access", (0, 0.75), logit_normal(0.02, 0.29)
    )
    alone_reference_hours: float = assumed(12, "hours per week", (3, 40), lognormal(7.4, 20))
    school_start_hour: float = assumed(8.5, "clock hour", (7.75, 9.25), uniform(8, 8.8))
    school_end_hour: float = assumed(14.5, "clock hour", (13, 16.5), uniform(14, 15.5))
    work_days_week: float = assumed(5, "days per week", (3, 7), uniform(4, 6))
    belonging_usual: float = assumed(0.75, "index", (0.4, 0.98), normal(0.64, 0.85))
    belonging_late: float = assumed(0.35, "index", (0, 0.8), normal(0.2, 0.5))
    belonging_change: float = assumed(
        0.12, "index lost per school change", (0, 0.57), lognormal(0.05, 0.245)
    )
    belonging_months: float = number(
        18, "months", (4, 50), lognormal(11, 27), source="mechanism-map", grade="D"
    )
    belonging_late_months: float = number(
        36, "months", (6, 96), lognormal(22, 54), source="mechanism-map", grade="D"
    )
    belonging_culture: float = assumed(
        0.08, "index at full culture-sensitive staff", (0, 0.45), normal(0.01, 0.18)
    )
    language_gap_newcomer: float = assumed(1.5, "SD", (0.3, 4), lognormal(1, 2.35))
    catch_up_year: float = number(
        0.12,
        "share of the gap per year",
        (0.01, 0.4),
        lognormal(0.075, 0.208),
        source="S35",
        grade="D",
        fitted="by hand: P1f P1g",
    )
    newcomer_gain_year: float = assumed(0.03, "SD per year", (-0.15, 0.4), normal(-0.05, 0.11))
    newcomer_below: float = number(
        -0.3, "SD", (-1, 0), normal(-0.48, -0.12), source="mechanism-map", grade="D"
    )
    language_absent_day: float = number(
        0.003, "SD per day", (0, 0.02), lognormal(0.0015, 0.006), source="S63", grade="B"
    )
    language_change: float = assumed(0.05, "SD per school change", (0, 0.25), normal(0.003, 0.1))
    learning_from_language_year: float = assumed(
        0.05,
        "share of the difference per year",
        (0, 0.3),
        lognormal(0.02, 0.1),
        fitted="by hand: P1f P1g",
    )
    learning_own_year: float = assumed(
        0.15, "share of the distance to the own talent per year", (0.01, 0.4), uniform(0.05, 0.2)
    )
    peers_school_changes: float = assumed(
        0.045, "changes of school per year of comparable children", (0, 0.4), FIXED
    )
    peers_crowded: float = assumed(
        0.06, "share of comparable children in a crowded home", (0, 0.4), FIXED
    )
    learning_income_year: float = number(
        0.04,
        "SD per year and log point",
        (0, 0.2),
        lognormal(0.012, 0.06),
        source="dahl-lochner-2012",
        grade="D",
        fitted="by hand: P1f P1g",
    )
    income_floor_eur_month: float = assumed(300, "EUR per month", (50, 1500), lognormal(120, 640))
    income_reference_eur_month: float = assumed(2190, "EUR per month", (1200, 2800), FIXED)
    learning_absent_day: float = number(
        0.004, "SD per day", (0, 0.02), lognormal(0.0028, 0.0065), source="S63", grade="B"
    )
    change_level: float = number(
        0.08, "SD per school change", (0, 0.35), lognormal(0.03, 0.148), source="S57", grade="D"
    )
    change_half_life_months: float = assumed(24, "months", (4, 90), lognormal(12, 42))
    learning_job_loss: float = number(
        0.1, "SD once per long spell", (-0.1, 0.35), normal(0.005, 0.145), source="S42", grade="B"
    )
    learning_shift_year: float = number(
        0.02,
        "SD per year",
        (0, 0.12),
        uniform(0, 0.05),
        source="S45",
        grade="D",
        fitted="by hand: P1f P1g",
    )
    shift_usual_share: float = assumed(
        0.16, "how far main carers of peers work outside childcare hours", (0, 0.8), FIXED
    )
    learning_crowding_year: float = number(
        0.05,
        "SD per year",
        (0, 0.3),
        uniform(0, 0.12),
        source="S51",
        grade="D",
        fitted="by hand: P1f P1g",
    )
    crowding_half_life_months: float = assumed(
        24, "months in a home with room", (6, 90), lognormal(12, 48)
    )
    crowding_floor: float = assumed(0.3, "SD", (0.02, 1.2), lognormal(0.12, 0.53))
    extra_hour_gain: float = number(
        0.08,
        "SD per year and weekly hour, Dutch spoken at home",
        (-0.05, 0.24),
        normal(0.02, 0.14),
        source="S66",
        grade="D",
    )
    extra_hour_gain_second: float = number(
        0.03,
        "SD per year and weekly hour, another language spoken at home",
        (-0.05, 0.24),
        normal(-0.02, 0.08),
        source="aarhus-lessons",
        grade="D",
    )
    p_school_change_base: float = number(
        0.034,
        "probability per year in primary school, beside moves",
        (0.002, 0.15),
        lognormal(0.019, 0.06),
        source="amsterdam-school-changes",
        grade="D",
    )
    extra_hours_below: float = assumed(-0.3, "SD", (-1.2, 0.3), normal(-0.58, -0.04))
    extra_newcomer_years: float = assumed(2, "years at a Dutch school", (0.5, 9), lognormal(1, 4))
    fade_rate: float = number(
        0.4,
        "share of gains lost per year",
        (0, 0.95),
        normal(0.3, 0.5),
        source="mechanism-map",
        grade="D",
    )
    spuk_hours: float = assumed(
        0.5, "hours per week at full effort in a focus area", (0, 5), lognormal(0.1, 1.9)
    )
    advice_noise: float = assumed(0.35, "SD", (0.02, 1.2), lognormal(0.2, 0.6))
    test_noise: float = assumed(0.25, "SD", (0.02, 0.9), lognormal(0.12, 0.42))
    advice_language: float = assumed(
        0.1,
        "weight of Dutch in the advice",
        (0, 0.6),
        lognormal(0.035, 0.25),
        fitted="by hand: P1h P1i",
    )
    under_advice_exempt: float = number(
        0.1, "SD", (0, 0.55), normal(0.01, 0.22), source="S80", grade="D"
    )
    exempt_years: float = number(4, "years in the country", (4, 4), FIXED, source="S80", grade="B")
    exempt_language: float = assumed(-0.5, "SD", (-1.6, 0), normal(-0.78, -0.2))
    threshold_vmbo_b: float = assumed(-2, "SD", (-2.8, -1.65), normal(-2.25, -1.85))
    threshold_vmbo_k: float = assumed(
        -1.42, "SD", (-1.65, -1.05), normal(-1.52, -1.22), fitted="by hand: P1h P1i"
    )
    threshold_vmbo_gt: float = assumed(
        -0.7, "SD", (-1.05, -0.35), normal(-0.88, -0.6), fitted="by hand: P1h P1i"
    )
    threshold_havo: float = assumed(
        -0.05, "SD", (-0.35, 0.35), normal(-0.28, 0.05), fitted="by hand: P1h P1i"
    )
    threshold_vwo: float = assumed(
        0.75, "SD", (0.35, 1.5), normal(0.55, 1), fitted="by hand: P1h P1i"
    )
    p_repeat_early: float = number(
        0.054,
        "probability in groups 1 and 2",
        (0.01, 0.21),
        lognormal(0.038, 0.11),
        source="S34",
        grade="D",
        fitted="by hand: S34",
    )
    p_repeat_po: float = assumed(
        0.02, "probability per year", (0.001, 0.06), lognormal(0.0095, 0.031)
    )
    p_repeat_vo: float = assumed(
        0.0647,
        "probability per year",
        (0.01, 0.18),
        lognormal(0.045, 0.105),
        fitted="by calibrate: all fit targets",
    )
    p_repeat_mbo: float = assumed(
        0.08, "probability per year", (0.01, 0.22), lognormal(0.045, 0.12)
    )
    repeat_score: float = assumed(0.4, "log-odds per SD", (0, 1.6), normal(0.1, 0.7))
    p_exam: float = assumed(
        0.88, "probability", (0.7, 0.99), logit_normal(0.84, 0.945), fitted="by hand: P1a P1b P9a"
    )
    exam_score: float = assumed(0.4, "log-odds per SD", (0, 1.6), normal(0.1, 0.7))
    p_gt_havo: float = assumed(0.12, "share of diplomas", (0.005, 0.45), logit_normal(0.055, 0.22))
    p_gt_mbo3: float = assumed(0.2, "share of diplomas", (0.02, 0.8), logit_normal(0.09, 0.38))
    p_k_mbo4: float = assumed(0.35, "share of diplomas", (0.02, 0.95), logit_normal(0.18, 0.56))
    p_b_mbo3: float = assumed(0.05, "share of diplomas", (0, 0.45), logit_normal(0.015, 0.17))
    p_havo_vwo: float = assumed(0.05, "share of diplomas", (0, 0.22), logit_normal(0.02, 0.1))
    p_down_track: float = number(
        0.45,
        "share of pupils who repeat that step down a track",
        (0, 1),
        normal(0.15, 0.7),
        source="S55",
        grade="D",
        fitted="by hand: P1a P1b P9a",
    )
    isk_max_months: float = number(24, "months", (12, 48), normal(19, 33), source="S75", grade="B")
    isk_longer: float = number(
        0.3,
        "share of pupils for whom it lasts a year longer",
        (0, 0.9),
        normal(0.1, 0.5),
        source="lowan-2020",
        grade="D",
    )
    p_pro_entree: float = assumed(
        0.45, "share of diplomas of pro", (0.05, 0.98), logit_normal(0.28, 0.65)
    )
    p_mbo2_mbo3: float = assumed(0.45, "share of diplomas", (0.02, 0.9), logit_normal(0.27, 0.62))
    p_mbo3_mbo4: float = assumed(0.3, "share of diplomas", (0.01, 0.8), logit_normal(0.13, 0.5))
    p_switch_mbo: float = number(
        0.119,
        "share that starts anew in another field after the first year",
        (0.01, 0.4),
        logit_normal(0.08, 0.18),
        source="onderwijs-in-cijfers-mbo",
        grade="B",
        fitted="by calibrate: all fit targets",
    )
    switch_score: float = number(
        0.4,
        "log-odds per SD",
        (-0.2, 1.2),
        normal(0.3, 0.55),
        source="onderwijs-in-cijfers-mbo",
        grade="D",
    )
    isk_track_loss: float = assumed(0.3, "SD", (0, 1.2), normal(0.03, 0.57))
    direct_contract: float = number(
        0,
        "SD per year in an on-call or agency contract; off, for sensitivity only",
        (-0.02, 0.1),
        FIXED,
        source="S48",
        grade="D",
    )
