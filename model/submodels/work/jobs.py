"""The month at work: a job is held or looked for, hours are worked, income follows."""

from __future__ import annotations

from model.enums import Contract
from model.kernel.compile import step
from model.kernel.keys import adult_key
from model.kernel.random_numbers import Block, Key, draw4
from model.kernel.rows import World, adult_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.work import rules, rules_moves
from model.submodels.work.by_contract import LONGEST_SPELL
from model.submodels.work.contracts import (
    agency_month,
    convert,
    fixed_month,
    keeps_old_law,
    lose_job,
    on_call_month,
)
from model.submodels.work.hiring import change_job, look_among_offers, start_job
from model.submodels.work.hours_and_income import _income_and_roster, _work_hours


@step
def work_month(w: World, i: int, month: int, n_young: int, lv: LeverRow, p: ParameterRow) -> None:
    """Live a month at work, for both adults, and work out the family's income and roster.

    `n_young` children are under eighteen.
    """
    family = family_row(w, i)
    family.lost_job = 0
    for which in range(family.n_adults):
        adult = adult_row(w, 2 * i + which)
        key = adult_key(family.key, which)
        d = draw4(w.seed, key, Block.WORK, month)
        if not adult.is_seeking:
            _stay_out(w, family, adult, which, key, d, month, lv, p)
        elif adult.contract == Contract.NONE:
            _look_for_work(w, family, adult, which, key, d, month, lv, p)
        else:
            _hold_job(w, family, adult, key, d, month, lv, p)
        _work_hours(family, adult, d, lv, p)
    _income_and_roster(w, i, month, n_young, lv, p)


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
        agency_month(w, family, adult, key, d, month, lv, p)
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
    p_end = rules.p_job_ends(
        p_base=p_base, labour_index=p.labour_index, sensitivity=p.labour_sensitivity
    )
    if d[1] < p_end:
        lose_job(family, adult)
    elif d[1] < p_end + _p_other_job(adult, month, p):
        change_job(w, family, adult, key, month, lv, p)


@step
def _p_other_job(adult: AdultRow, month: int, p: ParameterRow) -> float:
    """Return the probability of going to another employer this month, without a break."""
    if adult.contract == Contract.SELF_EMPLOYED:
        return 0.0
    p_base = p.p_agency_next
    if adult.contract not in (Contract.AGENCY_A, Contract.AGENCY_B):
        p_base = rules_moves.p_changes_job(
            p_new=p.p_change_job,
            ratio_settled=p.change_ratio_settled,
            ratio_permanent=p.change_ratio_permanent,
            tenure_months=month - adult.start_month,
            settled_months=p.change_settled_months,
            is_permanent=adult.contract == Contract.PERMANENT,
        )
    return rules.p_hired(
        p_base=p_base, labour_index=p.labour_index, sensitivity=p.labour_sensitivity
    )


@step
def _look_for_work(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    which: int,
    key: Key,
    d: tuple[float, float, float, float],
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Be called back or find a job; who has found none for some months may give it up."""
    adult.months_without_work = min(LONGEST_SPELL, adult.months_without_work + 1)
    adult.months_since_employer = min(LONGEST_SPELL, adult.months_since_employer + 1)
    if adult.recall_months >= 0:
        adult.recall_months -= 1
        if adult.recall_months == 0:
            adult.recall_months = -1
            family.touched |= lv.active & BIT.chain_interval_months
            # Within the gap the next contract would be permanent: then nobody is called back.
            if rules.is_same_chain(
                adult.months_since_employer, lv.chain_interval_months
            ) and not keeps_old_law(w, key, p):
                return
            start_job(w, family, adult, key, Contract.FIXED, True, month, lv, p)
            return
    if d[1] < rules.p_hired(
        p_base=rules_moves.p_hire_of(
            p_hire=p.p_hire, lone_ratio=p.lone_hire_ratio, is_lone=family.n_adults == 1
        ),
        labour_index=p.labour_index,
        sensitivity=p.labour_sensitivity,
    ):
        look_among_offers(w, family, adult, key, d[2], d[3], month, lv, p)
    elif adult.recall_months < 0 and rules_moves.leaves_labour_force(
        months_without_work=adult.months_without_work,
        after_months=p.leave_after_months,
        p_leaves=p.p_leaves_main if which == 0 else p.p_leaves_second,
        draw=d[3],
    ):
        adult.is_seeking = 0


@step
def _stay_out(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    which: int,
    key: Key,
    d: tuple[float, float, float, float],
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Be outside the labour force, and come back to it into a job."""
    adult.months_without_work = min(LONGEST_SPELL, adult.months_without_work + 1)
    if d[1] < rules.p_hired(
        p_base=p.p_returns_main if which == 0 else p.p_returns_second,
        labour_index=p.labour_index,
        sensitivity=p.labour_sensitivity,
    ):
        adult.is_seeking = 1
        look_among_offers(w, family, adult, key, d[2], d[3], month, lv, p)
