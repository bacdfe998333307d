"""What becomes of a contract in a month: limits of the law, conversions, the end of a job."""

from __future__ import annotations

from model.enums import Contract
from model.kernel.compile import step
from model.kernel.random_numbers import Block, Key, draw4
from model.kernel.rows import World
from model.registry import BIT, LeverRow, ParameterRow
from model.state import AdultRow, FamilyRow
from model.submodels.work import rules, rules_moves
from model.submodels.work.by_contract import LONGEST_SPELL, permanent_share


@step
def convert(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    lv: LeverRow,
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
        lose_job(family, adult)
    else:
        enter(adult, Contract.BANDWIDTH, 0.0)


@step
def enter(adult: AdultRow, contract: int, limit: float) -> None:
    """Put an adult in a contract type; the job itself goes on.

    `limit` is how long the law allows it: weeks of agency phase A, months of phase B, else 0.
    """
    adult.contract = contract
    adult.months_in_type = 0
    adult.phase_limit = rules_moves.whole_limit(limit)
    if contract == Contract.FIXED and adult.chain_count == 0:
        adult.chain_count = 1


@step
def lose_job(family: FamilyRow, adult: AdultRow) -> None:
    """Be without work from this month on."""
    family.lost_job = 1
    adult.contract = Contract.NONE
    adult.months_in_type = 0
    adult.months_without_work = 0
    adult.months_since_employer = 0
    adult.agency_weeks = 0.0
    adult.phase_limit = 0
    adult.recall_months = -1
    adult.is_malafide = 0


@step
def keeps_old_law(w: World, key: Key, p: ParameterRow) -> bool:
    """Return whether transitional law spares an adult's running contract when a limit changes."""
    return draw4(w.seed, key, Block.CONVERSION, 0)[1] < p.share_limits_kept


@step
def _limit(w: World, adult: AdultRow, key: Key, allowed: float, p: ParameterRow) -> float:
    """Return the limit of a phase that runs: today's, or that under which it began."""
    if adult.phase_limit == rules_moves.whole_limit(allowed) or not keeps_old_law(w, key, p):
        return allowed
    return float(adult.phase_limit)


@step
def agency_month(
    w: World,
    family: FamilyRow,
    adult: AdultRow,
    key: Key,
    d: tuple[float, float, float, float],
    month: int,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Move through the agency phases; at the end of a phase the law forces a choice.

    A phase that runs when a bill changes its limit keeps the old one where transitional law does.
    """
    family.touched |= lv.active & (BIT.agency_phase_a_weeks | BIT.agency_phase_b_months)
    if adult.contract == Contract.AGENCY_A:
        if adult.hours_worked > 0.0:
            adult.agency_weeks += rules.WEEKS_PER_MONTH
        limit = _limit(w, adult, key, lv.agency_phase_a_weeks, p)
        after = rules.contract_after_phase_a(
            is_over=rules.is_phase_a_over(adult.agency_weeks, limit),
            share_b=p.share_limit_a_b,
            share_fixed=p.share_limit_a_fixed,
            p_b=p.p_agency_a_b,
            p_fixed=p.p_agency_a_fixed,
            p_permanent=permanent_share(family, p.p_agency_a_permanent, p),
            draw=d[2],
        )
    else:
        limit = _limit(w, adult, key, lv.agency_phase_b_months, p)
        share_permanent = rules.share_permanent_between(
            value=limit,
            value_now=p.phase_b_now_months,
            value_reform=p.phase_b_reform_months,
            share_now=p.q_phase_b_now,
            share_added=p.q_phase_b_extra,
        )
        after = rules.contract_after_phase_b(
            is_over=rules.is_phase_b_over(adult.months_in_type, limit),
            share_permanent=permanent_share(family, share_permanent, p),
            p_permanent=permanent_share(family, p.p_agency_b_permanent, p),
            p_fixed=p.p_agency_b_fixed,
            draw=d[2],
        )
    if after == Contract.NONE:
        lose_job(family, adult)
    elif after == Contract.FIXED:
        _direct_job(adult, month, d[3], p)
    elif after != adult.contract:
        enter(adult, after, lv.agency_phase_b_months if after == Contract.AGENCY_B else 0.0)
    if adult.contract in (Contract.FIXED, Contract.PERMANENT) and family.lost_job == 0:
        family.lost_job = 2


@step
def _direct_job(adult: AdultRow, month: int, luck: float, p: ParameterRow) -> None:
    """Go from an agency to a fixed contract with a firm, most often where one worked already."""
    months = month - adult.start_month
    if rules_moves.is_taken_over(
        months_with_agency=months,
        share_successive=p.share_successive,
        max_months=p.chain_max_months,
        draw=luck,
    ):
        enter(adult, Contract.FIXED, 0.0)
        adult.chain_count, adult.chain_months = 2, months
    elif luck >= p.share_successive:
        enter(adult, Contract.FIXED, 0.0)


@step
def fixed_month(
    family: FamilyRow,
    adult: AdultRow,
    d: tuple[float, float, float, float],
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """A fixed contract runs out: permanent, a next one in the chain, the revolving door, or out."""
    adult.chain_months = min(LONGEST_SPELL, adult.chain_months + 1)
    if rules.is_permanent_by_chain(
        n_contracts=adult.chain_count,
        chain_months=adult.chain_months,
        max_contracts=p.chain_max_contracts,
        max_months=p.chain_max_months,
    ):
        enter(adult, Contract.PERMANENT, 0.0)
        return
    if d[2] < permanent_share(family, p.p_fixed_permanent, p):
        enter(adult, Contract.PERMANENT, 0.0)
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
        if d[3] < permanent_share(family, p.q_renewal, p):
            enter(adult, Contract.PERMANENT, 0.0)
            return
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
    q = permanent_share(family, q, p)
    if d[3] < q:
        enter(adult, Contract.PERMANENT, 0.0)
        return
    back = rules.p_called_back(
        p_now=p.p_revolve,
        chain_interval_months=lv.chain_interval_months,
        interval_now_months=p.chain_gap_now_months,
        scale_months=p.revolve_gap_months,
    )
    lose_job(family, adult)
    if rules.is_called_back(share_permanent=q, p_back=back, draw=d[3]):
        adult.recall_months = rules.months_until_recall(lv.chain_interval_months)


@step
def on_call_month(
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
        enter(adult, Contract.FIXED, 0.0)
