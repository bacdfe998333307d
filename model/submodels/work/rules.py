"""Work: hours, the end of jobs, limits of the law (map e01-e08, 3a)."""

from __future__ import annotations

import math

from model.enums import Contract
from model.kernel.compile import rule

WEEKS_PER_MONTH = 52 / 12
_UNIFORM_SD = math.sqrt(12.0)


@rule
def by_contract(
    contract: int,
    zero_hours: float,
    bandwidth: float,
    agency_a: float,
    agency_b: float,
    fixed: float,
    permanent: float,
    self_employed: float,
) -> float:
    """Return the value that belongs to a contract; 0 without work.

    Equation: by_contract = {zero_hours if contract = Contract.ZERO_HOURS; bandwidth if contract =
    Contract.BANDWIDTH; agency_a if contract = Contract.AGENCY_A; agency_b if contract =
    Contract.AGENCY_B; fixed if contract = Contract.FIXED; permanent if contract =
    Contract.PERMANENT; self_employed if contract = Contract.SELF_EMPLOYED; 0 otherwise}
    """
    if contract == Contract.ZERO_HOURS:
        return zero_hours
    if contract == Contract.BANDWIDTH:
        return bandwidth
    if contract == Contract.AGENCY_A:
        return agency_a
    if contract == Contract.AGENCY_B:
        return agency_b
    if contract == Contract.FIXED:
        return fixed
    if contract == Contract.PERMANENT:
        return permanent
    if contract == Contract.SELF_EMPLOYED:
        return self_employed
    return 0.0


@rule
def hours_varying(hours_contract: float, cv: float, hours_max: float, draw: float) -> float:
    """Return the hours per week of a month in a job whose hours vary with coefficient `cv`.

    Equation: hours_varying = min(hours_max, max(0, hours_contract · (1 + cv · _UNIFORM_SD · (draw −
    0.5))))
    """
    hours = hours_contract * (1.0 + cv * _UNIFORM_SD * (draw - 0.5))
    return min(hours_max, max(0.0, hours))


@rule
def bandwidth_minimum(hours_usual: float, share_extra: float, share_cut: float) -> float:
    """Return the guaranteed hours of a bandwidth contract that keeps the usual hours in its middle.

    `share_extra` is the extra availability as a share of the minimum (letter, lines 244-250: 0.30),
    `share_cut` the part by which employers lower the guarantee.

    Equation: bandwidth_minimum = hours_usual / (1 + share_extra / 2) · (1 − share_cut)
    """
    return hours_usual / (1.0 + share_extra / 2.0) * (1.0 - share_cut)


@rule
def hours_bandwidth(
    hours_minimum: float,
    share_extra: float,
    period_weeks: float,
    cv_reset: float,
    hours_max: float,
    draw: float,
    draw_reset: float,
) -> float:
    """Return hours between the minimum and `1 + share_extra` times the minimum.

    The band is agreed for a period of at most a quarter; a shorter period lets the employer reset
    it more often, which adds variation between periods (`cv_reset`, none at 13 weeks).

    Equation: hours_bandwidth = min(hours_max, max(0, hours_minimum · (1 + cv_reset · sqrt(max(0, 1
    − period_weeks / 13)) · _UNIFORM_SD · (draw_reset − 0.5)) · (1 + share_extra · draw)))
    """
    reset = cv_reset * math.sqrt(max(0.0, 1.0 - period_weeks / 13.0))
    minimum = hours_minimum * (1.0 + reset * _UNIFORM_SD * (draw_reset - 0.5))
    return min(hours_max, max(0.0, minimum * (1.0 + share_extra * draw)))


@rule
def smoothed(value: float, seen: float, months: float) -> float:
    """Return a moving mean over some months after one more observation.

    Equation: smoothed = value + 1 / months · (seen − value)
    """
    return value + 1.0 / months * (seen - value)


@rule
def roster_predictability(hours_cv: float, cv_reference: float) -> float:
    """Return 1 for a fully predictable roster, 0 when hours vary as on a call contract (e06).

    Equation: roster_predictability = 1 − min(1, max(0, hours_cv / cv_reference))
    """
    return 1.0 - min(1.0, max(0.0, hours_cv / cv_reference))


@rule
def p_end_bandwidth(p_on_call: float, ratio: float) -> float:
    """Return the monthly probability that a bandwidth job ends, a ratio to that of call work.

    Equation: p_end_bandwidth = min(1, p_on_call · ratio)
    """
    return min(1.0, p_on_call * ratio)


@rule
def p_job_ends(p_base: float, labour_index: float, sensitivity: float) -> float:
    """Return the monthly probability that a job ends, higher when demand for labour is low (e02).

    Equation: p_job_ends = {min(1, p_base) if labour_index = 1; min(1, p_base · exp(−sensitivity ·
    (labour_index − 1))) otherwise}
    """
    if labour_index == 1.0:
        return min(1.0, p_base)
    return min(1.0, p_base * math.exp(-sensitivity * (labour_index - 1.0)))


@rule
def p_hired(p_base: float, labour_index: float, sensitivity: float) -> float:
    """Return the monthly probability of finding work.

    Equation: p_hired = {min(1, p_base) if labour_index = 1; min(1, p_base · exp(sensitivity ·
    (labour_index − 1))) otherwise}
    """
    if labour_index == 1.0:
        return min(1.0, p_base)
    return min(1.0, p_base * math.exp(sensitivity * (labour_index - 1.0)))


@rule
def share_agency_offers(
    p_new: float,
    p_settled: float,
    years_in_nl: float,
    scale_years: float,
    parent_dutch: float,
    share_dutch: float,
) -> float:
    """Return the share of job offers from an agency; it falls with stay and with Dutch.

    Equation: share_agency_offers = (p_settled + (p_new − p_settled) · exp(−max(0, years_in_nl) /
    scale_years)) · (1 − share_dutch · parent_dutch)
    """
    share = p_settled + (p_new - p_settled) * math.exp(-max(0.0, years_in_nl) / scale_years)
    return share * (1.0 - share_dutch * parent_dutch)


@rule
def offered_contract(
    p_agency: float,
    p_zero_hours: float,
    p_self_employed: float,
    p_permanent: float,
    is_zero_hours_abolished: bool,
    draw: float,
) -> int:
    """Return the contract of a job offer; once abolished, call work is offered as bandwidth.

    Equation: offered_contract = {Contract.AGENCY_A if draw < p_agency; {Contract.BANDWIDTH if
    is_zero_hours_abolished; Contract.ZERO_HOURS otherwise} if draw < p_agency + p_zero_hours;
    Contract.SELF_EMPLOYED if draw < p_agency + p_zero_hours + p_self_employed; Contract.PERMANENT
    if draw < p_agency + p_zero_hours + p_self_employed + p_permanent; Contract.FIXED otherwise}
    """
    if draw < p_agency:
        return Contract.AGENCY_A
    if draw < p_agency + p_zero_hours:
        return Contract.BANDWIDTH if is_zero_hours_abolished else Contract.ZERO_HOURS
    if draw < p_agency + p_zero_hours + p_self_employed:
        return Contract.SELF_EMPLOYED
    if draw < p_agency + p_zero_hours + p_self_employed + p_permanent:
        return Contract.PERMANENT
    return Contract.FIXED


@rule
def is_phase_a_over(weeks_worked: float, phase_a_weeks: float) -> bool:
    """Agency phase A ends after the allowed number of worked weeks (52 in the bill, S7-S9).

    Equation: is_phase_a_over = weeks_worked ≥ phase_a_weeks
    """
    return weeks_worked >= phase_a_weeks


@rule
def is_phase_b_over(months_in_phase_b: float, phase_b_months: float) -> bool:
    """Agency phase B ends after its months (24 in the bill, S7, S8), then permanent or out.

    Equation: is_phase_b_over = months_in_phase_b ≥ phase_b_months
    """
    return months_in_phase_b >= phase_b_months


@rule
def contract_after_phase_a(
    is_over: bool,
    share_b: float,
    share_fixed: float,
    p_b: float,
    p_fixed: float,
    p_permanent: float,
    draw: float,
) -> int:
    """Return the contract after a month in phase A: on to B, to a direct job, or still A.

    When the phase is over the employer has to choose; who gets none is out (S7-S9).

    Equation: contract_after_phase_a = {Contract.AGENCY_B if draw < {share_b if is_over; p_b
    otherwise}; Contract.FIXED if draw < {share_b if is_over; p_b otherwise} + {share_fixed if
    is_over; p_fixed otherwise}; Contract.PERMANENT if draw < {share_b if is_over; p_b otherwise} +
    {share_fixed if is_over; p_fixed otherwise} + p_permanent; Contract.NONE if is_over;
    Contract.AGENCY_A otherwise}
    """
    to_b, to_fixed = (share_b, share_fixed) if is_over else (p_b, p_fixed)
    if draw < to_b:
        return Contract.AGENCY_B
    if draw < to_b + to_fixed:
        return Contract.FIXED
    if draw < to_b + to_fixed + p_permanent:
        return Contract.PERMANENT
    return Contract.NONE if is_over else Contract.AGENCY_A


@rule
def contract_after_phase_b(
    is_over: bool, share_permanent: float, p_permanent: float, p_fixed: float, draw: float
) -> int:
    """Return the contract after a month in phase B: on to a better one, still B, or out (S7).

    Equation: contract_after_phase_b = {{Contract.PERMANENT if draw < share_permanent; Contract.NONE
    otherwise} if is_over; Contract.PERMANENT if draw < p_permanent; Contract.FIXED if draw <
    p_permanent + p_fixed; Contract.AGENCY_B otherwise}
    """
    if is_over:
        return Contract.PERMANENT if draw < share_permanent else Contract.NONE
    if draw < p_permanent:
        return Contract.PERMANENT
    return Contract.FIXED if draw < p_permanent + p_fixed else Contract.AGENCY_B


@rule
def share_permanent_between(
    value: float, value_now: float, value_reform: float, share_now: float, share_added: float
) -> float:
    """Return the share made permanent at a limit, linear between the limit now and in the bill.

    `share_added` is what the bill's limit adds to the share of now, or takes from it.

    Equation: share_permanent_between = min(1, max(0, share_now + share_added · min(1, max(0, (value
    − value_now) / (value_reform − value_now)))))
    """
    way = (value - value_now) / (value_reform - value_now)
    return min(1.0, max(0.0, share_now + share_added * min(1.0, max(0.0, way))))


@rule
def is_same_chain(months_since_last: float, chain_interval_months: float) -> bool:
    """A new contract with the same employer counts in the old chain unless the gap is too long.

    More than six months breaks the chain now, more than 60 months in the bill (S6).

    Equation: is_same_chain = months_since_last ≤ chain_interval_months
    """
    return months_since_last <= chain_interval_months


@rule
def is_permanent_by_chain(
    n_contracts: float, chain_months: float, max_contracts: float, max_months: float
) -> bool:
    """A fixed contract counts as permanent from the fourth in the chain, or past 36 months (S6).

    Equation: is_permanent_by_chain = n_contracts > max_contracts or chain_months > max_months
    """
    return n_contracts > max_contracts or chain_months > max_months


@rule
def is_chain_at_limit(
    n_contracts: float,
    chain_months: float,
    contract_months: float,
    max_contracts: float,
    max_months: float,
) -> bool:
    """The next fixed contract would be permanent by law, so the employer has to choose.

    Equation: is_chain_at_limit = is_permanent_by_chain(n_contracts: n_contracts + 1, chain_months:
    chain_months + contract_months, max_contracts: max_contracts, max_months: max_months)
    """
    return is_permanent_by_chain(
        n_contracts=n_contracts + 1.0,
        chain_months=chain_months + contract_months,
        max_contracts=max_contracts,
        max_months=max_months,
    )


@rule
def p_called_back(
    p_now: float, chain_interval_months: float, interval_now_months: float, scale_months: float
) -> float:
    """Return the probability that an employer lets the gap pass and hires the worker again.

    The revolving door: a longer gap makes it less worth while (D).

    Equation: p_called_back = p_now · exp(−max(0, chain_interval_months − interval_now_months) /
    scale_months)
    """
    waiting = max(0.0, chain_interval_months - interval_now_months)
    return p_now * math.exp(-waiting / scale_months)


@rule
def is_called_back(share_permanent: float, p_back: float, draw: float) -> bool:
    """Of those not made permanent at the limit of the chain, some are asked to come back later.

    Equation: is_called_back = draw < share_permanent + (1 − share_permanent) · p_back
    """
    return draw < share_permanent + (1.0 - share_permanent) * p_back


@rule
def months_until_recall(chain_interval_months: float) -> int:
    """Return after how many months the old employer calls: one more than the gap that counts.

    Equation: months_until_recall = floor(chain_interval_months) + 1
    """
    return int(chain_interval_months) + 1


@rule
def is_contract_over(months_in_type: int, contract_months: float) -> bool:
    """A fixed contract runs for a number of months.

    Equation: is_contract_over = months_in_type ≥ contract_months
    """
    return months_in_type >= contract_months


@rule
def is_on_call_offer_due(contract: int, months_in_type: float, offer_months: float) -> bool:
    """After twelve months on call the employer must offer fixed hours (art. 7:628a BW, S13).

    Equation: is_on_call_offer_due = contract = Contract.ZERO_HOURS and months_in_type ≥
    offer_months
    """
    return contract == Contract.ZERO_HOURS and months_in_type >= offer_months


@rule
def is_on_call_offer_made(contract: int, months_in_type: int, offer_months: float) -> bool:
    """The offer of fixed hours is made once, in the month in which it falls due.

    Equation: is_on_call_offer_made = months_in_type = floor(offer_months) and
    is_on_call_offer_due(contract: contract, months_in_type: months_in_type, offer_months:
    offer_months)
    """
    return months_in_type == int(offer_months) and is_on_call_offer_due(
        contract=contract, months_in_type=months_in_type, offer_months=offer_months
    )


@rule
def p_on_call_offer(
    p_unaided: float, extra_with_help: float, legal_help: float, knowledge: float
) -> float:
    """Return the probability that the fixed-hours offer is really made.

    Equation: p_on_call_offer = min(1, p_unaided + extra_with_help · legal_help · knowledge)
    """
    return min(1.0, p_unaided + extra_with_help * legal_help * knowledge)


@rule
def half_hours(clock_hour: float) -> int:
    """Return a time of the day in half hours after midnight.

    Equation: half_hours = round(2 · clock_hour)
    """
    return round(2.0 * clock_hour)
