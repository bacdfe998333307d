"""The month at home: notice of a tied home, reassignment, and moves of one's own choice."""

from __future__ import annotations

from model import calendar
from model.enums import Contract, Housing
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, adult_row, child_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import FamilyRow
from model.submodels.housing import rules
from model.submodels.work import rules as work_rules
from model.submodels.work.rules_income import income_ratio

VOLUNTARY, FORCED, REASSIGNED = 1, 2, 3
"""Kinds of moves; `family.moved` holds the first two, a reassignment is forced."""


@step
def housing_month(
    w: World, i: int, month: int, lv: LeverRow, p: ParameterRow, luck: float, luck_move: float
) -> None:
    """Lose a tied home after the grace weeks, be reassigned, or move by choice.

    `luck` and `luck_move` are the family's first two draws of the month.
    """
    family = family_row(w, i)
    family.moved = 0
    is_agency, is_secure = _kinds_of_work(w, i)
    if family.notice_weeks >= 0.0:
        family.touched |= lv.active & BIT.housing_grace_weeks
        family.notice_weeks -= work_rules.WEEKS_PER_MONTH
        if rules.is_grace_over(family.notice_weeks):
            _move(w, i, FORCED, is_secure, month, p)
        elif luck_move < p.p_find_home:
            _move(w, i, VOLUNTARY, is_secure, month, p)
        return
    if family.housing == Housing.TIED:
        if family.lost_job != 0:
            family.touched |= lv.active & (BIT.housing_decoupled | BIT.housing_grace_weeks)
            if luck < rules.p_loses_tied_home(p.p_evict, lv.housing_decoupled):
                family.notice_weeks = lv.housing_grace_weeks
                if rules.is_grace_over(family.notice_weeks):
                    _move(w, i, FORCED, is_secure, month, p)
                return
        elif is_agency:
            family.touched |= lv.active & BIT.housing_decoupled
            if luck < rules.p_reassigned(p.p_reassign, lv.housing_decoupled):
                _move(w, i, REASSIGNED, is_secure, month, p)
                return
    is_shared = family.housing == Housing.PRIVATE_SHARED
    years = (month - family.arrival_month) / 12.0
    if luck_move < rules.p_voluntary_move(
        youngest_years=_youngest_years(w, family, month),
        years_in_nl=years,
        is_shared=is_shared,
        p_0_3=p.p_move_0_3,
        p_4_11=p.p_move_4_11,
        p_12=p.p_move_12,
        ratio_new=p.move_ratio_new,
        ratio_settled=p.move_ratio_settled,
        ratio_shared=p.move_ratio_shared,
        new_years=p.move_new_years,
        settled_years=p.move_settled_years,
    ):
        _move(w, i, VOLUNTARY, is_secure, month, p)


@step
def _kinds_of_work(w: World, i: int) -> tuple[bool, bool]:
    """Return whether an adult works through an agency, and whether one has a permanent contract."""
    is_agency, is_secure = False, False
    for which in range(family_row(w, i).n_adults):
        contract = adult_row(w, 2 * i + which).contract
        if contract in (Contract.AGENCY_A, Contract.AGENCY_B):
            is_agency = True
        elif contract == Contract.PERMANENT:
            is_secure = True
    return is_agency, is_secure


@step
def _youngest_years(w: World, family: FamilyRow, month: int) -> float:
    youngest = 1200
    for c in range(family.first_child, family.first_child + family.n_children):
        age = month - child_row(w, c).birth_month
        if 0 <= age < youngest:
            youngest = age
    return youngest / 12.0


@step
def _move(w: World, i: int, kind: int, is_secure: bool, month: int, p: ParameterRow) -> None:
    """Move to another home; children may change school in the school step."""
    family = family_row(w, i)
    m = draw4(w.seed, family.key, Block.MOVE, month)
    if kind != VOLUNTARY:
        if kind == FORCED:
            family.housing = rules.forced_home(
                was_tied=family.housing == Housing.TIED,
                p_tied=p.p_forced_tied,
                p_lease=p.p_forced_lease,
                draw=m[0],
            )
        family.forced_moves_year = min(250, family.forced_moves_year + 1)
        family.forced_moves_total = min(250, family.forced_moves_total + 1)
    else:
        family.housing = rules.chosen_home(
            income_ratio=income_ratio(family.income_eur_month, p.low_income_line_eur_month),
            is_secure=is_secure,
            is_registered=family.is_registered != 0,
            years_in_nl=(month - family.arrival_month) / 12.0,
            owner_income_ratio=p.owner_income_ratio,
            p_owner=p.p_upgrade_owner,
            social_wait_years=p.social_wait_years,
            p_social=p.p_upgrade_social,
            p_lease=p.p_upgrade_lease,
            housing=family.housing,
            p_keep=p.p_keep_tenure,
            draw=m[0],
            draw_kind=m[1],
            draw_keep=m[3],
        )
        family.last_chosen_move = month
        family.voluntary_moves_year = min(250, family.voluntary_moves_year + 1)
        family.voluntary_moves_total = min(250, family.voluntary_moves_total + 1)
    n_persons = family.n_adults
    for c in range(family.first_child, family.first_child + family.n_children):
        if 0 <= month - child_row(w, c).birth_month < calendar.COUNT_UNTIL:
            n_persons += 1
    family.crowding = crowding(family, n_persons, m[2], p)
    family.notice_weeks = -1.0
    family.moved = min(kind, FORCED)
    family.moved_months |= 1


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
