"""The month of learning Dutch: living here, municipal courses, employers, the loan."""

from __future__ import annotations

from model.enums import Contract
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import (
    COURSE,
    COURSE_ADMITTED,
    COURSE_ADULTS,
    LOT_LEVELS,
    N_COUNTS,
    WAIT_LEVELS,
    World,
    adult_row,
    count_row,
    family_row,
    place_row,
    queue_up,
)
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ADULTS, FamilyRow
from model.submodels.contact.rules import within_unit
from model.submodels.language import rules
from model.submodels.work.rules_income import income_ratio

_MUNICIPALITY, _EMPLOYER, _LOAN = 1, 2, 3


@step
def language_month(
    w: World, i: int, month: int, lv: LeverRow, p: ParameterRow, luck_apply: float
) -> None:
    """Learn Dutch by living here and, with a place, in a course."""
    family = family_row(w, i)
    dutch = family.parent_dutch
    dutch += rules.dutch_by_living_here(
        parent_dutch=dutch,
        ceiling=family.dutch_ceiling,
        rate_year=rules.dutch_rate(
            rate_year=p.dutch_rate_year,
            for_plan=p.dutch_rate_plan,
            intention=family.settlement_intention,
        ),
        forgotten_year=p.dutch_forgotten_year,
    )
    attendance = rules.course_attendance(family.roster_predictability, p.course_roster)
    if family.course_hours_left > 0.0:
        hours = rules.course_hours_taken(family.course_hours_left, p.course_hours_month)
        family.course_hours_left -= hours
        if family.course_funder == _MUNICIPALITY:
            family.touched |= lv.active & BIT.course_hours
        elif family.course_funder == _EMPLOYER:
            family.touched |= lv.active & BIT.oo_language_budget_eur
        else:
            family.touched |= lv.active & BIT.civic_loan_max_eur
        dutch += rules.dutch_by_course(
            hours=hours, gain_100h=p.dutch_from_course_100h, attendance=attendance
        )
    family.parent_dutch = within_unit(dutch)
    is_past = rules.is_past_courses(family.parent_dutch, p.course_until)
    if is_past or family.course_hours_left > 0.0:
        family.course_wait = 0
        return
    family.course_funder = 0
    _find_course(w, i, month, lv, p, luck_apply, attendance)


@step
def _find_course(
    w: World,
    i: int,
    month: int,
    lv: LeverRow,
    p: ParameterRow,
    luck_apply: float,
    attendance: float,
) -> None:
    family = family_row(w, i)
    months_registered = month - family.registration_month
    if family.is_registered != 0:
        count_row(w, family.municipality * N_COUNTS + COURSE_ADULTS).n += family.n_adults
    is_offered = family.is_course_open != 0 or _employer_offers(w, i)
    if is_offered and _without_waiting(w, i, month, lv, p):
        return
    family.touched |= lv.active & BIT.services_wait_months
    if not rules.is_service_open(
        is_registered=family.is_registered != 0,
        months_since_registration=months_registered,
        wait=lv.services_wait_months,
    ):
        return
    family.touched |= lv.active & BIT.web_places_per_100
    if family.course_wait > 0:
        _wait(w, i, lv)
    elif luck_apply < rules.p_applies_for_course(
        p_base=p.p_apply_course,
        knowledge=family.knowledge,
        intention=family.settlement_intention,
        effect_intention=p.apply_intention,
        attendance=attendance,
    ):
        family.course_wait = 1
        _take_lot(w, i)
    elif _wants_loan(family, p, luck_apply):
        family.touched |= lv.active & BIT.civic_loan_window_months
        if rules.is_loan_open(months_registered, lv.civic_loan_window_months):
            _borrow(w, i, month, lv, p)


@step
def _employer_offers(w: World, i: int) -> bool:
    n = 0
    for which in range(ADULTS):  # the row of an adult who is not there is empty
        adult = adult_row(w, ADULTS * i + which)
        n += int(adult.contract != Contract.NONE) * int(adult.has_employer_course != 0)
    return n > 0


@step
def _without_waiting(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> bool:
    """Enter a course through an information point with social partners, or through the employer."""
    family = family_row(w, i)
    d = draw4(w.seed, family.key, Block.LANGUAGE, month)
    hours = rules.employer_course_hours(
        hours_own=p.employer_hours,
        subsidy_eur=lv.oo_language_budget_eur,
        eur_hour=p.employer_eur_hour,
    )
    if family.is_course_open != 0 and d[0] < p.p_brabant_course:
        family.touched |= lv.active & (BIT.brabant_model_share | BIT.oo_language_budget_eur)
        family.course_funder = _EMPLOYER
        family.course_hours_left = hours
        return True
    if _employer_offers(w, i):
        family.touched |= lv.active & (BIT.employer_language_share | BIT.oo_language_budget_eur)
        if d[2] < p.p_employer_course:
            family.course_funder = _EMPLOYER
            family.course_hours_left = hours
            return True
    return False


@step
def _wait(w: World, i: int, lv: LeverRow) -> None:
    """Get a place when the waiting priority is high enough, or wait another month."""
    family = family_row(w, i)
    if _priority(w, i) >= place_row(w, family.municipality).web_cutoff:
        family.course_wait = 0
        family.course_funder = _MUNICIPALITY
        family.course_hours_left = lv.course_hours
        family.touched |= lv.active & BIT.course_hours
        count_row(w, family.municipality * N_COUNTS + COURSE_ADMITTED).n += 1
        return
    family.course_wait = min(WAIT_LEVELS - 1, family.course_wait + 1)
    _take_lot(w, i)


@step
def _priority(w: World, i: int) -> int:
    """Return the place on the list: months waited, then a lot that stays the same."""
    family = family_row(w, i)
    lot = int(draw4(w.seed, family.key, Block.LANGUAGE, 0)[1] * LOT_LEVELS)
    return int(family.course_wait) * LOT_LEVELS + lot


@step
def _take_lot(w: World, i: int) -> None:
    queue_up(w, COURSE, family_row(w, i).municipality, _priority(w, i))


@step
def _wants_loan(family: FamilyRow, p: ParameterRow, luck: float) -> bool:
    """Return whether a family without debt would borrow for lessons this month."""
    p_borrows = rules.p_borrows(p.p_loan, family.settlement_intention)
    return bool(luck >= 1.0 - p_borrows and family.loan_debt_eur <= 0.0)


@step
def _borrow(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Take the civic-integration loan and buy lessons with it."""
    family = family_row(w, i)
    family.touched |= lv.active & BIT.civic_loan_max_eur
    loan = rules.loan_eur(
        maximum_eur=lv.civic_loan_max_eur,
        income_ratio=income_ratio(family.income_eur_month, p.low_income_line_eur_month),
        income_ratio_nil=p.loan_income_ratio,
        share_used=p.loan_used_share,
    )
    if loan <= 0.0:
        return
    family.loan_eur = loan
    family.loan_debt_eur = loan
    family.loan_month = month
    family.course_funder = _LOAN
    family.course_hours_left = rules.lessons_bought(loan, p.course_eur_hour)
