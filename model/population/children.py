"""Children on arrival: talent, luck, and the Dutch that they bring.

A child and its match have the same luck, in talent and with language: the draws hang on the EU-11
child's key. Talent also follows the pay with which its own parents came or began; who was here
before takes that over with its life. Who comes with its family is not at school yet, and enrols in
the months after. Who was here before takes over a life at school (`model/population/past/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model import calendar
from model.calendar import NEVER, NO_CHILD
from model.enums import BirthCountry, Population, Stage
from model.kernel.compile import plain, step
from model.kernel.random_numbers import Block, draw4_many
from model.submodels.school.letter_groups import group_of

if TYPE_CHECKING:
    from model.population.households import Households
from model.kernel.keys import FIRST_CHILD, roles
from model.population import rules as entry_rules
from model.population.stratified_assignment import deviates
from model.registry import ParameterRow
from model.state import CHILD, LUCK_STEPS, ChildRow, FamilyRow
from model.submodels.early_years import rules as early_rules


@dataclass(frozen=True, slots=True)
class Cradle:
    """The children of EU-11 families in a row (m,): families in order, then oldest first."""

    family: np.ndarray
    birth_order: np.ndarray
    birth_month: np.ndarray
    is_abroad: np.ndarray

    def take(self, chosen: np.ndarray) -> Cradle:
        """Return the children chosen (m,)."""
        return Cradle(
            self.family[chosen],
            self.birth_order[chosen],
            self.birth_month[chosen],
            self.is_abroad[chosen],
        )


def list_children(house: Households, months: int) -> Cradle:
    """Return the children that are there, or are born within `months` months of the run."""
    n_at_entry = house.ages.shape[1]
    born = np.where(house.ages == NO_CHILD, months, house.entry_month[:, None] - house.ages)
    birth = np.concatenate([born, house.births], axis=1)
    is_abroad = np.concatenate([house.is_abroad, np.zeros_like(house.births, bool)], axis=1)
    family, place = np.nonzero(birth < months)
    n_entering = (house.ages != NO_CHILD).sum(axis=1)
    later = place - n_at_entry + n_entering[family]
    order = np.where(place < n_at_entry, place, later)
    return Cradle(family, order, birth[family, place], is_abroad[family, place])


def lay_children(
    seed: np.uint64,
    families: np.ndarray,
    family_of: np.ndarray,
    cradle: Cradle,
    luck_keys: np.ndarray,
    p: ParameterRow,
) -> np.ndarray:
    """Return the children (m,) with key, birth and luck.

    `family_of` (m,) is the row in `families`, `luck_keys` (m,) are those of the EU-11 child of the
    pair.
    """
    children = np.zeros(family_of.size, CHILD)
    children["key"] = roles(families["key"][family_of], FIRST_CHILD, cradle.birth_order)
    children["birth_month"] = cradle.birth_month
    is_abroad = cradle.is_abroad & (families["population"][family_of] == Population.EU11)
    children["birth_country"] = np.where(is_abroad, BirthCountry.ABROAD, BirthCountry.NETHERLANDS)
    words = draw4_many(seed, luck_keys, Block.POPULATION_TALENT, 0)
    children["language_z"] = plain(entry_rules.own_dutch)(deviates(words[:, 1]), p.language_spread)
    children["preschool_luck"] = words[:, 2]
    programmes = draw4_many(seed, luck_keys, Block.POPULATION_PROGRAMMES, 0)
    children["booklet_luck"], children["vocabulary_luck"] = (
        (LUCK_STEPS * programmes[:, :2]).astype(np.uint16).T
    )
    children["belonging"] = p.belonging_usual
    children["school"] = -1
    for name in ("language_at_4", "language_at_12"):
        children[name] = np.nan
    for name in ("first_school_month", "left_month"):
        children[name] = NEVER
    return children


def lay_talent(
    seed: np.uint64,
    families: np.ndarray,
    family_of: np.ndarray,
    children: np.ndarray,
    luck_keys: np.ndarray,
    p: ParameterRow,
) -> None:
    """Write the talent of children (m,), and as much learning; arguments as `lay_children`."""
    words = draw4_many(seed, luck_keys, Block.POPULATION_TALENT, 0)
    children["talent"] = plain(entry_rules.talent)(
        education_level=families["parent_education"][family_of] - 1.0,
        pay_eur_week=families["entry_pay_eur_week"][family_of].astype(float),
        deviation=deviates(words[:, 0]),
        w_education=p.talent_education,
        w_pay=p.talent_pay,
        usual_pay_eur_week=p.talent_usual_pay_eur_week,
    )
    children["learning_z"] = children["talent"]


@step
def lay_arrivals(
    families: np.ndarray,
    children: np.ndarray,
    family_of: np.ndarray,
    entry_month: np.ndarray,
    parameters: np.ndarray,
) -> None:
    """Write where each child (m,) is when its family enters, as if it were new to every school."""
    p: ParameterRow = parameters[0]
    for c in range(children.size):
        family: FamilyRow = families[family_of[c]]
        child: ChildRow = children[c]
        month = entry_month[family_of[c]]
        age = month - child.birth_month
        child.stage = Stage.UNBORN if age < 0 else Stage.HOME
        child.letter_group = group_of(family, child, max(age, 0), month, p)
        if age < 0:
            continue
        if age >= calendar.COUNT_UNTIL:
            child.stage = Stage.AGED_OUT
            continue
        if child.birth_country == BirthCountry.ABROAD:
            arrived_at = family.entry_month - child.birth_month
            child.late_arrival = arrived_at >= calendar.TWELVE
            child.language_z = dutch_on_arrival(family, child, arrived_at, p)
            child.letter_group = group_of(family, child, age, month, p)


@step
def dutch_on_arrival(family: FamilyRow, child: ChildRow, arrived_at: int, p: ParameterRow) -> float:
    """Return the Dutch (SD) of a child that comes at an age in months, from its own spread on.

    Under four it lacks what its home gave since the first birthday; from four on, a newcomer's.
    """
    if arrived_at >= calendar.FOUR:
        return early_rules.dutch_of_newcomer(child.language_z, p.language_gap_newcomer)
    change = early_rules.home_dutch_change_month(
        parent_dutch=family.parent_dutch,
        gap_at_4=p.language_gap_at_4,
        dutch_from=p.home_dutch_from,
    )
    return float(child.language_z) + change * max(0, arrived_at - calendar.ONE)
