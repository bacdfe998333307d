"""The month at work: a job is held or looked for, hours are worked, income follows."""

from __future__ import annotations

from model.enums import Contract
from model.kernel.compile import step
from model.kernel.keys import adult_key
from model.kernel.random_numbers import Block, Key, draw4
from model.kernel.rows import World, adult_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.work import rules, rules_income
from model.submodels.work.contracts import (
    agency_month,
    convert,
    fixed_month,
    keeps_old_law,
    lose_job,
    on_call_month,
)
from model.submodels.work.hiring import start_job
from model.submodels.work.hours import LONGEST_SPELL
from model.submodels.work.hours_and_income import _income_and_roster, _work_hours


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
        convert(w, family, adult, key, lv)
    if adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B):
        agency_month(w, family, adult, key, d, lv, p)
    elif adult.contract == Contract.FIXED:
        fixed_month(family, adult, d, lv, p)
    elif adult.contract in (Contract.ZERO_HOURS, Contract.BANDWIDTH):
        on_call_month(family, adult, d, lv, p)
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
        lose_job(family, adult)


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
            # Within the gap the next contract would be permanent: then nobody is called back.
            if rules.is_same_chain(
                adult.months_since_employer, lv.chain_interval_months
            ) and not keeps_old_law(w, key, p):
                return
            start_job(w, family, adult, key, Contract.FIXED, True, month, lv, p)
            return
    if d[1] >= rules.p_hired(
        p_base=rules_income.p_hire_of(p.p_hire, p.lone_hire_ratio, family.n_adults == 1),
        labour_index=p.labour_index,
        sensitivity=p.labour_sensitivity,
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
    start_job(w, family, adult, key, contract, False, month, lv, p)
