"""Households: which families there are, who comes when, and how old their children are.

At the start every child is in one of the letter's three groups (lines 105-114): 20,250 aged 0-4,
3,250 who came late, 25,000 born here. These 48,500 are the letter's vulnerable groups, not the
stock of about 92,000 children from Central and Eastern Europe. A smaller sample keeps the groups'
shares. After the start families come from abroad with children of all ages, and families begin here
with a first birth.

Three kinds of families make up the start: settled ones, whose children were born here; families
with late arrivals (aged 13-17, less than five years here); and young ones who came with a child
under five.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from model.compiled import rule
from model.decks import GOLDEN, START, Deck, Dealer, quotas, ranks_within
from model.draws import Block, draw4_many
from model.enums import LetterGroup
from model.errors import InputError
from model.keys import FIRST_CHILD, Kind, arrival_numbers, family_keys, roles

SMALL, LATE, ADULT = 5 * 12, 13 * 12, 18 * 12
"""Ages in months at which the letter's groups begin or end: 5, 13 and 18 years."""

LATE_STAY = 5 * 12
"""A late arrival is less than five years here (letter, lines 108-110; S2)."""

MOST_AT_START = 3
MOST_BIRTHS = 3
"""Children of a family when it enters, and births laid down after that, at most."""

NO_CHILD = -1
NOT_BORN = np.iinfo(np.int32).max
_AGED_0_4, _LATE_ARRIVAL = int(LetterGroup.AGED_0_4), int(LetterGroup.LATE_ARRIVAL)
_BORN_HERE, _OTHER = int(LetterGroup.BORN_HERE), int(LetterGroup.OTHER)


@dataclass(slots=True)
class Households:
    """EU-11 families in order of entry, before anything else is known of them.

    `cohort` (n,) START or the run year, `entry_month` (n,) run month from which the family counts,
    `begins_here` (n,) enters with a first birth, `is_recent` (n,) has a child born abroad,
    `months_in_nl` (n,) at entry, `ages` (n, 3) of the children in months at entry, oldest first,
    `is_abroad` (n, 3) born abroad, `births` (n, 3) run months of later births or NOT_BORN.
    """

    dealer: Dealer
    entry_month: np.ndarray
    begins_here: np.ndarray
    is_recent: np.ndarray
    months_in_nl: np.ndarray
    ages: np.ndarray
    is_abroad: np.ndarray
    births: np.ndarray

    @property
    def keys(self) -> np.ndarray:
        """Return the family keys (n,)."""
        return self.dealer.keys

    @property
    def cohorts(self) -> np.ndarray:
        """Return the cohorts (n,): START or the run year of entry."""
        return self.dealer.cohorts


@rule
def letter_group(age_months: int, is_born_here: bool, years_in_nl: float, is_late: bool) -> int:
    """Return the letter's group of a child (lines 105-114; S2) at its present age and stay.

    Group 1 is aged 0-4; group 3 was born here; group 2 is 13 or older and less than five years
    here. Who arrived at twelve or older (`is_late`) stays in group 2, and who was born here in
    group 3, when past 17: the letter counts minors, early school leaving runs to 23. All others
    are OTHER.
    """
    if age_months < SMALL:
        return _AGED_0_4
    if is_born_here:
        return _BORN_HERE
    if age_months >= LATE and (is_late or (years_in_nl < LATE_STAY / 12 and age_months < ADULT)):
        return _LATE_ARRIVAL
    return _OTHER


def numbers_at_start(families: int | None, p: np.void) -> tuple[int, np.ndarray]:
    """Return how many EU-11 families and how many children per group (3,) there are at the start.

    `families` counts both populations; an odd one goes to EU-11. None is the full size. Raises
    InputError when there is not one family.
    """
    groups = np.array(
        [p["n_children_aged_0_4"], p["n_children_late_arrival"], p["n_children_born_here"]]
    )
    per_family = float(p["n_children_per_family"])
    if families is None:
        children = round(float(groups.sum()))
        return round(children / per_family), quotas(children, groups)
    if families < 1:
        message = (
            f"families = {families}: a run needs at least 1 family."
            " Choose a number from 1 on, or leave it out for the full size."
        )
        raise InputError(message)
    n = (families + 1) // 2
    return n, quotas(max(n, round(n * per_family)), groups)


def lay_households(seed: np.uint64, n_start: int, groups: np.ndarray, years: int, p: np.void) -> Households:
    """Return all EU-11 families of a run of `years` years; `groups` (3,) are children at the start."""
    cohorts, entry, keys = _queue(n_start, years, p)
    dealer = Dealer(seed, keys, cohorts)
    n = keys.size
    house = Households(
        dealer=dealer,
        entry_month=entry,
        begins_here=np.zeros(n, bool),
        is_recent=np.zeros(n, bool),
        months_in_nl=np.zeros(n, np.int64),
        ages=np.full((n, MOST_AT_START), NO_CHILD, np.int64),
        is_abroad=np.zeros((n, MOST_AT_START), bool),
        births=np.full((n, MOST_BIRTHS), NOT_BORN, np.int64),
    )
    raw = _raw_ages(dealer, _sizes(dealer, n_start, int(groups.sum()), p), p)
    _lay_start(house, raw, n_start, groups, p)
    _lay_arrivals(house, raw, n_start, p)
    _lay_births(house, p)
    return house


def _queue(n_start: int, years: int, p: np.void) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return cohort, month of entry and key (n,) of all families, in order of entry."""
    ends = np.floor(n_start * float(p["share_inflow_year"]) * np.arange(years + 1) + 0.5)
    per_year = np.diff(ends).astype(np.int64)
    year = np.repeat(np.arange(years), per_year)
    within, size = ranks_within(year, np.arange(year.size))
    month = 12 * year + (12 * (within + 0.5) / size).astype(np.int64)
    place, _ = ranks_within(month, np.arange(month.size))
    keys = np.concatenate(
        [
            family_keys(Kind.INITIAL_EU11, np.arange(n_start)),
            family_keys(Kind.ARRIVING_EU11, arrival_numbers(month, place)),
        ]
    )
    cohorts = np.concatenate([np.full(n_start, START), year])
    return cohorts, np.concatenate([np.zeros(n_start, np.int64), month]), keys


def _sizes(dealer: Dealer, n_start: int, n_children: int, p: np.void) -> np.ndarray:
    """Return children per family (n,) at entry; at the start they add up to `n_children`."""
    three = float(p["share_families_3_children"])
    two = max(0.0, float(p["n_children_per_family"]) - 1.0 - 2.0 * three)
    shares = np.array([max(0.0, 1.0 - two - three), two, three])
    dealt = dealer.deal(Deck.SIZE)
    ends = np.cumsum(shares / shares.sum())
    sizes = 1 + (dealt >= ends[0]).astype(np.int64) + (dealt >= ends[1])
    numbers = quotas(n_start, shares)
    short = n_children - int(numbers @ np.arange(1, 4))
    while short != 0:
        step = 1 if short > 0 else -1
        source = 0 if (step > 0 and numbers[0] > 0) or (step < 0 and numbers[1] == 0) else 1
        source = source if step > 0 else (1 if numbers[1] > 0 else 2)
        numbers[source] -= 1
        numbers[source + step] += 1
        short -= step
    order = np.argsort(dealt[:n_start], kind="stable")
    sizes[:n_start][order] = np.repeat(np.arange(1, 4), numbers)
    return sizes


def _raw_ages(dealer: Dealer, sizes: np.ndarray, p: np.void) -> np.ndarray:
    """Return ages (n, 3) in months under 18 years with gaps between siblings, NaN for no child.

    Only their order matters: `_to_ages` maps them to the ages that the population has.
    """
    shortest, spread = float(p["birth_gap_min_months"]), float(p["birth_gap_spread_months"])
    raw = np.full((sizes.size, MOST_AT_START), np.nan)
    lowest = (sizes - 1) * shortest
    raw[:, 0] = lowest + dealer.deal(Deck.OLDEST, sizes) * (ADULT - lowest)
    for order, deck in ((1, Deck.SECOND), (2, Deck.THIRD)):
        gap = shortest - spread * np.log1p(-dealer.deal(deck, sizes))
        floor = np.maximum(0.0, sizes - 1 - order) * shortest
        younger = np.maximum(raw[:, order - 1] - gap, floor)
        raw[:, order] = np.where(sizes > order, younger, np.nan)
    return raw


def _shares_in_order(house: Households, raw: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return for the children chosen (n, 3) their place between 0 and 1 by age in their cohort."""
    family, order = np.nonzero(chosen)
    cohort = house.cohorts[family]
    rank, size = ranks_within(cohort, raw[family, order])
    turn = (house.dealer.turn(Deck.RANK) + GOLDEN * (cohort + 1)) % 1.0
    result = np.full(raw.shape, np.nan)
    result[family, order] = (rank + turn) / size
    return result


def _lay_start(
    house: Households, raw: np.ndarray, n_start: int, groups: np.ndarray, p: np.void
) -> None:
    """Put the children of the start in the letter's groups and give them ages, exactly."""
    at_start = house.cohorts == START
    sizes = (~np.isnan(raw)).sum(axis=1)
    luck = house.dealer.deal(Deck.ORDER)
    order = np.argsort(luck[:n_start], kind="stable")
    n_late = _late_families(house, order, sizes, int(groups[1]), p)
    _young_families(house, order, sizes, n_late, int(groups[0]), p)
    is_settled = at_start & ~house.is_recent
    slots = ~np.isnan(raw) & is_settled[:, None]
    place = _shares_in_order(house, raw, slots)
    n_slots = int(slots.sum())
    share_small = 1.0 - min(1.0, int(groups[2]) / max(1, n_slots))
    is_small = slots & (ranks_of(place) < n_slots - int(groups[2]))
    small = SMALL * place / max(1e-9, share_small)
    larger = _born_here_age((place - share_small) / max(1e-9, 1.0 - share_small), p)
    ages = np.where(is_small, np.minimum(small, SMALL - 1), larger)
    house.ages[slots] = ages[slots].astype(np.int64)
    _mend_gaps(house.ages, is_settled, SMALL)
    stay = -np.log1p(-house.dealer.deal(Deck.STAY)) * 12.0 * float(p["years_before_first_birth"])
    before = np.minimum(3 + stay, 30 * 12).astype(np.int64)
    house.months_in_nl[is_settled] = (house.ages[:, 0] + before)[is_settled]
