"""Households: which families there are, who comes when, and how old their children are.

At the start every child is in one of the letter's three groups (lines 105-114): 20,250 aged 0-4,
3,250 who came late, 25,000 born here. These 48,500 are the letter's vulnerable groups, not the
stock of about 92,000 children from Central and Eastern Europe. A smaller sample keeps the groups'
shares. After the start families come from abroad with children of all ages, and families begin here
with a first birth.

Three kinds of families make up the start: settled ones, whose children were born here; families
with late arrivals (aged 13-17, less than five years here); and young ones that came with a child
under five.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from model import calendar as ages
from model.calendar import NO_CHILD
from model.errors import InputError
from model.kernel.compile import plain
from model.kernel.keys import FIRST_CHILD, Kind, arrival_numbers, family_keys, roles
from model.kernel.random_numbers import Block, draw4_many
from model.population import rules
from model.population.stratified_assignment import GOLDEN, START, Dealer, Deck, quotas, ranks_within
from model.registry import ParameterRow
from model.submodels.school.letter_groups import STAY_LATE_YEARS

MOST_BIRTHS = 3
"""Births laid down after a family's entry, at most."""

NOT_BORN = np.iinfo(np.int32).max

BEFORE_BIRTH, LONGEST_STAY = 3, 360
"""Months between arrival and a first birth here, at least and at most."""


class Kin(IntEnum):
    """The kinds of families by which ages are laid down."""

    SETTLED = 0
    LATE = 1
    YOUNG = 2
    ARRIVING = 3
    BEGINNING = 4


@dataclass(slots=True)
class Households:
    """EU-11 families in order of entry, before anything else is known of them.

    The dealer holds their keys (n,) and cohorts (n,). `entry_month` (n,) is the run month from
    which a family counts, `kin` (n,) enum Kin, `months_in_nl` (n,) at entry, `ages` (n, 3) of the
    children in months at entry, oldest first, -1 for none, `is_abroad` (n, 3) born abroad, `births`
    (n, 3) run months of later births or NOT_BORN.
    """

    dealer: Dealer
    entry_month: np.ndarray
    kin: np.ndarray
    months_in_nl: np.ndarray
    ages: np.ndarray
    is_abroad: np.ndarray
    births: np.ndarray

    @property
    def is_recent(self) -> np.ndarray:
        """Return which families (n,) have a child born abroad (letter, lines 116-123)."""
        return np.asarray((self.kin != Kin.SETTLED) & (self.kin != Kin.BEGINNING))


def numbers_at_start(families: int | None, p: ParameterRow) -> tuple[int, np.ndarray]:
    """Return how many EU-11 families and how many children per group (3,) there are at the start.

    `families` counts both populations; an odd one goes to EU-11. None is the full size. Raises
    InputError when there is not one family.
    """
    groups = np.array([p.n_children_aged_0_4, p.n_children_late_arrival, p.n_children_born_here])
    per_family = float(p.n_children_per_family)
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
    return n, quotas(round(n * per_family), groups)


def lay_households(
    seed: np.uint64, n_start: int, groups: np.ndarray, years: int, p: ParameterRow
) -> Households:
    """Return all EU-11 families of a run; `groups` (3,) are numbers of children at the start."""
    cohorts, entry_month, keys = _queue(n_start, years, p)
    dealer = Dealer(seed, keys, cohorts)
    sizes = _sizes(dealer, n_start, int(groups.sum()), p)
    raw = raw_ages(dealer, sizes, p)
    kin, bands = _kin_and_bands(dealer, raw, groups, p)
    ages = ages_in_bands(dealer, raw, kin, bands, p)
    mend_gaps(ages, bands)
    stay = _months_in_nl(dealer, kin, ages, p)
    is_here = ((kin == Kin.SETTLED) | (kin == Kin.BEGINNING))[:, None]
    is_abroad = ~is_here & (ages != NO_CHILD) & ((ages > stay[:, None]) | (stay == 0)[:, None])
    births = _births(seed, keys, entry_month, ages, p)
    return Households(dealer, entry_month, kin, stay, ages, is_abroad, births)


def _queue(n_start: int, years: int, p: ParameterRow) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return cohort, month of entry and key (n,) of all families, in order of entry."""
    ends = np.floor(n_start * float(p.share_inflow_year) * np.arange(years + 1) + 0.5)
    year = np.repeat(np.arange(years), np.diff(ends).astype(np.int64))
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


def _sizes(dealer: Dealer, n_start: int, n_children: int, p: ParameterRow) -> np.ndarray:
    """Return children per family (n,) at entry; at the start they add up to `n_children`."""
    three = float(p.share_families_3_children)
    two = max(0.0, float(p.n_children_per_family) - 1.0 - 2.0 * three)
    shares = np.array([max(0.0, 1.0 - two - three), two, three])
    dealt = dealer.deal(Deck.SIZE)
    ends = np.cumsum(shares / shares.sum())
    sizes = 1 + (dealt >= ends[0]).astype(np.int64) + (dealt >= ends[1])
    at_start = np.sort(sizes[:n_start])
    short = n_children - int(at_start.sum())
    can_change = np.flatnonzero(at_start < MOST_CHILDREN if short > 0 else at_start > 1)
    at_start[can_change[: abs(short)]] += np.sign(short)
    sizes[:n_start][np.argsort(dealt[:n_start], kind="stable")] = np.sort(at_start)
    return np.asarray(sizes)


def _kin_and_bands(
    dealer: Dealer, raw: np.ndarray, groups: np.ndarray, p: ParameterRow
) -> tuple[np.ndarray, np.ndarray]:
    """Return the kind (n,) of each family and the band of age (n, 3) of each child."""
    sizes = (~np.isnan(raw)).sum(axis=1)
    at_start = dealer.cohorts == START
    begins_here = dealer.deal(Deck.BEGINS_HERE) < float(p.share_inflow_first_birth)
    kin = np.where(at_start, Kin.SETTLED, np.where(begins_here, Kin.BEGINNING, Kin.ARRIVING))
    raw[kin == Kin.BEGINNING, 1:] = np.nan
    bands = np.where(np.isnan(raw), Band.NONE, Band.SMALL)
    bands[(bands != Band.NONE) & (kin == Kin.ARRIVING)[:, None]] = Band.ANY
    bands[(bands != Band.NONE) & (kin == Kin.BEGINNING)[:, None]] = Band.NEWBORN
    order = np.argsort(dealer.deal(Deck.ORDER)[at_start], kind="stable")
    has_late_sibling = dealer.deal(Deck.LATE_SIBLING, sizes) < float(p.share_late_siblings)
    n_late = _choose_late(kin, bands, order, (sizes > 1) & has_late_sibling, int(groups[1]))
    _choose_young(kin, order[n_late:], sizes, float(p.share_0_4_born_abroad) * int(groups[0]))
    family, child = np.nonzero((bands == Band.SMALL) & (at_start & (kin == Kin.SETTLED))[:, None])
    by_age = np.argsort(raw[family, child], kind="stable")[::-1][: int(groups[2])]
    bands[family[by_age], child[by_age]] = Band.BORN_HERE
    return kin, bands


def _choose_late(
    kin: np.ndarray, bands: np.ndarray, order: np.ndarray, has_late_sibling: np.ndarray, n: int
) -> int:
    """Make the first families in order those of exactly `n` late arrivals; return how many."""
    late = 1 + has_late_sibling[order].astype(np.int64)
    before = np.cumsum(late) - late
    chosen = order[before < n]
    kin[chosen] = Kin.LATE
    bands[chosen, 0] = Band.LATE
    has_second = (late > 1)[before < n] & (before[before < n] + 1 < n)
    bands[chosen[has_second], 1] = Band.LATE
    return int(chosen.size)


def _choose_young(kin: np.ndarray, order: np.ndarray, sizes: np.ndarray, n: float) -> None:
    """Make small families, in order, those that came with a child under five: `n` children."""
    candidates = order[sizes[order] < MOST_CHILDREN]
    kin[candidates[np.cumsum(sizes[candidates]) <= round(n)]] = Kin.YOUNG


def _months_in_nl(dealer: Dealer, kin: np.ndarray, ages: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the months (n,) in the country at entry."""
    dealt = dealer.deal(Deck.STAY, kin)
    before = plain(rules.months_before_first_birth)(dealt, p.years_before_first_birth)
    before = np.minimum(BEFORE_BIRTH + before, LONGEST_STAY).astype(np.int64)
    oldest = ages[:, 0]
    late, young = (dealt * 12 * STAY_LATE_YEARS).astype(np.int64), (dealt * oldest).astype(np.int64)
    settled = oldest + before
    return np.select(
        [kin == Kin.LATE, kin == Kin.YOUNG, kin == Kin.ARRIVING], [late, young, 0 * late], settled
    )


def _births(
    seed: np.uint64, keys: np.ndarray, entry_month: np.ndarray, ages: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return the run months (n, 3) of the births after entry, NOT_BORN for none.

    A family that ever has another child waits a minimum and an exponential time after the last
    one, so the longer ago that was, the less likely is another.
    """
    gaps = {
        "gap_min_months": p.birth_gap_min_months,
        "gap_spread_months": p.birth_gap_spread_months,
    }
    ever = np.array(
        [0.0, p.share_second_child, p.share_third_child, p.share_fourth_child, 0.0, 0.0]
    )
    births = np.full((keys.size, MOST_BIRTHS), NOT_BORN, np.int64)
    n_children = (ages != NO_CHILD).sum(axis=1)
    since = np.where(ages == NO_CHILD, NOT_BORN, ages).min(axis=1).astype(float)
    now = entry_month.astype(float)
    is_open = np.ones(keys.size, bool)
    for k in range(MOST_BIRTHS):
        words = draw4_many(seed, roles(keys, FIRST_CHILD, n_children), Block.POPULATION_BIRTHS, 0)
        is_open &= words[:, 0] < plain(rules.p_another_child)(
            share_ever=ever[n_children], months_since_last=since, **gaps
        )
        now = now + plain(rules.months_to_birth)(luck=words[:, 1], months_since_last=since, **gaps)
        births[is_open, k] = now[is_open]
        n_children = n_children + is_open
        since = np.zeros(keys.size)
    return births


MOST_CHILDREN = 3
"""Children with which a family enters, at most."""
SHORTEST_GAP = 9
"""Months between births that are not of twins, at least."""


class Band(IntEnum):
    """The band of age of a child that enters with its family."""

    NONE = 0
    SMALL = 1
    LATE = 2
    BORN_HERE = 3
    ANY = 4
    NEWBORN = 5


_LOWEST = np.array([0, 0, ages.THIRTEEN, ages.FIVE, 0, 0])
"""Lowest age in months of each band."""


def raw_ages(dealer: Dealer, sizes: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return ages (n, 3) in months under 18 years with gaps between siblings, NaN for no child.

    Only their order matters.
    """
    shortest, spread = float(p.birth_gap_min_months), float(p.birth_gap_spread_months)
    raw = np.full((sizes.size, MOST_CHILDREN), np.nan)
    lowest = (sizes - 1) * shortest
    raw[:, 0] = lowest + dealer.deal(Deck.OLDEST, sizes) * (ages.EIGHTEEN - lowest)
    for child, deck in ((1, Deck.SECOND), (2, Deck.THIRD)):
        gap = shortest - spread * np.log1p(-dealer.deal(deck, sizes))
        floor = np.maximum(0, sizes - 1 - child) * shortest
        younger = np.maximum(raw[:, child - 1] - gap, floor)
        raw[:, child] = np.where(sizes > child, younger, np.nan)
    return raw


def ages_in_bands(
    dealer: Dealer, raw: np.ndarray, kin: np.ndarray, bands: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return ages (n, 3) in months, -1 for no child, in their bands and in the order of `raw`."""
    family, child = np.nonzero(bands != Band.NONE)
    band = bands[family, child]
    cohort = dealer.cohorts[family]
    alike = (cohort + 1) * 64 + kin[family] * 8 + band
    rank, size = ranks_within(alike, raw[family, child])
    turn = (dealer.turn(Deck.RANK) + GOLDEN * alike) % 1.0
    place = (rank + turn) / size
    result = np.full(raw.shape, NO_CHILD, np.int64)
    result[family, child] = _age_at(place, band, p)
    return result


def _age_at(place: np.ndarray, band: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the age in months (m,) at a place between 0 and 1 in the ages of a band."""
    return np.select(
        [band == Band.SMALL, band == Band.LATE, band == Band.BORN_HERE, band == Band.ANY],
        [
            place * ages.FIVE,
            ages.THIRTEEN + place * (ages.EIGHTEEN - ages.THIRTEEN),
            _born_here(place, p),
            _arriving(place, p),
        ],
        0.0,
    ).astype(np.int64)


def _born_here(place: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Ages 5 to 17 of children born here: fewer the older, in a straight line."""
    ratio = float(p.born_here_age_ratio)
    fall = (1.0 - ratio) / 2.0
    area = place * (1.0 - fall)
    share = area if fall == 0.0 else (1.0 - np.sqrt(1.0 - 4.0 * fall * area)) / (2.0 * fall)
    return np.asarray(ages.FIVE + np.minimum(share, 0.999999) * (ages.EIGHTEEN - ages.FIVE))


def _arriving(place: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Ages at arrival: shares under 4, 4 to 11, and 12 to 17, even within each."""
    small, large = float(p.share_arrival_age_0_3), float(p.share_arrival_age_12_17)
    shares = [0.0, small, 1.0 - large, 1.0]
    return np.asarray(np.interp(place, shares, [0.0, ages.FOUR, ages.TWELVE, ages.EIGHTEEN - 1e-6]))


def mend_gaps(of_children: np.ndarray, bands: np.ndarray) -> None:
    """Put siblings closer than nine months nine months apart, or make them twins; bands hold."""
    for child in range(1, MOST_CHILDREN):
        older, younger = of_children[:, child - 1], of_children[:, child]
        apart = older - SHORTEST_GAP
        is_close = (younger != NO_CHILD) & (younger > apart) & (younger < older)
        is_close |= (younger != NO_CHILD) & (younger > older)
        lowest = _LOWEST[bands[:, child]]
        of_children[:, child] = np.where(is_close, np.where(apart >= lowest, apart, older), younger)
