"""Children are counted once a month, and each counts from the month on in which it should."""

from __future__ import annotations

import numpy as np
import pytest

from model.kernel.compile import loop
from model.kernel.rows import World, lever_row
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.run.simulation import Simulation
from model.submodels.at_home import at_home, at_school

MONTH, NOBODY = 3, 1200
FIVE, EIGHTEEN, UNTIL = 60, 216, 276


@loop
def counted(w: World, row: int, month: int, found: np.ndarray) -> None:
    """Write what is counted of a family: at home (5), at school (2)."""
    home = at_home(w, row, month)
    school = at_school(w, row, lever_row(w, month))
    found[0], found[1], found[2] = home.persons, home.persons_before, home.young
    found[3], found[4] = home.of_school_age, home.youngest
    found[5], found[6] = school.enrolled, school.with_contact


class Family:
    """The family with most children of a small run, of which only some are there."""

    def __init__(self, scenario: Scenario = FROZEN_2023) -> None:
        self.run = Simulation(scenario, families=60, seed=1, years=1)
        families = self.run.state.families
        self.row = int(np.argmax(families["n_children"][:60]))
        first = int(families["first_child"][self.row])
        n = int(families["n_children"][self.row])
        self.children = self.run.state.children[first : first + n]
        self.adults = int(families["n_adults"][self.row])
        self.children["birth_month"] = 10_000  # nobody is born yet
        self.children["is_enrolled"] = 0
        self.children["school"] = -1

    def counted(self) -> list[int]:
        """What is counted of it, adults left out."""
        found = np.zeros(7, np.int64)
        counted(self.run._engine.world, self.row, MONTH, found)
        found[:2] -= self.adults
        return [int(one) for one in found]


@pytest.mark.parametrize(
    ("age", "persons", "before", "young", "of_school_age"),
    [
        (-1, 0, 0, 0, 0),
        (0, 1, 0, 1, 0),
        (1, 1, 1, 1, 0),
        (FIVE - 1, 1, 1, 1, 0),
        (FIVE, 1, 1, 1, 1),
        (EIGHTEEN - 1, 1, 1, 1, 1),
        (EIGHTEEN, 1, 1, 0, 0),
        (UNTIL - 1, 1, 1, 0, 0),
        (UNTIL, 0, 1, 0, 0),
        (UNTIL + 1, 0, 0, 0, 0),
    ],
)
def test_a_child_counts_from_its_month_on_until_its_month(
    age: int, persons: int, before: int, young: int, of_school_age: int
) -> None:
    family = Family()
    family.children["birth_month"][-1] = MONTH - age

    youngest = NOBODY if age < 0 else age
    assert family.counted() == [persons, before, young, of_school_age, youngest, 0, 0]


def test_children_of_a_family_are_added_up() -> None:
    family = Family()
    n = family.children.size
    family.children["birth_month"] = MONTH - np.linspace(FIVE, FIVE + 20, n).astype(int)

    assert n >= 3
    assert family.counted() == [n, n, n, n, FIVE, 0, 0]


@pytest.mark.parametrize(("share", "reached"), [(0.0, 0), (0.5, 1), (1.0, 2)])
def test_children_at_school_count_and_those_whose_school_has_a_contact_person(
    share: float, reached: int
) -> None:
    lever = LeverChange(lever="school_contact_share", value=share)
    family = Family(Scenario(id="contact", levers=(lever,)))
    first, second, third = family.children[:3]
    family.run.state.schools["contact_rank"][:2] = 0.25, 0.75
    for child, school, is_enrolled in ((first, 0, 1), (second, 1, 1), (third, 0, 0)):
        child["school"], child["is_enrolled"] = school, is_enrolled

    assert family.counted()[5:] == [2, reached]


def test_a_child_on_no_school_of_the_model_has_no_contact_person() -> None:
    family = Family(
        Scenario(id="contact", levers=(LeverChange(lever="school_contact_share", value=1.0),))
    )
    family.children["is_enrolled"][0] = 1

    assert family.counted()[5:] == [1, 0]
