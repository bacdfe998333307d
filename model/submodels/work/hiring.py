"""A job begins: employer, chain, shift, hours; a home may come with it in the step at home."""

from __future__ import annotations

import numpy as np

from model.enums import Contract
from model.kernel.compile import step
from model.kernel.random_numbers import Block, Key, draw4
from model.kernel.rows import World
from model.registry import BIT, LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.rights import rules as rights_rules
from model.submodels.work import rules, rules_moves
from model.submodels.work.by_contract import cv_of_hours, permanent_share


@step
def look_among_offers(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    luck: float,
    luck_place: float,
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Who had no work takes the job that is offered; fewer by agency with stay and with Dutch."""
    p_agency = rules.share_agency_offers(
        p_new=p.p_offer_agency_new,
        p_settled=p.p_offer_agency_settled,
        years_in_nl=(month - family.arrival_month) / 12.0,
        scale_years=p.agency_offer_years,
        parent_dutch=family.parent_dutch,
        share_dutch=p.agency_offer_dutch,
    )
    contract = rules.offered_contract(
        p_agency=p_agency,
        p_zero_hours=p.p_offer_zero_hours,
        p_self_employed=p.p_offer_self_employed,
        p_permanent=permanent_share(family, p.p_offer_permanent, p),
        is_zero_hours_abolished=lv.zero_hours_abolished > 0.0,
        draw=luck,
    )
    _take(w, family, adult, key, contract, luck_place, month, lv, p)


@step
def change_job(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Go to another employer without a break: from an agency to the next, else to a direct job."""
    m = draw4(w.seed, key, Block.JOB_CHANGE, month)
    if adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B):
        family.lost_job = 2
        start_job(w, family, adult, key, Contract.AGENCY_A, False, month, lv, p)
        return
    is_permanent = adult.contract == Contract.PERMANENT
    share = p.share_change_kept if is_permanent else p.share_change_permanent
    contract = rules.offered_contract(
        p_agency=0.0,
        p_zero_hours=0.0 if is_permanent else p.p_offer_zero_hours,
        p_self_employed=0.0 if is_permanent else p.p_offer_self_employed,
        p_permanent=permanent_share(family, share, p),
        is_zero_hours_abolished=lv.zero_hours_abolished > 0.0,
        draw=m[0],
    )
    _take(w, family, adult, key, contract, m[1], month, lv, p)


@step
def _take(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    contract: int,
    luck_place: float,
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Take a job that is offered, unless it is bandwidth work that the bill has displaced."""
    if contract == Contract.BANDWIDTH:
        family.touched |= lv.active & (
            BIT.zero_hours_abolished
            | BIT.bandwidth_extra_max
            | BIT.bandwidth_period_weeks
            | BIT.min_hours_cut
            | BIT.flex_displacement
        )
        if luck_place < lv.flex_displacement:
            return
    start_job(w, family, adult, key, contract, False, month, lv, p)


@step
def start_job(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    contract: int,
    is_recalled: bool,
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Begin a job: chain, employer, shift; a home may come with it in the step at home."""
    e = draw4(w.seed, key, Block.HIRE, month)
    h = draw4(w.seed, key, Block.HIRE_PLACE, month)
    if is_recalled:
        family.touched |= lv.active & BIT.chain_interval_months
    adult.chain_count = 1 if contract == Contract.FIXED else 0
    adult.chain_months = 0
    if not is_recalled:
        adult.employer = np.uint32(e[0] * 4294967295.0)
    adult.contract = contract
    adult.months_in_type = 0
    adult.months_without_work = 0
    adult.start_month = month
    adult.agency_weeks = 0.0
    is_phase_a = contract == Contract.AGENCY_A
    adult.phase_limit = rules_moves.whole_limit(lv.agency_phase_a_weeks if is_phase_a else 0.0)
    adult.hours_mean = adult.hours_contract
    adult.hours_variance = rules_moves.variance_of_hours(
        hours_week=adult.hours_contract, cv=cv_of_hours(contract, lv, p)
    )
    adult.recall_months = -1
    is_secure = contract in (Contract.FIXED, Contract.PERMANENT)
    adult.is_malafide = e[1] < rights_rules.share_malafide(
        p_base=p.p_malafide,
        inspection_intensity=lv.inspection_intensity,
        elasticity=p.inspection_elasticity,
        secure_ratio=p.malafide_secure_ratio,
        is_secure=is_secure,
    )
    family.touched |= lv.active & (BIT.employer_language_share | BIT.inspection_intensity)
    adult.has_employer_course = e[2] < lv.employer_language_share
    _set_shift(adult, is_secure, e[3], h[0], p)


@step
def _set_shift(
    adult: AdultRow, is_secure: bool, luck: float, luck_late: float, p: ParameterRow
) -> None:
    early = p.p_early_shift_secure if is_secure else p.p_early_shift_flexible
    if luck < early:
        start, end = p.early_start_hour, p.early_end_hour
    elif luck_late < p.p_late_shift:
        start, end = p.late_start_hour, p.late_end_hour
    else:
        start, end = p.day_start_hour, p.day_end_hour
    adult.shift_start = rules.half_hours(start)
    adult.shift_end = rules.half_hours(end)
