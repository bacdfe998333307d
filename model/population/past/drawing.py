"""The start of a family: the life of one that is like it, from the model's own long run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.calendar import COUNT_UNTIL, EIGHTEEN, FOUR
from model.enums import BirthCountry, FamilyType, Population, Status
from model.kernel.random_numbers import Block, draw4_many
from model.population.past.lives import (
    ADULT_LIVED,
    CHILD_LIVED,
    FAMILY_LIVED,
    MONTHS,
    Lives,
    kind_of_children,
    kind_of_families,
    moved,
    order_of,
    stayed,
)
from model.population.stratified_assignment import START, ranks_within
from model.state import ADULTS

if TYPE_CHECKING:
    from model.population.households import Households

NEAREST = 16
"""Lives of nearly the same stay among which a family's is chosen."""
NEAREST_CHILDREN = 5
"""Lives of nearly the same talent among which a child's is drawn."""
GROWN = ("language_z", "learning_z", "language_at_4", "language_at_12")
"""What a child takes over that is not at a school here yet."""
_FAR = 1 << 15


@dataclass(frozen=True, slots=True)
class Donors:
    """From whom the households (n,) of a run take over a life: `rank` (n,) is that of their pay."""

    house: Households
    rank: np.ndarray
    lives: Lives

    def give(
        self, families: np.ndarray, adults: np.ndarray, rows: np.ndarray, has_past: np.ndarray
    ) -> None:
        """Give those of the families (k,) with a past their lives, adults (k, 2) included.

        `rows` (k,) are the families among the households.
        """
        if self.lives.span.size == 0:
            return
        house, entry = self.house, self.house.entry_month[rows]
        ages = house.ages[rows]
        minors = (ages >= 0) & (ages < EIGHTEEN)
        is_eu11 = families["population"] == Population.EU11
        lived = np.flatnonzero(has_past)
        own, both = families[lived], adults[lived]
        _draw_families(
            own,
            both,
            kind_of_families(
                own["population"],
                own["n_adults"],
                own["parent_education"],
                minors.sum(axis=1)[lived],
                (minors & (ages >= FOUR)).any(axis=1)[lived],
            ),
            np.where(is_eu11, house.months_in_nl[rows], ages[:, 0])[lived],
            self.rank[rows][lived],
            entry[lived],
            self.lives,
        )
        families[lived], adults[lived] = own, both

    def give_children(
        self,
        families: np.ndarray,
        children: np.ndarray,
        family_of: np.ndarray,
        luck_keys: np.ndarray,
        rows: np.ndarray,
        has_past: np.ndarray,
    ) -> None:
        """Give the children (m,) of families (k,) with a past theirs.

        `family_of` (m,) is the place of each child's family, `luck_keys` (m,) are the keys of the
        children whose luck they share, `rows` (k,) the families among the households.
        """
        if self.lives.child_kind.size == 0:
            return
        age = self.house.entry_month[rows][family_of] - children["birth_month"].astype(np.int64)
        is_drawn = has_past[family_of] & (age >= 0) & (age < COUNT_UNTIL)
        drawn = np.flatnonzero(is_drawn)
        of = families[family_of[drawn]]
        _draw_children(
            self.house.dealer.seed,
            children,
            drawn,
            luck_keys[drawn],
            of,
            age[drawn],
            of["entry_month"] - children["birth_month"][drawn].astype(np.int64),
            children["birth_country"][drawn] == BirthCountry.ABROAD,
            of["status"] == Status.IN_NL,
            self.lives,
        )


def share_lone(house: Households, lives: Lives, on_arrival: float) -> np.ndarray:
    """Return the share (n,) of families like each that have one adult: at first more than later.

    Who has one income leaves more often, so of those of the start it is what lives say of who
    stayed; who comes or begins in the run has the share `on_arrival`, and so have families alike of
    which there are no lives.
    """
    kind = np.where(house.is_recent, FamilyType.RECENT, FamilyType.SETTLED)
    share = lives.lone[kind, stayed(house.months_in_nl)].astype(float)
    is_new = np.isnan(share) | (house.dealer.cohorts != START)
    return np.where(is_new, on_arrival, share)


def rank_of_pay(house: Households, families: np.ndarray, pay_eur_week: np.ndarray) -> np.ndarray:
    """Return where families (n,) stand in pay, 0 to 1, among those alike that enter in their year.

    Alike in schooling and in how many earn; spread evenly, so that any sample has its share.
    """
    alike = (house.dealer.cohorts - START) * ADULTS + families["n_adults"] - 1
    rank, size = ranks_within(alike * 3 + families["parent_education"], pay_eur_week)
    return np.asarray((rank + house.dealer.words(Block.POPULATION_PAST)[:, 0]) / size)


def _draw_families(
    families: np.ndarray,
    adults: np.ndarray,
    kind: np.ndarray,
    span: np.ndarray,
    dealt: np.ndarray,
    entry_month: np.ndarray,
    lives: Lives,
) -> None:
    """Give families (n,) with adults (n, 2) the life of one alike: of their kind and span (n,).

    `dealt` (n,) between 0 and 1 says which of the nearest, in order of pay; so the pay of a family
    stays in the rank that its parents' luck gave it.
    """
    known = _nearest(lives.family_kind, kind)
    first = np.searchsorted(lives.family_kind, known)
    end = np.searchsorted(lives.family_kind, known, side="right")
    place = lives.family_kind.astype(np.int64) * _FAR + lives.span
    middle = np.searchsorted(place, known * _FAR + span)
    low = np.clip(middle - NEAREST // 2, first, np.maximum(first, end - NEAREST))
    n = np.minimum(NEAREST, end - low)
    window = np.minimum(low[:, None] + np.arange(NEAREST), end[:, None] - 1)
    pay = np.where(np.arange(NEAREST) < n[:, None], lives.pay[window], np.inf)
    by_pay = np.argsort(pay, axis=1, kind="stable")
    donor = low + np.take_along_axis(by_pay, (dealt * n).astype(np.int64)[:, None], axis=1)[:, 0]
    for name in FAMILY_LIVED:
        values = lives.families[name][donor]
        families[name] = moved(values, entry_month) if name in MONTHS else values
    families["is_registered"] *= families["is_border"] == 0
    for name in ADULT_LIVED:
        values = lives.adults[name][donor]
        adults[name] = moved(values, entry_month[:, None]) if name in MONTHS else values


def _draw_children(
    seed: np.uint64,
    children: np.ndarray,
    rows: np.ndarray,
    luck_keys: np.ndarray,
    families: np.ndarray,
    age: np.ndarray,
    arrived_at: np.ndarray,
    is_abroad: np.ndarray,
    at_school: np.ndarray,
    lives: Lives,
) -> None:
    """Give children in `rows` (k,) the life of one alike, with nearly the same talent.

    `families` (k,) are theirs, `age` and `arrived_at` (k,) in months at their entry; who is not
    `at_school` (k,) in this country yet takes over what it knows only. A child and its match have
    the same luck (`luck_keys` (k,)).
    """
    kind = kind_of_children(
        families["population"], arrived_at, age, is_abroad, families["parent_dutch"]
    )
    known = _nearest(lives.child_kind, kind)
    by = order_of(children[rows], age)
    first = np.searchsorted(lives.child_kind, known)
    end = np.searchsorted(lives.child_kind, known, side="right")
    middle = first + _rank_within(known, by, lives)
    low = np.clip(middle - NEAREST_CHILDREN // 2, first, np.maximum(first, end - NEAREST_CHILDREN))
    n = np.minimum(NEAREST_CHILDREN, end - low)
    luck = draw4_many(seed, luck_keys, Block.POPULATION_PAST, 0)[:, 0]
    donor = low + (luck * n).astype(np.int64)
    talent = children["talent"][rows]
    for name in CHILD_LIVED:
        values = lives.children[name][donor]
        if name == "learning_z":
            values = values + talent
        if name in GROWN:
            children[name][rows] = values
        else:
            children[name][rows[at_school]] = values[at_school]


def _rank_within(kind: np.ndarray, by: np.ndarray, lives: Lives) -> np.ndarray:
    """Return how many lives of each child's kind (k,) lie below it in order."""
    below = np.zeros(kind.size, np.int64)
    order = np.argsort(kind, kind="stable")
    kinds, starts = np.unique(kind[order], return_index=True)
    for one, start, end in zip(kinds, starts, np.append(starts, kind.size)[1:], strict=True):
        mine = order[start:end]
        low, high = np.searchsorted(lives.child_kind, [one, one + 1])
        below[mine] = np.searchsorted(lives.order[low:high], by[mine])
    return below


def _nearest(known: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return the nearest kinds (n,) of which there are lives."""
    there = np.unique(known).astype(np.int64)
    high = np.clip(np.searchsorted(there, kind), 0, there.size - 1)
    low = np.maximum(high - 1, 0)
    return np.where(np.abs(there[low] - kind) < np.abs(there[high] - kind), there[low], there[high])
