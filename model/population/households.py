"""Households: which families there are, who comes when, and how old their children are.

At the start they are the stock of children and young people of EU-11 origin: born here or abroad,
aged 0 to 22, chosen among all who came or began since 1996 (`model/population/stock/`). After the
start families come with children of all ages, and families begin here with a first birth, as many
a year as in 2023.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NO_CHILD, NOT_BORN
from model.errors import InputError
from model.kernel.compile import plain
from model.kernel.keys import Kind, arrival_numbers, border_keys, border_ranks, family_keys
from model.kernel.random_numbers import Block, draw4_many
from model.population.stock import rules as stock_rules
from model.population.stock.births import births_after
from model.population.stock.candidates import (
    BEGUN_BIT,
    MOST_CHILDREN,
    Candidates,
    lay_candidates,
    months_before_birth,
)
from model.population.stock.choosing import candidates_per_family, chosen, has_late_arrival
from model.population.stock.entering import (
    ages_on_arrival,
    children_per_arriving,
    counts,
    months_before,
    queue,
    sizes,
)
from model.population.stock.leaving import leaving_of, measures
from model.population.stratified_assignment import START, Dealer, Deck, Kin
from model.registry import BY_NAME, ParameterRow

MOST_BORDER = BY_NAME["border_family_share"].high
"""Border families that are laid down, per family of EU-11 origin: as many as any policy counts."""


@dataclass(slots=True)
class Households:
    """EU-11 families in order of entry, before anything else is known of them.

    The dealer holds their keys (n,) and cohorts (n,). `entry_month` (n,) is the run month from
    which a family counts, `kin` (n,) enum Kin, `months_in_nl` (n,) of the first parent then;
    `came_month` (n,) the run month in which it came with children or began here, negative before
    the start. `ages` (n, 4) are those of the children in months at `entry_month`, oldest first, -1
    for none, `is_abroad` (n, 4) born abroad, `births` (n, 4) run months of later births or
    NOT_BORN. `exit_month` (n,) is the run month in which demography has it leave, `leaving_left`
    (n,) what is left of its measure of leaving, `letter_rank` (n,) its number for the letter's
    groups. All live here, or all across the border (`is_border`).
    """

    dealer: Dealer
    entry_month: np.ndarray
    kin: np.ndarray
    months_in_nl: np.ndarray
    came_month: np.ndarray
    ages: np.ndarray
    is_abroad: np.ndarray
    births: np.ndarray
    exit_month: np.ndarray
    leaving_left: np.ndarray
    letter_rank: np.ndarray
    is_border: bool = False

    @property
    def is_recent(self) -> np.ndarray:
        """Return which families (n,) have a child born abroad (letter, lines 116-123)."""
        return np.asarray((self.kin != Kin.SETTLED) & (self.kin != Kin.BEGINNING))


def across_the_border(house: Households) -> Households:
    """Return the border families of a run, on top of those here; they wait for a lever.

    Nothing is known of them but that they are there (letter, lines 485-488). So each is like one of
    the families here in when it came or comes and in the ages of its children, with a life and luck
    of its own.
    """
    seed, keys = house.dealer.seed, house.dealer.keys
    rows = np.flatnonzero(border_ranks(seed, keys) < MOST_BORDER)
    own = border_keys(keys[rows])
    taken = {
        field.name: getattr(house, field.name)[rows]
        for field in fields(house)
        if field.name not in ("dealer", "is_border")
    }
    taken["letter_rank"] = draw4_many(seed, own, Block.POPULATION_GROUP, 0)[:, 0]
    return Households(Dealer(seed, own, house.dealer.cohorts[rows]), **taken, is_border=True)


def numbers_at_start(families: int | None, p: ParameterRow) -> int:
    """Return how many EU-11 families there are at the start.

    `families` counts both populations; an odd one goes to EU-11. None is the full size: all that
    are registered, and those not registered on top. Raises InputError when there is not one family.
    """
    if families is None:
        return round(float(p.n_families * (1.0 + p.share_not_registered)))
    if families < 1:
        message = (
            f"families = {families}: a run needs at least 1 family."
            " Choose a number from 1 on, or leave it out for the full size."
        )
        raise InputError(message)
    return (families + 1) // 2


def choose_families(seed: np.uint64, n: int, p: ParameterRow) -> Candidates:
    """Return the n EU-11 families of the start, in order of entry."""
    scale = candidates_per_family(n, p)
    return chosen(seed, lay_candidates(seed, scale, p), n, scale, p)


def lay_households(seed: np.uint64, n_start: int, years: int, p: ParameterRow) -> Households:
    """Return all EU-11 families of a run: the stock of the start, then who enters in the years."""
    stock = choose_families(seed, n_start, p)
    month, place, begins_here = _queue(n_start, years, p)
    numbers = arrival_numbers(month, place + np.where(begins_here, BEGUN_BIT, 0))
    keys = np.concatenate([stock.keys, family_keys(Kind.ARRIVING_EU11, numbers)])
    entry = np.concatenate([np.zeros(n_start, np.int64), month])
    cohorts = np.where(np.arange(keys.size) < n_start, START, entry // MONTHS_PER_YEAR)
    dealer = Dealer(seed, keys, cohorts)
    entering = _enter(dealer, entry, np.concatenate([stock.begun_here, begins_here]), p)
    return Households(
        dealer,
        entry,
        np.concatenate([_kin_at_start(stock), np.where(begins_here, Kin.BEGINNING, Kin.ARRIVING)]),
        np.concatenate([-stock.arrival, entering.before[n_start:]]),
        np.concatenate([stock.entry, month]),
        np.concatenate([_ages_at_start(stock), entering.ages[n_start:]]),
        np.concatenate(
            [
                stock.is_abroad & (stock.born <= 0),
                (entering.ages[n_start:] != NO_CHILD) & ~begins_here[:, None],
            ]
        ),
        np.concatenate([_later_births(stock), entering.births[n_start:]]),
        np.concatenate([stock.leaves, entering.leaves[n_start:]]),
        np.concatenate([stock.measure, entering.measure[n_start:]]),
        draw4_many(seed, keys, Block.POPULATION_GROUP, 0)[:, 0],
    )


def _queue(n_start: int, years: int, p: ParameterRow) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return month, place in its queue, and whether it begins here, of the families that enter.

    As many a year, for the families of the start, as in 2023.
    """
    per_start = n_start / float(p.n_families)
    year = np.arange(MONTHS_PER_YEAR * years) // MONTHS_PER_YEAR
    growth = plain(stock_rules.grown)(years=year + 1.0, per_year=p.inflow_growth_year)
    coming = growth * p.arrivals_2023 / children_per_arriving(p)
    beginning = growth * p.births_2023 * p.share_births_first_here
    parts = []
    for flow, begins_here in ((coming, False), (beginning, True)):
        month, place = queue(counts(per_start * flow / MONTHS_PER_YEAR), 0)
        parts.append((month, place, np.full(month.size, begins_here)))
    months, places, begun = (np.concatenate(one) for one in zip(*parts, strict=True))
    order = np.lexsort((places, begun, months))
    return months[order], places[order], begun[order]


@dataclass(frozen=True, slots=True)
class _Entering:
    """Families (n,) as they enter in the run; rows of the start mean nothing."""

    before: np.ndarray
    ages: np.ndarray
    births: np.ndarray
    leaves: np.ndarray
    measure: np.ndarray


def _enter(
    dealer: Dealer, entry: np.ndarray, begins_here: np.ndarray, p: ParameterRow
) -> _Entering:
    """Deal families (n,) who come before them, their children, births and leaving."""
    n_children = np.where(begins_here, 1, sizes(dealer.deal(Deck.SIZE, begins_here), p))
    luck = np.column_stack(
        [dealer.deal(deck, n_children) for deck in (Deck.OLDEST, Deck.SECOND, Deck.THIRD)]
    )
    ages = np.full((entry.size, MOST_CHILDREN), NO_CHILD, np.int64)
    ages[:, : luck.shape[1]] = ages_on_arrival(luck, n_children, entry, p)
    ages[begins_here] = (0, *[NO_CHILD] * (MOST_CHILDREN - 1))
    dealt = dealer.deal(Deck.STAY, begins_here)
    before = np.where(begins_here, months_before_birth(dealt, p), months_before(dealt, p))
    births = _wide(births_after(dealer.seed, dealer.keys, entry, ages, p))
    born = np.hstack([np.where(ages == NO_CHILD, NOT_BORN, entry[:, None] - ages), births])
    measure = measures(dealer.seed, dealer.keys)
    leaves = leaving_of(entry, before, begins_here, born).month_of(measure, p)
    return _Entering(before, ages, births, leaves, measure)


def _wide(births: np.ndarray) -> np.ndarray:
    """Return births (n, k) in as many columns as a family has children at most."""
    missing = MOST_CHILDREN - births.shape[1]
    return np.hstack([births, np.full((births.shape[0], missing), NOT_BORN, np.int64)])


def _kin_at_start(stock: Candidates) -> np.ndarray:
    came = np.where(has_late_arrival(stock), Kin.LATE, Kin.CAME)
    return np.where(stock.begun_here, Kin.SETTLED, came)


def _ages_at_start(stock: Candidates) -> np.ndarray:
    """Return the ages (n, 4) in months of those born by the start, grown children included."""
    return np.where(stock.born <= 0, -stock.born, NO_CHILD)


def _later_births(stock: Candidates) -> np.ndarray:
    """Return the run months (n, 4) of births after the start, the next first."""
    return np.sort(np.where(stock.born > 0, stock.born, NOT_BORN), axis=1)
