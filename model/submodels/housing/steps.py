"""The month at home: notice of a tied home, a home with a job, a social home, moves by choice."""

from __future__ import annotations

from model import calendar
from model.calendar import NEVER
from model.enums import Contract, Housing
from model.kernel.compile import step
from model.kernel.keys import adult_key
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, adult_row, child_row, family_row, place_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ADULTS, FamilyRow
from model.submodels.at_home import AtHome
from model.submodels.housing import rules
from model.submodels.housing.across import goes_elsewhere, is_struck_off
from model.submodels.work import rules as work_rules
from model.submodels.work.rules_income import income_ratio

VOLUNTARY, FORCED, REASSIGNED, WITH_JOB, LET = 1, 2, 3, 4, 5
"""Kinds of moves; `family.moved` holds the first two. A reassignment is forced, what comes with a
job or is let from the list is one's own choice."""

AGENCY, SECURE, NEW_JOB, NEW_AGENCY_JOB = 1, 2, 4, 8
"""What the adults of a family have, as bits; AGENCY is an agency job that goes on."""

LEFT_AGENCY = 2
"""Of `family.lost_job`: nobody is without work, but one left an agency for another employer."""


@step
def housing_month(
    w: World,
    i: int,
    month: int,
    home: AtHome,
    lv: LeverRow,
    p: ParameterRow,
    luck: float,
    luck_move: float,
    luck_list: float,
) -> None:
    """Lose a tied home after the grace weeks, be reassigned or housed with a job, move by choice.

    `luck` and `luck_move` are the family's first two draws of the month.
    """
    family = family_row(w, i)
    family.moved = 0
    work = _work_of(w, i, month)
    _share_rooms(family, home)
    youngest = home.youngest / 12.0
    if family.notice_weeks >= 0.0:
        _on_notice(w, i, month, work, youngest, lv, p, luck_move)
        return
    if family.housing == Housing.TIED:
        if family.lost_job != 0 and work & AGENCY == 0:
            family.touched |= lv.active & (BIT.housing_decoupled | BIT.housing_grace_weeks)
            if luck < rules.p_loses_tied_home(p.p_evict, lv.housing_decoupled):
                _leave_tied_home(w, i, month, work, youngest, lv, p)
                return
        elif work & AGENCY != 0:
            family.touched |= lv.active & BIT.housing_decoupled
            if luck < rules.p_reassigned(p.p_reassign, lv.housing_decoupled):
                _move(w, i, REASSIGNED, work, youngest, month, p)
                return
    elif work & NEW_AGENCY_JOB != 0 and _comes_with_job(w, i, month, p):
        _move(w, i, WITH_JOB, work, youngest, month, p)
        return
    if _is_let_social_home(w, family, month, p, luck_list):
        _move(w, i, LET, work, youngest, month, p)
        return
    if luck_move < rules.p_voluntary_move(
        youngest_years=youngest,
        ratio=rules.move_ratio(
            years_in_nl=(month - family.arrival_month) / 12.0,
            ratio_new=p.move_ratio_new,
            ratio_settled=p.move_ratio_settled,
            new_years=p.move_new_years,
            settled_years=p.move_settled_years,
        ),
        is_cramped=family.housing == Housing.PRIVATE_SHARED
        or rules.is_crowded(family.crowding, p.crowded_from),
        p_0_3=p.p_move_0_3,
        p_4_11=p.p_move_4_11,
        p_12=p.p_move_12,
        ratio_cramped=p.move_ratio_shared,
    ):
        _move(w, i, VOLUNTARY, work, youngest, month, p)


@step
def _leave_tied_home(
    w: World, i: int, month: int, work: int, youngest: float, lv: LeverRow, p: ParameterRow
) -> None:
    """Go to a home of the next agency, or of one's own with a direct job; else be given notice."""
    family = family_row(w, i)
    is_next_agency = work & NEW_AGENCY_JOB != 0
    if is_next_agency and _comes_with_job(w, i, month, p):
        _move(w, i, WITH_JOB, work, youngest, month, p)
    elif family.lost_job == LEFT_AGENCY and not is_next_agency:
        _move(w, i, VOLUNTARY, work, youngest, month, p)
    else:
        family.notice_weeks = lv.housing_grace_weeks
        if rules.is_grace_over(family.notice_weeks):
            _move(w, i, FORCED, work, youngest, month, p)


@step
def _work_of(w: World, i: int, month: int) -> int:
    """Return what the adults have of agency work, secure work and jobs that began this month."""
    work = 0
    for which in range(ADULTS):  # the row of an adult who is not there is empty
        adult = adult_row(w, ADULTS * i + which)
        contract = adult.contract
        is_new = int(adult.start_month == month) * int(adult.months_in_type == 0)
        is_agency = int(contract == Contract.AGENCY_A) + int(contract == Contract.AGENCY_B)
        work |= SECURE * int(contract == Contract.PERMANENT)
        work |= NEW_JOB * is_new * int(contract != Contract.NONE)
        work |= NEW_AGENCY_JOB * is_new * is_agency + AGENCY * (1 - is_new) * is_agency
    return work


@step
def _share_rooms(family: FamilyRow, home: AtHome) -> None:
    """Share the rooms with who is born or leaves."""
    if home.persons != home.persons_before:
        family.crowding = rules.crowding_with_persons(
            crowding=family.crowding, n_before=home.persons_before, n_now=home.persons
        )


@step
def _on_notice(
    w: World,
    i: int,
    month: int,
    work: int,
    youngest: float,
    lv: LeverRow,
    p: ParameterRow,
    luck: float,
) -> None:
    """Use the weeks of grace: a new job ends the notice, else find a home or be put out.

    A new agency houses the family where it is; with work elsewhere it goes where it chooses.
    """
    family = family_row(w, i)
    family.touched |= lv.active & BIT.housing_grace_weeks
    month_weeks = work_rules.WEEKS_PER_MONTH
    weeks = rules.weeks_of_grace(family.notice_weeks, month_weeks)
    if work & NEW_AGENCY_JOB != 0 and weeks > 0.0:
        family.notice_weeks = -1.0
    elif (work & NEW_JOB != 0 and weeks > 0.0) or luck < rules.p_finds_home(
        p_month=p.p_find_home, weeks=weeks, weeks_month=month_weeks
    ):
        _move(w, i, VOLUNTARY, work, youngest, month, p)
    else:
        family.notice_weeks -= weeks
        if rules.is_grace_over(family.notice_weeks):
            _move(w, i, FORCED, work, youngest, month, p)


@step
def _comes_with_job(w: World, i: int, month: int, p: ParameterRow) -> bool:
    """Return whether an agency job that began this month comes with a home."""
    family = family_row(w, i)
    if family.housing > Housing.PRIVATE_OWN_LEASE:
        return False
    chance = rules.p_tied_home(
        p_without=p.p_tied_agency,
        p_with_lease=p.p_tied_lease,
        has_lease=family.housing == Housing.PRIVATE_OWN_LEASE,
        years_in_nl=(month - family.arrival_month) / 12.0,
        scale_years=p.tied_years,
    )
    for which in range(family.n_adults):
        adult = adult_row(w, 2 * i + which)
        if adult.start_month == month and adult.contract in (Contract.AGENCY_A, Contract.AGENCY_B):
            return draw4(w.seed, adult_key(family.key, which), Block.HIRE_PLACE, month)[1] < chance
    return False


@step
def _is_let_social_home(
    w: World, family: FamilyRow, month: int, p: ParameterRow, luck: float
) -> bool:
    """Ask for a social home, wait, and perhaps be let one; the list is of the municipality."""
    if family.housing >= Housing.SOCIAL or family.is_registered == 0:
        return False
    if family.listed_month == NEVER:
        if luck < rules.p_asks_for_social_home(p.p_social_list, family.knowledge):
            family.listed_month = month
        return False
    place = place_row(w, family.municipality)
    has_waited = month - family.listed_month >= place.social_wait_months
    return bool(has_waited and luck < place.p_social_month)


@step
def _move(
    w: World, i: int, kind: int, work: int, youngest: float, month: int, p: ParameterRow
) -> None:
    """Move to another home; children may change school in the school step."""
    family = family_row(w, i)
    m = draw4(w.seed, family.key, Block.MOVE, month)
    is_forced = kind in (FORCED, REASSIGNED)
    if is_forced:
        if kind == FORCED:
            family.housing = rules.forced_home(
                was_tied=family.housing == Housing.TIED,
                p_tied=p.p_forced_tied,
                p_lease=p.p_forced_lease,
                draw=m[0],
            )
            is_struck_off(w, i, month, p)
        family.forced_moves_year = min(250, family.forced_moves_year + 1)
        family.forced_moves_total = min(250, family.forced_moves_total + 1)
    else:
        family.housing = _chosen_home(family, kind, work, m[0], m[1], m[3], p)
        family.last_chosen_move = month
        family.voluntary_moves_year = min(250, family.voluntary_moves_year + 1)
        family.voluntary_moves_total = min(250, family.voluntary_moves_total + 1)
    if family.housing >= Housing.SOCIAL:
        family.listed_month = NEVER
    n_persons = family.n_adults
    for c in range(family.first_child, family.first_child + family.n_children):
        if 0 <= month - child_row(w, c).birth_month < calendar.COUNT_UNTIL:
            n_persons += 1
    family.crowding = crowding(family, n_persons, m[2], p)
    family.notice_weeks = -1.0
    family.moved = FORCED if is_forced else VOLUNTARY
    family.moved_months |= 1
    if family.housing != Housing.SOCIAL:
        goes_elsewhere(w, i, month, youngest, p)


@step
def _chosen_home(
    family: FamilyRow,
    kind: int,
    work: int,
    draw: float,
    draw_kind: float,
    draw_keep: float,
    p: ParameterRow,
) -> int:
    """Return the tenure that a family moves to of its own choice."""
    if kind == WITH_JOB:
        return Housing.TIED
    if kind == LET:
        return Housing.SOCIAL
    return rules.chosen_home(
        income_ratio=income_ratio(family.income_eur_month, p.low_income_line_eur_month),
        is_secure=work & SECURE != 0,
        owner_income_ratio=p.owner_income_ratio,
        p_owner=p.p_upgrade_owner,
        p_lease=p.p_upgrade_lease,
        housing=family.housing,
        p_keep=p.p_keep_tenure,
        draw=draw,
        draw_kind=draw_kind,
        draw_keep=draw_keep,
    )


@step
def crowding(family: FamilyRow, n_persons: int, luck: float, p: ParameterRow) -> float:
    """Return persons per room in the home that a family has moved to."""
    return rules.crowding_after_move(
        housing=family.housing,
        n_persons=n_persons,
        tied=p.crowding_tied,
        shared=p.crowding_shared,
        lease=p.crowding_lease,
        social=p.crowding_social,
        owner=p.crowding_owner,
        usual_persons=p.crowding_persons,
        spread=p.crowding_spread,
        draw=luck,
    )
