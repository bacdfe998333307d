"""What happens to pupils from their first day at school to their last, in a world that lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from model import FamilyModel, calendar
from model.calendar import SchoolMonth
from model.enums import Stage, Status
from model.registry import BY_PARAMETER

YEARS = 8
MONTHS = 12 * YEARS - 1
FIELDS = (
    "stage",
    "stage_year",
    "school",
    "school_change_months",
    "first_school_month",
    "risk_stage",
    "vsv_hazard_year",
    "has_switched",
    "has_repeated",
    "has_startkwalificatie",
    "is_enrolled",
)


@dataclass(frozen=True)
class Lives:
    """What was seen at the end of each month (months, children); `moved`, `away`: of the family."""

    family: np.ndarray
    age: np.ndarray
    moved: np.ndarray
    is_here: np.ndarray
    away: np.ndarray
    seen: dict[str, np.ndarray]

    def __getattr__(self, name: str) -> np.ndarray:
        return self.seen[name]

    @property
    def changed(self) -> np.ndarray:
        """Who went to another school in a month."""
        return (self.school_change_months & np.uint64(1)).astype(bool)

    def in_primary(self) -> np.ndarray:
        """Who was in group 2 to 8 and on the list of a school with others of its kind beside it."""
        return np.asarray((self.stage > Stage.PO1) & (self.stage <= Stage.PO8))


@pytest.fixture(scope="module")
def lives() -> Lives:
    model = FamilyModel(families=5000, rng=1, years=YEARS, collect=False)
    state = model.state
    order = np.argsort(state.families["first_child"], kind="stable")
    family = np.repeat(order, state.families["n_children"][order])
    seen: dict[str, list[np.ndarray]] = {name: [] for name in FIELDS}
    age, moved, is_here, away = [], [], [], []
    for month in range(MONTHS):
        model.step()
        age.append(month - state.children["birth_month"].astype(np.int64))
        moved.append(state.families["moved"][family].copy())
        is_here.append(
            np.isin(state.families["status"][family], (Status.IN_NL, Status.ABROAD_TEMP))
        )
        away.append(state.families["moves_to"][family] > 0)
        for name, rows in seen.items():
            rows.append(state.children[name].copy())
    return Lives(
        family,
        np.array(age),
        np.array(moved),
        np.array(is_here),
        np.array(away),
        {name: np.array(rows) for name, rows in seen.items()},
    )


def near(share: float, expected: float, n: int) -> bool:
    """Whether a share of n lies within four standard errors of what is expected."""
    return bool(abs(share - expected) < 4.0 * np.sqrt(expected * (1.0 - expected) / n))


def test_brothers_and_sisters_change_school_together_when_the_family_moves(lives: Lives) -> None:
    pairs = together = 0
    for month in np.flatnonzero((lives.moved > 0).any(axis=1)):
        rows = np.flatnonzero((lives.moved[month] > 0) & (lives.is_enrolled[month] == 1))
        for family in np.unique(lives.family[rows]):
            changed = lives.changed[month, rows[lives.family[rows] == family]]
            pairs += changed.size > 1
            together += changed.size > 1 and bool(changed.all() or not changed.any())

    assert pairs > 200
    # In August a pupil may also change for a reason of its own, so a few families are mixed.
    assert together / pairs > 0.98


def test_brothers_and_sisters_of_one_school_go_to_the_same_next_one(lives: Lives) -> None:
    n = 0
    for month in range(1, MONTHS):
        if month % 12 == SchoolMonth.AUGUST:
            continue
        rows = np.flatnonzero((lives.moved[month] > 0) & lives.changed[month])
        for family in np.unique(lives.family[rows]):
            own = rows[lives.family[rows] == family]
            for school in np.unique(lives.school[month - 1, own]):
                left = own[lives.school[month - 1, own] == school]
                n += left.size > 1
                assert np.unique(lives.school[month, left]).size == 1

    assert n > 30


@pytest.mark.parametrize(
    ("moved", "name"), [(1, "p_school_change_voluntary"), (2, "p_school_change_forced")]
)
def test_a_move_changes_the_school_as_often_as_was_found(
    lives: Lives, moved: int, name: str
) -> None:
    changed, families = 0, 0
    for month in range(MONTHS):
        if month % 12 == SchoolMonth.AUGUST:
            continue
        here = (lives.moved[month] == moved) & ~lives.away[month]
        rows = np.flatnonzero(here & (lives.is_enrolled[month] == 1))
        owners, first = np.unique(lives.family[rows], return_index=True)
        changed += int(lives.changed[month, rows[first]].sum())
        families += owners.size

    assert families > 100
    assert near(changed / families, BY_PARAMETER[f"housing.{name}"].value, families)


def test_most_pupils_of_primary_school_who_change_have_not_moved(lives: Lives) -> None:
    in_primary = lives.in_primary() & (lives.is_enrolled == 1)
    # The figure is of changes between schools of Amsterdam: who leaves a municipality is not in it.
    changed = lives.changed & in_primary & ~lives.away
    unmoved = changed & (lives.moved == 0)
    august = np.arange(MONTHS) % 12 == SchoolMonth.AUGUST
    pupils = int(in_primary[august].sum())

    # 70% in Amsterdam; families that move more, against their will, have a larger part with a move.
    assert 0.5 < unmoved.sum() / changed.sum() < 0.85
    assert not unmoved[~august].any()
    assert near(
        unmoved[august].sum() / pupils, BY_PARAMETER["school.p_school_change_base"].value, pupils
    )


def test_newcomer_education_has_a_tail_of_a_third_year(lives: Lives) -> None:
    left = (lives.stage[:-1] == Stage.ISK) & (lives.stage[1:] != Stage.ISK)
    month, child = np.nonzero(left & (lives.stage[1:] < Stage.QUALIFIED))
    months = month + 1 - lives.first_school_month[month, child]
    young = months[lives.age[month, child] < calendar.SIXTEEN]

    assert young.size > 15
    # Who is a year longer there is more often sixteen by then, and goes on to entree.
    assert 0.0 < (young >= 35).mean() < 0.5


def test_three_in_ten_stay_in_newcomer_education_for_a_third_year_and_nobody_for_a_fourth() -> None:
    model = FamilyModel(families=2000, rng=1, years=4, collect=False)
    for _ in range(12):
        model.step()
    children = model.state.children
    age = SchoolMonth.AUGUST + 12 - children["birth_month"].astype(np.int64)
    newcomers = (children["is_enrolled"] == 1) & (age >= calendar.TWELVE) & (age < 14 * 12)
    children["stage"][newcomers] = Stage.ISK
    children["first_school_month"][newcomers] = SchoolMonth.AUGUST - 12
    model.step()
    stays = newcomers & (children["stage"] == Stage.ISK)

    n = int(newcomers.sum())
    assert near(stays.sum() / n, BY_PARAMETER["school.isk_longer"].value, n)
    for _ in range(12):
        model.step()
    assert not (stays & (children["is_enrolled"] == 1) & (children["stage"] == Stage.ISK)).any()


def test_not_everybody_from_praktijkonderwijs_goes_to_entree(lives: Lives) -> None:
    was_pro = lives.stage[:-1] == Stage.PRO
    to_entree = int((was_pro & (lives.stage[1:] == Stage.MBO1)).sum())
    to_work = int((was_pro & (lives.stage[1:] == Stage.AT_WORK)).sum())

    assert to_entree + to_work > 20
    assert near(to_entree / (to_entree + to_work), 0.45, to_entree + to_work)


def test_who_is_at_work_after_praktijkonderwijs_is_no_early_leaver(lives: Lives) -> None:
    october = np.flatnonzero(np.arange(MONTHS) % 12 == SchoolMonth.OCTOBER)
    at_work = (lives.stage[october] == Stage.AT_WORK) & lives.is_here[october]

    assert (at_work & (lives.risk_stage[october] > 0)).any()
    assert lives.vsv_hazard_year[october][at_work].max() == 0.0


def test_a_student_of_mbo_may_start_anew_in_another_field_once(lives: Lives) -> None:
    august = np.flatnonzero(np.arange(MONTHS) % 12 == SchoolMonth.AUGUST)[1:]
    was, now = lives.has_switched[august - 1], lives.has_switched[august]
    stage = lives.stage[august - 1]
    first = (stage >= Stage.MBO2) & (stage <= Stage.MBO4) & (lives.stage_year[august - 1] == 1)
    could = first & (was == 0)
    switched = could & (now == 1)

    assert could.sum() > 300
    assert 0.09 < switched.sum() / could.sum() < 0.22
    assert (lives.stage_year[august][switched] == 1).all()
    assert not ((now == 1) & (was == 0) & ~could).any()
    # Who has switched and is in a first year once more repeats it.
    again = first & (was == 1) & (lives.stage_year[august] == 1) & lives.is_here[august]
    again &= (lives.is_enrolled[august - 1] == 1) & (lives.is_enrolled[august] == 1)
    repeated = lives.has_repeated[august] > lives.has_repeated[august - 1]
    assert again.any()
    assert repeated[again].all()


def test_who_turns_23_in_october_is_not_counted_again(lives: Lives) -> None:
    october = np.flatnonzero(np.arange(MONTHS) % 12 == SchoolMonth.OCTOBER)
    turned = lives.age[october] == calendar.COUNT_UNTIL

    # Of a family that left the country or the count, a child keeps what it was.
    turned &= lives.is_here[october]

    assert (turned & (lives.stage[october] == Stage.AGED_OUT)).any()
    assert not (turned & (lives.risk_stage[october] > 0)).any()


def test_a_student_with_a_startkwalificatie_is_counted_and_never_a_leaver(lives: Lives) -> None:
    october = np.flatnonzero(np.arange(MONTHS) % 12 == SchoolMonth.OCTOBER)[1:]
    counted = (lives.risk_stage[october] > 0) & (lives.has_startkwalificatie[october] == 1)
    # Of a family that left the country or the count, a child keeps what it was.
    counted &= lives.is_here[october]
    at_school = counted & (lives.is_enrolled[october] == 1)
    had_it = at_school & (lives.has_startkwalificatie[october - 12] == 1)

    assert had_it.sum() > 50
    assert lives.vsv_hazard_year[october][counted].max() == 0.0
    assert not (lives.stage[october][counted] == Stage.LEFT).any()
