"""The month at work: limits of the law, the end of jobs, hiring."""

from __future__ import annotations

import numpy as np

from model.enums import Contract, Housing
from model.kernel.compile import step
from model.kernel.keys import adult_key
from model.kernel.random_numbers import Block, Key, draw4
from model.kernel.rows import World, adult_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.housing import rules as housing_rules
from model.submodels.rights import rules as rights_rules
from model.submodels.work import rules
from model.submodels.work.hours_and_income import (
    LONGEST_SPELL,
    _income_and_roster,
    _set_shift,
    _work_hours,
)


@step
def work_month(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Live a month at work, for both adults, and work out the family's income and roster."""
    family = family_row(w, i)
    family.lost_job = 0
    for which in range(family.n_adults):
        adult = adult_row(w, 2 * i + which)
        if not adult.is_seeking:
            continue
        key = adult_key(family.key, which)
        d = draw4(w.seed, key, Block.WORK, month)
        if adult.contract == Contract.NONE:
            _look_for_work(w, family, adult, key, d, month, lv, p)
        else:
            _hold_job(w, family, adult, key, d, month, lv, p)
        _work_hours(family, adult, d, lv, p)
    _income_and_roster(w, i, month, lv, p)


@step
def _hold_job(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    d: tuple[float, float, float, float],
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    adult.months_in_type = min(LONGEST_SPELL, adult.months_in_type + 1)
    if adult.contract == Contract.ZERO_HOURS and lv.zero_hours_abolished > 0.0:
        _convert(w, family, adult, key, month, lv, p)
    if adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B):
        _agency(family, adult, d, lv, p)
    elif adult.contract == Contract.FIXED:
        _fixed(family, adult, d, lv, p)
    elif adult.contract in (Contract.ZERO_HOURS, Contract.BANDWIDTH):
        _on_call(family, adult, d, lv, p)
    if adult.contract == Contract.NONE:
        return
    p_base = rules.by_contract(
        contract=adult.contract,
        zero_hours=p.p_end_zero_hours,
        bandwidth=rules.p_end_bandwidth(p.p_end_zero_hours, p.end_ratio_bandwidth),
        agency_a=p.p_end_agency_a,
        agency_b=p.p_end_agency_b,
        fixed=p.p_end_fixed,
        permanent=p.p_end_permanent,
        self_employed=p.p_end_self_employed,
    )
    if d[1] < rules.p_job_ends(
        p_base=p_base, labour_index=p.labour_index, sensitivity=p.labour_sensitivity
    ):
        _lose_job(family, adult)


@step
def _convert(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """A call contract becomes a bandwidth contract when the bill starts, or is not continued."""
    family.touched |= lv.active & (
        BIT.zero_hours_abolished
        | BIT.bandwidth_extra_max
        | BIT.bandwidth_period_weeks
        | BIT.min_hours_cut
        | BIT.flex_displacement
    )
    if draw4(w.seed, key, Block.CONVERSION, 0)[0] < lv.flex_displacement:
        _lose_job(family, adult)
    else:
        _enter(adult, Contract.BANDWIDTH)


@step
def _enter(adult: AdultRow, contract: int) -> None:
    """Put an adult in a contract type; the job itself goes on."""
    adult.contract = contract
    adult.months_in_type = 0
    if contract == Contract.FIXED and adult.chain_count == 0:
        adult.chain_count = 1


@step
def _lose_job(family: FamilyRow, adult: AdultRow) -> None:
    family.lost_job = 1
    adult.contract = Contract.NONE
    adult.months_in_type = 0
    adult.months_without_work = 0
    adult.months_since_employer = 0
    adult.agency_weeks = 0.0
    adult.recall_months = -1
    adult.is_malafide = 0


@step
def _agency(
    family: FamilyRow,
    adult: AdultRow,
    d: tuple[float, float, float, float],
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Move through the agency phases; at the end of a phase the law forces a choice."""
    family.touched |= lv.active & (BIT.agency_phase_a_weeks | BIT.agency_phase_b_months)
    if adult.contract == Contract.AGENCY_A:
        if adult.hours_worked > 0.0:
            adult.agency_weeks += rules.WEEKS_PER_MONTH
        after = rules.contract_after_phase_a(
            is_over=rules.is_phase_a_over(adult.agency_weeks, lv.agency_phase_a_weeks),
            share_b=p.share_limit_a_b,
            share_fixed=p.share_limit_a_fixed,
            p_b=p.p_agency_a_b,
            p_fixed=p.p_agency_a_fixed,
            draw=d[2],
        )
    else:
        share_permanent = rules.share_permanent_between(
            value=lv.agency_phase_b_months,
            value_now=p.phase_b_now_months,
            value_reform=p.phase_b_reform_months,
            share_now=p.q_phase_b_now,
            share_added=p.q_phase_b_extra,
        )
        after = rules.contract_after_phase_b(
            is_over=rules.is_phase_b_over(adult.months_in_type, lv.agency_phase_b_months),
            share_permanent=share_permanent,
            p_permanent=p.p_agency_b_permanent,
            p_fixed=p.p_agency_b_fixed,
            draw=d[2],
        )
    if after == Contract.NONE:
        _lose_job(family, adult)
    elif after != adult.contract:
        _enter(adult, after)


@step
def _fixed(
    family: FamilyRow,
    adult: AdultRow,
    d: tuple[float, float, float, float],
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """A fixed contract runs out: a next one in the chain, permanent, the revolving door, or out."""
    adult.chain_months = min(LONGEST_SPELL, adult.chain_months + 1)
    if rules.is_permanent_by_chain(
        n_contracts=adult.chain_count,
        chain_months=adult.chain_months,
        max_contracts=p.chain_max_contracts,
        max_months=p.chain_max_months,
    ):
        _enter(adult, Contract.PERMANENT)
        return
    if d[2] < p.p_fixed_permanent:
        _enter(adult, Contract.PERMANENT)
        return
    if not rules.is_contract_over(adult.months_in_type, p.fixed_contract_months):
        return
    if not rules.is_chain_at_limit(
        n_contracts=adult.chain_count,
        chain_months=adult.chain_months,
        contract_months=p.fixed_contract_months,
        max_contracts=p.chain_max_contracts,
        max_months=p.chain_max_months,
    ):
        adult.chain_count += 1
        adult.months_in_type = 0
        return
    family.touched |= lv.active & BIT.chain_interval_months
    q = rules.share_permanent_between(
        value=lv.chain_interval_months,
        value_now=p.chain_gap_now_months,
        value_reform=p.chain_gap_reform_months,
        share_now=p.q_chain_now,
        share_added=p.q_chain_extra,
    )
    if d[3] < q:
        _enter(adult, Contract.PERMANENT)
        return
    back = rules.p_called_back(
        p_now=p.p_revolve,
        chain_interval_months=lv.chain_interval_months,
        interval_now_months=p.chain_gap_now_months,
        scale_months=p.revolve_gap_months,
    )
    _lose_job(family, adult)
    if rules.is_called_back(share_permanent=q, p_back=back, draw=d[3]):
        adult.recall_months = rules.months_until_recall(lv.chain_interval_months)


@step
def _on_call(
    family: FamilyRow,
    adult: AdultRow,
    d: tuple[float, float, float, float],
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Move on from call or bandwidth work to fixed hours: by chance or the twelve-month offer."""
    chance = p.p_on_call_fixed
    if rules.is_on_call_offer_made(
        contract=adult.contract,
        months_in_type=adult.months_in_type,
        offer_months=p.on_call_offer_months,
    ):
        chance = rules.p_on_call_offer(
            p_unaided=p.p_on_call_offer,
            extra_with_help=p.on_call_offer_help,
            legal_help=lv.legal_help_access,
            knowledge=family.knowledge,
        )
        family.touched |= lv.active & BIT.legal_help_access
    if d[2] < chance:
        _enter(adult, Contract.FIXED)


@step
def _look_for_work(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    d: tuple[float, float, float, float],
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    adult.months_without_work = min(LONGEST_SPELL, adult.months_without_work + 1)
    adult.months_since_employer = min(LONGEST_SPELL, adult.months_since_employer + 1)
    if adult.recall_months >= 0:
        adult.recall_months -= 1
        if adult.recall_months == 0:
            adult.recall_months = -1
            _start_job(w, family, adult, key, Contract.FIXED, True, month, lv, p)
            return
    if d[1] >= rules.p_hired(
        p_base=p.p_hire, labour_index=p.labour_index, sensitivity=p.labour_sensitivity
    ):
        return
    years = (month - family.arrival_month) / 12.0
    p_agency = rules.share_agency_offers(
        p_new=p.p_offer_agency_new,
        p_settled=p.p_offer_agency_settled,
        years_in_nl=years,
        scale_years=p.agency_offer_years,
        parent_dutch=family.parent_dutch,
        share_dutch=p.agency_offer_dutch,
    )
    is_abolished = lv.zero_hours_abolished > 0.0
    contract = rules.offered_contract(
        p_agency=p_agency,
        p_zero_hours=p.p_offer_zero_hours,
        p_self_employed=p.p_offer_self_employed,
        p_permanent=p.p_offer_permanent,
        is_zero_hours_abolished=is_abolished,
        draw=d[2],
    )
    if contract == Contract.BANDWIDTH:
        family.touched |= lv.active & (
            BIT.zero_hours_abolished
            | BIT.bandwidth_extra_max
            | BIT.bandwidth_period_weeks
            | BIT.min_hours_cut
            | BIT.flex_displacement
        )
        if d[3] < lv.flex_displacement:
            return
    _start_job(w, family, adult, key, contract, False, month, lv, p)


@step
def _start_job(
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
    """Begin a job: chain, employer, shift, and for agency work perhaps a tied home."""
    e = draw4(w.seed, key, Block.HIRE, month)
    h = draw4(w.seed, key, Block.HIRE_PLACE, month)
    if is_recalled:
        family.touched |= lv.active & BIT.chain_interval_months
    if is_recalled and rules.is_same_chain(adult.months_since_employer, lv.chain_interval_months):
        adult.chain_count += 1
    else:
        adult.chain_count = 1 if contract == Contract.FIXED else 0
        adult.chain_months = 0
    if not is_recalled:
        adult.employer = np.uint32(e[0] * 4294967295.0)
    adult.contract = contract
    adult.months_in_type = 0
    adult.months_without_work = 0
    adult.start_month = month
    adult.agency_weeks = 0.0
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
    # A home that comes with the job takes the place of a shared home only; a family with its own
    # lease, a social home or a house keeps it.
    if contract == Contract.AGENCY_A and family.housing == Housing.PRIVATE_SHARED:
        years = (month - family.arrival_month) / 12.0
        if h[1] < housing_rules.p_tied_home(
            p_arrival=p.p_tied_agency, years_in_nl=years, scale_years=p.tied_years
        ):
            family.housing = Housing.TIED
            family.notice_weeks = -1.0
