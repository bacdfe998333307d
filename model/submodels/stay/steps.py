"""The month of staying: intention, a while abroad, leaving for good."""

from __future__ import annotations

from model.calendar import NEVER
from model.enums import Contract, FamilyType, Housing, Stage, Status
from model.kernel.compile import step
from model.kernel.rows import N_MONTHS, World, adult_row, child_row, family_row, months_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ADULTS, FamilyRow
from model.submodels.at_home import AtHome
from model.submodels.stay import rules
from model.submodels.work.rules_income import has_right_to_assistance, has_worker_status


@step
def stay_month(
    w: World,
    i: int,
    month: int,
    home: AtHome,
    n_enrolled: int,
    lv: LeverRow,
    p: ParameterRow,
    luck_return: float,
    luck_plan: float,
) -> None:
    """Make a plan to stay or give it up, go abroad for a while, or leave for good.

    A comparable family is counted no more when demography has its match leave.
    """
    family = family_row(w, i)
    if family.exit_month == month:
        _leave(w, family, Status.AGED_OUT, Stage.AGED_OUT)
        return
    if family.status == Status.ABROAD_TEMP:
        family.months_away -= 1
        if family.months_away == 0:
            family.status = Status.IN_NL
        return
    years = (month - family.arrival_month) / 12.0
    n_working, n_permanent, n_benefits, n_workers = 0, 0, 0, 0
    for which in range(ADULTS):  # the row of an adult who is not there is empty
        adult = adult_row(w, ADULTS * i + which)
        n_working += int(adult.contract != Contract.NONE)
        n_permanent += int(adult.contract == Contract.PERMANENT)
        seeks = int(adult.contract == Contract.NONE) * int(adult.is_seeking != 0)
        n_benefits += seeks * int(adult.benefit_months > 0)
        n_workers += seeks * int(
            has_worker_status(
                months_without_work=adult.months_without_work,
                months_worked=adult.months_worked,
                status_months=p.worker_status_months,
            )
        )
    family.touched |= lv.active & BIT.permanence_signal
    if luck_plan < rules.p_changes_plan(
        intention=family.settlement_intention,
        target=intention_target(family, years, n_permanent > 0, n_enrolled > 0, lv, p),
        lag_months=p.intention_lag_months,
    ):
        family.settlement_intention = 1.0 - family.settlement_intention
    if luck_return < rules.p_returns_for_a_while(p.p_return_year, family.settlement_intention):
        family.status = Status.ABROAD_TEMP
        family.months_away = rules.months_away(p.return_months)
    if family.exit_month != NEVER:
        return
    is_without_right = n_benefits == 0 and not has_right_to_assistance(
        is_registered=family.is_registered != 0,
        years_in_nl=years,
        is_worker=n_workers > 0,
        assistance_years=p.assistance_years,
    )
    family.leaving_left -= _leaving(
        w, family, month, n_working, is_without_right, home.of_school_age > 0, p
    )
    if family.leaving_left < 0.0:
        family.departure_month = month
        _leave(w, family, Status.EMIGRATED, Stage.EMIGRATED)


@step
def departure_hazard(years: float, p: ParameterRow) -> float:
    """Return the yearly leaving that demography has after so many years."""
    return rules.departure_hazard_year(
        years=years, new=p.leave_new, old=p.leave_old, tau_years=p.leave_tau
    )


@step
def usual_leaving(years: float, p: ParameterRow) -> float:
    """Return what life does to leaving on average after so many years."""
    return rules.usual_at_stay(
        years=years,
        new=p.leaving_usual_new,
        old=p.leaving_usual_old,
        tau_years=p.leave_usual_tau,
    )


@step
def _leaving(
    w: World,
    family: FamilyRow,
    month: int,
    n_working: int,
    is_without_right: bool,
    has_school_age_child: bool,
    p: ParameterRow,
) -> float:
    """Return what this month adds to the leaving of a family (e70-e74).

    The stay that counts is that of the children in a family that came with them, and of the parents
    in one that began here.
    """
    began_here = family.family_type == FamilyType.SETTLED
    since = family.arrival_month if began_here else family.entry_month
    months = month - since
    if 0 <= months < N_MONTHS:
        row = months_row(w, months)
        hazard, usual = row.departure_hazard_year, row.usual_leaving
    else:
        years = (months + 0.5) / 12.0
        hazard, usual = departure_hazard(years, p), usual_leaving(years, p)
    by_life = rules.leaving_by_life(
        intention=family.settlement_intention,
        is_without_work=n_working == 0,
        is_without_right=is_without_right,
        has_two_earners=n_working == ADULTS,
        intention_effect=p.intention_effect,
        unemployed_ratio=p.unemployed_ratio,
        no_right_ratio=p.no_right_ratio,
        two_earner_ratio=p.two_earner_ratio,
    )
    return rules.leaving_month(
        hazard_year=hazard,
        by_life=by_life,
        usual_by_life=usual,
        has_school_age_child=has_school_age_child,
        has_begun_here=began_here,
        for_school=p.leave_school,
        for_begun=p.leave_begun_here,
    )


@step
def intention_target(
    family: FamilyRow,
    years: float,
    is_permanent: bool,
    has_child_at_school: bool,
    lv: LeverRow,
    p: ParameterRow,
) -> float:
    """Return the share of families like this one that in the end plan to stay."""
    return rules.intention_target(
        years_in_nl=years,
        is_permanent=is_permanent,
        has_own_home=family.housing >= Housing.PRIVATE_OWN_LEASE,
        has_child_at_school=has_child_at_school,
        signal=lv.permanence_signal,
        base=p.intention_base,
        per_year=p.intention_per_year,
        years_max=p.intention_years_max,
        for_permanent=p.intention_permanent,
        for_home=p.intention_lease,
        for_school=p.intention_school,
        for_signal=p.intention_signal,
    )


@step
def _leave(w: World, family: FamilyRow, status: int, stage: int) -> None:
    """Leave the count for good: its children are censored, they are not leavers (e74)."""
    family.status = status
    for c in range(family.first_child, family.first_child + family.n_children):
        child = child_row(w, c)
        child.is_enrolled = 0
        if Stage.HOME <= child.stage <= Stage.MBO4:
            child.stage = stage
            child.count_stage = 0
            child.risk_stage = 0
