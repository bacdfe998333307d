"""Pay, benefits and poverty (mechanism map e05, e59, 3a)."""

from __future__ import annotations

from model.enums import Contract
from model.kernel.compile import rule
from model.submodels.work.rules import WEEKS_PER_MONTH

MONTHS_OF_A_YEAR = 12
RECENT_MONTHS, RECENT_MONTHS_NEEDED = 8, 6
"""36 weeks and 26 weeks, in months."""
RECENT_YEARS, RECENT_YEARS_NEEDED = 5, 4
HISTORY_MONTHS = MONTHS_OF_A_YEAR * RECENT_YEARS
"""Months of work that are remembered."""
FIRST_MONTHS = 2
"""Months in which unemployment benefit is higher."""


@rule
def wage_gap(
    contract: int,
    months_in_job: int,
    agency: float,
    first_year: float,
    on_call: float,
    equal_terms: float,
    is_malafide: bool,
) -> float:
    """Return the share of the wage that a contract costs, at equal work and person (e05).

    Temporary work costs it in the first year of a job. Equal terms close the gap of agency work
    with honest employers.

    Equation: wage_gap = {agency · (1 − {0 if is_malafide; equal_terms otherwise}) if contract ∈
    (Contract.AGENCY_A, Contract.AGENCY_B); {first_year if months_in_job < MONTHS_OF_A_YEAR; 0
    otherwise} if contract = Contract.FIXED; on_call if contract ∈ (Contract.ZERO_HOURS,
    Contract.BANDWIDTH); 0 otherwise}
    """
    if contract in (Contract.AGENCY_A, Contract.AGENCY_B):
        closed = 0.0 if is_malafide else equal_terms
        return agency * (1.0 - closed)
    if contract == Contract.FIXED:
        return first_year if months_in_job < MONTHS_OF_A_YEAR else 0.0
    if contract in (Contract.ZERO_HOURS, Contract.BANDWIDTH):
        return on_call
    return 0.0


@rule
def wage_paid(wage_eur_hour: float, gap: float, minimum_eur_hour: float) -> float:
    """Return the hourly wage less the gap of the contract, never under the minimum wage.

    Equation: wage_paid = max(minimum_eur_hour, wage_eur_hour · (1 − gap))
    """
    return max(minimum_eur_hour, wage_eur_hour * (1.0 - gap))


@rule
def wage_next_month(
    wage_eur_hour: float, growth_year: float, months_worked: int, years_most: float
) -> float:
    """Return the hourly wage after a month of work: experience pays, up to some years of it.

    Equation: wage_next_month = wage_eur_hour · {1 if months_worked ≥ MONTHS_OF_A_YEAR · years_most;
    1 + growth_year / MONTHS_OF_A_YEAR otherwise}
    """
    if months_worked >= MONTHS_OF_A_YEAR * years_most:
        return wage_eur_hour
    return wage_eur_hour * (1.0 + growth_year / MONTHS_OF_A_YEAR)


@rule
def wage_with_dutch(wage_eur_hour: float, premium: float, parent_dutch: float) -> float:
    """Return the hourly wage with what good Dutch adds to it (e59).

    Equation: wage_with_dutch = wage_eur_hour · (1 + premium · parent_dutch)
    """
    return wage_eur_hour * (1.0 + premium * parent_dutch)


@rule
def pay_eur_week(wage_eur_hour: float, hours_week: float) -> float:
    """Return the gross pay of a week, EUR (e04).

    Equation: pay_eur_week = wage_eur_hour · hours_week
    """
    return wage_eur_hour * hours_week


@rule
def net_eur_month(pay_eur_week: float, share_net: float) -> float:
    """Return the net pay of a month for gross pay by the week, EUR.

    Equation: net_eur_month = pay_eur_week · share_net · WEEKS_PER_MONTH
    """
    return pay_eur_week * (share_net * WEEKS_PER_MONTH)


@rule
def income_eur_month(
    net_eur: float,
    n_children: int,
    allowance_eur: float,
    unpaid_eur: float,
    instalment_eur: float,
    scale: float,
) -> float:
    """Return net equivalised income, EUR per month: with child allowances, without what is lost.

    Equation: income_eur_month = (net_eur + allowance_eur · n_children − unpaid_eur −
    instalment_eur) / scale
    """
    return (net_eur + (allowance_eur * n_children - unpaid_eur) - instalment_eur) / scale


@rule
def missed_eur_month(unpaid_eur: float, got_eur: float) -> float:
    """Return what of withheld pay a family misses in a month, EUR: no more than it got.

    Equation: missed_eur_month = min(unpaid_eur, got_eur)
    """
    return min(unpaid_eur, got_eur)


@rule
def equivalence_scale(
    n_adults: int, n_children: int, second_adult: float, per_child: float
) -> float:
    """Return a household's size in single persons (CBS scale, derived from its income lines).

    Equation: equivalence_scale = 1 + second_adult · (n_adults − 1) + per_child · n_children
    """
    return 1.0 + second_adult * (n_adults - 1) + per_child * n_children


@rule
def months_of_benefit(
    months_recent: int, years_recent: int, months_worked: int, base: float, most: float
) -> int:
    """Return the months of unemployment benefit that are due to a person who loses a job (UWV).

    Work in 26 of the last 36 weeks (six months of eight) gives the base; work in four of the last
    five years as well gives a month for every year worked.

    Equation: months_of_benefit = {0 if months_recent < RECENT_MONTHS_NEEDED; floor(base) if
    years_recent < RECENT_YEARS_NEEDED; floor(min(most, max(base, floor(months_worked /
    MONTHS_OF_A_YEAR)))) otherwise}
    """
    if months_recent < RECENT_MONTHS_NEEDED:
        return 0
    if years_recent < RECENT_YEARS_NEEDED:
        return int(base)
    return int(min(most, max(base, months_worked // MONTHS_OF_A_YEAR)))


@rule
def benefit_eur_month(
    pay_before_eur: float, months_without_work: int, share_first: float, share: float
) -> float:
    """Return a month's unemployment benefit, EUR net: more in the first two months (UWV).

    Equation: benefit_eur_month = {share_first if months_without_work < FIRST_MONTHS; share
    otherwise} · pay_before_eur
    """
    return (share_first if months_without_work < FIRST_MONTHS else share) * pay_before_eur


@rule
def has_worker_status(months_without_work: int, months_worked: int, status_months: float) -> bool:
    """An EU citizen who lost a job stays a worker before the law for some months (six).

    Equation: has_worker_status = months_worked > 0 and months_without_work < status_months
    """
    return months_worked > 0 and months_without_work < status_months


@rule
def has_right_to_assistance(
    is_registered: bool, years_in_nl: float, is_worker: bool, assistance_years: float
) -> bool:
    """Social assistance asks registration, and five years of stay or the status of a worker.

    Equation: has_right_to_assistance = is_registered and (is_worker or years_in_nl ≥
    assistance_years)
    """
    return is_registered and (is_worker or years_in_nl >= assistance_years)


@rule
def income_without_pay(
    benefit_eur: float,
    has_assistance: bool,
    n_adults: int,
    assistance_eur: float,
    no_work_eur: float,
    second_adult: float,
) -> float:
    """Return the net monthly income of a household without pay, EUR (e03).

    Unemployment benefit is filled up to social assistance where there is a right to it; else to
    very little.

    Equation: income_without_pay = max(benefit_eur, {assistance_eur · (1 + second_adult · (n_adults
    − 1)) if has_assistance; no_work_eur otherwise})
    """
    least = no_work_eur
    if has_assistance:
        least = assistance_eur * (1.0 + second_adult * (n_adults - 1))
    return max(benefit_eur, least)


@rule
def p_claims(
    usual: float,
    roster_predictability: float,
    w_volatile: float,
    parent_dutch: float,
    w_dutch: float,
) -> float:
    """Return the share of families that claim allowances: fewer with varying pay, or less Dutch.

    Equation: p_claims = max(0, usual − w_volatile · (1 − roster_predictability) − w_dutch · (1 −
    parent_dutch))
    """
    share = usual - w_volatile * (1.0 - roster_predictability) - w_dutch * (1.0 - parent_dutch)
    return max(0.0, share)


@rule
def allowance_eur_month(full_eur: float, share_claimed: float, is_claimed: bool) -> float:
    """Return the allowances of a child, EUR: a part comes by itself, a part must be claimed.

    Equation: allowance_eur_month = {full_eur if is_claimed; full_eur · (1 − share_claimed)
    otherwise}
    """
    return full_eur if is_claimed else full_eur * (1.0 - share_claimed)


@rule
def lone_supplement_eur(
    supplement_eur: float, n_adults: int, n_children: int, is_claimed: bool
) -> float:
    """Return what a lone parent gets beside the allowances of the children, EUR per month.

    The child budget has a supplement for who brings up children alone; nobody gets it unasked.

    Equation: lone_supplement_eur = {0 if n_adults > 1 or n_children = 0 or not is_claimed;
    supplement_eur otherwise}
    """
    if n_adults > 1 or n_children == 0 or not is_claimed:
        return 0.0
    return supplement_eur


@rule
def income_ratio(income_eur_month: float, low_income_line_eur_month: float) -> float:
    """Return income as a multiple of the low-income line.

    Equation: income_ratio = income_eur_month / low_income_line_eur_month
    """
    return income_eur_month / low_income_line_eur_month


@rule
def is_poor(income_12m_eur: float, line_eur_month: float) -> bool:
    """A household is poor when its income over a year lies under the line (CBS).

    Equation: is_poor = income_12m_eur < line_eur_month
    """
    return income_12m_eur < line_eur_month


@rule
def income_12m(
    income_12m_eur: float, income_eur_month: float, income_last_year_eur: float
) -> float:
    """Return the mean of twelve months, EUR: a month of this year takes the place of one of last.

    At the end of a school year it is the mean of that year, without any of the year before.

    Equation: income_12m = income_12m_eur + (income_eur_month − income_last_year_eur) / 12
    """
    return income_12m_eur + (income_eur_month - income_last_year_eur) / 12.0


@rule
def poverty_line(
    measure: float,
    low_income_eur: float,
    budget_eur: float,
    scale_budget: float,
    scale: float,
) -> float:
    """Return the line of a published measure of poverty, EUR per month for a single person.

    Measure 0 is low income of CBS. Measure 1 is that of CBS, SCP and Nibud, what a household needs
    with the rent and energy it pays; its lines for larger households go by a scale of their own.

    Equation: poverty_line = {budget_eur · scale_budget / scale if measure > 0; low_income_eur
    otherwise}
    """
    if measure > 0.0:
        return budget_eur * scale_budget / scale
    return low_income_eur
