"""Pay, benefits and poverty (mechanism map e05, e59, 3a)."""

from __future__ import annotations

from model.kernel.compile import rule
from model.submodels.work.rules import WEEKS_PER_MONTH


@rule
def wage_paid(
    wage_eur_hour: float,
    is_agency: bool,
    agency_wage_gap: float,
    equal_terms: float,
    is_malafide: bool,
) -> float:
    """Return the hourly wage after the agency gap, closed by equal terms with honest employers."""
    if not is_agency:
        return wage_eur_hour
    closed = 0.0 if is_malafide else equal_terms
    return wage_eur_hour * (1.0 - agency_wage_gap * (1.0 - closed))


@rule
def wage_with_dutch(wage_eur_hour: float, premium: float, parent_dutch: float) -> float:
    """Return the hourly wage with what good Dutch adds to it (e59)."""
    return wage_eur_hour * (1.0 + premium * parent_dutch)


@rule
def net_eur_month(pay_eur_week: float, share_net: float) -> float:
    """Return the net pay of a month for gross pay by the week, EUR."""
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
    """Return net equivalised income, EUR per month: with child allowances, without what is lost."""
    return (net_eur + (allowance_eur * n_children - unpaid_eur) - instalment_eur) / scale


@rule
def equivalence_scale(
    n_adults: int, n_children: int, second_adult: float, per_child: float
) -> float:
    """Return a household's size in single persons (CBS scale, derived from its income lines)."""
    return 1.0 + second_adult * (n_adults - 1) + per_child * n_children


@rule
def income_without_work(
    pay_before_eur: float,
    months_without_work: float,
    is_registered: bool,
    years_in_nl: float,
    n_adults: int,
    benefit_share: float,
    benefit_months: float,
    assistance_eur: float,
    assistance_years: float,
    no_work_eur: float,
    second_adult: float,
) -> float:
    """Return the net monthly income of a household without work, EUR.

    Unemployment benefit first; then social assistance for those with a right to it by stay and
    registration; else very little.
    """
    if months_without_work <= benefit_months:
        return benefit_share * pay_before_eur
    if is_registered and years_in_nl >= assistance_years:
        return assistance_eur * (1.0 + second_adult * (n_adults - 1))
    return no_work_eur


@rule
def income_ratio(income_eur_month: float, low_income_line_eur_month: float) -> float:
    """Return income as a multiple of the low-income line."""
    return income_eur_month / low_income_line_eur_month


@rule
def is_poor(income_12m_eur: float, line_eur_month: float) -> bool:
    """A household is poor when its income over a year lies under the line (CBS)."""
    return income_12m_eur < line_eur_month


@rule
def income_12m(
    income_12m_eur: float, income_eur_month: float, income_last_year_eur: float
) -> float:
    """Return the mean of twelve months, EUR: a month of this year takes the place of one of last.

    At the end of a school year it is the mean of that year, without any of the year before.
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
    """
    if measure > 0.0:
        return budget_eur * scale_budget / scale
    return low_income_eur
