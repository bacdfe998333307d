"""School law, in a world that lives: who may and must go to school, and what a diploma gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from model import FamilyModel, calendar
from model.calendar import SchoolMonth
from model.enums import Stage, Status

MONTHS = 107


@dataclass(frozen=True)
class Lives:
    """What was seen of each child at the end of each month (months, children)."""

    age: np.ndarray
    stage: np.ndarray
    is_enrolled: np.ndarray
    is_here: np.ndarray
    hazard: np.ndarray
    has_startkwalificatie: np.ndarray

    def entered(self) -> np.ndarray:
        """Ages in months of those who entered school in a month; who comes back did so before."""
        starts = (self.is_enrolled[1:] == 1) & (self.is_enrolled[:-1] == 0) & self.is_here[:-1]
        starts &= self.stage[:-1] != Stage.LEFT
        return np.asarray(self.age[1:][starts])

    def became(self, stage: Stage) -> tuple[np.ndarray, np.ndarray]:
        """Month and child of everybody who came into a stage."""
        month, child = np.nonzero((self.stage[1:] == stage) & (self.stage[:-1] != stage))
        return month + 1, child


@pytest.fixture(scope="module")
def lives() -> Lives:
    model = FamilyModel(families=2000, rng=1, years=9, collect=False)
    state = model.state
    family = np.repeat(np.arange(state.families.size), state.families["n_children"])
    names = ("stage", "is_enrolled", "vsv_hazard_year", "has_startkwalificatie")
    seen: dict[str, list[np.ndarray]] = {name: [] for name in names}
    age, is_here = [], []
    for month in range(MONTHS):
        model.step()
        age.append(month - state.children["birth_month"].astype(np.int64))
        is_here.append(state.families["status"][family] == Status.IN_NL)
        for name, rows in seen.items():
            rows.append(state.children[name].copy())
    return Lives(
        np.array(age),
        np.array(seen["stage"]),
        np.array(seen["is_enrolled"]),
        np.array(is_here),
        np.array(seen["vsv_hazard_year"]),
        np.array(seen["has_startkwalificatie"]),
    )


def test_a_child_may_go_to_school_from_its_fourth_birthday_and_not_before(lives: Lives) -> None:
    assert lives.age[lives.is_enrolled == 1].min() == calendar.FOUR
    assert (lives.entered() == calendar.FOUR).sum() > 100


def test_a_child_of_compulsory_age_is_at_school_within_a_year(lives: Lives) -> None:
    must = (lives.age >= calendar.SCHOOL_COMPULSORY) & (lives.age < calendar.SIXTEEN)
    out = must & lives.is_here & (lives.is_enrolled == 0) & (lives.stage < Stage.QUALIFIED)
    months_out = np.zeros(out.shape[1], np.int64)
    longest = 0
    for now in out:
        months_out = np.where(now, months_out + 1, 0)
        longest = max(longest, int(months_out.max()))

    assert must.sum() > 10_000
    assert 0 < longest < 12


def test_nobody_enters_school_from_eighteen_on(lives: Lives) -> None:
    assert lives.entered().max() < calendar.EIGHTEEN


def test_only_havo_vwo_and_mbo_from_level_2_give_a_startkwalificatie(lives: Lives) -> None:
    has = lives.has_startkwalificatie
    # Who comes with the life of another may have one already.
    month, child = np.nonzero((has[1:] == 1) & (has[:-1] == 0) & lives.is_here[:-1])
    before = {Stage(int(stage)) for stage in lives.stage[month, child]}

    assert before == {Stage.HAVO, Stage.VWO, Stage.MBO2, Stage.MBO3, Stage.MBO4}


def test_who_is_done_with_school_has_a_startkwalificatie(lives: Lives) -> None:
    month, child = lives.became(Stage.QUALIFIED)

    assert month.size > 50
    assert (lives.has_startkwalificatie[month, child] == 1).all()


def test_who_has_a_diploma_of_havo_is_no_early_leaver_from_vwo(lives: Lives) -> None:
    month, child = np.nonzero((lives.stage[1:] == Stage.VWO) & (lives.stage[:-1] == Stage.HAVO))
    to_october = SchoolMonth.OCTOBER + 12 - SchoolMonth.JULY
    later = [lives.hazard[m + 1 + to_october :, c] for m, c in zip(month, child, strict=True)]
    hazards = [float(one.max()) for one in later if one.size]

    assert len(hazards) > 5
    assert max(hazards) == 0.0
