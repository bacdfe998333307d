"""Rules of law and of the school system, each with its legal case in the name."""

from __future__ import annotations

import pytest

from model.enums import Contract, ExtraHoursTarget, Stage, Track
from model.submodels.early_years import rules as early_years
from model.submodels.housing import rules as housing
from model.submodels.language import rules as language
from model.submodels.leaving import rules as rules_leaving
from model.submodels.school import rules_attendance, rules_learning, rules_tracks
from model.submodels.work import rules as work
from model.submodels.work import rules_income as income

MAX_CONTRACTS, MAX_MONTHS = 3.0, 36.0


def test_a_fourth_contract_within_36_months_is_permanent() -> None:
    assert work.is_permanent_by_chain(
        n_contracts=4, chain_months=30, max_contracts=MAX_CONTRACTS, max_months=MAX_MONTHS
    )
    assert not work.is_permanent_by_chain(
        n_contracts=3, chain_months=36, max_contracts=MAX_CONTRACTS, max_months=MAX_MONTHS
    )


def test_a_chain_longer_than_36_months_is_permanent() -> None:
    assert work.is_permanent_by_chain(
        n_contracts=2, chain_months=37, max_contracts=MAX_CONTRACTS, max_months=MAX_MONTHS
    )


@pytest.mark.parametrize(("gap", "interval", "same"), [(6, 6, True), (7, 6, False), (7, 60, True)])
def test_a_gap_of_seven_months_breaks_the_chain_now_and_not_after_the_reform(
    gap: float, interval: float, same: bool
) -> None:
    assert work.is_same_chain(gap, interval) is same


def test_the_employer_meets_the_limit_before_the_contract_that_would_be_permanent() -> None:
    assert work.is_chain_at_limit(
        n_contracts=3,
        chain_months=30,
        contract_months=10,
        max_contracts=MAX_CONTRACTS,
        max_months=MAX_MONTHS,
    )
    assert not work.is_chain_at_limit(
        n_contracts=1,
        chain_months=10,
        contract_months=10,
        max_contracts=MAX_CONTRACTS,
        max_months=MAX_MONTHS,
    )


def test_agency_phase_a_ends_after_52_worked_weeks() -> None:
    assert not work.is_phase_a_over(51.9, 52)
    assert work.is_phase_a_over(52, 52)


def test_agency_phase_b_ends_after_24_months_in_the_bill_and_36_now() -> None:
    assert work.is_phase_b_over(24, 24)
    assert not work.is_phase_b_over(24, 36)
    assert work.is_phase_b_over(36, 36)


def test_the_offer_of_fixed_hours_is_due_after_twelve_months_on_call() -> None:
    assert not work.is_on_call_offer_due(
        contract=Contract.ZERO_HOURS, months_in_type=11, offer_months=12
    )
    assert work.is_on_call_offer_due(
        contract=Contract.ZERO_HOURS, months_in_type=12, offer_months=12
    )
    assert not work.is_on_call_offer_due(
        contract=Contract.FIXED, months_in_type=12, offer_months=12
    )


def test_a_bandwidth_of_twenty_hours_asks_at_most_twenty_six() -> None:
    assert work.hours_bandwidth(
        hours_minimum=20,
        share_extra=0.30,
        period_weeks=13,
        cv_reset=0.1,
        hours_max=60,
        draw=1.0,
        draw_reset=0.5,
    ) == pytest.approx(26)
    assert work.hours_bandwidth(
        hours_minimum=20,
        share_extra=0.30,
        period_weeks=13,
        cv_reset=0.1,
        hours_max=60,
        draw=0.0,
        draw_reset=0.5,
    ) == pytest.approx(20)


def test_a_bandwidth_contract_keeps_the_usual_hours_in_its_middle() -> None:
    minimum = work.bandwidth_minimum(hours_usual=23, share_extra=0.30, share_cut=0)

    assert minimum == pytest.approx(20)
    assert (minimum + 1.3 * minimum) / 2 == pytest.approx(23)


def test_call_work_is_offered_as_bandwidth_once_zero_hours_is_abolished() -> None:
    assert (
        work.offered_contract(
            p_agency=0.2,
            p_zero_hours=0.2,
            p_self_employed=0.1,
            p_permanent=0.1,
            is_zero_hours_abolished=False,
            draw=0.3,
        )
        == Contract.ZERO_HOURS
    )
    assert (
        work.offered_contract(
            p_agency=0.2,
            p_zero_hours=0.2,
            p_self_employed=0.1,
            p_permanent=0.1,
            is_zero_hours_abolished=True,
            draw=0.3,
        )
        == Contract.BANDWIDTH
    )


def test_equal_terms_close_the_agency_gap_with_honest_employers_only() -> None:
    assert income.wage_paid(
        wage_eur_hour=15, is_agency=True, agency_wage_gap=0.1, equal_terms=1, is_malafide=False
    ) == pytest.approx(15)
    assert income.wage_paid(
        wage_eur_hour=15, is_agency=True, agency_wage_gap=0.1, equal_terms=1, is_malafide=True
    ) == pytest.approx(13.5)
    assert income.wage_paid(
        wage_eur_hour=15, is_agency=False, agency_wage_gap=0.1, equal_terms=0, is_malafide=True
    ) == pytest.approx(15)


def test_a_tied_home_is_lost_after_the_grace_weeks() -> None:
    assert not housing.is_grace_over(4.0)
    assert housing.is_grace_over(0.0)


def test_a_home_fully_apart_from_work_is_not_lost_with_the_job() -> None:
    assert housing.p_loses_tied_home(0.8, 1.0) == 0.0


def test_the_loan_ends_three_years_after_registration() -> None:
    assert language.is_loan_open(35, 36)
    assert not language.is_loan_open(36, 36)


def test_the_loan_is_repaid_in_ten_years_from_six_months_on() -> None:
    assert (
        language.instalment_eur_month(
            loan_eur=6000, months_since_loan=5, delay_months=6, repay_months=120
        )
        == 0
    )
    assert language.instalment_eur_month(
        loan_eur=6000, months_since_loan=6, delay_months=6, repay_months=120
    ) == pytest.approx(50)


def test_municipal_services_need_registration() -> None:
    assert not language.is_service_open(is_registered=False, months_since_registration=100, wait=0)
    assert language.is_service_open(is_registered=True, months_since_registration=6, wait=6)
    assert not language.is_service_open(is_registered=True, months_since_registration=5, wait=6)


def test_a_child_must_go_to_school_from_the_month_after_its_fifth_birthday() -> None:
    assert not rules_attendance.must_enrol(60)
    assert rules_attendance.must_enrol(61)


def test_a_child_of_4_that_arrived_at_3_has_a_year_taken_off_its_newcomer_money() -> None:
    assert (
        rules_attendance.newcomer_months_at_entry(
            funded_months=36, is_born_here=False, months_in_nl_before_4=12
        )
        == 24
    )
    assert (
        rules_attendance.newcomer_months_at_entry(
            funded_months=12, is_born_here=False, months_in_nl_before_4=12
        )
        == 0
    )


def test_a_child_born_here_gets_no_newcomer_money() -> None:
    assert (
        rules_attendance.newcomer_months_at_entry(
            funded_months=36, is_born_here=True, months_in_nl_before_4=0
        )
        == 0
    )


def test_a_primary_school_is_funded_from_four_newcomers() -> None:
    assert not rules_attendance.is_school_funded(3, 4)
    assert rules_attendance.is_school_funded(4, 4)


def test_a_pupil_under_four_years_here_with_little_dutch_is_exempt_from_the_transition_test() -> (
    None
):
    assert rules_tracks.is_test_exempt(
        years_in_nl=3.9, language_z=-1.0, exempt_years=4, exempt_language=-0.5
    )
    assert not rules_tracks.is_test_exempt(
        years_in_nl=4.0, language_z=-1.0, exempt_years=4, exempt_language=-0.5
    )
    assert not rules_tracks.is_test_exempt(
        years_in_nl=3.9, language_z=0.0, exempt_years=4, exempt_language=-0.5
    )


def test_a_test_above_the_advice_raises_it_but_not_for_an_exempt_pupil() -> None:
    low, high = int(Track.VMBO_K), int(Track.HAVO)

    assert rules_tracks.final_advice(provisional=low, tested=high, is_exempt=False) == high
    assert rules_tracks.final_advice(provisional=high, tested=low, is_exempt=False) == high
    assert rules_tracks.final_advice(provisional=low, tested=high, is_exempt=True) == low


@pytest.mark.parametrize(
    ("stage", "years"),
    [
        (Stage.VMBO_B, 4),
        (Stage.VMBO_GT, 4),
        (Stage.HAVO, 5),
        (Stage.VWO, 6),
        (Stage.PRO, 5),
        (Stage.MBO1, 1),
        (Stage.MBO2, 2),
        (Stage.MBO3, 3),
        (Stage.MBO4, 3),
    ],
)
def test_every_school_type_has_its_years(stage: Stage, years: int) -> None:
    assert rules_tracks.years_of_stage(stage) == years


def test_the_count_of_1_october_is_of_pupils_of_12_to_under_23_in_vo_and_mbo() -> None:
    assert rules_leaving.is_counted_for_vsv(Stage.VMBO_B, 144)
    assert not rules_leaving.is_counted_for_vsv(Stage.PO8, 144)
    assert not rules_leaving.is_counted_for_vsv(Stage.MBO2, 276)
    assert not rules_leaving.is_counted_for_vsv(Stage.QUALIFIED, 220)


@pytest.mark.parametrize(
    ("stage", "draw", "after"),
    [
        (Stage.VMBO_B, 0.5, Stage.MBO2),
        (Stage.VMBO_K, 0.9, Stage.MBO3),
        (Stage.VMBO_GT, 0.05, Stage.HAVO),
        (Stage.VMBO_GT, 0.9, Stage.MBO4),
        (Stage.HAVO, 0.5, Stage.QUALIFIED),
        (Stage.PRO, 0.3, Stage.MBO1),
        (Stage.PRO, 0.5, Stage.AT_WORK),
        (Stage.MBO1, 0.5, Stage.MBO2),
        (Stage.MBO2, 0.2, Stage.MBO3),
        (Stage.MBO3, 0.5, Stage.QUALIFIED),
    ],
)
def test_a_diploma_leads_where_the_law_says(stage: Stage, draw: float, after: Stage) -> None:
    assert (
        rules_tracks.next_after_diploma(
            stage=stage,
            p_gt_havo=0.12,
            p_gt_mbo3=0.2,
            p_k_mbo4=0.35,
            p_b_mbo3=0.05,
            p_havo_vwo=0.05,
            p_pro_entree=0.4,
            p_mbo2_mbo3=0.3,
            p_mbo3_mbo4=0.3,
            draw=draw,
        )
        == after
    )


def test_extra_hours_reach_only_whom_they_are_for() -> None:
    low, newcomers = ExtraHoursTarget.LOW_LANGUAGE, ExtraHoursTarget.NEWCOMERS

    assert rules_learning.gets_extra_hours(
        target=ExtraHoursTarget.ALL,
        language_z=1.0,
        language_below=-0.3,
        years_at_school=9,
        newcomer_years=2,
        is_born_here=True,
    )
    assert rules_learning.gets_extra_hours(
        target=low,
        language_z=-0.5,
        language_below=-0.3,
        years_at_school=9,
        newcomer_years=2,
        is_born_here=True,
    )
    assert not rules_learning.gets_extra_hours(
        target=low,
        language_z=0.0,
        language_below=-0.3,
        years_at_school=9,
        newcomer_years=2,
        is_born_here=True,
    )
    assert rules_learning.gets_extra_hours(
        target=newcomers,
        language_z=0.0,
        language_below=-0.3,
        years_at_school=1,
        newcomer_years=2,
        is_born_here=False,
    )
    assert not rules_learning.gets_extra_hours(
        target=newcomers,
        language_z=0.0,
        language_below=-0.3,
        years_at_school=1,
        newcomer_years=2,
        is_born_here=True,
    )


def test_960_hours_of_preschool_fill_a_year_and_a_half() -> None:
    month = early_years.ve_hours_month(
        hours_total=960, months=18, roster_predictability=1.0, share_roster=0.2, hours_fit=1.0
    )

    assert 18 * month == pytest.approx(960)


def test_the_target_group_of_preschool_is_set_by_education_and_dutch_not_by_origin() -> None:
    assert early_years.is_in_target_group(
        luck=0.6,
        eligibility_share=0.7,
        parent_dutch=0.1,
        dutch_from=0.6,
        is_highly_educated=False,
        ratio_high=0.5,
        ratio_good_dutch=0.5,
    )
    assert not early_years.is_in_target_group(
        luck=0.6,
        eligibility_share=0.7,
        parent_dutch=0.9,
        dutch_from=0.6,
        is_highly_educated=False,
        ratio_high=0.5,
        ratio_good_dutch=0.5,
    )
    assert not early_years.is_in_target_group(
        luck=0.6,
        eligibility_share=0.7,
        parent_dutch=0.1,
        dutch_from=0.6,
        is_highly_educated=True,
        ratio_high=0.5,
        ratio_good_dutch=0.5,
    )
