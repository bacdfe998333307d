"""Rules of law and of the school system, each with its legal case in the name."""

from __future__ import annotations

import pytest

from model.enums import Contract, ExtraHoursTarget, Housing, Stage, Track
from model.rules import early_years, housing, language, school, work

MAX_CONTRACTS, MAX_MONTHS = 3.0, 36.0


def test_a_fourth_contract_within_36_months_is_permanent() -> None:
    assert work.is_permanent_by_chain(4, 30, MAX_CONTRACTS, MAX_MONTHS)
    assert not work.is_permanent_by_chain(3, 36, MAX_CONTRACTS, MAX_MONTHS)


def test_a_chain_longer_than_36_months_is_permanent() -> None:
    assert work.is_permanent_by_chain(2, 37, MAX_CONTRACTS, MAX_MONTHS)


@pytest.mark.parametrize(("gap", "interval", "same"), [(6, 6, True), (7, 6, False), (7, 60, True)])
def test_a_gap_of_seven_months_breaks_the_chain_now_and_not_after_the_reform(
    gap: float, interval: float, same: bool
) -> None:
    assert work.is_same_chain(gap, interval) is same


def test_the_employer_meets_the_limit_before_the_contract_that_would_be_permanent() -> None:
    assert work.is_chain_at_limit(3, 30, 10, MAX_CONTRACTS, MAX_MONTHS)
    assert not work.is_chain_at_limit(1, 10, 10, MAX_CONTRACTS, MAX_MONTHS)


def test_agency_phase_a_ends_after_52_worked_weeks() -> None:
    assert not work.is_phase_a_over(51.9, 52)
    assert work.is_phase_a_over(52, 52)


def test_agency_phase_b_ends_after_24_months_in_the_bill_and_36_now() -> None:
    assert work.is_phase_b_over(24, 24)
    assert not work.is_phase_b_over(24, 36)
    assert work.is_phase_b_over(36, 36)


def test_the_offer_of_fixed_hours_is_due_after_twelve_months_on_call() -> None:
    assert not work.is_on_call_offer_due(Contract.ZERO_HOURS, 11, 12)
    assert work.is_on_call_offer_due(Contract.ZERO_HOURS, 12, 12)
    assert not work.is_on_call_offer_due(Contract.FIXED, 12, 12)


def test_a_bandwidth_of_twenty_hours_asks_at_most_twenty_six() -> None:
    assert work.hours_bandwidth(20, 0.30, 13, 0.1, 60, 1.0, 0.5) == pytest.approx(26)
    assert work.hours_bandwidth(20, 0.30, 13, 0.1, 60, 0.0, 0.5) == pytest.approx(20)


def test_a_bandwidth_contract_keeps_the_usual_hours_in_its_middle() -> None:
    minimum = work.bandwidth_minimum(23, 0.30, 0)

    assert minimum == pytest.approx(20)
    assert (minimum + 1.3 * minimum) / 2 == pytest.approx(23)


def test_call_work_is_offered_as_bandwidth_once_zero_hours_is_abolished() -> None:
    assert work.offered_contract(0.2, 0.2, 0.1, 0.1, False, 0.3) == Contract.ZERO_HOURS
    assert work.offered_contract(0.2, 0.2, 0.1, 0.1, True, 0.3) == Contract.BANDWIDTH


def test_equal_terms_close_the_agency_gap_with_honest_employers_only() -> None:
    assert work.wage_paid(15, True, 0.1, 1, False) == pytest.approx(15)
    assert work.wage_paid(15, True, 0.1, 1, True) == pytest.approx(13.5)
    assert work.wage_paid(15, False, 0.1, 0, True) == pytest.approx(15)


def test_a_tied_home_is_lost_after_the_grace_weeks() -> None:
    assert not housing.is_grace_over(4.0)
    assert housing.is_grace_over(0.0)


def test_a_home_fully_apart_from_work_is_not_lost_with_the_job() -> None:
    assert housing.p_loses_tied_home(0.8, 1.0) == 0.0


def test_a_social_home_takes_registration_and_years_of_waiting() -> None:
    lease = int(Housing.PRIVATE_OWN_LEASE)

    def home(is_registered: bool, years: float) -> int:
        return housing.chosen_home(
            1.0, False, is_registered, years, 1.3, 0.0, 4.0, 1.0, 0.7, lease, 0.8, 0.5, 0.5, 0.5
        )

    assert home(True, 5) == Housing.SOCIAL
    assert home(False, 5) != Housing.SOCIAL
    assert home(True, 3) != Housing.SOCIAL


def test_the_loan_ends_three_years_after_registration() -> None:
    assert language.is_loan_open(35, 36)
    assert not language.is_loan_open(36, 36)


def test_the_loan_is_repaid_in_ten_years_from_six_months_on() -> None:
    assert language.instalment_eur_month(6000, 5, 6, 120) == 0
    assert language.instalment_eur_month(6000, 6, 6, 120) == pytest.approx(50)


def test_municipal_services_need_registration() -> None:
    assert not language.is_service_open(False, 100, 0)
    assert language.is_service_open(True, 6, 6)
    assert not language.is_service_open(True, 5, 6)


def test_a_child_may_go_to_school_at_four_and_must_after_the_fifth_birthday() -> None:
    assert not school.may_enrol(47)
    assert school.may_enrol(48)
    assert not school.must_enrol(60)
    assert school.must_enrol(61)


def test_the_duty_to_learn_ends_at_eighteen() -> None:
    assert school.is_compulsory(215)
    assert not school.is_compulsory(216)


def test_a_child_of_4_that_arrived_at_3_has_a_year_taken_off_its_newcomer_money() -> None:
    assert school.newcomer_months_at_entry(36, False, 12) == 24
    assert school.newcomer_months_at_entry(12, False, 12) == 0


def test_a_child_born_here_gets_no_newcomer_money() -> None:
    assert school.newcomer_months_at_entry(36, True, 0) == 0


def test_a_primary_school_is_funded_from_four_newcomers() -> None:
    assert not school.is_school_funded(3, 4)
    assert school.is_school_funded(4, 4)


def test_a_pupil_under_four_years_here_with_little_dutch_is_exempt_from_the_transition_test() -> (
    None
):
    assert school.is_test_exempt(3.9, -1.0, 4, -0.5)
    assert not school.is_test_exempt(4.0, -1.0, 4, -0.5)
    assert not school.is_test_exempt(3.9, 0.0, 4, -0.5)


def test_a_test_above_the_advice_raises_it_but_not_for_an_exempt_pupil() -> None:
    low, high = int(Track.VMBO_K), int(Track.HAVO)

    assert school.final_advice(low, high, False) == high
    assert school.final_advice(high, low, False) == high
    assert school.final_advice(low, high, True) == low


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
    assert school.years_of_stage(stage) == years


def test_havo_vwo_and_mbo_2_give_a_startkwalificatie_and_vmbo_does_not() -> None:
    qualifying = {stage for stage in Stage if school.has_startkwalificatie(stage)}

    assert qualifying == {Stage.HAVO, Stage.VWO, Stage.MBO2, Stage.MBO3, Stage.MBO4}


def test_the_count_of_1_october_is_of_pupils_of_12_to_under_23_in_vo_and_mbo() -> None:
    assert school.is_counted_for_vsv(Stage.VMBO_B, 144)
    assert not school.is_counted_for_vsv(Stage.PO8, 144)
    assert not school.is_counted_for_vsv(Stage.MBO2, 276)
    assert not school.is_counted_for_vsv(Stage.QUALIFIED, 220)


@pytest.mark.parametrize(
    ("stage", "draw", "after"),
    [
        (Stage.PRO, 0.5, Stage.MBO1),
        (Stage.VMBO_B, 0.5, Stage.MBO2),
        (Stage.VMBO_K, 0.9, Stage.MBO3),
        (Stage.VMBO_GT, 0.05, Stage.HAVO),
        (Stage.VMBO_GT, 0.9, Stage.MBO4),
        (Stage.HAVO, 0.5, Stage.QUALIFIED),
        (Stage.MBO1, 0.5, Stage.MBO2),
        (Stage.MBO3, 0.5, Stage.QUALIFIED),
    ],
)
def test_a_diploma_leads_where_the_law_says(stage: Stage, draw: float, after: Stage) -> None:
    assert school.next_after_diploma(stage, 0.12, 0.2, 0.35, 0.05, 0.05, draw) == after


def test_extra_hours_reach_only_whom_they_are_for() -> None:
    low, newcomers = ExtraHoursTarget.LOW_LANGUAGE, ExtraHoursTarget.NEWCOMERS

    assert school.gets_extra_hours(ExtraHoursTarget.ALL, 1.0, -0.3, 9, 2, True)
    assert school.gets_extra_hours(low, -0.5, -0.3, 9, 2, True)
    assert not school.gets_extra_hours(low, 0.0, -0.3, 9, 2, True)
    assert school.gets_extra_hours(newcomers, 0.0, -0.3, 1, 2, False)
    assert not school.gets_extra_hours(newcomers, 0.0, -0.3, 1, 2, True)


def test_960_hours_of_preschool_fill_a_year_and_a_half() -> None:
    month = early_years.ve_hours_month(960, 18, 1.0, 0.2, 1.0)

    assert 18 * month == pytest.approx(960)


def test_the_target_group_of_preschool_is_set_by_education_and_dutch_not_by_origin() -> None:
    assert early_years.is_in_target_group(0.6, 0.7, 0.1, 0.6, False, 0.5, 0.5)
    assert not early_years.is_in_target_group(0.6, 0.7, 0.9, 0.6, False, 0.5, 0.5)
    assert not early_years.is_in_target_group(0.6, 0.7, 0.1, 0.6, True, 0.5, 0.5)
